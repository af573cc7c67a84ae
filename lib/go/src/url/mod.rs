//! Go's `net/url`: the parts of a URL, and a URL of its parts.

mod error;
mod escape;

use std::net::IpAddr;

use memchr::{memchr, memmem, memrchr};

use crate::Release;

pub use self::error::{Error, ErrorKind};

use self::escape::{Part, escape, unescape};

/// The parts of a URL, decoded, as Go's `net/url` has them.
///
/// ```
/// use homescale_go::Release;
/// use homescale_go::url::Url;
///
/// let parse = |text: &str| Url::parse(text.as_bytes(), Release::LATEST);
/// let base = parse("https://example.com/a/b.json").unwrap();
/// let other = base.resolve_reference(&parse("../c.json").unwrap());
/// assert_eq!(other.to_bytes(), b"https://example.com/c.json");
/// assert_eq!(parse("%zz").unwrap_err().to_string(), r#"parse "%zz": invalid URL escape "%zz""#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Url {
    /// In lower case; empty if the URL is relative.
    pub scheme: Vec<u8>,
    /// What follows the scheme when that is no slash: `mailto:me`.
    pub opaque: Vec<u8>,
    /// What stands before the host.
    pub user: Option<UserInfo>,
    /// With its port.
    pub host: Vec<u8>,
    /// Decoded.
    pub path: Vec<u8>,
    /// What follows `?`, not decoded.
    pub raw_query: Vec<u8>,
    /// What follows `#`, decoded.
    pub fragment: Vec<u8>,
}

/// `name` or `name:password`, decoded (`url.Userinfo`).
#[derive(Clone, Debug)]
pub struct UserInfo {
    name: Vec<u8>,
    password: Option<Vec<u8>>,
}

impl UserInfo {
    /// Encoded again (`Userinfo.String`).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = escape(&self.name, Part::User);
        if let Some(password) = &self.password {
            out.push(b':');
            out.extend(escape(password, Part::User));
        }
        out
    }
}

impl Url {
    /// Takes a URL apart as a release of Go does (`url.Parse`).
    ///
    /// # Errors
    /// Go's: `parse "%zz": invalid URL escape "%zz"`.
    pub fn parse(text: &[u8], release: Release) -> Result<Self, Error> {
        let (rest, fragment) = cut(text, b'#');
        let error = |of: &[u8], kind| Error::new(of, kind);
        let mut url = Self::parse_without_fragment(rest, release).map_err(|e| error(rest, e))?;
        url.fragment =
            unescape(fragment.unwrap_or_default(), Part::Fragment).map_err(|e| error(text, e))?;
        Ok(url)
    }

    fn parse_without_fragment(text: &[u8], release: Release) -> Result<Self, ErrorKind> {
        if text.iter().any(u8::is_ascii_control) {
            return Err(ErrorKind::ControlCharacter);
        }
        let mut url = Self::default();
        let (scheme, rest) = scheme(text)?;
        url.scheme = scheme.to_ascii_lowercase();
        let (mut rest, query) = cut(rest, b'?');
        url.raw_query = query.unwrap_or_default().to_vec();
        if !rest.starts_with(b"/") {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_vec();
                return Ok(url);
            }
            if cut(rest, b'/').0.contains(&b':') {
                return Err(ErrorKind::ColonInFirstSegment);
            }
        }
        let has_authority = !url.scheme.is_empty() || !rest.starts_with(b"///");
        if let Some(after) = rest.strip_prefix(b"//").filter(|_| has_authority) {
            let end = memchr(b'/', after).unwrap_or(after.len());
            let (authority, path) = after.split_at(end);
            (url.user, url.host) = parse_authority(&url.scheme, authority, release)?;
            rest = path;
        }
        url.path = unescape(rest, Part::Path)?;
        Ok(url)
    }

    /// The host without port and brackets (`URL.Hostname`).
    pub fn hostname(&self) -> &[u8] {
        let host = match memrchr(b':', &self.host) {
            Some(colon) if is_port(&self.host[colon..]) => &self.host[..colon],
            _ => &self.host,
        };
        let inner = host
            .strip_prefix(b"[")
            .and_then(|host| host.strip_suffix(b"]"));
        inner.unwrap_or(host)
    }

    /// The URL without its fragment.
    #[must_use]
    pub fn without_fragment(mut self) -> Self {
        self.fragment.clear();
        self
    }

    /// What a reference means in a document with this URL (`URL.ResolveReference`).
    #[must_use]
    pub fn resolve_reference(&self, reference: &Self) -> Self {
        let mut url = reference.clone();
        if reference.scheme.is_empty() {
            url.scheme.clone_from(&self.scheme);
        }
        if !reference.scheme.is_empty() || !reference.host.is_empty() || reference.user.is_some() {
            url.path = resolve_path(&reference.path, b"");
            return url;
        }
        if reference.path.is_empty() {
            if reference.raw_query.is_empty() {
                url.raw_query.clone_from(&self.raw_query);
                if reference.fragment.is_empty() {
                    url.fragment.clone_from(&self.fragment);
                }
            }
            if !self.opaque.is_empty() {
                url.opaque.clone_from(&self.opaque);
                return url;
            }
        }
        url.host.clone_from(&self.host);
        url.user.clone_from(&self.user);
        url.path = resolve_path(&self.path, &reference.path);
        url
    }

    /// The URL put together again (`URL.String`).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.scheme.clone();
        if !self.scheme.is_empty() {
            out.push(b':');
        }
        if self.opaque.is_empty() {
            self.print_hierarchy(&mut out);
        } else {
            out.extend_from_slice(&self.opaque);
        }
        if !self.raw_query.is_empty() {
            out.push(b'?');
            out.extend_from_slice(&self.raw_query);
        }
        if !self.fragment.is_empty() {
            out.push(b'#');
            out.extend(escape(&self.fragment, Part::Fragment));
        }
        out
    }

    fn print_hierarchy(&self, out: &mut Vec<u8>) {
        let has_authority = !self.host.is_empty() || self.user.is_some();
        if has_authority || !self.scheme.is_empty() && !self.path.is_empty() {
            out.extend_from_slice(b"//");
        }
        if let Some(user) = &self.user {
            out.extend(user.to_bytes());
            out.push(b'@');
        }
        out.extend(escape(&self.host, Part::Host));
        let path = if self.path == b"*" {
            self.path.clone()
        } else {
            escape(&self.path, Part::Path)
        };
        if !path.is_empty() && !path.starts_with(b"/") && !self.host.is_empty() {
            out.push(b'/');
        }
        // Else the first segment would be read as a scheme.
        if out.is_empty() && cut(&path, b'/').0.contains(&b':') {
            out.extend_from_slice(b"./");
        }
        out.extend(path);
    }
}

