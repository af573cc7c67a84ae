//! [`Error`]: why a text is no URL.

use std::fmt;

use crate::strconv::quote;

/// A text that is no URL, and what is wrong with it (`url.Error` of the operation `parse`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    text: Vec<u8>,
    kind: ErrorKind,
}

/// What is wrong with a URL, with the part that is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A control character of ASCII anywhere.
    ControlCharacter,
    /// A colon at the start.
    MissingScheme,
    /// A colon in the first segment of a path that nothing stands before.
    ColonInFirstSegment,
    /// A character that is not allowed before the `@`.
    UserInfo,
    /// What follows a host is no port.
    Port(Vec<u8>),
    /// A host begins with a bracket and has no other.
    MissingBracket,
    /// Brackets that are not around an IPv6 address, or not around all of the host.
    IpLiteral,
    /// No address is in the brackets.
    Address(Vec<u8>),
    /// A host has a character that it cannot have.
    HostCharacter(u8),
    /// A percent sign without two hexadecimal digits after it, or with those of what has no place there.
    Escape(Vec<u8>),
}

impl Error {
    pub(super) fn new(text: &[u8], kind: ErrorKind) -> Self {
        let text = text.to_vec();
        Self { text, kind }
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }
}

/// `parse "%zz": invalid URL escape "%zz"`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parse {}: {}", quote(&self.text), self.kind)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ControlCharacter => f.write_str("net/url: invalid control character in URL"),
            Self::MissingScheme => f.write_str("missing protocol scheme"),
            Self::ColonInFirstSegment => {
                f.write_str("first path segment in URL cannot contain colon")
            }
            Self::UserInfo => f.write_str("net/url: invalid userinfo"),
            Self::Port(port) => write!(f, "invalid port {} after host", quote(port)),
            Self::MissingBracket => f.write_str("missing ']' in host"),
            Self::IpLiteral => f.write_str("invalid IP-literal"),
            Self::Address(address) => {
                let address = quote(address);
                write!(f, "invalid host: ParseAddr({address}): unable to parse IP")
            }
            Self::HostCharacter(byte) => {
                write!(f, "invalid character {} in host name", quote([*byte]))
            }
            Self::Escape(escape) => write!(f, "invalid URL escape {}", quote(escape)),
        }
    }
}

impl std::error::Error for Error {}
