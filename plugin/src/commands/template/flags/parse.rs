//! The grammar of pflag: `--flag value`, `--flag=value`, `-fvalue`, `-abc`, flags before and after other arguments, `--`.

use homescale_chart::{CommandLine, HelmVersion};
use homescale_go::strconv::quote;

use super::table::{EXCLUSIVE, FLAGS, Flag, Kind, OF_NOTES, WITHOUT_NOTES};
use super::{Flags, find, value};
use crate::failure::Failure;

/// What a command line asks for.
#[derive(Debug)]
pub(in crate::commands::template) enum Parsed {
    /// To render.
    Run(Flags),
    /// To be told how.
    Help,
}

/// Reads the arguments after `template`, as this Helm does.
///
/// # Errors
/// Helm's messages, preceded by what it has said before.
pub(in crate::commands::template) fn parse(
    arguments: &[String],
    level: HelmVersion,
) -> Result<Parsed, Failure> {
    let line = level.command_line();
    let mut parser = Parser {
        line,
        notes_are_deprecated: level.deprecates_flags_of_notes(),
        flags: Flags::default(),
        deprecations: Vec::new(),
    };
    let parsed = parser.all(arguments).and_then(|()| parser.check());
    if line == CommandLine::Helm4 {
        check_color(arguments)?;
    }
    match parsed {
        Ok(()) if parser.flags.is_set("help") => Ok(Parsed::Help),
        Ok(()) => Ok(Parsed::Run(parser.flags)),
        Err(error) if parser.flags.notices.is_empty() => Err(Failure::Input(error)),
        Err(error) => {
            let notices = parser.flags.notices.join("\n");
            Err(Failure::Findings(format!("{notices}\nError: {error}\n")))
        }
    }
}

/// The last value of a flag, read before it is known which Helm to be: flags that are unknown do not matter.
pub(in crate::commands::template) fn last_text<'a>(
    arguments: &'a [String],
    name: &str,
) -> Option<&'a str> {
    let mut last = None;
    let mut rest = arguments.iter();
    while let Some(word) = rest.next() {
        let Some(long) = word.strip_prefix("--") else {
            let takes_next = word.starts_with('-') && takes_next(word);
            if takes_next {
                rest.next();
            }
            continue;
        };
        let (flag, value) = match long.split_once('=') {
            Some((flag, value)) => (flag, Some(value)),
            None => (long, None),
        };
        match FLAGS.iter().find(|row| row.name == flag) {
            _ if long.is_empty() => break,
            Some(row)
                if value.is_none() && value::implied(row.kind, CommandLine::Helm4).is_none() =>
            {
                let value = rest.next();
                if flag == name {
                    last = value.map(String::as_str);
                }
            }
            _ if flag == name => last = value,
            _ => {}
        }
    }
    last
}

/// Whether the value of the last of these letters is the next argument.
fn takes_next(letters: &str) -> bool {
    let mut letters = letters.chars().skip(1);
    while let Some(letter) = letters.next() {
        let row = FLAGS.iter().find(|row| row.short == Some(letter));
        if row.is_some_and(|row| value::implied(row.kind, CommandLine::Helm4).is_none()) {
            return letters.next().is_none();
        }
    }
    false
}

struct Parser {
    line: CommandLine,
    notes_are_deprecated: bool,
    flags: Flags,
    deprecations: Vec<String>,
}

impl Parser {
    fn all(&mut self, arguments: &[String]) -> Result<(), String> {
        let mut rest = arguments.iter();
        while let Some(word) = rest.next() {
            match word.strip_prefix('-') {
                None | Some("") => self.flags.arguments.push(word.clone()),
                Some("-") => {
                    self.flags.arguments.extend(rest.by_ref().cloned());
                }
                Some(short) => match short.strip_prefix('-') {
                    Some(long) => self.long(word, long, &mut rest)?,
                    None => self.letters(short, &mut rest)?,
                },
            }
        }
        self.flags.notices.append(&mut self.deprecations);
        Ok(())
    }

