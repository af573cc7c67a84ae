//! [`Address`]: where a server keeps renders.

use std::fmt;
use std::str::FromStr;

use homescale_fleet::Key;
use ureq::http::Uri;

/// The address below which a server has entries: `http://cache.example.com/renders/`. It prints without a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address(String);

/// Why a text is no such address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AddressError {
    /// It begins with `https://`.
    Encrypted,
    /// It is something else than `http://HOST/PATH`.
    Malformed,
}

impl Address {
    /// The address of an entry.
    pub(super) fn of(&self, key: &Key) -> String {
        format!("{}/{key}", self.0)
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let uri: Uri = text.parse().map_err(|_| AddressError::Malformed)?;
        match uri.scheme_str() {
            // This is the one place that keeps TLS away: a client that has it needs nothing else here.
            Some("https") => return Err(AddressError::Encrypted),
            Some("http") => {}
            _ => return Err(AddressError::Malformed),
        }
        if uri.host().is_none_or(str::is_empty) || uri.query().is_some() {
            return Err(AddressError::Malformed);
        }
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.rsplit('@').next().unwrap_or_default();
        write!(f, "http://{host}/{path}")
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encrypted => {
                "this version asks a cache by plain HTTP only: a proxy on this machine or in its cluster can encrypt"
            }
            Self::Malformed => "expected an address such as http://cache.example.com/renders/",
        })
    }
}

impl std::error::Error for AddressError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_of_plain_http() {
        for (text, shown) in [
            ("http://cache", "http://cache/"),
            ("http://cache:8080/", "http://cache:8080/"),
            ("http://me:secret@cache/a/b/", "http://cache/a/b"), // pragma: allowlist secret
            ("http://[::1]:80/ac", "http://[::1]:80/ac"),
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.to_string(), shown);
        }
        for text in [
            "",
            "cache",
            "/a",
            "ftp://cache/",
            "http:///a",
            "http://a b/",
            "http://a/?b",
        ] {
            assert_eq!(
                text.parse::<Address>(),
                Err(AddressError::Malformed),
                "{text}"
            );
        }
        let encrypted = "https://cache/".parse::<Address>();
        assert_eq!(encrypted, Err(AddressError::Encrypted));
    }
}
