//! [`Touch`]: how a file touches an Application.

/// How a file touches an Application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Touch {
    /// It is `homescale.yaml`, or has the versions of the cluster.
    Configures,
    /// The Application is written in it, or the ApplicationSet that makes it.
    Defines,
    /// A generator of its ApplicationSet reads it.
    Generates,
    /// One of its sources reads it.
    Reads,
    /// It comes of an Application that the file touches, and may come otherwise.
    Brings,
}

impl Touch {
    /// What it is called: `reads`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Configures => "configures",
            Self::Defines => "defines",
            Self::Generates => "generates",
            Self::Reads => "reads",
            Self::Brings => "brings",
        }
    }
}
