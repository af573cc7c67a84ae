//! From files to a catalog.

mod bootstrap;
mod files;
mod load;
mod parameters;
mod refs;
mod text;
