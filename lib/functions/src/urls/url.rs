//! [`Url`]: the parts of a URL.

use std::net::IpAddr;

use homescale_go::strconv;
use memchr::{memchr, memrchr};

use crate::bytes;
use crate::urls::escape::{Part, escape, unescape};

/// How URLs are read, where releases of Go differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UrlOptions {
    /// Whether brackets in the host must have an IPv6 address in them, and be all of the host.
    pub checks_brackets: bool,
    /// Whether the host of a URL of http or https has no colon but that before its port.
    pub has_one_colon: bool,
}

impl UrlOptions {
    /// As the newest Go has it.
    pub const LATEST: Self = Self {
        checks_brackets: true,
        has_one_colon: true,
    };
}

/// The parts of a URL, decoded, as Go's `net/url` has them.
///
/// ```
/// use homescale_functions::{Url, UrlOptions};
///
/// let options = UrlOptions::LATEST;
/// let base = Url::parse(b"https://example.com/a/b.json", options).unwrap();
/// let other = base.resolve(&Url::parse(b"../c.json", options).unwrap());
/// assert_eq!(other.print(), b"https://example.com/c.json");
/// assert_eq!(Url::parse(b"%zz", options).unwrap_err(), r#"parse "%zz": invalid URL escape "%zz""#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Url {
    pub(super) scheme: Vec<u8>,
    /// What follows the scheme when that is no slash: `mailto:me`.
    pub(super) opaque: Vec<u8>,
    pub(super) user: Option<UserInfo>,
    pub(super) host: Vec<u8>,
    pub(super) path: Vec<u8>,
    /// Not decoded.
    pub(super) query: Vec<u8>,
    pub(super) fragment: Vec<u8>,
}

/// `name` or `name:password`, decoded.
#[derive(Clone, Debug)]
pub(super) struct UserInfo {
    name: Vec<u8>,
    password: Option<Vec<u8>>,
}

impl UserInfo {
    /// Encoded again.
    pub(super) fn print(&self) -> Vec<u8> {
        let mut out = escape(&self.name, Part::User);
        if let Some(password) = &self.password {
            out.push(b':');
            out.extend(escape(password, Part::User));
        }
        out
    }
}

impl Url {
    /// Go's `url.Parse`, with its errors: `parse "%zz": invalid URL escape "%zz"`.
    pub fn parse(text: &[u8], options: UrlOptions) -> Result<Self, String> {
        let (rest, fragment) = cut(text, b'#');
        let error = |of: &[u8], error: String| format!("parse {}: {error}", strconv::quote(of));
        let mut url = Self::parse_without_fragment(rest, options).map_err(|e| error(rest, e))?;
        url.fragment =
            unescape(fragment.unwrap_or_default(), Part::Fragment).map_err(|e| error(text, e))?;
        Ok(url)
    }

