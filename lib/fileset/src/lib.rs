//! Paths to bytes, in memory or read when they are asked for; Helm's glob, .helmignore, doublestar's patterns and Git's pathspecs.
//!
//! ```
//! use homescale_fileset::{FileSet, Glob, Ignore};
//!
//! let mut files = FileSet::new();
//! files.insert(".helmignore", *b"*.bak\n").unwrap();
//! files.insert("web/app.yaml", *b"namespace: web\n").unwrap();
//! files.insert("web/app.yaml.bak", *b"").unwrap();
//!
//! let rules = Ignore::parse(files.get(".helmignore").unwrap().unwrap()).unwrap();
//! let loaded = rules.filter(&files);
//! let apps = Glob::new(b"*/app.yaml*").unwrap();
//! let found: Vec<_> = loaded.paths().filter(|path| apps.is_match(path)).collect();
//! assert_eq!(found, ["web/app.yaml"]);
//! ```
//!
//! Names of files are shown by [`printable`]: whoever makes a file chooses what is in its name.
//!
//! This crate knows no disk, and does not look into files.

mod contents;
mod doublestar;
mod file_name;
mod glob;
mod ignore;
mod pathspec;
mod printable;
mod request;
mod set;

pub use crate::contents::{Contents, ReadError};
pub use crate::doublestar::{DoublestarError, doublestar, doublestar_directory};
pub use crate::file_name::{name_of_text, text_of_name};
pub use crate::glob::{Glob, GlobError};
pub use crate::ignore::{IGNORE_FILE, Ignore, IgnoreError, Walk};
pub use crate::pathspec::{Pathspec, PathspecError};
pub use crate::printable::{is_printable, printable, printable_lines};
pub use crate::request::FileRequest;
pub use crate::set::{FileSet, PathError};
