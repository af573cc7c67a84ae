//! [`distinct`]: names that differ from each other, each as short as that allows.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The longest name of a file, without its ending. File systems have 255 bytes for both.
const LONGEST: usize = 200;

/// The names of things: of the forms of each, shortest first, the first one that no other thing has. Things that are equal have
/// the same name. Some systems do not tell the case of letters in names of files, so that names which differ in nothing else
/// are the same here.
pub(super) fn distinct<T: Eq>(things: &[(T, Vec<String>)]) -> Vec<String> {
    let mut levels = vec![0; things.len()];
    let name = |index: usize, level: usize| things[index].1.get(level);
    loop {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, level) in levels.iter().enumerate() {
            if let Some(name) = name(index, *level) {
                by_name.entry(name.to_lowercase()).or_default().push(index);
            }
        }
        let mut is_done = true;
        for indices in by_name.values() {
            let are_equal = indices
                .iter()
                .all(|&index| things[index].0 == things[indices[0]].0);
            for &index in indices.iter().filter(|_| !are_equal) {
                if levels[index] + 1 < things[index].1.len() {
                    levels[index] += 1;
                    is_done = false;
                }
            }
        }
        if is_done {
            let names = levels.iter().enumerate();
            return names
                .map(|(index, level)| name(index, *level).cloned().unwrap_or_default())
                .collect();
        }
    }
}

/// A name as it can be that of a file everywhere: other characters than letters, digits, `.`, `_` and `-` become `_`. An
/// address is called by its host.
pub(super) fn safe(name: &str) -> String {
    let name = name.split_once("://").map_or(name, |(_, rest)| rest);
    let name = name.trim_end_matches('/');
    let is_safe = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-');
    let safe: String = name
        .chars()
        .map(|char| if is_safe(char) { char } else { '_' })
        .collect();
    if safe.starts_with('.') || safe.is_empty() {
        return format!("_{safe}");
    }
    safe
}

/// A name that is not too long for a file: the end of one that is becomes a digest of it.
pub(super) fn short(mut name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let digest = digest(&[&name]);
    let end = (0..LONGEST - digest.len())
        .rev()
        .find(|&end| name.is_char_boundary(end));
    name.truncate(end.unwrap_or_default());
    format!("{name}-{digest}")
}

/// Some digits that tell a name from others.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    let start = digest.iter().take(4);
    let number = start.fold(0, |number, byte| number << 8 | u32::from(*byte));
    format!("{number:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_files() {
        for (name, expected) in [
            ("web", "web"),
            ("https://10.0.0.1:6443/", "10.0.0.1_6443"),
            ("system:node", "system_node"),
            ("../up", "_.._up"),
            ("", "_"),
            ("a/b", "a_b"),
        ] {
            assert_eq!(safe(name), expected, "{name}");
        }
        let (one, other) = (short("a".repeat(250)), short("a".repeat(251)));
        assert_eq!((one.len(), other.len()), (LONGEST, LONGEST));
        assert_ne!(one, other);
    }

    #[test]
    fn names_are_as_short_as_they_can_be() {
        let thing = |key: u8, forms: &[&str]| {
            let forms = forms.iter().map(|form| (*form).to_owned());
            (key, forms.collect::<Vec<_>>())
        };
        let things = [
            thing(1, &["web", "a-web"]),
            thing(2, &["Web", "b-web"]),
            // It is called as the first one is, when that must be told from the second one.
            thing(3, &["a-web", "c-a-web"]),
            thing(4, &["alone", "d-alone"]),
            // The same thing twice, and another with all of its names.
            thing(5, &["job"]),
            thing(5, &["job"]),
        ];
        assert_eq!(
            distinct(&things),
            ["a-web", "b-web", "c-a-web", "alone", "job", "job"]
        );
    }
}
