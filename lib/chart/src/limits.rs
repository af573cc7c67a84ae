//! [`Limits`]: how much a chart may cause, because charts are other people's code.

use homescale_template::exceeded;
use homescale_value::{Map, Value};

use crate::error::{Error, ErrorKind};

/// Bounds on a render. Helm has none of them; the defaults are far above what any real chart needs.
///
/// Whichever is reached ends the render with an error that names it, with the template and line where it was:
/// `limit work=200000000 exceeded: …`. Helm's own bounds (1,000 calls of one `include` inside each other, go-yaml's on
/// aliases) stay Helm's, in Helm's words.
///
/// ```
/// use homescale_chart::Limits;
///
/// let limits: Limits = "work=1000,output=4096".parse()?;
/// assert_eq!(limits.work, 1000);
/// assert_eq!(limits.depth, Limits::default().depth);
///
/// let error = "wrok=1".parse::<Limits>().unwrap_err();
/// assert_eq!(error, "no limit is called \"wrok\"; there are work, output, memory, depth, values");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many steps all templates may take together: statements, commands, iterations, the length of arguments, and what
    /// regular expressions, keys and hashes of passwords take.
    pub work: u64,
    /// How many bytes all templates may write together, in those that they include, too.
    pub output: u64,
    /// How many bytes of values functions may make in all.
    pub memory: u64,
    /// How deep templates may execute one another by `include` and `tpl`.
    pub depth: u64,
    /// How many values a values file, and all values together, may hold, with aliases followed.
    pub values: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let templates = homescale_template::Limits::default();
        Self {
            work: templates.work,
            output: templates.output,
            memory: templates.memory,
            depth: templates.depth,
            values: 5_000_000,
        }
    }
}

impl Limits {
    /// The names, in the order of the fields.
    pub const NAMES: [&str; 5] = ["work", "output", "memory", "depth", "values"];

    /// Sets the limit of that name.
    ///
    /// # Errors
    /// No limit has the name.
    pub fn set(&mut self, name: &str, value: u64) -> Result<(), String> {
        let field = match name {
            "work" => &mut self.work,
            "output" => &mut self.output,
            "memory" => &mut self.memory,
            "depth" => &mut self.depth,
            "values" => &mut self.values,
            _ => {
                let known = Self::NAMES.join(", ");
                return Err(format!("no limit is called {name:?}; there are {known}"));
            }
        };
        *field = value;
        Ok(())
    }

    /// What the templates may cause.
    pub(crate) fn of_templates(&self) -> homescale_template::Limits {
        homescale_template::Limits {
            work: self.work,
            output: self.output,
            memory: self.memory,
            depth: self.depth,
        }
    }

    /// Checks that values are not too many; `of` says where they are from.
    pub(crate) fn check_values(&self, values: &Map, of: &str) -> Result<(), Error> {
        let most = usize::try_from(self.values).unwrap_or(usize::MAX);
        let held = Value::Map(values.clone()).count(most.saturating_add(1));
        if held <= most {
            return Ok(());
        }
        let what = format!("{of} give more values than that");
        let text = exceeded("values", self.values, &what);
        Err(Error::new(ErrorKind::Values, text))
    }
}

/// `NAME=VALUE,…`; what is not named keeps its default.
impl std::str::FromStr for Limits {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut limits = Self::default();
        for setting in text.split(',').filter(|setting| !setting.is_empty()) {
            let (name, value) = setting
                .split_once('=')
                .ok_or_else(|| format!("{setting:?} is not NAME=VALUE"))?;
            let value = value
                .parse()
                .map_err(|_| format!("{value:?} is not a number of 0 or more"))?;
            limits.set(name, value)?;
        }
        Ok(limits)
    }
}
