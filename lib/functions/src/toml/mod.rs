//! TOML as BurntSushi/toml writes and reads it: 1.6 in Helm 4, 1.4 in Helm 3.

mod decode;
mod encode;

pub(crate) use self::decode::decode;
pub(crate) use self::encode::encode;
