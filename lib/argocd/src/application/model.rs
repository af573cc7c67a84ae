//! [`Application`]: what an object of kind Application says, as a value (`pkg/apis/application/v1alpha1/types.go`).

use std::collections::BTreeMap;

use homescale_value::Value;

use super::error::ApplicationError;
use super::field::Field;
use super::source::Source;
use crate::build_environment::BuildEnvironment;

/// What an object of kind Application says about what is rendered and where it goes. What it does not say is empty.
///
/// ```
/// use homescale_argocd::Application;
///
/// let object = homescale_yaml::from_slice(
///     b"metadata: {name: web}\nspec: {destination: {namespace: web}, source: {repoURL: r, path: apps/web}}\n",
/// )?;
/// let application = Application::read(&object)?;
/// assert_eq!(application.sources[0].path, "apps/web");
///
/// let object = homescale_yaml::from_slice(b"spec: {sources: [{path: 3}]}")?;
/// let error = Application::read(&object).unwrap_err();
/// assert_eq!(error.to_string(), "spec.sources[0].path is a number; it must be a string");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Application {
    /// Its name.
    pub name: String,
    /// The namespace of the object; empty if it does not say it.
    pub namespace: String,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// Its annotations.
    pub annotations: BTreeMap<String, String>,
    /// The AppProject.
    pub project: String,
    /// Where the manifests go.
    pub destination: Destination,
    /// What is rendered, in order.
    pub sources: Vec<Source>,
    /// Whether the sources are the list `spec.sources`: then one of them may be there for others only.
    pub has_multiple_sources: bool,
    /// Whether the source is the `drySource` of a `sourceHydrator`.
    pub is_hydrated: bool,
}

/// A cluster, by its address or by its name, and a namespace in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Destination {
    /// The address of the cluster.
    pub server: String,
    /// The name of the cluster.
    pub name: String,
    /// The namespace.
    pub namespace: String,
}

impl Application {
    /// Reads an object. Fields that are unknown are passed over, as Argo CD does.
    ///
    /// # Errors
    /// A field is not of its type.
    pub fn read(object: &Value) -> Result<Self, ApplicationError> {
        let object = Field::root(object);
        let metadata = object.get("metadata")?;
        let spec = object.get("spec")?;
        let hydrator = spec.get("sourceHydrator")?;
        let several = spec.get("sources")?.items()?;
        let is_hydrated = hydrator.is_said();
        let has_multiple_sources = !is_hydrated && !several.is_empty();
        // The sources that Argo CD does not look at must be right, too.
        let several: Vec<Source> = several.iter().map(Source::of).collect::<Result<_, _>>()?;
        let one = spec.get("source")?;
        let one = (one.is_said()).then(|| Source::of(&one)).transpose()?;
        let sources = if is_hydrated {
            vec![Source::of(&hydrator.get("drySource")?)?]
        } else if has_multiple_sources {
            several
        } else {
            one.into_iter().collect()
        };
        Ok(Self {
            name: metadata.get("name")?.text()?,
            namespace: metadata.get("namespace")?.text()?,
            labels: metadata.get("labels")?.text_map()?,
            annotations: metadata.get("annotations")?.text_map()?,
            project: spec.get("project")?.text()?,
            destination: Destination::of(&spec.get("destination")?)?,
            sources,
            has_multiple_sources,
            is_hydrated,
        })
    }

    /// What Argo CD calls it where its namespace matters: `NAME`, or `NAMESPACE_NAME` for one outside of Argo CD's own
    /// namespace.
    pub fn instance_name(&self, argocd_namespace: &str) -> String {
        match self.namespace.as_str() {
            "" => self.name.clone(),
            own if own == argocd_namespace => self.name.clone(),
            other => format!("{other}_{}", self.name),
        }
    }

    /// The variables that Argo CD replaces in what one of its sources says. Of the commit, `revision` is known or not: then its
    /// variables are replaced by themselves.
    pub fn build_environment(
        &self,
        source: &Source,
        argocd_namespace: &str,
        revision: Option<&str>,
    ) -> BuildEnvironment {
        let name = self.instance_name(argocd_namespace);
        let known = [
            ("ARGOCD_APP_NAME", name.as_str()),
            ("ARGOCD_APP_NAMESPACE", &self.destination.namespace),
            ("ARGOCD_APP_PROJECT_NAME", self.project_name()),
            ("ARGOCD_APP_SOURCE_PATH", &source.path),
            ("ARGOCD_APP_SOURCE_REPO_URL", &source.repo_url),
            ("ARGOCD_APP_SOURCE_TARGET_REVISION", &source.target_revision),
        ];
        let known = known.map(|(name, value)| (name, value.to_owned()));
        let of_commit = BuildEnvironment::of_commit(revision);
        known.into_iter().chain(of_commit).collect()
    }

    /// The AppProject; `default` if none is said.
    pub fn project_name(&self) -> &str {
        match self.project.as_str() {
            "" => "default",
            project => project,
        }
    }
}

impl Destination {
    pub(crate) fn of(field: &Field) -> Result<Self, ApplicationError> {
        Ok(Self {
            server: field.get("server")?.text()?,
            name: field.get("name")?.text()?,
            namespace: field.get("namespace")?.text()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Application, String> {
        let object = homescale_yaml::from_slice(text.as_bytes()).unwrap();
        Application::read(&object).map_err(|error| error.to_string())
    }

    #[test]
    fn the_sources_are_those_that_argo_cd_renders() {
        let paths = |text: &str| {
            let application = read(&format!("spec: {{{text}}}")).unwrap();
            let paths = application.sources.into_iter().map(|source| source.path);
            paths.collect::<Vec<_>>()
        };
        assert_eq!(paths("source: {path: a}"), ["a"]);
        assert_eq!(paths("source: {path: a}, sources: []"), ["a"]);
        assert_eq!(
            paths("source: {path: a}, sources: [{path: b}, {path: c}]"),
            ["b", "c"]
        );
        assert_eq!(
            paths(
                "source: {path: a}, sources: [{path: b}], sourceHydrator: {drySource: {path: d}}"
            ),
            ["d"]
        );
        assert!(paths("project: x").is_empty());
    }

    #[test]
    fn what_is_of_the_wrong_type_is_named() {
        for (text, expected) in [
            ("[]", "the object is a list; it must be a map"),
            ("spec: x", "spec is a string; it must be a map"),
            (
                "metadata: {labels: {a: 1}}",
                "metadata.labels.a is a number; it must be a string",
            ),
            (
                "spec: {source: {helm: {valueFiles: a}}}",
                "spec.source.helm.valueFiles is a string; it must be a list of strings",
            ),
            (
                "spec: {source: {helm: {parameters: [{value: 1}]}}}",
                "spec.source.helm.parameters[0].value is a number; it must be a string",
            ),
            (
                "spec: {source: {path: 1}, sources: [{path: a}]}",
                "spec.source.path is a number; it must be a string",
            ),
            (
                "spec: {source: {directory: {recurse: \"true\"}}}",
                "spec.source.directory.recurse is a string; it must be a boolean",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), expected, "{text}");
        }
        assert!(read("spec: {unknown: 1, source: {path: null, helm: {unknown: 2}}}").is_ok());
    }

    #[test]
    fn an_application_elsewhere_has_its_namespace_in_its_name() {
        let application = read("metadata: {name: web, namespace: team}").unwrap();
        assert_eq!(application.instance_name("argocd"), "team_web");
        assert_eq!(application.instance_name("team"), "web");
    }
}
