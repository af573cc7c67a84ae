//! [`Format`]: the values of `format` that the library knows, and what it says about texts that are not of one.

use homescale_go::Release;
use homescale_go::regexp::Regexp;
use homescale_go::strconv;
use homescale_go::url::Url;

use crate::checked::{Checked, wrong};
use crate::date;
use crate::ip;
use crate::pointer;

/// A format: its name, and what is wrong with a text that is not of it.
#[derive(Debug)]
pub(super) struct Format {
    pub(super) name: &'static str,
    check: Check,
}

/// How a text is checked.
#[derive(Debug)]
enum Check {
    Text(fn(&str) -> Checked),
    /// By rules of Go that differ between its releases.
    ByRelease(fn(&str, Release) -> Checked),
}

impl Format {
    /// What is wrong with a text, for a release of Go.
    pub(super) fn check(&self, text: &str, go: Release) -> Checked {
        match self.check {
            Check::Text(check) => check(text),
            Check::ByRelease(check) => check(text, go),
        }
    }
}

const FORMATS: &[Format] = &[
    format("date", date::date),
    format("date-time", date::date_time),
    format("duration", date::duration),
    format("email", email),
    format("hostname", hostname),
    format("ipv4", ipv4),
    format("ipv6", ipv6),
    by_release("iri", uri),
    by_release("iri-reference", uri_reference),
    format("json-pointer", json_pointer),
    format("period", date::period),
    by_release("regex", regex),
    format("relative-json-pointer", relative_json_pointer),
    format("semver", semver),
    format("time", date::time),
    by_release("uri", uri),
    by_release("uri-reference", uri_reference),
    by_release("uri-template", uri_template),
    format("uuid", uuid),
];

const fn format(name: &'static str, check: fn(&str) -> Checked) -> Format {
    let check = Check::Text(check);
    Format { name, check }
}

const fn by_release(name: &'static str, check: fn(&str, Release) -> Checked) -> Format {
    let check = Check::ByRelease(check);
    Format { name, check }
}

/// The format of that name; others are not checked.
pub(super) fn find(name: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name.as_bytes() == name)
}

fn invalid_character(c: char) -> Checked {
    Err(format!("invalid character {}", strconv::quote_rune(c)))
}

fn regex(text: &str, go: Release) -> Checked {
    Regexp::check(text.as_bytes(), go).map_err(|error| error.to_string())
}

fn json_pointer(text: &str) -> Checked {
    if text.is_empty() {
        return Ok(());
    }
    let Some(tokens) = text.strip_prefix('/') else {
        return wrong("not starting with /");
    };
    let is_good = |token| pointer::unescape(token).is_some();
    if tokens.split('/').all(is_good) {
        return Ok(());
    }
    wrong("~ must be followed by 0 or 1")
}

fn relative_json_pointer(text: &str) -> Checked {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return wrong("must start with non-negative integer");
    }
    if digits > 1 && text.starts_with('0') {
        return wrong("starts with zero");
    }
    match &text[digits..] {
        "#" => Ok(()),
        rest => json_pointer(rest),
    }
}

fn uuid(text: &str) -> Checked {
    let lengths = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    if groups.len() != lengths.len() {
        return wrong("must have 5 elements");
    }
    for (index, (group, length)) in groups.iter().zip(lengths).enumerate() {
        if group.len() != length {
            let index = index + 1;
            return Err(format!("element {index} must be {length} characters long"));
        }
        if let Some(c) = group.chars().find(|c| !c.is_ascii_hexdigit()) {
            return Err(format!("non-hex character {}", strconv::quote_rune(c)));
        }
    }
    Ok(())
}

fn ipv4(text: &str) -> Checked {
    let groups: Vec<&str> = text.split('.').collect();
    if groups.len() != 4 {
        return wrong("expected four decimals");
    }
    for group in groups {
        if group.len() > 1 && group.starts_with('0') {
            return wrong("leading zeros");
        }
        let number = strconv::atoi(group).map_err(|error| error.to_string())?;
        if !(0..=255).contains(&number) {
            return wrong("decimal must be between 0 and 255");
        }
    }
    Ok(())
}

fn ipv6(text: &str) -> Checked {
    if !text.contains(':') {
        return wrong("missing colon");
    }
    match ip::parse(text)? {
        "" => Ok(()),
        _ => wrong("zone id is not a part of ipv6 address"),
    }
}

fn hostname(text: &str) -> Checked {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.len() > 253 {
        return wrong("more than 253 characters long");
    }
    for label in text.split('.') {
        if label.is_empty() || label.len() > 63 {
            return wrong("label must be 1 to 63 characters long");
        }
        if label.starts_with('-') {
            return wrong("label starts with hyphen");
        }
        if label.ends_with('-') {
            return wrong("label ends with hyphen");
        }
        let is_bad = |c: &char| !c.is_ascii_alphanumeric() && *c != '-';
        if let Some(c) = label.chars().find(is_bad) {
            return invalid_character(c);
        }
    }
    Ok(())
}

