//! [`few`]: the first of many, for a message.

/// How many a message names.
const MOST_SHOWN: usize = 3;

/// The first few of some names, and how many more there are: `a, b, c and 4 more`.
pub(super) fn few(names: &[String], separator: &str) -> String {
    let shown = &names[..names.len().min(MOST_SHOWN)];
    let text = shown.join(separator);
    match names.len() - shown.len() {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}
