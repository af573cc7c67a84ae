//! Chart.yaml: reading it as Go's decoder does, with its coercions and errors, and validating it.

mod decode;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::helm_version::HelmVersion;
use crate::semver;
use homescale_go::strconv::quote;
use homescale_go::unicode::{is_print, is_space};
use homescale_value::Data;

pub(crate) use decode::Decoder;

/// What Chart.yaml says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) name: String,
    pub(crate) home: String,
    pub(crate) sources: Option<Vec<String>>,
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) keywords: Option<Vec<String>>,
    pub(crate) maintainers: Option<Vec<Maintainer>>,
    pub(crate) icon: String,
    pub(crate) api_version: String,
    pub(crate) condition: String,
    pub(crate) tags: String,
    pub(crate) app_version: String,
    pub(crate) deprecated: bool,
    pub(crate) annotations: Option<BTreeMap<String, String>>,
    pub(crate) kube_version: String,
    pub(crate) dependencies: Option<Vec<Arc<Dependency>>>,
    pub(crate) kind: String,
}

/// Who maintains a chart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Maintainer {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) url: String,
}

/// A chart that another one depends on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) repository: String,
    pub(crate) condition: String,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) enabled: bool,
    pub(crate) import_values: Vec<Data>,
    pub(crate) alias: String,
}

/// A lock file: which dependencies were chosen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lock {
    pub(crate) digest: String,
    pub(crate) dependencies: Option<Vec<Option<Dependency>>>,
}

/// What has been read, before validation: list items may be null.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) metadata: Metadata,
    pub(crate) maintainers: Option<Vec<Option<Maintainer>>>,
    pub(crate) dependencies: Option<Vec<Option<Dependency>>>,
}

impl Draft {
    /// Validates what has been read. The error is Helm's, with its prefix.
    pub(crate) fn validated(mut self, helm: HelmVersion) -> Result<Metadata, String> {
        self.sanitize();
        self.check(helm)
            .map_err(|problem| format!("validation: {problem}"))?;
        let mut metadata = self.metadata;
        let maintainers = self.maintainers;
        metadata.maintainers = maintainers.map(|list| list.into_iter().flatten().collect());
        let dependencies = self.dependencies;
        metadata.dependencies =
            dependencies.map(|list| list.into_iter().flatten().map(Arc::new).collect());
        Ok(metadata)
    }

    /// Makes white space plain and removes what cannot be printed, where Helm does.
    fn sanitize(&mut self) {
        let metadata = &mut self.metadata;
        for text in [
            &mut metadata.name,
            &mut metadata.description,
            &mut metadata.home,
            &mut metadata.icon,
            &mut metadata.condition,
            &mut metadata.tags,
            &mut metadata.app_version,
            &mut metadata.kube_version,
        ] {
            sanitize(text);
        }
        let lists = [&mut metadata.sources, &mut metadata.keywords];
        lists.into_iter().flatten().flatten().for_each(sanitize);
        for maintainer in self.maintainers.iter_mut().flatten().flatten() {
            for text in [
                &mut maintainer.name,
                &mut maintainer.email,
                &mut maintainer.url,
            ] {
                sanitize(text);
            }
        }
        for dependency in self.dependencies.iter_mut().flatten().flatten() {
            for text in [
                &mut dependency.name,
                &mut dependency.version,
                &mut dependency.repository,
                &mut dependency.condition,
            ] {
                sanitize(text);
            }
            dependency.tags.iter_mut().flatten().for_each(sanitize);
        }
    }

    fn check(&self, helm: HelmVersion) -> Result<(), String> {
        let metadata = &self.metadata;
        if metadata.api_version.is_empty() {
            return Err("chart.metadata.apiVersion is required".to_owned());
        }
        let name = metadata.name.as_str();
        if name.is_empty() {
            return Err("chart.metadata.name is required".to_owned());
        }
        if helm.row().refuses_dot_names && matches!(name, "." | "..") {
            return Err(format!(
                "chart.metadata.name {} is not allowed",
                quote(name)
            ));
        }
        if name.contains('/') && !name.bytes().eq([b'/']) {
            return Err(format!("chart.metadata.name {} is invalid", quote(name)));
        }
        let version = metadata.version.as_str();
        if version.is_empty() {
            return Err("chart.metadata.version is required".to_owned());
        }
        if !semver::is_version(version, helm) {
            return Err(format!(
                "chart.metadata.version {} is invalid",
                quote(version)
            ));
        }
        if !matches!(metadata.kind.as_str(), "" | "application" | "library") {
            return Err("chart.metadata.type must be application or library".to_owned());
        }
        if self.maintainers.iter().flatten().any(Option::is_none) {
            return Err("maintainers must not contain empty or null nodes".to_owned());
        }
        self.check_dependencies()
    }

    fn check_dependencies(&self) -> Result<(), String> {
        let mut names = Vec::new();
        for dependency in self.dependencies.iter().flatten() {
            let Some(dependency) = dependency else {
                return Err("dependencies must not contain empty or null nodes".to_owned());
            };
            let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            if !dependency.alias.chars().all(is_allowed) {
                let name = quote(&dependency.name);
                return Err(format!(
                    "dependency {name} has disallowed characters in the alias"
                ));
            }
            let name = match dependency.alias.as_str() {
                "" => &dependency.name,
                _ => &dependency.alias,
            };
            if names.contains(&name) {
                let name = quote(name);
                return Err(format!(
                    "more than one dependency with name or alias {name}"
                ));
            }
            names.push(name);
        }
        Ok(())
    }
}

fn sanitize(text: &mut String) {
    let is_clean = |c: char| c == ' ' || (!is_space(c) && is_print(c));
    if text.chars().all(is_clean) {
        return;
    }
    let plain = |c: char| if is_space(c) { ' ' } else { c };
    *text = text.chars().map(plain).filter(|&c| is_print(c)).collect();
}
