//! TOML as BurntSushi/toml writes and reads it.

mod decode;
mod encode;

pub(crate) use self::decode::decode;
pub(crate) use self::encode::{Dialect, EncodeError, encode};

/// The zones that BurntSushi/toml makes up for what has none.
const LOCAL_DATETIME: &str = "datetime-local";
/// For a date alone.
const LOCAL_DATE: &str = "date-local";
/// For a time of day alone.
const LOCAL_TIME: &str = "time-local";
