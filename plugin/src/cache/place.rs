//! Which directory is the user's cache.

use std::ffi::OsString;
use std::path::PathBuf;

/// Names the directory where no flag does.
pub(super) const DIRECTORY: &str = "HELM_CATALOG_CACHE";

/// Ours in the directory of all programs.
const NAME: &str = "helm-catalog";

/// Where this system keeps caches: a variable, and where it is below what the variable says. The first that is set counts.
const PLACES: &[(&str, &[&str])] = if cfg!(windows) {
    &[("LocalAppData", &[])]
} else if cfg!(target_os = "macos") {
    &[("XDG_CACHE_HOME", &[]), ("HOME", &["Library", "Caches"])]
} else {
    &[("XDG_CACHE_HOME", &[]), ("HOME", &[".cache"])]
};

/// The directory of the cache, as the environment says it: a value of a variable, by its name. `None` where it says none.
pub(super) fn directory(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let said = |name: &str| variable(name).filter(|value| !value.is_empty());
    if let Some(directory) = said(DIRECTORY) {
        return Some(directory.into());
    }
    PLACES.iter().find_map(|(name, below)| {
        let mut place = PathBuf::from(said(name)?);
        place.extend(*below);
        // What is relative would be another one in each directory: XDG says that it counts as not set.
        place.is_absolute().then(|| place.join(NAME))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn the_first_that_is_said_counts() {
        let place = |said: &[(&str, &str)]| {
            let found = directory(|name| {
                let said = said.iter().find(|(of, _)| *of == name);
                said.map(|(_, value)| value.into())
            });
            found.map(|found| found.display().to_string())
        };
        let home = ("HOME", "/home/a");
        assert_eq!(place(&[]), None);
        assert_eq!(place(&[home]).unwrap(), "/home/a/.cache/helm-catalog");
        let xdg = ("XDG_CACHE_HOME", "/var/a");
        assert_eq!(place(&[home, xdg]).unwrap(), "/var/a/helm-catalog");
        let relative = ("XDG_CACHE_HOME", "a");
        assert_eq!(
            place(&[home, relative]).unwrap(),
            "/home/a/.cache/helm-catalog"
        );
        assert_eq!(place(&[home, (DIRECTORY, "here")]).unwrap(), "here");
        assert_eq!(
            place(&[home, (DIRECTORY, "")]).unwrap(),
            "/home/a/.cache/helm-catalog"
        );
    }
}
