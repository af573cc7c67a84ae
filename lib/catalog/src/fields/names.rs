//! Which names Kubernetes and Helm accept.

/// What is wrong with a name, as the end of a sentence that begins with the name.
pub(crate) type Complaint = String;

/// The name of a Kubernetes object: a DNS subdomain (RFC 1123) of at most 253 characters.
pub(crate) fn object_name(name: &str) -> Result<(), Complaint> {
    subdomain(name, 253)
}

/// The name of a namespace: a DNS label (RFC 1123) of at most 63 characters.
pub(crate) fn namespace(name: &str) -> Result<(), Complaint> {
    length(name, 63)?;
    if name.contains('.') {
        return Err("has a dot, which the name of a namespace must not have".to_owned());
    }
    label(name)
}

/// The name of a Helm release: a DNS subdomain of at most 53 characters.
pub(crate) fn release(name: &str) -> Result<(), Complaint> {
    subdomain(name, 53)
}

fn subdomain(name: &str, most: usize) -> Result<(), Complaint> {
    length(name, most)?;
    name.split('.').try_for_each(label)
}

fn length(name: &str, most: usize) -> Result<(), Complaint> {
    match name.chars().count() {
        0 => Err("is empty".to_owned()),
        count if count > most => Err(format!(
            "has {count} characters; at most {most} are allowed"
        )),
        _ => Ok(()),
    }
}

fn label(label: &str) -> Result<(), Complaint> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if let Some(odd) = label.chars().find(|&c| !allowed(c)) {
        let also = if odd.is_ascii_uppercase() {
            " (not upper case)"
        } else {
            ""
        };
        return Err(format!(
            "has the character {odd:?}; only lower-case letters, digits and `-` are allowed{also}"
        ));
    }
    if label.is_empty() || label.starts_with('-') || label.ends_with('-') {
        return Err("must begin and end with a letter or digit".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(object_name("web.v1"), Ok(()));
        assert_eq!(release(&"a".repeat(53)), Ok(()));
        assert!(release(&"a".repeat(54)).unwrap_err().contains("54"));
        assert!(namespace("a.b").is_err());
        assert!(namespace("Web").unwrap_err().contains("'W'"));
        for bad in ["", "-a", "a-", "a..b", "a_b"] {
            assert!(object_name(bad).is_err(), "{bad}");
        }
    }
}
