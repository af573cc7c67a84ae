//! [`Limits`]: how much a chart may cause, because charts are other people's code.

use std::fmt;

use homescale_value::{MAX_DEPTH, Map, Value};
use homescale_yaml::{Kind, NodeRef};

use crate::error::{Error, ErrorKind, Place};

/// The largest that a file may be that is parsed, which takes many times its size in memory. Helm has no such bound.
pub const MAX_PARSED: u64 = 5 << 20;

/// Bounds on a render. Helm has none of them; the defaults are far above what any real chart needs.
///
/// Whichever is reached ends the render with an error that names it, with the template and line where it was:
/// `limit fuel=200000000 exceeded: …`. Helm's own bounds (1,000 calls of one `include` inside each other, go-yaml's on
/// aliases) stay Helm's, in Helm's words.
///
/// ```
/// use homescale_chart::Limits;
///
/// let limits: Limits = "fuel=1000,output=4096".parse()?;
/// assert_eq!(limits.fuel, 1000);
/// assert_eq!(limits.depth, Limits::default().depth);
///
/// let error = "feul=1".parse::<Limits>().unwrap_err();
/// assert_eq!(error.to_string(), "no limit is called \"feul\"; there are fuel, output, memory, depth, text, elements, values, charts");
/// # Ok::<(), homescale_chart::LimitError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many steps all templates may take together: statements, commands, iterations, the length of arguments, and what
    /// regular expressions, keys and hashes of passwords take.
    pub fuel: u64,
    /// How many bytes all templates may write together, in those that they include, too.
    pub output: u64,
    /// How many bytes of values functions may make in all.
    pub memory: u64,
    /// How deep templates may execute one another by `include` and `tpl`.
    pub depth: u64,
    /// How many bytes the text of a list or map may have.
    pub text: u64,
    /// How many elements copying or writing a value, or comparing two, may visit.
    pub elements: u64,
    /// How many values a values file, and all values together, may hold, with aliases followed.
    pub values: u64,
    /// How many charts a render may have, those among them that are there again under an alias.
    pub charts: u64,
}

/// A setting that is none of a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitError {
    /// No limit has this name.
    Unknown(String),
    /// This is not `NAME=VALUE`.
    NoSetting(String),
    /// This value is no number.
    NoNumber(String),
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => {
                let known = Limits::NAMES.join(", ");
                write!(f, "no limit is called {name:?}; there are {known}")
            }
            Self::NoSetting(text) => write!(f, "{text:?} is not NAME=VALUE"),
            Self::NoNumber(text) => write!(f, "{text:?} is not a number of 0 or more"),
        }
    }
}

impl std::error::Error for LimitError {}

impl Default for Limits {
    fn default() -> Self {
        let templates = homescale_template::Limits::default();
        Self {
            fuel: templates.fuel,
            output: templates.output,
            memory: templates.memory,
            depth: templates.depth,
            text: templates.text,
            elements: templates.elements,
            values: 5_000_000,
            charts: 5_000,
        }
    }
}

/// What to do when a limit is exceeded.
pub(crate) fn allow_more(name: &str, value: u64) -> String {
    let more = value.max(1).saturating_mul(10);
    format!("; if the chart is trusted, allow more with --limit {name}={more}")
}

impl Limits {
    /// The names, in the order of the fields.
    pub const NAMES: [&str; 8] = [
        "fuel", "output", "memory", "depth", "text", "elements", "values", "charts",
    ];

    /// Sets the limit of that name.
    ///
    /// # Errors
    /// No limit has the name.
    pub fn set(&mut self, name: &str, value: u64) -> Result<(), LimitError> {
        let field = match name {
            "fuel" => &mut self.fuel,
            "output" => &mut self.output,
            "memory" => &mut self.memory,
            "depth" => &mut self.depth,
            "text" => &mut self.text,
            "elements" => &mut self.elements,
            "values" => &mut self.values,
            "charts" => &mut self.charts,
            _ => return Err(LimitError::Unknown(name.to_owned())),
        };
        *field = value;
        Ok(())
    }

