//! AppProjects: what Applications may be, and what they may make.

mod forbidden;
mod forbids;
mod model;
mod pattern;

pub use self::forbidden::Forbidden;
pub use self::forbids::Subject;
pub use self::model::{AppProject, Restriction};
