//! The nearest of the known names to one that is not known.

/// The candidate that is fewest edits away from `name`, if it is near enough to be what was meant: one edit for every
/// three characters, letter case aside.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let limit = name.len().div_ceil(3);
    let is_near = |length: usize| length.abs_diff(name.len()) <= limit;
    candidates
        .into_iter()
        // What is much longer or shorter need not be compared; a letter has at most four bytes, and changes its case to three.
        .filter(|candidate| candidate.len() <= 12 * (name.len() + limit))
        .filter_map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().collect();
            let distance = is_near(letters.len()).then(|| distance(&name, &letters))?;
            (distance <= limit).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The hint for a name that is not known.
pub fn did_you_mean<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    nearest(name, candidates).map(|nearest| format!("did you mean `{nearest}`?"))
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two texts. Names beyond 64
/// characters are nobody's typing error: they are as far apart as they are long.
fn distance(a: &[char], b: &[char]) -> usize {
    if a.len().max(b.len()) > 64 {
        return a.len().max(b.len());
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &right) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(left != right);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && left == b[j - 1] && a[i - 1] == right {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        let known = ["namespace", "path", "syncWave"];
        assert_eq!(nearest("namspace", known), Some("namespace"));
        assert_eq!(nearest("pahT", known), Some("path"));
        assert_eq!(nearest("syncwave", known), Some("syncWave"));
        assert_eq!(nearest("exposePublic", known), None);
    }

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("", "ab", 2),
            ("kitten", "sitting", 3),
        ] {
            let letters = |text: &str| text.chars().collect::<Vec<char>>();
            assert_eq!(distance(&letters(a), &letters(b)), expected, "{a} {b}");
        }
    }
}
