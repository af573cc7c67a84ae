//! The rule of what is wrong in `homescale.yaml` itself.

use homescale_located::Rule;

/// A setting that cannot be so.
pub static CONFIGURATION: Rule = Rule::error(
    "configuration",
    "`homescale.yaml`, or a file that it names, has a setting that is not known, is missing, or cannot be so.",
)
.because("What is rendered depends on it: a misspelt cluster or version would be as if it were not there.")
.remedy("Write what the message or its hint asks for; `helm-catalog schema homescale` is the JSON Schema, for editors.");
