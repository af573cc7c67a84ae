//! A folder of files as one text, so that a whole chart is one input: a line `-- path --` starts each file.

use homescale_fileset::FileSet;

/// The files of a text, in order. What stands before the first line of that kind belongs to none.
///
/// ```
/// let files = homescale_fuzz::bundle::split(b"-- a/b --\none\n-- c --\n");
/// assert_eq!(files, [("a/b".to_owned(), b"one\n".to_vec()), ("c".to_owned(), Vec::new())]);
/// ```
pub fn split(text: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in text.split_inclusive(|&b| b == b'\n') {
        if let Some(path) = heading(line) {
            files.push((path, Vec::new()));
        } else if let Some((_, bytes)) = files.last_mut() {
            bytes.extend_from_slice(line);
        }
    }
    files
}

fn heading(line: &[u8]) -> Option<String> {
    let path = line.strip_prefix(b"-- ")?.strip_suffix(b" --\n")?;
    String::from_utf8(path.to_vec()).ok()
}

/// The text of a folder. Files that do not end in a newline get one.
pub fn join(files: &FileSet) -> Vec<u8> {
    let mut text = Vec::new();
    for path in files.paths() {
        text.extend_from_slice(format!("-- {path} --\n").as_bytes());
        let bytes = files.get(path).ok().flatten().unwrap_or_default();
        text.extend_from_slice(bytes);
        if !bytes.is_empty() && !bytes.ends_with(b"\n") {
            text.push(b'\n');
        }
    }
    text
}
