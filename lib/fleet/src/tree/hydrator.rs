//! The files of Argo CD's hydrator, as version 3.6.1 writes them to a hydrated branch: `commitserver/commit`, `WriteForPaths`.

use std::collections::BTreeMap;

use homescale_located::Node;
use homescale_manifest::Object;
use homescale_yaml::{WriteError, to_yaml_pretty};

use super::error::TreeError;
use super::file::TreeFile;
use super::names::TreeNames;
use crate::found::Found;

const MANIFEST: &str = "manifest.yaml";
const METADATA: &str = "hydrator.metadata";
const README: &str = "README.md";

/// What GitHub hides in a comparison, because it follows from other files.
const ATTRIBUTES: &str =
    "**/README.md linguist-generated=true\n**/hydrator.metadata linguist-generated=true";

/// The commit from which manifests are rendered. What is not known is empty, and left out of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DryCommit {
    /// The address of the repository.
    pub repo_url: String,
    /// The commit.
    pub sha: String,
    /// Who wrote it: `Name <address>`.
    pub author: String,
    /// When, as RFC 3339 has it.
    pub date: String,
    /// Its message.
    pub message: String,
}

impl DryCommit {
    /// The files at the root of a hydrated branch: where it comes from.
    pub(super) fn root_files(&self) -> Vec<TreeFile> {
        let message = self.message.trim();
        let (subject, body) = message.split_once("\n\n").unwrap_or((message, ""));
        let body: String = body.lines().flat_map(|line| [line, "\n"]).collect();
        let metadata = metadata(&[
            ("repoURL", text(&self.repo_url)),
            ("drySha", text(&self.sha)),
            ("author", text(&self.author)),
            ("date", text(&self.date)),
            ("subject", text(subject)),
            ("body", text(&body)),
        ]);
        vec![file(METADATA, metadata), file(".gitattributes", ATTRIBUTES)]
    }

    /// How the manifests of an Application were made, as data.
    fn metadata_beside(&self, command: &str) -> String {
        let commands = format!("[\n    {}\n  ]", text(command));
        metadata(&[
            ("repoURL", text(&self.repo_url)),
            ("drySha", text(&self.sha)),
            ("commands", commands),
        ])
    }

    /// What stands beside the manifests of an Application: how they were made.
    pub(super) fn files_beside(&self, path: &str, found: &Found) -> Vec<TreeFile> {
        let command = format!(
            "helm-catalog manifests --cluster {} --app {}",
            quoted(&found.cluster),
            quoted(&found.id.name)
        );
        let name = &found.id.name;
        let checkout = match (self.repo_url.as_str(), self.sha.as_str()) {
            ("", _) | (_, "") => String::new(),
            (url, sha) => format!(
                "git clone {} source && cd source\ngit checkout {sha}\n",
                quoted(url)
            ),
        };
        let readme = format!(
            "# {name}\n\nRendered from its source by:\n\n```shell\n{checkout}{command}\n```\n"
        );
        vec![
            file(
                &format!("{path}/{METADATA}"),
                self.metadata_beside(&command),
            ),
            file(&format!("{path}/{README}"), readme),
        ]
    }
}

/// The manifests of an Application, in one file.
pub(super) fn manifest(path: &str, objects: &[Object]) -> Result<TreeFile, WriteError> {
    let mut contents = String::new();
    for object in objects {
        if !contents.is_empty() {
            contents += "---\n";
        }
        contents += &to_yaml_pretty(&object.value)?;
    }
    Ok(file(&format!("{path}/{MANIFEST}"), contents))
}

