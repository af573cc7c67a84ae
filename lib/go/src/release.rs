//! [`Release`]: what differs between the releases of Go that Helm is built with.

/// A release of Go. Newer ones come after older ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Release {
    /// Go 1.23.
    Go1_23,
    /// Go 1.24.
    Go1_24,
    /// Go 1.25.
    Go1_25,
    /// Go 1.26.
    Go1_26,
}

/// What a release of Go does otherwise than another.
#[derive(Debug)]
pub(crate) struct Differences {
    /// How the names of classes in patterns are read.
    pub(crate) class_names: ClassNames,
}

/// How `\p{…}` finds a class by its name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ClassNames {
    /// By the very name of a category or script; what is not assigned has no name and is no control.
    Exact,
    /// Also by long names, in any case and with any separators.
    Loose,
}

impl Release {
    /// What this release does.
    pub(crate) const fn differences(self) -> &'static Differences {
        match self {
            Self::Go1_23 | Self::Go1_24 => &Differences {
                class_names: ClassNames::Exact,
            },
            Self::Go1_25 | Self::Go1_26 => &Differences {
                class_names: ClassNames::Loose,
            },
        }
    }
}
