//! When two addresses are those of one repository.

/// Whether two addresses are those of one repository, whatever the way to it: `git@git.example.com:team/app.git` and
/// `https://git.example.com/team/app` are.
///
/// ```
/// use homescale_argocd::is_same_repository;
///
/// assert!(is_same_repository(
///     "git@git.example.com:team/app.git",
///     "https://git.example.com/team/app"
/// ));
/// ```
pub fn is_same_repository(one: &str, other: &str) -> bool {
    repository_key(one) == repository_key(other)
}

/// What all addresses of one repository have in common, to look it up by: host, port and path, without what only says how to get
/// there: scheme, user, `.git`.
pub fn repository_key(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let (scheme, rest) = url.split_once("://").unwrap_or(("", &url));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit('@').next().unwrap_or_default();
    let (host, path) = match host.split_once(':') {
        // Without a scheme, it is a path that follows the colon, and not a port.
        Some((host, first)) if scheme.is_empty() && path.is_empty() => (host, first.to_owned()),
        Some((host, first)) if scheme.is_empty() => (host, format!("{first}/{path}")),
        _ => (host, path.to_owned()),
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    format!("{host}/{path}")
}

/// An address in the form in which Argo CD compares it with the patterns of an AppProject (`util/git`, `NormalizeGitURL`).
pub(crate) fn normalized_git_url(url: &str) -> String {
    let mut url = url.trim().to_lowercase();
    let has_scheme = url.starts_with("ssh://");
    let rest = url.strip_prefix("ssh://").unwrap_or(&url);
    let is_ssh = rest.split_once('@').is_some_and(|(user, host)| {
        !user.contains(['/', ':']) && !host.is_empty() && !host.contains('@')
    });
    if is_ssh && !has_scheme {
        // It is a path that follows the colon, and not a port.
        url = url.replacen(':', "/", 1);
    }
    let url = url.strip_suffix(".git").unwrap_or(&url);
    url.strip_prefix("ssh://").unwrap_or(url).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_has_many_addresses() {
        let same = |url| is_same_repository(url, "https://git.example.com/team/app");
        for url in [
            "https://git.example.com/team/app.git",
            "https://git.example.com/Team/app/",
            "https://user:secret@git.example.com/team/app",
            "ssh://git@git.example.com/team/app.git",
            "git@git.example.com:team/app.git",
            "git.example.com:team/app",
        ] {
            assert!(same(url), "{url}");
        }
        for url in [
            "https://git.example.com:8443/team/app",
            "https://git.example.org/team/app",
            "https://git.example.com/team/app2",
            "",
        ] {
            assert!(!same(url), "{url}");
        }
    }
}