/// A path seen from another one, without `.` and `..` as segments.
fn resolve_path(base: &[u8], reference: &[u8]) -> Vec<u8> {
    let full = match (reference.is_empty(), reference.starts_with(b"/")) {
        (true, _) => base.to_vec(),
        (_, true) => reference.to_vec(),
        _ => {
            let directory = memrchr(b'/', base).map_or(0, |slash| slash + 1);
            [&base[..directory], reference].concat()
        }
    };
    if full.is_empty() {
        return full;
    }
    let mut segments: Vec<&[u8]> = Vec::new();
    let mut ends_in_directory = false;
    for segment in full
        .split(|&b| b == b'/')
        .skip(usize::from(full.starts_with(b"/")))
    {
        ends_in_directory = matches!(segment, b"." | b"..");
        match segment {
            b"." => {}
            b".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    let mut path = vec![b'/'];
    path.extend(segments.join(&b'/'));
    if ends_in_directory && path.last() != Some(&b'/') {
        path.push(b'/');
    }
    path
}

fn cut(text: &[u8], at: u8) -> (&[u8], Option<&[u8]>) {
    match memchr(at, text) {
        Some(index) => (&text[..index], Some(&text[index + 1..])),
        None => (text, None),
    }
}

fn scheme(text: &[u8]) -> Result<(&[u8], &[u8]), ErrorKind> {
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if index > 0 => {}
            b':' if index == 0 => return Err(ErrorKind::MissingScheme),
            b':' => return Ok((&text[..index], &text[index + 1..])),
            _ => break,
        }
    }
    Ok((b"", text))
}

fn parse_authority(
    scheme: &[u8],
    text: &[u8],
    release: Release,
) -> Result<(Option<UserInfo>, Vec<u8>), ErrorKind> {
    let Some(at) = memrchr(b'@', text) else {
        return Ok((None, parse_host(scheme, text, release)?));
    };
    let host = parse_host(scheme, &text[at + 1..], release)?;
    let user = &text[..at];
    let is_valid = |b: &u8| b.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(b);
    if !user.iter().all(is_valid) {
        return Err(ErrorKind::UserInfo);
    }
    let (name, password) = cut(user, b':');
    let name = unescape(name, Part::User)?;
    let password = password
        .map(|password| unescape(password, Part::User))
        .transpose()?;
    Ok((Some(UserInfo { name, password }), host))
}

fn parse_host(scheme: &[u8], text: &[u8], release: Release) -> Result<Vec<u8>, ErrorKind> {
    if release.differences().url_brackets_are_checked
        && memrchr(b'[', text).is_some_and(|at| at > 0)
    {
        return Err(ErrorKind::IpLiteral);
    }
    let port = if text.starts_with(b"[") {
        let end = memrchr(b']', text).ok_or(ErrorKind::MissingBracket)?;
        &text[end + 1..]
    } else {
        let one_colon =
            release.differences().url_hosts_have_one_colon && matches!(scheme, b"http" | b"https");
        let colon = if one_colon { memchr } else { memrchr };
        colon(b':', text).map_or(&b""[..], |colon| &text[colon..])
    };
    if !is_port(port) {
        return Err(ErrorKind::Port(port.to_vec()));
    }
    if !text.starts_with(b"[") {
        return unescape(text, Part::Host);
    }
    let address = &text[1..text.len() - port.len() - 1];
    let zone = memmem::find(address, b"%25").unwrap_or(address.len());
    let mut plain = unescape(&address[..zone], Part::Host)?;
    plain.extend(unescape(&address[zone..], Part::HostZone)?);
    if release.differences().url_brackets_are_checked {
        check_ipv6(&plain)?;
    }
    Ok([&b"["[..], &plain, b"]", port].concat())
}

/// Makes sure that this is an IPv6 address, with or without a zone.
fn check_ipv6(address: &[u8]) -> Result<(), ErrorKind> {
    let text = String::from_utf8_lossy(cut(address, b'%').0);
    match text.parse() {
        Ok(IpAddr::V6(_)) => Ok(()),
        Ok(IpAddr::V4(_)) => Err(ErrorKind::IpLiteral),
        Err(_) => Err(ErrorKind::Address(address.to_vec())),
    }
}

/// Nothing, or a colon and digits.
fn is_port(text: &[u8]) -> bool {
    match text.split_first() {
        None => true,
        Some((b':', digits)) => digits.iter().all(u8::is_ascii_digit),
        Some(_) => false,
    }
}
