//! [`Selection`]: which Applications a user means.

use std::fmt;
use std::str::FromStr;

use homescale_fileset::{Glob, GlobError};
use homescale_located::did_you_mean;
use homescale_manifest::Selector;
use sha2::{Digest, Sha256};

use crate::found::{ApplicationId, Found};

/// Which Applications are meant: all that are on one of the clusters, have one of the names, and the labels. Of nothing said,
/// all.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Selection {
    /// Patterns of the names of clusters.
    pub clusters: Vec<String>,
    /// Patterns of the names of Applications.
    pub applications: Vec<String>,
    /// What holds for their labels.
    pub labels: Option<Selector>,
    /// Which part of them.
    pub shard: Option<Shard>,
}

/// Why a selection selects nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SelectionError {
    /// A pattern is malformed.
    Pattern(String, GlobError),
    /// No cluster has such a name; perhaps another one is meant.
    NoCluster(String, Option<String>),
    /// No Application has such a name; perhaps another one is meant.
    NoApplication(String, Option<String>),
    /// Each pattern matches something, but together they match nothing.
    Nothing,
}

impl Selection {
    /// Those of the Applications that are meant, in their order.
    ///
    /// # Errors
    /// A pattern matches nothing, or is malformed; or all together match nothing.
    pub fn of<'f>(&self, all: &'f [Found]) -> Result<Vec<&'f Found>, SelectionError> {
        let clusters = patterns(&self.clusters)?;
        let applications = patterns(&self.applications)?;
        let names = |name: fn(&Found) -> &str| all.iter().map(name).collect::<Vec<&str>>();
        if let Some((pattern, hint)) = unmatched(&clusters, &names(|found| &found.cluster)) {
            return Err(SelectionError::NoCluster(pattern, hint));
        }
        if let Some((pattern, hint)) = unmatched(&applications, &names(Found::name)) {
            return Err(SelectionError::NoApplication(pattern, hint));
        }
        let matches = |globs: &[(&str, Glob)], name: &str| {
            globs.is_empty() || globs.iter().any(|(_, glob)| glob.is_match(name))
        };
        let has_labels = |found: &Found| {
            let label = |key: &str| found.application.labels.get(key).cloned();
            self.labels
                .as_ref()
                .is_none_or(|labels| labels.matches(label))
        };
        let selected: Vec<&Found> = (all.iter())
            .filter(|found| matches(&clusters, &found.cluster))
            .filter(|found| matches(&applications, found.name()))
            .filter(|found| has_labels(found))
            .collect();
        if selected.is_empty() && !all.is_empty() {
            return Err(SelectionError::Nothing);
        }
        let is_in_part = |found: &&Found| self.shard.is_none_or(|shard| shard.has(found));
        Ok(selected.into_iter().filter(is_in_part).collect())
    }
}

fn patterns(texts: &[String]) -> Result<Vec<(&str, Glob)>, SelectionError> {
    let read = |text: &String| Glob::new(text.as_bytes()).map_err(|error| (text.clone(), error));
    let globs = texts.iter().map(|text| Ok((text.as_str(), read(text)?)));
    let globs: Result<_, _> = globs.collect();
    globs.map_err(|(text, error)| SelectionError::Pattern(text, error))
}

/// The first pattern that matches none of the names, and what may be meant.
fn unmatched(globs: &[(&str, Glob)], names: &[&str]) -> Option<(String, Option<String>)> {
    let is_unmatched = |(_, glob): &&(&str, Glob)| !names.iter().any(|name| glob.is_match(name));
    let (pattern, _) = globs.iter().find(is_unmatched)?;
    Some((
        (*pattern).to_owned(),
        did_you_mean(pattern, names.iter().copied()),
    ))
}

impl SelectionError {
    /// What to do about it, where that is clear.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoCluster(_, hint) | Self::NoApplication(_, hint) => hint.clone(),
            Self::Pattern(..) | Self::Nothing => None,
        }
    }
}