    fn long<'a>(
        &mut self,
        word: &str,
        long: &str,
        rest: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), String> {
        if long.starts_with(['-', '=']) {
            return Err(format!("bad flag syntax: {word}"));
        }
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (long, None),
        };
        let flag = find(name, self.line).ok_or_else(|| format!("unknown flag: --{name}"))?;
        let implied = value::implied(flag.kind, self.line);
        let value = value
            .or(implied)
            .or_else(|| rest.next().map(String::as_str))
            .ok_or_else(|| format!("flag needs an argument: --{name}"))?;
        self.set(flag, value)
    }

    fn letters<'a>(
        &mut self,
        letters: &str,
        rest: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), String> {
        let mut left = letters;
        while let Some(letter) = left.chars().next() {
            let all = left;
            left = &left[letter.len_utf8()..];
            let known = |flag: &&Flag| flag.short == Some(letter) && flag.is_in(self.line);
            let flag = FLAGS
                .iter()
                .find(known)
                .ok_or_else(|| unknown_letter(all))?;
            let value = if left.len() > 1 && left.starts_with('=') {
                &std::mem::take(&mut left)[1..]
            } else if let Some(implied) = value::implied(flag.kind, self.line) {
                implied
            } else if !left.is_empty() {
                std::mem::take(&mut left)
            } else if let Some(next) = rest.next() {
                next
            } else {
                return Err(format!("flag needs an argument: '{letter}' in -{all}"));
            };
            self.set(flag, value)?;
        }
        Ok(())
    }

    fn set(&mut self, flag: &'static Flag, value: &str) -> Result<(), String> {
        let earlier = self.flags.given.entry(flag.name).or_default();
        value::add(
            flag.kind,
            value,
            self.line,
            earlier,
            &mut self.flags.notices,
        )
        .map_err(|problem| {
            let name = match flag.short {
                Some(letter) => format!("-{letter}, --{}", flag.name),
                None => format!("--{}", flag.name),
            };
            format!(
                "invalid argument {} for {} flag: {problem}",
                quote(value),
                quote(name)
            )
        })?;
        let of_notes = self.notes_are_deprecated && OF_NOTES.contains(&flag.name);
        let instead = if of_notes {
            Some(WITHOUT_NOTES)
        } else {
            flag.deprecated
        };
        if let Some(instead) = instead {
            let name = flag.name;
            self.deprecations
                .push(format!("Flag --{name} has been deprecated, {instead}"));
        }
        Ok(())
    }

    /// What is wrong with the arguments as a whole.
    fn check(&self) -> Result<(), String> {
        if self.flags.is_set("help") {
            return Ok(());
        }
        if self.flags.arguments.is_empty() {
            return Err(
                "\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]"
                    .to_owned(),
            );
        }
        for (group, line) in EXCLUSIVE {
            let mut given: Vec<&str> = group.to_vec();
            given.retain(|name| self.flags.given.contains_key(name));
            given.sort_unstable();
            if *line == self.line && given.len() > 1 {
                let (group, given) = (group.join(" "), given.join(" "));
                return Err(format!(
                    "if any flags in the group [{group}] are set none of the others can be; [{given}] were all set"
                ));
            }
        }
        Ok(())
    }
}

/// Helm reads the colour before anything else, and fails in a way of its own.
fn check_color(arguments: &[String]) -> Result<(), Failure> {
    let colors = FLAGS.iter().filter(|flag| flag.kind == Kind::Color);
    for color in colors.filter_map(|flag| last_text(arguments, flag.name)) {
        if !matches!(color, "never" | "auto" | "always") {
            let color = quote(color);
            let problem =
                format!("invalid color mode {color}: must be one of: never, auto, always");
            let problem = quote(problem);
            return Err(Failure::Findings(format!(
                "level=WARN msg=\"command failed\" error={problem}\n"
            )));
        }
    }
    Ok(())
}

/// pflag looks at bytes, and prints the first of a character that has several.
fn unknown_letter(letters: &str) -> String {
    let first = char::from(letters.as_bytes()[0]);
    format!(
        "unknown shorthand flag: {} in -{letters}",
        homescale_go::strconv::quote_rune(first)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn flags(text: &str) -> Flags {
        match parse(&words(text), HelmVersion::V4_1) {
            Ok(Parsed::Run(flags)) => flags,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn values_stand_in_many_places() {
        for text in [
            "-n x c",
            "-nx c",
            "-n=x c",
            "c --namespace x",
            "c --namespace=x",
            "-gn x c",
        ] {
            let flags = flags(text);
            assert_eq!(flags.text("namespace"), Some("x"), "{text}");
            assert_eq!(flags.arguments, ["c"], "{text}");
        }
        assert_eq!(flags("-n x -- -n y").arguments, ["-n", "y"]);
        assert_eq!(flags("c -f a,b -f c").texts("values"), ["a", "b", "c"]);
        assert_eq!(flags("c --set a,b --set c").texts("set"), ["a,b", "c"]);
    }

    #[test]
    fn switches_can_be_off() {
        assert!(flags("c --no-hooks").is_set("no-hooks"));
        assert!(flags("c --no-hooks=T").is_set("no-hooks"));
        assert!(!flags("c --no-hooks --no-hooks=0").is_set("no-hooks"));
        // The word after a switch is an argument of its own.
        assert_eq!(flags("--no-hooks false").arguments, ["false"]);
    }

    #[test]
    fn the_version_is_found_before_anything_else() {
        let found = |text: &str| last_text(&words(text), "helm-version").map(str::to_owned);
        assert_eq!(
            found("c --bogus --helm-version 3.17").as_deref(),
            Some("3.17")
        );
        assert_eq!(
            found("c --helm-version=3.17 --helm-version=4.1").as_deref(),
            Some("4.1")
        );
        assert_eq!(found("c --set --helm-version x"), None);
        assert_eq!(found("c -f --helm-version x"), None);
        assert_eq!(found("c -gf --helm-version x"), None);
        assert_eq!(found("c -fx --helm-version 3.17").as_deref(), Some("3.17"));
        assert_eq!(found("c -- --helm-version 3.17"), None);
    }
}
