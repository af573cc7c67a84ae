//! [`name_and_chart`]: which arguments are the name of the release and the chart.

use std::fmt;

/// How a release gets its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// By an argument.
    By(&'a str),
    /// By `--name-template`.
    ByTemplate(&'a str),
    /// Not at all: `helm template` has a name for such a release.
    Nobody,
}

/// Why arguments are no name and chart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArgumentError {
    /// There is a name, and this flag, which is to give one.
    NamedTwice(&'static str),
    /// There are more than two.
    Unexpected(Vec<String>),
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NamedTwice(flag) => {
                write!(f, "cannot set --{flag} and also specify a name")
            }
            Self::Unexpected(arguments) => {
                let arguments = arguments.join(", ");
                write!(
                    f,
                    "expected at most two arguments, unexpected arguments: {arguments}"
                )
            }
        }
    }
}

impl std::error::Error for ArgumentError {}

/// How the release is named, and the chart: Helm's `NameAndChart`, on the arguments `[NAME] CHART` and the flags
/// `--generate-name` and `--name-template`.
///
/// # Errors
/// There are too many arguments, or two ways to name the release.
///
/// ```
/// use homescale_chart::command::{Named, name_and_chart};
///
/// let arguments = ["web".to_owned(), "./chart".to_owned()];
/// assert_eq!(name_and_chart(&arguments, false, None)?, (Named::By("web"), "./chart"));
/// assert_eq!(name_and_chart(&arguments[1..], false, None)?, (Named::Nobody, "./chart"));
/// # Ok::<(), homescale_chart::command::ArgumentError>(())
/// ```
pub fn name_and_chart<'a>(
    arguments: &'a [String],
    generate_name: bool,
    name_template: Option<&'a str>,
) -> Result<(Named<'a>, &'a str), ArgumentError> {
    match arguments {
        [_, _] if generate_name => Err(ArgumentError::NamedTwice("generate-name")),
        [_, _] if name_template.is_some() => Err(ArgumentError::NamedTwice("name-template")),
        [name, chart] => Ok((Named::By(name), chart)),
        [_, _, unexpected @ ..] => Err(ArgumentError::Unexpected(unexpected.to_vec())),
        other => {
            let chart = other.first().map_or("", String::as_str);
            let name = name_template.map_or(Named::Nobody, Named::ByTemplate);
            Ok((name, chart))
        }
    }
}
