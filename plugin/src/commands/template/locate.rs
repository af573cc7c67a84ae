//! Where a chart is (Helm's `LocateChart`): a path on this machine. What would have to be downloaded is refused.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Component, Path, PathBuf};

use homescale::DiskError;
use homescale_value::Value;

use crate::failure::Failure;

/// The absolute path of the chart that a user means.
///
/// # Errors
/// Helm's text if there is no such chart; our own if the chart would come from the network.
pub(crate) fn locate(reference: &str) -> Result<PathBuf, Failure> {
    let name = reference.trim();
    if !name.is_empty() && fs::metadata(name).is_ok() {
        return absolute(name);
    }
    if name.starts_with(['/', '.']) {
        return Err(Failure::Input(format!("path {name:?} not found")));
    }
    Err(Failure::Input(match Reference::parse(name) {
        Reference::Url => not_downloaded(name),
        Reference::Malformed => format!("invalid chart URL format: {name}"),
        Reference::Word { shown } => {
            format!("non-absolute URLs should be in form of repo_name/path_to_chart, got: {shown}")
        }
        Reference::InRepository { repository } if is_configured(&repository) => {
            not_downloaded(name)
        }
        Reference::InRepository { repository } => format!("repo {repository} not found"),
    }))
}

fn not_downloaded(name: &str) -> String {
    format!("{name}: charts are not downloaded; get it with `helm pull {name}`, and name the file")
}

/// The path from the root, without `.` and `..`; those are taken as text, whatever links there are, as Go does.
fn absolute(name: &str) -> Result<PathBuf, Failure> {
    let mut path = PathBuf::new();
    if !Path::new(name).is_absolute() {
        path = current_dir().map_err(|error| DiskError::io("read", Path::new("."), error))?;
    }
    for component in Path::new(name).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                path.pop();
            }
            other => path.push(other),
        }
    }
    Ok(path)
}

/// The current folder by the name that the shell has for it, which can have links, if that is right.
fn current_dir() -> std::io::Result<PathBuf> {
    let current = env::current_dir()?;
    match env::var_os("PWD").map(PathBuf::from) {
        Some(named)
            if named.is_absolute()
                && named != current
                && fs::canonicalize(&named).is_ok_and(|named| named == current) =>
        {
            Ok(named)
        }
        _ => Ok(current),
    }
}

/// What a chart is called that is not on this machine.
#[derive(Debug, PartialEq, Eq)]
enum Reference {
    /// A whole URL.
    Url,
    /// A URL that is none.
    Malformed,
    /// Neither URL nor path, as Helm prints it.
    Word { shown: String },
    /// The name of a repository and of a chart in it.
    InRepository { repository: String },
}

impl Reference {
    /// Reads a reference as Go reads a URL.
    fn parse(text: &str) -> Self {
        if text.starts_with("oci://") {
            return Self::Url;
        }
        if text.chars().any(|c| c.is_ascii_control()) {
            return Self::Malformed;
        }
        let word = || Self::Word { shown: shown(text) };
        let without_fragment = text.split('#').next().unwrap_or_default();
        let Some((scheme, rest)) = split_scheme(without_fragment) else {
            return Self::Malformed;
        };
        let rest = rest.split('?').next().unwrap_or_default();
        if !rest.starts_with('/') {
            if !scheme.is_empty() {
                return word();
            }
            if rest
                .split('/')
                .next()
                .is_some_and(|first| first.contains(':'))
            {
                return Self::Malformed;
            }
        }
        let (host, path) = match rest.strip_prefix("//") {
            Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
            None => ("", rest),
        };
        let Some(path) = unescape(path) else {
            return Self::Malformed;
        };
        if !scheme.is_empty() && !host.is_empty() && !path.is_empty() {
            return Self::Url;
        }
        match path.split_once('/') {
            Some((repository, _)) => Self::InRepository {
                repository: repository.to_owned(),
            },
            None => word(),
        }
    }
}

/// The scheme, which may be empty, and what follows it; nothing for a colon without a scheme.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    for (at, c) in text.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return None,
            ':' => return Some((&text[..at], &text[at + 1..])),
            _ => break,
        }
    }
    Some(("", text))
}

/// The path with its `%` escapes resolved; nothing if one is malformed.
fn unescape(path: &str) -> Option<String> {
    let mut parts = path.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let digits = part.get(..2)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// A word as Go writes a URL: bytes that a URL cannot have are escaped.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic()
            && !matches!(
                byte,
                b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
            )
        {
            shown.push(char::from(byte));
        } else {
            let _ = write!(shown, "%{byte:02X}");
        }
    }
    shown
}

/// Whether the user has told Helm of a repository of that name.
fn is_configured(name: &str) -> bool {
    let text = repositories_file().and_then(|path| fs::read(path).ok());
    let Some(Ok(Value::Map(config))) = text.map(|text| homescale_yaml::from_slice(&text)) else {
        return false;
    };
    let Some(Value::List(repositories)) = config.get("repositories") else {
        return false;
    };
    repositories.items().iter().any(|repository| {
        let found = repository.as_map().and_then(|map| map.get("name"));
        found.is_some_and(|found| found.as_str().is_some_and(|found| found == name))
    })
}

/// Where Helm keeps the names of repositories.
fn repositories_file() -> Option<PathBuf> {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    if let Some(file) = variable("HELM_REPOSITORY_CONFIG") {
        return Some(file.into());
    }
    let config = variable("HELM_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(variable("XDG_CONFIG_HOME")?).join("helm")))
        .or_else(|| {
            let below = if cfg!(target_os = "macos") {
                "Library/Preferences/helm"
            } else {
                ".config/helm"
            };
            Some(PathBuf::from(variable("HOME")?).join(below))
        });
    Some(config?.join("repositories.yaml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_helm_reads_them() {
        let word = |shown: &str| Reference::Word {
            shown: shown.to_owned(),
        };
        let repository = |name: &str| Reference::InRepository {
            repository: name.to_owned(),
        };
        for (text, expected) in [
            ("web", word("web")),
            ("", word("")),
            ("a b", word("a%20b")),
            ("x:y", word("x:y")),
            ("oci:web", word("oci:web")),
            ("http://h", word("http://h")),
            ("stable/web", repository("stable")),
            ("a b/web", repository("a b")),
            ("file:///web", repository("")),
            ("https://h/web.tgz", Reference::Url),
            ("oci://h/web", Reference::Url),
            ("%zz", Reference::Malformed),
            ("1:2", Reference::Malformed),
            (":web", Reference::Malformed),
        ] {
            assert_eq!(Reference::parse(text), expected, "{text}");
        }
    }
}