/// Where an Application is hydrated to: what it says itself, else what it is called.
///
/// # Errors
/// It is hydrated to the root, or out of the repository: Argo CD refuses it, too.
pub(super) fn path(found: &Found, names: &TreeNames) -> Result<String, TreeError> {
    let said = (found.object).at(&["spec", "sourceHydrator", "syncSource", "path"]);
    let Some(said) = said.and_then(Node::as_text) else {
        return Ok(names.of(found).to_owned());
    };
    let parts = said.split('/').filter(|part| !matches!(*part, "" | "."));
    let parts: Vec<&str> = parts.collect();
    if parts.is_empty()
        || said.starts_with('/')
        || parts.iter().any(|part| matches!(*part, ".." | ".git"))
    {
        return Err(TreeError::Path(found.id.clone(), said.to_owned()));
    }
    Ok(parts.join("/"))
}

/// That no two Applications are hydrated to one path. Those that are may be of two branches, and are then written one after the
/// other.
pub(super) fn check(selected: &[&Found], names: &TreeNames) -> Result<(), TreeError> {
    let mut taken = BTreeMap::new();
    for found in selected {
        let path = path(found, names)?;
        if let Some(other) = taken.insert(path.clone(), &found.id) {
            return Err(TreeError::OnePath(
                path,
                Box::new([other.clone(), found.id.clone()]),
            ));
        }
    }
    Ok(())
}

fn file(path: &str, contents: impl Into<Vec<u8>>) -> TreeFile {
    TreeFile {
        path: path.to_owned(),
        contents: contents.into(),
    }
}

/// Fields that are known, as Go's `json` writes them with an indentation of two.
fn metadata(fields: &[(&str, String)]) -> String {
    let known = fields.iter().filter(|(_, json)| json != "\"\"");
    let lines: Vec<String> = known
        .map(|(name, json)| format!("  \"{name}\": {json}"))
        .collect();
    if lines.is_empty() {
        return "{}\n".to_owned();
    }
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// A text in JSON, as Go's `json` writes it without HTML escapes.
fn text(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// A word of a shell.
fn quoted(word: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "-_./:@".contains(char);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "the recordings are on the disk")]

    use std::fs;
    use std::path::{Path, PathBuf};

    use homescale_manifest::objects;
    use homescale_recordings::fixtures;

    use super::*;

    fn read(path: &Path) -> String {
        let text = fs::read(path);
        String::from_utf8(text.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
            .unwrap()
    }

    /// What is to be compared: the names of the cases, and where the recordings of each are.
    fn cases() -> Vec<(PathBuf, PathBuf)> {
        let cases = fs::read_dir(fixtures().join("hydrator/cases")).unwrap();
        let cases = cases.map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (path, fixtures().join("hydrator/expected").join(name))
        });
        cases.collect()
    }

    #[test]
    fn manifests_are_those_of_argo_cd() {
        let cases = cases();
        assert!(cases.len() >= 4, "the cases are missing");
        for (path, expected) in cases {
            let objects = objects(read(&path).as_bytes()).unwrap();
            let file = manifest("app", &objects).unwrap();
            let text = String::from_utf8(file.contents).unwrap();
            assert_eq!(text, read(&expected.join(&file.path)), "{}", path.display());
        }
    }

    #[test]
    fn metadata_are_those_of_argo_cd() {
        let commit = DryCommit {
            repo_url: "https://git.example.com/fleet.git".to_owned(),
            sha: "0123456789abcdef0123456789abcdef01234567".to_owned(), // pragma: allowlist secret
            author: "A <Developer> <dev@example.com>".to_owned(),
            date: "2023-11-14T22:13:20Z".to_owned(),
            message:
                "Raise the limits & more\n\nBecause of \"load\".\n\nSigned-off-by: dev@example.com"
                    .to_owned(),
        };
        let expected = fixtures().join("hydrator/expected/scalars");
        for file in commit.root_files() {
            let text = String::from_utf8(file.contents).unwrap();
            assert_eq!(text, read(&expected.join(&file.path)), "{}", file.path);
        }
        let beside = commit.metadata_beside("helm template . --set a=<b>");
        assert_eq!(beside, read(&expected.join("app/hydrator.metadata")));
        assert_eq!(metadata(&[("repoURL", text(""))]), "{}\n");
    }
}
