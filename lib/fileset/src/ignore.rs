//! [`Ignore`]: which files of a chart's folder Helm does not load.

use std::fmt;

use homescale_go::filepath;

use crate::FileSet;
use crate::file_name::name_of_text;

/// The name of the file that holds the rules of a chart.
pub const IGNORE_FILE: &str = ".helmignore";

/// The longest line that Go's line scanner reads.
const MAX_LINE: usize = 64 * 1024;

/// The rules of a `.helmignore`, as Helm applies them to a chart's folder. The first rule that matches decides.
///
/// A rule without `/` is compared with the last segment of a path, any other with the whole path; a leading `/` only
/// forces the second. A trailing `/` makes it match folders only. What an ignored folder holds is ignored.
/// A rule with `!` ignores *everything that it does not match*: that is how Helm's code has it. One rule is always
/// there, last: `templates/.?*`.
///
/// ```
/// use homescale_fileset::Ignore;
///
/// let rules = Ignore::parse(b"*.md\n/ci/\n").unwrap();
/// assert!(rules.ignores("docs/use.md", false));
/// assert!(rules.ignores("ci", true));
/// assert!(!rules.ignores("a/ci", true));
/// assert!(rules.ignores("templates/.hidden.yaml", false));
/// ```
#[derive(Clone, Debug)]
pub struct Ignore {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    pattern: Vec<u8>,
    /// How many bytes at the end of the pattern stand for themselves: a name that ends otherwise cannot match, which
    /// decides almost every question without a walk through the pattern.
    literal_end: usize,
    /// How many slashes are still before the pattern. No path starts with one.
    slashes: usize,
    whole_path: bool,
    folders_only: bool,
    negated: bool,
}

/// A `.helmignore` that Helm refuses. The text is Helm's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IgnoreError {
    /// A rule has `**`.
    DoubleStar,
    /// A rule is not a valid shell pattern.
    Pattern,
    /// A line is longer than Helm reads.
    LongLine,
}

impl fmt::Display for IgnoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DoubleStar => "double-star (**) syntax is not supported",
            Self::Pattern => "syntax error in pattern",
            Self::LongLine => "bufio.Scanner: token too long",
        })
    }
}

impl std::error::Error for IgnoreError {}

/// Only the rule that is always there.
impl Default for Ignore {
    fn default() -> Self {
        Self {
            rules: vec![Rule::new(b"templates/.?*")],
        }
    }
}

impl Ignore {
    /// Reads a `.helmignore`.
    ///
    /// # Errors
    /// A rule is not supported or malformed, or a line is too long.
    pub fn parse(text: &[u8]) -> Result<Self, IgnoreError> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let mut rules = Vec::new();
        for line in text.split(|&b| b == b'\n') {
            if line.len() >= MAX_LINE {
                return Err(IgnoreError::LongLine);
            }
            let line = trim(line);
            if line.is_empty() || line.starts_with(b"#") {
                continue;
            }
            if line.windows(2).any(|pair| pair == b"**") {
                return Err(IgnoreError::DoubleStar);
            }
            filepath::matches(line, b"abc").map_err(|_| IgnoreError::Pattern)?;
            rules.push(Rule::new(line));
        }
        rules.extend(Self::default().rules);
        Ok(Self { rules })
    }

    /// Whether Helm leaves out this file or folder, of which it has come to know while walking the chart's folder.
    pub fn ignores(&self, path: &str, is_folder: bool) -> bool {
        let path = name_of_text(path);
        self.decides(is_folder, |_, rule| {
            rule.slashes == 0 && rule.matches(&path)
        })
    }

    /// The files that Helm loads: those that are not ignored, and in no ignored folder.
    pub fn filter(&self, files: &FileSet) -> FileSet {
        self.clone().walk().filter(files)
    }

    /// Begins a walk through a chart's folder.
    pub fn walk(self) -> Walk {
        let slashes = self.rules.iter().map(|rule| rule.slashes).collect();
        Walk {
            rules: self,
            slashes,
            loses_slashes: false,
        }
    }

    /// Whether the first rule that decides leaves the file or folder out.
    fn decides(&self, is_folder: bool, mut matches: impl FnMut(usize, &Rule) -> bool) -> bool {
        for (index, rule) in self.rules.iter().enumerate() {
            let eligible = is_folder || !rule.folders_only;
            if rule.negated {
                if !eligible || !matches(index, rule) {
                    return true;
                }
            } else if eligible && matches(index, rule) {
                return true;
            }
        }
        false
    }
}

