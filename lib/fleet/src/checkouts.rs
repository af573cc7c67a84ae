//! [`Checkouts`]: the repositories whose files are on this disk, and which addresses are theirs.

use std::collections::BTreeMap;

use homescale_argocd::{NotAtHand, Repositories, is_same_repository};
use homescale_fileset::FileSet;

/// The address that the repository that is looked at has in any case.
pub const HERE: &str = ".";

/// The repository that is looked at, and others beside it. A revision is not looked at: a checkout is what it is.
#[derive(Clone, Debug, Default)]
pub struct Checkouts {
    own: FileSet,
    addresses: Vec<String>,
    others: Vec<(String, FileSet)>,
    /// Whether the last address is only what most Applications name.
    is_guessed: bool,
}

impl Checkouts {
    /// The repository with these files, whose addresses are not known yet.
    pub fn new(own: FileSet) -> Self {
        Self {
            own,
            ..Self::default()
        }
    }

    /// The files of the repository that is looked at.
    pub fn own(&self) -> &FileSet {
        &self.own
    }

    /// The same, where the repository that is looked at has these files.
    pub(crate) fn with_own(&self, own: FileSet) -> Self {
        Self {
            own,
            ..self.clone()
        }
    }

    /// Says an address of the repository that is looked at.
    pub fn add_address(&mut self, repo_url: impl Into<String>) {
        self.addresses.push(repo_url.into());
    }

    /// Adds another repository. Of two with the same address, the one that was added first counts.
    pub fn add_other(&mut self, repo_url: impl Into<String>, files: FileSet) {
        self.others.push((repo_url.into(), files));
    }

    /// Whether an address is one of the repository that is looked at.
    pub fn is_own(&self, repo_url: &str) -> bool {
        let mut own = self.addresses.iter();
        repo_url == HERE
            || !self.is_other(repo_url) && own.any(|own| is_same_repository(own, repo_url))
    }

    /// The addresses of the repository that is looked at.
    pub fn addresses(&self) -> &[String] {
        &self.addresses
    }

    /// The address that was guessed, because nobody said one.
    pub fn guessed(&self) -> Option<&str> {
        let last = self.addresses.last();
        last.filter(|_| self.is_guessed).map(String::as_str)
    }

    /// Where none of these names this repository, each an address and a path in it: takes the address that most name of those
    /// whose path is here. So it is in a clone without a remote, and in a fork.
    pub(crate) fn guess(&mut self, named: &[(&str, &str)]) {
        if self.is_guessed || named.iter().any(|(repo_url, _)| self.is_own(repo_url)) {
            return;
        }
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for &(repo_url, path) in named {
            let is_here = !repo_url.is_empty()
                && !self.is_other(repo_url)
                && (path.is_empty() || self.own.contains(path) || self.own.has_folder(path));
            if is_here {
                *counted.entry(repo_url).or_default() += 1;
            }
        }
        // Of equals, the first in byte order, so that it is always the same.
        let most = counted.into_iter().rev().max_by_key(|(_, count)| *count);
        if let Some((repo_url, _)) = most {
            self.addresses.push(repo_url.to_owned());
            self.is_guessed = true;
        }
    }

    fn is_other(&self, repo_url: &str) -> bool {
        let mut others = self.others.iter();
        others.any(|(known, _)| is_same_repository(known, repo_url))
    }
}

impl Repositories for Checkouts {
    fn files(&self, repo_url: &str, _: &str) -> Result<&FileSet, NotAtHand> {
        let mut others = self.others.iter();
        let other = others.find(|(known, _)| is_same_repository(known, repo_url));
        match other {
            Some((_, files)) => Ok(files),
            None if self.is_own(repo_url) => Ok(&self.own),
            None => Err(NotAtHand {
                repo_url: repo_url.to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLEET: &str = "https://git.example.com/team/fleet.git";
    const OTHER: &str = "https://git.example.com/team/other.git";

    fn checkouts() -> Checkouts {
        let mut own = FileSet::new();
        own.insert("apps/web/Chart.yaml", *b"").unwrap();
        Checkouts::new(own)
    }

    #[test]
    fn an_address_that_nobody_said_is_guessed() {
        let mut all = checkouts();
        all.add_address("https://git.example.com/me/fork.git");
        assert!(all.files(FLEET, "HEAD").is_err());
        let named = [
            (OTHER, "apps/db"),
            (OTHER, "apps/mail"),
            (FLEET, "apps/web"),
        ];
        all.guess(&named);
        assert_eq!(all.guessed(), Some(FLEET));
        assert!(all.files("git@git.example.com:team/fleet", "main").is_ok());
        assert!(all.files(OTHER, "HEAD").is_err());
    }

    #[test]
    fn what_is_said_is_not_guessed() {
        let mut all = checkouts();
        all.add_address(FLEET);
        all.add_other(OTHER, FileSet::new());
        all.guess(&[(FLEET, "apps/web"), (OTHER, "apps/web")]);
        assert_eq!(all.guessed(), None);
        assert!(all.files(OTHER, "HEAD").is_ok_and(FileSet::is_empty));
        assert!(all.files(FLEET, "HEAD").is_ok_and(|files| files.len() == 1));
    }
}
