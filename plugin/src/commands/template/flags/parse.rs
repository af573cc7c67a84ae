//! The grammar of pflag: `--flag value`, `--flag=value`, `-fvalue`, `-abc`, flags before and after other arguments, `--`.

use std::collections::BTreeMap;

use homescale_chart::{CommandLine, HelmVersion};
use homescale_go::strconv;

use super::error::FlagError;
use super::given::Flags;
use super::table::{EXCLUSIVE, Effect, FLAGS, Flag, Kind, OF_NOTES, WITHOUT_NOTES, find};
use super::value;

/// What was read, up to the first mistake.
#[derive(Debug)]
pub(in crate::commands::template) struct Parsed {
    /// The flags and other arguments.
    pub(in crate::commands::template) flags: Flags,
    /// What Helm has to say about the flags themselves, a line each, for standard error.
    pub(in crate::commands::template) notices: Vec<String>,
    /// The first flag that was given although we cannot do what it asks for, and why.
    pub(in crate::commands::template) refused: Option<(&'static str, &'static str)>,
    /// The mistake.
    pub(in crate::commands::template) error: Option<FlagError>,
}

/// Reads the arguments after `template`, as this Helm does.
pub(in crate::commands::template) fn parse(arguments: &[String], helm: HelmVersion) -> Parsed {
    let line = helm.command_line();
    let mut parser = Parser {
        line,
        notes_are_deprecated: helm.deprecates_flags_of_notes(),
        flags: Flags::default(),
        given: BTreeMap::new(),
        notices: Vec::new(),
        deprecations: Vec::new(),
    };
    let parsed = parser.all(arguments).and_then(|()| parser.check());
    let color = match line {
        CommandLine::Helm4 => check_color(arguments),
        CommandLine::Helm3 => Ok(()),
    };
    Parsed {
        refused: parser.refused(),
        error: color.and(parsed).err(),
        flags: parser.flags,
        notices: parser.notices,
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
    /// The names of the flags that were given, and whether they ask for something: a switch may be off.
    given: BTreeMap<&'static str, bool>,
    notices: Vec<String>,
    deprecations: Vec<String>,
}

impl Parser {
    fn all(&mut self, arguments: &[String]) -> Result<(), FlagError> {
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
        self.notices.append(&mut self.deprecations);
        Ok(())
    }

    fn long<'a>(
        &mut self,
        word: &str,
        long: &str,
        rest: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), FlagError> {
        if long.starts_with(['-', '=']) {
            return Err(FlagError::Syntax(word.to_owned()));
        }
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (long, None),
        };
        let flag = find(name, self.line).ok_or_else(|| FlagError::Unknown(name.to_owned()))?;
        let implied = value::implied(flag.kind, self.line);
        let value = value
            .or(implied)
            .or_else(|| rest.next().map(String::as_str))
            .ok_or_else(|| FlagError::NoValue(name.to_owned()))?;
        self.set(flag, value)
    }

    fn letters<'a>(
        &mut self,
        letters: &str,
        rest: &mut impl Iterator<Item = &'a String>,
    ) -> Result<(), FlagError> {
        let mut left = letters;
        while let Some(letter) = left.chars().next() {
            let all = left;
            left = &left[letter.len_utf8()..];
            let known = |flag: &&Flag| flag.short == Some(letter) && flag.is_in(self.line);
            let flag = FLAGS
                .iter()
                .find(known)
                .ok_or_else(|| FlagError::UnknownLetter(all.to_owned()))?;
            let value = if left.len() > 1 && left.starts_with('=') {
                &std::mem::take(&mut left)[1..]
            } else if let Some(implied) = value::implied(flag.kind, self.line) {
                implied
            } else if !left.is_empty() {
                std::mem::take(&mut left)
            } else if let Some(next) = rest.next() {
                next
            } else {
                return Err(FlagError::NoValueOfLetter(letter, all.to_owned()));
            };
            self.set(flag, value)?;
        }
        Ok(())
    }

    fn set(&mut self, flag: &'static Flag, value: &str) -> Result<(), FlagError> {
        let stored = value::store(flag, value, self.line, &mut self.flags, &mut self.notices);
        stored.map_err(|cause| FlagError::Value {
            value: value.to_owned(),
            name: flag.name,
            short: flag.short,
            cause,
        })?;
        let is_off = flag.kind == Kind::Switch && strconv::parse_bool(value) == Ok(false);
        self.given.insert(flag.name, !is_off);
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
    fn check(&self) -> Result<(), FlagError> {
        if self.flags.help {
            return Ok(());
        }
        if self.flags.arguments.is_empty() {
            return Err(FlagError::NoChart);
        }
        for (group, _) in EXCLUSIVE.iter().filter(|(_, line)| *line == self.line) {
            let mut given: Vec<&str> = group.to_vec();
            given.retain(|name| self.given.contains_key(name));
            given.sort_unstable();
            if given.len() > 1 {
                return Err(FlagError::Exclusive { group, given });
            }
        }
        Ok(())
    }

    /// The first flag, by name, that asks for what we cannot do.
    fn refused(&self) -> Option<(&'static str, &'static str)> {
        let asked = self.given.iter().filter(|(_, asks)| **asks);
        asked
            .map(|(name, _)| *name)
            .find_map(|name| match find(name, self.line)?.effect {
                Effect::Refused(reason) => Some((name, reason)),
                Effect::Used | Effect::Ignored => None,
            })
    }
}

/// Helm reads the colour before anything else.
fn check_color(arguments: &[String]) -> Result<(), FlagError> {
    let colors = FLAGS.iter().filter(|flag| flag.kind == Kind::Color);
    let mut modes = colors.filter_map(|flag| last_text(arguments, flag.name));
    let bad = modes.find(|mode| !matches!(*mode, "never" | "auto" | "always"));
    bad.map_or(Ok(()), |mode| Err(FlagError::Color(mode.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn flags(text: &str) -> Flags {
        let parsed = parse(&words(text), HelmVersion::V4_1);
        assert!(parsed.error.is_none(), "{text}: {parsed:?}");
        parsed.flags
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
            assert_eq!(flags.kube.namespace.as_deref(), Some("x"), "{text}");
            assert_eq!(flags.arguments, ["c"], "{text}");
        }
        assert_eq!(flags("-n x -- -n y").arguments, ["-n", "y"]);
        assert_eq!(flags("c -f a,b -f c").values, ["a", "b", "c"]);
        assert_eq!(flags("c --set a,b --set c").set, ["a,b", "c"]);
    }

    #[test]
    fn switches_can_be_off() {
        assert!(flags("c --no-hooks").no_hooks);
        assert!(flags("c --no-hooks=T").no_hooks);
        assert!(!flags("c --no-hooks --no-hooks=0").no_hooks);
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
