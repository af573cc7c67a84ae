//! Argo CD's build environment in texts: `$ARGOCD_APP_NAME`, `${ARGOCD_ENV_REGION}`.

/// The text with its variables replaced, as Argo CD does in Helm's parameters and value files: `$NAME`, `${NAME}`, `$$` for
/// a dollar sign. `value` gives what a variable stands for; one that it does not know is nothing.
pub(super) fn substitute(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (name, length) = name(after);
        match name {
            Some("$") => out.push('$'),
            Some(name) => out.extend(value(name)),
            // What Go's os.Expand does with a lonely dollar sign, and with bad syntax, which it eats.
            None if length == 0 => out.push('$'),
            None => {}
        }
        rest = &after[length..];
    }
    out.push_str(rest);
    out
}

/// The variables that Argo CD substitutes, and those of the plugin's `env`.
pub(super) fn build_environment(name: &str) -> Option<String> {
    is_known(name).then(|| std::env::var(name).ok()).flatten()
}

/// Whether a text begins with one of these variables.
pub(super) fn is_variable(text: &str) -> bool {
    let after = text.strip_prefix('$');
    after.and_then(|after| name(after).0).is_some_and(is_known)
}

fn is_known(name: &str) -> bool {
    let starts = ["ARGOCD_APP_", "ARGOCD_ENV_", "KUBE_"];
    starts.iter().any(|start| name.starts_with(start))
}

/// The name of a variable after a dollar sign, and how many bytes say it.
fn name(after: &str) -> (Option<&str>, usize) {
    if let Some(inner) = after.strip_prefix('{') {
        return match inner.find('}') {
            Some(0) => (None, 2),
            Some(end) => (Some(&inner[..end]), end + 2),
            None => (None, 1),
        };
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    match after.as_bytes().first() {
        Some(b'*' | b'#' | b'$' | b'@' | b'!' | b'?' | b'-' | b'0'..=b'9') => {
            (Some(&after[..1]), 1)
        }
        _ => match after.bytes().take_while(|byte| is_name(byte)).count() {
            0 => (None, 0),
            length => (Some(&after[..length]), length),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> String {
        substitute(text, |name| {
            (name == "ARGOCD_APP_NAME").then(|| "web".to_owned())
        })
    }

    /// What `os.Expand` of Go 1.26 gives with Argo CD's lookup.
    #[test]
    fn variables_are_replaced_as_by_argo_cd() {
        for (text, expected) in [
            ("none", "none"),
            ("$ARGOCD_APP_NAME", "web"),
            ("a-${ARGOCD_APP_NAME}-b", "a-web-b"),
            ("$ARGOCD_APP_NAME/$OTHER/x", "web//x"),
            ("$$ARGOCD_APP_NAME", "$ARGOCD_APP_NAME"),
            ("a$", "a$"),
            ("a$.b", "a$.b"),
            ("${", ""),
            ("${}x", "x"),
            ("$1x", "x"),
            ("über$ARGOCD_APP_NAME", "überweb"),
        ] {
            assert_eq!(expanded(text), expected, "{text}");
        }
    }
}
