//! From files to a catalog.

mod bootstrap;
mod load;
mod text;
