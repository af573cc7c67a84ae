//! Fuzz targets: what is done with bytes that nobody has checked.
//!
//! A [`Target`] is a function of bytes that must come back, soon, without a panic, whatever the bytes. [`seeds`] makes
//! inputs that reach deep out of the fixtures, and [`mutate`] breaks them. Both ways of running use all three: the test
//! `bounded` for a moment with a fixed seed, and libFuzzer in `lib/fuzz/libfuzzer` for as long as one likes.
//!
//! ```
//! let target = homescale_fuzz::target("set").expect("it is in the table");
//! (target.run)(b"a.b[0]={1,2");
//! ```

pub mod bundle;
pub mod mutate;
pub mod seeds;
mod targets;

pub use crate::targets::{TARGETS, Target, target};