fn email(text: &str) -> Checked {
    if text.len() > 254 {
        return wrong("more than 255 characters long");
    }
    let Some((local, domain)) = text.rsplit_once('@') else {
        return wrong("missing @");
    };
    if local.len() > 64 {
        return wrong("local part more than 64 characters long");
    }
    // The library looks at the start only.
    if local.len() > 1 && local.starts_with('"') {
        let inner = &local.as_bytes()[1..local.len() - 1];
        if inner.contains(&b'\\') || inner.contains(&b'"') {
            return wrong("backslash and quote are not allowed within quoted local part");
        }
    } else {
        if local.starts_with('.') {
            return wrong("starts with dot");
        }
        if local.ends_with('.') {
            return wrong("ends with dot");
        }
        if local.contains("..") {
            return wrong("consecutive dots");
        }
        let is_bad = |c: &char| !c.is_ascii_alphanumeric() && !".!#$%&'*+-/=?^_`{|}~".contains(*c);
        if let Some(c) = local.chars().find(is_bad) {
            return invalid_character(c);
        }
    }
    let address = domain
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if let Some(address) = address {
        if let Some(address) = address.strip_prefix("IPv6:") {
            return ipv6(address).map_err(|error| format!("invalid ipv6 address: {error}"));
        }
        return ipv4(address).map_err(|error| format!("invalid ipv4 address: {error}"));
    }
    hostname(domain).map_err(|error| format!("invalid domain: {error}"))
}

fn url(text: &str, go: Release) -> Result<Url, String> {
    let url = Url::parse(text.as_bytes(), go).map_err(|error| error.to_string())?;
    let host = String::from_utf8_lossy(url.hostname()).into_owned();
    if host.contains(':') {
        if !url.host.contains(&b'[') || !url.host.contains(&b']') {
            return Err("ipv6 address not enclosed in brackets".to_owned());
        }
        ipv6(&host).map_err(|error| format!("invalid ipv6 address: {error}"))?;
    }
    Ok(url)
}

fn uri(text: &str, go: Release) -> Checked {
    if url(text, go)?.scheme.is_empty() {
        return wrong("relative url");
    }
    Ok(())
}

fn uri_reference(text: &str, go: Release) -> Checked {
    if text.contains('\\') {
        return wrong("contains \\");
    }
    url(text, go).map(|_| ())
}

fn uri_template(text: &str, go: Release) -> Checked {
    let url = url(text, go)?;
    // Go keeps a path as it was written only if it would write it otherwise.
    let path = String::from_utf8_lossy(&url.path).into_owned();
    for token in path.split('/') {
        let mut is_open = false;
        for c in token.chars().filter(|c| matches!(c, '{' | '}')) {
            if is_open == (c == '{') {
                return wrong("nested curly braces");
            }
            is_open = !is_open;
        }
        if is_open {
            return wrong("no matching closing brace");
        }
    }
    Ok(())
}

fn semver(text: &str) -> Checked {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let bad = |part: &str| part.chars().find(|c| !is_plain(c)).map(strconv::quote_rune);
    let (rest, build) = match text.split_once('+') {
        Some((rest, build)) => (rest, Some(build)),
        None => (text, None),
    };
    if build == Some("") {
        return wrong("build is empty");
    }
    for part in build.into_iter().flat_map(|build| build.split('.')) {
        if part.is_empty() {
            return wrong("build identifier is empty");
        }
        if let Some(c) = bad(part) {
            return Err(format!("invalid character {c} in build identifier"));
        }
    }
    let (core, pre_release) = match rest.split_once('-') {
        Some((core, pre_release)) => (core, Some(pre_release)),
        None => (rest, None),
    };
    for part in pre_release.into_iter().flat_map(|text| text.split('.')) {
        if part.is_empty() {
            return wrong("pre-release identifier is empty");
        }
        if let Some(c) = bad(part) {
            return Err(format!("invalid character {c} in pre-release identifier"));
        }
        let is_number = part.bytes().all(|b| b.is_ascii_digit());
        if is_number && part.len() > 1 && part.starts_with('0') {
            return wrong("pre-release numeric identifier starts with zero");
        }
    }
    let numbers: Vec<&str> = core.split('.').collect();
    if numbers.len() != 3 {
        return wrong("versionCore must have 3 numbers separated by dot");
    }
    for (name, number) in ["major", "minor", "patch"].iter().zip(numbers) {
        if number.is_empty() {
            return Err(format!("{name} is empty"));
        }
        if number.len() > 1 && number.starts_with('0') {
            return Err(format!("{name} starts with zero"));
        }
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!("{name} contains non-digit"));
        }
    }
    Ok(())
}