/// [`Ignore`], while a chart's folder is walked in the order of the names: some Helms change the rules on the way.
///
/// ```
/// use homescale_fileset::Ignore;
///
/// let rules = Ignore::parse(b"//b").unwrap();
/// assert!(!rules.ignores("b", false));
/// let mut walk = rules.walk().losing_slashes();
/// assert!(!walk.ignores("a", false));
/// assert!(walk.ignores("b", false));
/// ```
#[derive(Clone, Debug)]
pub struct Walk {
    rules: Ignore,
    /// How many slashes are still before each pattern.
    slashes: Vec<usize>,
    loses_slashes: bool,
}

impl Walk {
    /// As Helm 3 has it: of several slashes at the start of a rule, each comparison with a path takes one away, so that
    /// `//a` is `/a` from the second path on. In Helm 4 such a rule matches nothing.
    #[must_use]
    pub fn losing_slashes(self) -> Self {
        Self {
            loses_slashes: true,
            ..self
        }
    }

    /// Whether Helm leaves out the next file or folder of the walk.
    pub fn ignores(&mut self, path: &str, is_folder: bool) -> bool {
        let path = name_of_text(path);
        let (slashes, loses) = (&mut self.slashes, usize::from(self.loses_slashes));
        self.rules.decides(is_folder, |index, rule| {
            if slashes[index] > 0 {
                slashes[index] -= loses;
                return false;
            }
            rule.matches(&path)
        })
    }

    /// The files that Helm loads: those that are not ignored, and in no ignored folder.
    pub fn filter(mut self, files: &FileSet) -> FileSet {
        let mut ignored_folder: Option<String> = None;
        let mut kept_folder = String::new();
        files.filter(|path| {
            if let Some(folder) = &ignored_folder {
                if path.starts_with(folder.as_str()) {
                    return false;
                }
                ignored_folder = None;
            }
            let folder_end = path.rfind('/').map_or(0, |at| at + 1);
            if path[..folder_end] != kept_folder {
                for (at, _) in path.match_indices('/') {
                    let is_new = !kept_folder.starts_with(&path[..=at]);
                    if is_new && self.ignores(&path[..at], true) {
                        ignored_folder = Some(path[..=at].to_owned());
                        return false;
                    }
                }
                path[..folder_end].clone_into(&mut kept_folder);
            }
            !self.ignores(path, false)
        })
    }
}

impl Rule {
    fn new(line: &[u8]) -> Self {
        let (negated, rule) = match line.strip_prefix(b"!") {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        let (folders_only, rule) = match rule.strip_suffix(b"/") {
            Some(rest) => (true, rest),
            None => (false, rule),
        };
        let whole_path = rule.contains(&b'/');
        let rule = rule.strip_prefix(b"/").unwrap_or(rule);
        let slashes = rule.iter().take_while(|byte| **byte == b'/').count();
        let pattern = &rule[slashes..];
        let is_special = |byte: &u8| matches!(byte, b'*' | b'?' | b'[' | b']' | b'\\');
        let literal_end = pattern
            .iter()
            .rev()
            .take_while(|byte| !is_special(byte))
            .count();
        Self {
            pattern: pattern.to_vec(),
            literal_end,
            slashes,
            whole_path,
            folders_only,
            negated,
        }
    }

    fn matches(&self, path: &[u8]) -> bool {
        let name = if self.whole_path {
            path
        } else {
            path.rsplit(|&b| b == b'/').next().unwrap_or(path)
        };
        let end = &self.pattern[self.pattern.len() - self.literal_end..];
        name.ends_with(end) && filepath::matches(&self.pattern, name).unwrap_or(false)
    }
}

/// Without white space at the ends, as Unicode has it; bytes that are not UTF-8 are no white space.
fn trim(line: &[u8]) -> &[u8] {
    match std::str::from_utf8(line) {
        Ok(text) => text.trim().as_bytes(),
        Err(_) => line.trim_ascii(),
    }
}
