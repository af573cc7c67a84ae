//! Go's `path`: paths with slashes, which need not exist. `filepath` does the same on Unix, where Helm runs here.

/// The last element of a path: `.` if it is empty, `/` if it is only slashes (`path.Base`).
///
/// ```
/// use homescale_go::path;
///
/// assert_eq!(path::base(b"foo/bar.txt/"), b"bar.txt");
/// assert_eq!(path::dir(b"foo/./bar/baz"), b"foo/bar");
/// assert_eq!(path::ext(b"foo.d/bar.tar.gz"), b".gz");
/// ```
pub fn base(path: &[u8]) -> &[u8] {
    if path.is_empty() {
        return b".";
    }
    let end = path
        .iter()
        .rposition(|b| *b != b'/')
        .map_or(0, |last| last + 1);
    let start = after_slash(&path[..end]);
    match &path[start..end] {
        [] => b"/",
        name => name,
    }
}

/// The shortest path that means the same: no `.`, no `..` but at its start, no empty element; `.` if nothing is left
/// (`path.Clean`).
///
/// ```
/// use homescale_go::path::clean;
///
/// assert_eq!(clean(b"../foo//./bar/.."), b"../foo");
/// assert_eq!([clean(b"/.."), clean(b"a/..")], [b"/", b"."]);
/// ```
pub fn clean(path: &[u8]) -> Vec<u8> {
    let is_rooted = path.starts_with(b"/");
    let mut kept: Vec<&[u8]> = Vec::new();
    for element in path.split(|b| *b == b'/') {
        match element {
            b"" | b"." => {}
            b".." if kept.last().is_some_and(|last| *last != b"..") => {
                kept.pop();
            }
            b".." if is_rooted => {}
            name => kept.push(name),
        }
    }
    let joined = kept.join(&b'/');
    match (is_rooted, joined.is_empty()) {
        (true, _) => [b"/", &joined[..]].concat(),
        (false, true) => b".".to_vec(),
        (false, false) => joined,
    }
}

/// All but the last element of a path, cleaned (`path.Dir`).
pub fn dir(path: &[u8]) -> Vec<u8> {
    clean(&path[..after_slash(path)])
}

/// The extension of the last element, with its dot; empty if it has no dot (`path.Ext`).
pub fn ext(path: &[u8]) -> &[u8] {
    match path.iter().rposition(|b| matches!(b, b'.' | b'/')) {
        Some(dot) if path[dot] == b'.' => &path[dot..],
        _ => b"",
    }
}

/// Whether a path starts at the root (`path.IsAbs`).
pub fn is_abs(path: &[u8]) -> bool {
    path.starts_with(b"/")
}

/// Where the last element begins.
fn after_slash(path: &[u8]) -> usize {
    path.iter()
        .rposition(|b| *b == b'/')
        .map_or(0, |slash| slash + 1)
}
