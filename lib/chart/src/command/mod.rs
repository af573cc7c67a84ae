//! What Helm's command line makes of the arguments of `helm template`, beside the render itself: the rules of its flags, of
//! chart references, and of post-renderer plugins.

mod dry_run;
mod labels;
mod name;

pub use self::dry_run::{DryRunError, check_dry_run};
pub use self::labels::{ReservedLabel, check_labels};
pub use self::name::{ArgumentError, Named, name_and_chart};
pub use crate::log::debug_line;
