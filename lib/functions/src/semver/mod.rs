//! Semantic versions and constraints on them, as Masterminds/semver 3 has them.

mod constraint;
mod version;

use homescale_template::{Context, Failure, Family, Function};
use homescale_value::{Param, Signature, Str, Value, object};

use crate::arguments::{Outcome, take};
use crate::environment::environment;
use crate::row::SPRIG;
pub use crate::semver::constraint::Constraints;
pub use crate::semver::version::Version;

/// How versions and constraints are read, where releases of Masterminds/semver differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SemverOptions {
    /// In a group of constraints that must all hold, whether one prerelease admits prereleases for all, or each constraint
    /// speaks for itself.
    pub prerelease_counts_for_group: bool,
    /// Whether the errors of versions start in lower case.
    pub errors_in_lower_case: bool,
    /// Whether the constraint that cannot be read is quoted, and the length of versions and constraints is bounded.
    pub has_bounds: bool,
}

impl SemverOptions {
    /// As the newest release has it.
    pub const LATEST: Self = Self {
        prerelease_counts_for_group: true,
        errors_in_lower_case: true,
        has_bounds: true,
    };
}

pub(crate) const FAMILY: Family = Family {
    name: "semver",
    about: "Reads versions and checks constraints on them.",
    functions: &[
        Function {
            name: "semver",
            signature: Signature::fixed(&[Param::String]),
            usage: "semver VERSION",
            about: "Reads a version, whose parts are `Major`, `Minor`, `Patch`, `Prerelease` and `Metadata`.",
            examples: &[(
                r#"{{ (semver "1.2.3-alpha.1").Minor }} {{ semver "v1.2" }}"#,
                "2 1.2.0",
            )],
            call: semver,
            ..SPRIG
        },
        Function {
            name: "semverCompare",
            signature: Signature::fixed(&[Param::String, Param::String]),
            usage: "semverCompare CONSTRAINT VERSION",
            about: "Tells whether a version meets a constraint.",
            examples: &[(r#"{{ semverCompare ">=1.25-0" "v1.31.2" }}"#, "true")],
            call: semver_compare,
            ..SPRIG
        },
    ],
};

fn semver(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let options = environment(context)?.options().semver;
    let version = Version::parse(&text.to_text(), options).map_err(Failure::Message)?;
    Ok(object(version))
}

fn semver_compare(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (constraints, version): (&Str, &Str) = take(args)?;
    let options = environment(context)?.options().semver;
    let constraints =
        Constraints::parse(&constraints.to_text(), options).map_err(Failure::Message)?;
    let version = Version::parse(&version.to_text(), options).map_err(Failure::Message)?;
    Ok(constraints.check(&version).into())
}
