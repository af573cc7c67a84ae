//! Semantic versions and constraints on them.

use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{Signature, Str, Type, Value};

use crate::arguments::{Outcome, take};
use crate::environment::environment;
use crate::row::BLANK;
use crate::sprig::semver::{Constraints, Error, Version};

pub(crate) const GROUP: Group = Group {
    name: "semver",
    about: "Reads versions and checks constraints on them.",
    functions: &[
        Function {
            name: "semver",
            signature: Signature::fixed(&[Type::String]),
            usage: "semver VERSION",
            about: "Reads a version, whose parts are `Major`, `Minor`, `Patch`, `Prerelease` and `Metadata`.",
            examples: &[(
                r#"{{ (semver "1.2.3-alpha.1").Minor }} {{ semver "v1.2" }}"#,
                "2 1.2.0",
            )],
            call: semver,
            ..BLANK
        },
        Function {
            name: "semverCompare",
            signature: Signature::fixed(&[Type::String, Type::String]),
            usage: "semverCompare CONSTRAINT VERSION",
            about: "Tells whether a version meets a constraint.",
            examples: &[(r#"{{ semverCompare ">=1.25-0" "v1.31.2" }}"#, "true")],
            call: semver_compare,
            ..BLANK
        },
    ],
};

fn semver(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let options = environment(context)?.options().semver;
    let version = Version::parse(&text.to_text(), options).map_err(failure)?;
    Ok(version.into_pointer(options))
}

fn semver_compare(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (constraints, version): (&Str, &Str) = take(args)?;
    let options = environment(context)?.options().semver;
    let constraints = Constraints::parse(&constraints.to_text(), options).map_err(failure)?;
    let version = Version::parse(&version.to_text(), options).map_err(failure)?;
    Ok(constraints.check(&version).into())
}

fn failure(error: Error) -> Failure {
    Failure::Message(error.to_string())
}