impl fmt::Display for SelectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pattern(pattern, error) => write!(f, "the pattern `{pattern}`: {error}"),
            Self::NoCluster(pattern, _) => {
                write!(f, "no Application goes to a cluster `{pattern}`")
            }
            Self::NoApplication(pattern, _) => write!(f, "there is no Application `{pattern}`"),
            Self::Nothing => f.write_str("no Application has all that was asked for"),
        }
    }
}

impl std::error::Error for SelectionError {}

/// A part of several that a fleet is divided into, as evenly as a hash does it. Which part an Application is in depends on
/// its cluster and its name alone.
///
/// ```
/// use homescale_fleet::Shard;
///
/// let shard: Shard = "2/8".parse()?;
/// assert_eq!(shard.to_string(), "2/8");
/// assert!("9/8".parse::<Shard>().is_err());
/// # Ok::<(), homescale_fleet::ShardError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    index: u64,
    /// How many there are.
    count: u64,
}

impl Shard {
    /// Whether an Application is in this part.
    pub fn has(self, found: &Found) -> bool {
        self.has_id(&found.cluster, &found.id)
    }

    fn has_id(self, cluster: &str, id: &ApplicationId) -> bool {
        let digest = Sha256::digest(format!("{cluster}\n{}", id.name));
        let number = digest[..8]
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte));
        number % self.count == self.index - 1
    }
}

/// What is no part: it is not written as `I/N` with `I` from 1 to `N`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardError(String);

impl fmt::Display for ShardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.0;
        write!(
            f,
            "`{found}` is no part such as 1/4, with the first number from 1 to the second"
        )
    }
}

impl std::error::Error for ShardError {}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let parse = || {
            let (index, count) = text.split_once('/')?;
            let (index, count) = (index.parse().ok()?, count.parse().ok()?);
            (1..=count)
                .contains(&index)
                .then_some(Self { index, count })
        };
        parse().ok_or_else(|| ShardError(text.to_owned()))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cluster: &str, name: &str, tier: &str) -> Found {
        let mut application = homescale_argocd::Application::default();
        application
            .labels
            .insert("tier".to_owned(), tier.to_owned());
        Found {
            id: ApplicationId {
                name: name.to_owned(),
                ..ApplicationId::default()
            },
            cluster: cluster.to_owned(),
            application,
            object: homescale_located::Node::default(),
            origin: crate::Origin::Root("x".into()),
            is_root: false,
        }
    }

    fn all() -> Vec<Found> {
        let names = [
            ("east", "net-a"),
            ("east", "web"),
            ("west", "net-b"),
            ("west", "web"),
        ];
        let tiers = ["base", "front", "base", "back"];
        let all = names.into_iter().zip(tiers);
        all.map(|((cluster, name), tier)| found(cluster, name, tier))
            .collect()
    }

    fn names(selection: &Selection) -> Result<Vec<String>, SelectionError> {
        let all = all();
        let selected = selection.of(&all)?.into_iter();
        Ok(selected
            .map(|found| format!("{}/{}", found.cluster, found.name()))
            .collect())
    }

    #[test]
    fn patterns_and_labels_select() {
        let mut selection = Selection::default();
        assert_eq!(names(&selection).unwrap().len(), 4);
        selection.applications = vec!["net*".to_owned(), "web".to_owned()];
        selection.clusters = vec!["w*".to_owned()];
        assert_eq!(names(&selection).unwrap(), ["west/net-b", "west/web"]);
        selection.labels = Some(Selector::parse("tier=base").unwrap());
        assert_eq!(names(&selection).unwrap(), ["west/net-b"]);
        selection.labels = Some(Selector::parse("tier=front").unwrap());
        assert_eq!(names(&selection), Err(SelectionError::Nothing));
        selection.applications = vec!["wbe".to_owned()];
        let error = names(&selection).unwrap_err();
        assert_eq!(error.to_string(), "there is no Application `wbe`");
        assert_eq!(error.hint().unwrap(), "did you mean `web`?");
    }

    #[test]
    fn each_application_is_in_one_part() {
        let all = all();
        for count in 1..6 {
            for found in &all {
                let parts = (1..=count).filter(|index| {
                    Shard {
                        index: *index,
                        count,
                    }
                    .has(found)
                });
                assert_eq!(parts.count(), 1);
            }
        }
    }
}