    /// The same limits, but for those that `NAME=VALUE,…` names.
    ///
    /// # Errors
    /// It names no limit, or gives no number.
    pub fn with(mut self, settings: &str) -> Result<Self, LimitError> {
        for setting in settings.split(',').filter(|setting| !setting.is_empty()) {
            let (name, value) = setting
                .split_once('=')
                .ok_or_else(|| LimitError::NoSetting(setting.to_owned()))?;
            let value = value
                .parse()
                .map_err(|_| LimitError::NoNumber(value.to_owned()))?;
            self.set(name, value)?;
        }
        Ok(self)
    }

    /// What the templates may cause.
    pub(crate) fn of_templates(&self) -> homescale_template::Limits {
        homescale_template::Limits {
            fuel: self.fuel,
            output: self.output,
            memory: self.memory,
            depth: self.depth,
            text: self.text,
            elements: self.elements,
        }
    }

    /// Checks that values are not too many. `of` says what all of them are from, `sources` each part of them: its values, its
    /// name, and its text if it is a file.
    pub(crate) fn check_values<'s, I>(
        &self,
        values: &Map,
        of: &str,
        sources: impl FnOnce() -> I,
    ) -> Result<(), Error>
    where
        I: Iterator<Item = (Map, String, &'s [u8])>,
    {
        if !self.are_too_many(values) {
            return Ok(());
        }
        let guilty = sources().find(|(values, ..)| self.are_too_many(values));
        let (place, what) = match guilty {
            Some((_, name, [])) => (None, format!("{name} gives")),
            Some((_, name, text)) => {
                let line = self.line_of_too_many(text);
                let line = line.and_then(|line| u32::try_from(line).ok());
                let place = Place {
                    line,
                    ..Place::in_file(name)
                };
                (Some(place), "the file gives".to_owned())
            }
            None => (None, format!("{of} give")),
        };
        let value = self.values;
        let more = allow_more("values", value);
        let text = format!("limit values={value} exceeded: {what} more values than that{more}");
        let error = Error::new(ErrorKind::Values, text);
        Err(match place {
            Some(place) => {
                let line = place
                    .line
                    .map_or_else(String::new, |line| format!(":{line}"));
                error.within(format!("{}{line}: ", place.file)).at(place)
            }
            None => error,
        })
    }

    fn are_too_many(&self, values: &Map) -> bool {
        let most = usize::try_from(self.values).unwrap_or(usize::MAX);
        Value::Map(values.clone()).count(most.saturating_add(1)) > most
    }

    /// The line of a file of values where they become too many, with aliases followed.
    fn line_of_too_many(&self, text: &[u8]) -> Option<usize> {
        let document = homescale_yaml::parse(text).ok()?;
        let mut left = self.values;
        line_of(document.root()?, &mut left, MAX_DEPTH)
    }
}

/// Takes the values of a node from what is left; the line of the one that is too many.
fn line_of(node: NodeRef<'_>, left: &mut u64, depth: usize) -> Option<usize> {
    let depth = depth.checked_sub(1)?;
    match left.checked_sub(1) {
        Some(rest) => *left = rest,
        None => return Some(node.start().line()),
    }
    match node.kind() {
        Kind::Scalar => None,
        Kind::Sequence => node.children().find_map(|item| line_of(item, left, depth)),
        Kind::Mapping => node
            .pairs()
            .find_map(|(_, item)| line_of(item, left, depth)),
        Kind::Alias => {
            *left += 1;
            // Not where the values are written, but where they are meant.
            line_of(node.target(), left, depth).map(|_| node.start().line())
        }
    }
}

/// `NAME=VALUE,…`; what is not named keeps its default.
impl std::str::FromStr for Limits {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        Self::default().with(text)
    }
}
