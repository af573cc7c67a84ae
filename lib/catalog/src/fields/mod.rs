//! The fields of `app.yaml`: which there are, and what each may hold.

mod check;
pub(crate) mod helm;
pub(crate) mod hydrator;
pub(crate) mod known;
pub(crate) mod labels;
pub(crate) mod names;
mod parts;
pub(crate) mod pod_security;
mod table;
mod template;

pub(crate) use self::check::{Further, check_field, check_layer};
pub(crate) use self::parts::PARTS;
pub(crate) use self::table::{Absence, Content, FIELDS, Field, field_names, find};
pub use self::template::template as field_template;
