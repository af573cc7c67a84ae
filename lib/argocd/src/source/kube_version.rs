//! Versions of Kubernetes as Argo CD hands them to tools (`parseKubeVersion`; `k8s.io/apimachinery/pkg/util/version`).

use super::failure::SourceFailure;

/// The numbers of a version, without what distributions add to it: `1.34.2` of `v1.34.2-gke.100`. `None` of an empty text.
///
/// # Errors
/// It is no version.
pub(super) fn numbers_of(version: &str) -> Result<Option<String>, SourceFailure> {
    if version.is_empty() {
        return Ok(None);
    }
    let wrong = || SourceFailure::KubeVersion(version.to_owned());
    numbers(version).ok_or_else(wrong).map(Some)
}

fn numbers(version: &str) -> Option<String> {
    let text = version.trim_start();
    let text = text.strip_prefix('v').unwrap_or(text);
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let mut parts = Vec::new();
    for part in text[..end].split('.') {
        // What follows the last number is not looked at.
        let Ok(number) = part.parse::<u64>() else {
            break;
        };
        parts.push((part, number));
    }
    let is_zero_prefixed = |part: &str| part.len() > 1 && part.starts_with('0');
    let is_valid = parts.len() >= 2 && !is_zero_prefixed(parts[0].0);
    let numbers: Vec<String> = parts.iter().map(|(_, number)| number.to_string()).collect();
    is_valid.then(|| numbers.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_lose_what_distributions_add() {
        for (version, expected) in [
            ("1.34.2", Some("1.34.2")),
            ("v1.34.2-gke.1500", Some("1.34.2")),
            ("1.34.2+k3s1", Some("1.34.2")),
            ("1.34", Some("1.34")),
            ("1.34.", Some("1.34")),
            ("1.30+", Some("1.30")),
            ("1.034.1", Some("1.34.1")),
            ("01.34.1", None),
            ("1", None),
            ("", None),
            ("latest", None),
            ("v", None),
        ] {
            assert_eq!(numbers(version).as_deref(), expected, "{version}");
        }
    }
}
