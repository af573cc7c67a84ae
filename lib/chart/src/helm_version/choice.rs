//! From what a user calls a version of Helm to a [`HelmVersion`].

use std::fmt;

use super::HelmVersion;

/// A version that was chosen by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The version.
    pub helm: HelmVersion,
    /// What the user should know, where it stands for other versions than the one that was asked for.
    pub note: Option<String>,
}

/// No version does as the one that was asked for. The text lists those that there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownVersion(String);

impl fmt::Display for UnknownVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&str> = HelmVersion::ALL.iter().map(|helm| helm.name()).collect();
        write!(
            f,
            "{}: not a version of Helm that we can be; choose one of {}, or 3, 4, latest",
            self.0,
            known.join(", ")
        )
    }
}

impl std::error::Error for UnknownVersion {}

impl HelmVersion {
    /// The version that a name stands for: one of ours (`4.1`), a whole version (`v4.1.4`), a major version (`4`), or
    /// `latest`.
    ///
    /// A version that none of ours stands for gets the nearest, and a note that says so, if it is of a minor version that
    /// is here, or is newer than one of its major version.
    ///
    /// # Errors
    /// It is no version, or older than all of its major version.
    pub fn choose(name: &str) -> Result<Choice, UnknownVersion> {
        let unknown = || UnknownVersion(name.to_owned());
        if name == "latest" {
            return Ok(exactly(Self::NEWEST));
        }
        let version = name.strip_prefix('v').unwrap_or(name);
        if let Some(helm) = Self::ALL.iter().find(|helm| helm.name() == version) {
            return Ok(exactly(*helm));
        }
        // `helm version --short` adds the commit.
        let numbers = version.split('+').next().unwrap_or_default().split('.');
        let numbers: Result<Vec<u64>, _> = numbers.map(str::parse).collect();
        let rows = || Self::ALL.iter().map(|helm| (*helm, helm.row()));
        let of_major = |major| rows().filter(move |(_, row)| row.major.number == major);
        match numbers.map_err(|_| unknown())?[..] {
            [major] => {
                let newest = of_major(major).next_back().ok_or_else(unknown)?;
                Ok(exactly(newest.0))
            }
            [major, minor] => {
                let next = of_major(major).find(|(_, row)| row.minor > minor);
                let has_older = of_major(major).any(|(_, row)| row.minor < minor);
                let nearest = next.or_else(|| of_major(major).next_back());
                nearest
                    .filter(|_| has_older)
                    .map(|(helm, _)| instead(helm, version))
                    .ok_or_else(unknown)
            }
            [major, minor, patch] => {
                let of_minor = || of_major(major).filter(|(_, row)| row.minor == minor);
                if let Some((helm, _)) = of_minor().find(|(_, row)| row.patches.contains(&patch)) {
                    return Ok(exactly(helm));
                }
                let newer = of_minor().find(|(_, row)| *row.patches.end() > patch);
                match newer.or_else(|| of_minor().next_back()) {
                    Some((helm, _)) => Ok(instead(helm, version)),
                    None => Self::choose(&format!("{major}.{minor}")).map_err(|_| unknown()),
                }
            }
            _ => Err(unknown()),
        }
    }
}

fn exactly(helm: HelmVersion) -> Choice {
    Choice { helm, note: None }
}

fn instead(helm: HelmVersion, asked: &str) -> Choice {
    let recorded = helm.recorded_version();
    let note = format!("Helm {asked} was not compared; this is as Helm {recorded} does");
    Choice {
        helm,
        note: Some(note),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn helm(name: &str) -> Option<HelmVersion> {
        HelmVersion::choose(name).ok().map(|choice| choice.helm)
    }

    fn has_note(name: &str) -> bool {
        HelmVersion::choose(name).is_ok_and(|choice| choice.note.is_some())
    }

    #[test]
    fn every_version_has_names() {
        for &wanted in HelmVersion::ALL {
            let recorded = wanted.recorded_version();
            assert!(!recorded.is_empty());
            for name in [wanted.name(), recorded, &format!("v{recorded}+g1234567")] {
                assert_eq!(helm(name), Some(wanted), "{name}");
                assert!(!has_note(name), "{name}");
            }
        }
    }

    #[test]
    fn every_version_is_recorded() {
        let ours = HelmVersion::ALL.iter();
        let ours: Vec<_> = ours
            .map(|helm| (helm.name(), helm.recorded_version()))
            .collect();
        assert_eq!(ours, homescale_recordings::versions().collect::<Vec<_>>());
    }

    #[test]
    fn short_names_are_the_newest() {
        assert_eq!(helm("latest"), Some(HelmVersion::V4_3));
        assert_eq!(helm("4"), Some(HelmVersion::V4_3));
        assert_eq!(helm("3"), Some(HelmVersion::V3_22));
    }

    #[test]
    fn other_versions_are_the_nearest_with_a_note() {
        for (name, wanted) in [
            ("3.17.0", HelmVersion::V3_17),
            ("3.18.6", HelmVersion::V3_18),
            ("3.20.0", HelmVersion::V3_20),
            ("3.21.4", HelmVersion::V3_22),
            ("3.21", HelmVersion::V3_22),
            ("3.30", HelmVersion::V3_22),
            ("4.1.0", HelmVersion::V4_1),
            ("4.2.9", HelmVersion::V4_2_4),
            ("4.3.7", HelmVersion::V4_3),
            ("4.9.0", HelmVersion::V4_3),
        ] {
            assert_eq!(helm(name), Some(wanted), "{name}");
            assert!(has_note(name), "{name}");
        }
        assert_eq!(helm("4.2.1"), Some(HelmVersion::V4_2));
        assert!(!has_note("4.2.1"));
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for name in [
            "", "3.16", "3.16.4", "4.0", "4.0.5", "2", "5", "5.0", "4.x", "4.1.4.1", "helm", "-1",
        ] {
            assert_eq!(helm(name), None, "{name}");
        }
        let error = HelmVersion::choose("3.16").unwrap_err().to_string();
        assert!(error.contains("3.17, 3.18"), "{error}");
    }
}