    fn parse_without_fragment(text: &[u8], options: UrlOptions) -> Result<Self, String> {
        if text.iter().any(u8::is_ascii_control) {
            return Err("net/url: invalid control character in URL".to_owned());
        }
        let mut url = Self::default();
        let (scheme, rest) = scheme(text)?;
        url.scheme = scheme.to_ascii_lowercase();
        let (mut rest, query) = cut(rest, b'?');
        url.query = query.unwrap_or_default().to_vec();
        if !rest.starts_with(b"/") {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_vec();
                return Ok(url);
            }
            if cut(rest, b'/').0.contains(&b':') {
                return Err("first path segment in URL cannot contain colon".to_owned());
            }
        }
        let has_authority = !url.scheme.is_empty() || !rest.starts_with(b"///");
        if let Some(after) = rest.strip_prefix(b"//").filter(|_| has_authority) {
            let end = memchr(b'/', after).unwrap_or(after.len());
            let (authority, path) = after.split_at(end);
            (url.user, url.host) = parse_authority(&url.scheme, authority, options)?;
            rest = path;
        }
        url.path = unescape(rest, Part::Path)?;
        Ok(url)
    }

    /// The host without port and brackets.
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

    /// The scheme in lower case; empty if the URL is relative.
    pub fn scheme(&self) -> &[u8] {
        &self.scheme
    }

    /// The host with its port, as Go's `URL.Host`.
    pub fn host(&self) -> &[u8] {
        &self.host
    }

    /// The path, decoded.
    pub fn path(&self) -> &[u8] {
        &self.path
    }

    /// What follows `#`, decoded.
    pub fn fragment(&self) -> &[u8] {
        &self.fragment
    }

    /// The URL without its fragment.
    #[must_use]
    pub fn without_fragment(mut self) -> Self {
        self.fragment.clear();
        self
    }

    /// Go's `URL.ResolveReference`: what a reference means in a document with this URL.
    #[must_use]
    pub fn resolve(&self, reference: &Self) -> Self {
        let mut url = reference.clone();
        if reference.scheme.is_empty() {
            url.scheme.clone_from(&self.scheme);
        }
        if !reference.scheme.is_empty() || !reference.host.is_empty() || reference.user.is_some() {
            url.path = resolve_path(&reference.path, b"");
            return url;
        }
        if reference.path.is_empty() {
            if reference.query.is_empty() {
                url.query.clone_from(&self.query);
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

    /// Go's `URL.String`.
    pub fn print(&self) -> Vec<u8> {
        let mut out = self.scheme.clone();
        if !self.scheme.is_empty() {
            out.push(b':');
        }
        if self.opaque.is_empty() {
            self.print_hierarchy(&mut out);
        } else {
            out.extend_from_slice(&self.opaque);
        }
        if !self.query.is_empty() {
            out.push(b'?');
            out.extend_from_slice(&self.query);
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
            out.extend(user.print());
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
            let folder = memrchr(b'/', base).map_or(0, |slash| slash + 1);
            [&base[..folder], reference].concat()
        }
    };
    if full.is_empty() {
        return full;
    }
    let mut segments: Vec<&[u8]> = Vec::new();
    let mut ends_in_folder = false;
    for segment in full
        .split(|&b| b == b'/')
        .skip(usize::from(full.starts_with(b"/")))
    {
        ends_in_folder = matches!(segment, b"." | b"..");
        match segment {
            b"." => {}
            b".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    let mut path = vec![b'/'];
    path.extend(bytes::join(&segments, b"/"));
    if ends_in_folder && path.last() != Some(&b'/') {
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

fn scheme(text: &[u8]) -> Result<(&[u8], &[u8]), String> {
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if index > 0 => {}
            b':' if index == 0 => return Err("missing protocol scheme".to_owned()),
            b':' => return Ok((&text[..index], &text[index + 1..])),
            _ => break,
        }
    }
    Ok((b"", text))
}

fn parse_authority(
    scheme: &[u8],
    text: &[u8],
    options: UrlOptions,
) -> Result<(Option<UserInfo>, Vec<u8>), String> {
    let Some(at) = memrchr(b'@', text) else {
        return Ok((None, parse_host(scheme, text, options)?));
    };
    let host = parse_host(scheme, &text[at + 1..], options)?;
    let user = &text[..at];
    let is_valid = |b: &u8| b.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(b);
    if !user.iter().all(is_valid) {
        return Err("net/url: invalid userinfo".to_owned());
    }
    let (name, password) = cut(user, b':');
    let name = unescape(name, Part::User)?;
    let password = password
        .map(|password| unescape(password, Part::User))
        .transpose()?;
    Ok((Some(UserInfo { name, password }), host))
}

fn parse_host(scheme: &[u8], text: &[u8], options: UrlOptions) -> Result<Vec<u8>, String> {
    if options.checks_brackets && memrchr(b'[', text).is_some_and(|at| at > 0) {
        return Err("invalid IP-literal".to_owned());
    }
    let port = if text.starts_with(b"[") {
        let end = memrchr(b']', text).ok_or("missing ']' in host")?;
        &text[end + 1..]
    } else {
        let one_colon = options.has_one_colon && matches!(scheme, b"http" | b"https");
        let colon = if one_colon { memchr } else { memrchr };
        colon(b':', text).map_or(&b""[..], |colon| &text[colon..])
    };
    if !is_port(port) {
        let port = strconv::quote(port);
        return Err(format!("invalid port {port} after host"));
    }
    if !text.starts_with(b"[") {
        return unescape(text, Part::Host);
    }
    let address = &text[1..text.len() - port.len() - 1];
    let zone = memchr::memmem::find(address, b"%25").unwrap_or(address.len());
    let mut plain = unescape(&address[..zone], Part::Host)?;
    plain.extend(unescape(&address[zone..], Part::HostZone)?);
    if options.checks_brackets {
        check_ipv6(&plain)?;
    }
    Ok(bytes::join(&[&b"["[..], &plain, b"]", port], b""))
}

/// Makes sure that this is an IPv6 address, with or without a zone.
fn check_ipv6(address: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(cut(address, b'%').0);
    match text.parse() {
        Ok(IpAddr::V6(_)) => Ok(()),
        Ok(IpAddr::V4(_)) => Err("invalid IP-literal".to_owned()),
        Err(_) => {
            let address = strconv::quote(address);
            Err(format!(
                "invalid host: ParseAddr({address}): unable to parse IP"
            ))
        }
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
