//! Go's `os`, as far as it is about texts: variables in them.

/// The text with `$NAME` and `${NAME}` replaced by what `value` gives for the name (`os.Expand`).
///
/// The name is one of the shell's special characters, as in `$1` and `$$`, or letters, digits and underscores, or anything
/// in braces. A `$` before anything else stays; `${}` and an open `${` are bad syntax, which Go eats.
///
/// ```
/// use homescale_go::os;
///
/// let expanded = os::expand("a$1b-$$HOME-${x}-${}c", |name| format!("<{name}>"));
/// assert_eq!(expanded, "a<1>b-<$>HOME-<x>-c");
/// ```
pub fn expand<V: AsRef<str>>(text: &str, value: impl Fn(&str) -> V) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (name, length) = shell_name(after);
        match name {
            "" if length == 0 => out.push('$'),
            "" => {}
            name => out.push_str(value(name).as_ref()),
        }
        rest = &after[length..];
    }
    out.push_str(rest);
    out
}

/// The name of a variable after a dollar sign, and how many bytes say it (`getShellName`).
fn shell_name(after: &str) -> (&str, usize) {
    if let Some(inner) = after.strip_prefix('{') {
        return match inner.find('}') {
            Some(end) => (&inner[..end], end + 2),
            None => ("", 1),
        };
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let length = match after.as_bytes().first() {
        Some(b'*' | b'#' | b'$' | b'@' | b'!' | b'?' | b'-' | b'0'..=b'9') => 1,
        _ => after.bytes().take_while(is_name).count(),
    };
    (&after[..length], length)
}

/// What Go says of an error of the system (`syscall.Errno`): Rust's text in small letters, without the number.
pub fn error_text(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_stays_or_goes() {
        for (text, expected) in [
            ("none", "none"),
            ("$a/$b_2/x", "<a>/<b_2>/x"),
            ("${a b}", "<a b>"),
            ("a$", "a$"),
            ("a$.b", "a$.b"),
            ("${", ""),
            ("${a", "a"),
            ("${}x", "x"),
            ("${$}$12", "<$><1>2"),
            ("über$é$a", "über$é<a>"),
        ] {
            assert_eq!(expand(text, |name| format!("<{name}>")), expected, "{text}");
        }
    }
}
