//! [`PluginRequest`]: what Argo CD asks of a config management plugin, read once from the environment that it makes
//! (`reposerver/repository/repository.go`, `getPluginEnvs`; `getPluginParamEnvs` of `cmpserver`).

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::time::Duration;

use homescale_chart::{Choice, HelmVersion, UnknownVersion};
use serde::Deserialize;

use crate::build_environment::BuildEnvironment;
use crate::bundled_helm::{UnknownArgoCd, helm_of_argocd};
use crate::deadline::{DEFAULT_DEADLINE, DeadlineError, parse_deadline};
use crate::paths::normalize;
use crate::plugin_parameters::KNOWN;

/// What Argo CD asks of a plugin. What is empty in the environment is not said.
///
/// ```
/// use homescale_argocd::PluginRequest;
///
/// let request = PluginRequest::read([
///     ("ARGOCD_APP_NAME", "argocd_web"),
///     ("ARGOCD_APP_PARAMETERS", r#"[{"name": "cluster", "string": "east"}]"#),
///     ("ARGOCD_ENV_ALLOW_EMPTY", "true"),
/// ])?;
/// assert_eq!(request.application_name(), "web");
/// assert_eq!(request.cluster.as_deref(), Some("east"));
/// assert!(request.allow_empty()?);
/// # Ok::<(), homescale_argocd::RequestError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PluginRequest {
    /// The Application: `NAME`, or `NAMESPACE_NAME` for one outside of Argo CD's namespace.
    pub application: String,
    /// The namespace of its destination.
    pub namespace: String,
    /// The repository of its source.
    pub repo_url: Option<String>,
    /// The path of the source in its repository, without empty segments and dots.
    pub source_path: String,
    /// The version of Kubernetes on the cluster. Argo CD does not say it when it asks for parameters.
    pub kube_version: Option<String>,
    /// The API versions on the cluster.
    pub api_versions: Vec<String>,
    /// The cluster, by its name in the catalog.
    pub cluster: Option<String>,
    /// What `source.helm` of an Application would say, as YAML.
    pub helm: Option<String>,
    /// The patches of the rendered manifests, as YAML.
    pub patches: Option<String>,
    /// Values that are set last, by their paths.
    pub values: BTreeMap<String, String>,
    /// The variables that are replaced in parameters and in the names of value files.
    pub environment: BuildEnvironment,
    argocd_version: Option<String>,
    helm_version: Option<String>,
    allow_empty: Option<String>,
}

/// Why the environment is no request that can be answered.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// `ARGOCD_APP_PARAMETERS` is not a list of parameters in JSON.
    Parameters(serde_json::Error),
    /// There is no parameter of this name.
    UnknownParameter(String),
    /// A parameter is given twice.
    Twice(String),
    /// A variable, of this name, is not UTF-8.
    NotUtf8(String),
    /// A parameter is not what it must be.
    WrongType {
        /// Its name.
        name: String,
        /// What it must be.
        expected: &'static str,
    },
    /// `DEADLINE` in the plugin's `env` is no time.
    Deadline(DeadlineError),
    /// `allow-empty` is neither `true` nor `false`, but this.
    AllowEmpty(String),
    /// `argocd-version` is no version whose Helm is known.
    ArgoCdVersion(UnknownArgoCd),
    /// `helm-version` is no version of Helm that is known.
    HelmVersion(UnknownVersion),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameters(error) => write!(
                f,
                "ARGOCD_APP_PARAMETERS: expected a JSON list of parameters: {error}"
            ),
            Self::UnknownParameter(name) => {
                let names: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
                let names = names.join(", ");
                write!(f, "unknown plugin parameter `{name}`; there are {names}")
            }
            Self::Twice(name) => {
                write!(
                    f,
                    "the plugin parameter `{name}` is given twice; which of them is meant?"
                )
            }
            Self::NotUtf8(name) => write!(f, "{name}: the value is not UTF-8"),
            Self::WrongType { name, expected } => {
                write!(f, "the plugin parameter `{name}` must be {expected}")
            }
            Self::Deadline(error) => write!(f, "DEADLINE in the plugin's env: {error}"),
            Self::AllowEmpty(found) => write!(
                f,
                "the plugin parameter `allow-empty` is `{found}`; it must be true or false"
            ),
            Self::ArgoCdVersion(error) => {
                write!(f, "the plugin parameter `argocd-version`: {error}")
            }
            Self::HelmVersion(error) => write!(f, "the plugin parameter `helm-version`: {error}"),
        }
    }
}

impl std::error::Error for RequestError {}

/// One parameter of `source.plugin.parameters`, as Argo CD sends it.
#[derive(Debug, Deserialize)]
#[serde(expecting = "a parameter")]
struct Parameter {
    name: String,
    #[serde(default)]
    string: Option<String>,
    #[serde(default)]
    map: Option<BTreeMap<String, String>>,
}

impl PluginRequest {
    /// Reads the environment that a process has. What is not UTF-8 matters only in what Argo CD says.
    ///
    /// # Errors
    /// As [`Self::read`], and where a variable of Argo CD is not UTF-8.
    pub fn read_os(
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, RequestError> {
        let named = variables.into_iter().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            BuildEnvironment::has(&name).then_some((name, value))
        });
        let read = |(name, value): (String, OsString)| match value.into_string() {
            Ok(value) => Ok((name, value)),
            Err(_) => Err(RequestError::NotUtf8(name)),
        };
        Self::read(named.map(read).collect::<Result<Vec<_>, _>>()?)
    }

    /// Reads the environment of the plugin.
    ///
    /// # Errors
    /// `ARGOCD_APP_PARAMETERS` is not a list of parameters, or one of them is unknown or of the wrong type.
    pub fn read<N: Into<String>, V: Into<String>>(
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, RequestError> {
        let environment: BuildEnvironment = variables.into_iter().collect();
        let parameters = Parameter::read(environment.parameters())?;
        let variable = |name: &str| environment.get(name).map(str::to_owned);
        // What the Application says is nearer than the plugin's `env`, where a text may be said, too.
        let text = |name: &str| {
            let mut named = parameters.iter().filter(|it| it.name == name);
            let text = named.next().and_then(|it| it.string.clone());
            let setting = || variable(&setting(name));
            text.filter(|text| !text.is_empty()).or_else(setting)
        };
        let source_path = environment.get("ARGOCD_APP_SOURCE_PATH");
        let api_versions = environment.get("KUBE_API_VERSIONS").unwrap_or_default();
        let api_versions = api_versions.split(',').filter(|it| !it.is_empty());
        Ok(Self {
            application: variable("ARGOCD_APP_NAME").unwrap_or_default(),
            namespace: variable("ARGOCD_APP_NAMESPACE").unwrap_or_default(),
            repo_url: variable("ARGOCD_APP_SOURCE_REPO_URL"),
            source_path: source_path.and_then(normalize).unwrap_or_default(),
            kube_version: variable("KUBE_VERSION"),
            api_versions: api_versions.map(str::to_owned).collect(),
            cluster: text("cluster"),
            helm: text("helm"),
            patches: text("patches"),
            values: (parameters.iter().filter(|it| it.name == "parameters"))
                .filter_map(|it| it.map.clone())
                .flatten()
                .collect(),
            argocd_version: text("argocd-version"),
            helm_version: text("helm-version"),
            allow_empty: text("allow-empty"),
            environment,
        })
    }

    /// The name of the Application without its namespace. No name of a resource has an underscore.
    pub fn application_name(&self) -> &str {
        let name = self.application.rsplit('_').next();
        name.unwrap_or_default()
    }

    /// What Argo CD says of the Application that whoever writes the chart and the parameters cannot choose freely: its project,
    /// its name with its namespace, the namespace of its destination, and its repository. What is derived from a seed depends on
    /// it.
    pub fn identity(&self) -> [&str; 4] {
        let said = |name: &str| self.environment.get(name).unwrap_or_default();
        [
            said("ARGOCD_APP_PROJECT_NAME"),
            &self.application,
            &self.namespace,
            said("ARGOCD_APP_SOURCE_REPO_URL"),
        ]
    }

    /// How long the plugin may take: what `DEADLINE` in its `env` says, or else [`DEFAULT_DEADLINE`].
    ///
    /// # Errors
    /// What it says is no time.
    pub fn deadline(&self) -> Result<Duration, RequestError> {
        let said = self.environment.get(&setting("deadline"));
        let said = said.map(parse_deadline).transpose();
        Ok(said
            .map_err(RequestError::Deadline)?
            .unwrap_or(DEFAULT_DEADLINE))
    }

    /// Whether no manifests at all are a result.
    ///
    /// # Errors
    /// It is said by another word than `true` and `false`.
    pub fn allow_empty(&self) -> Result<bool, RequestError> {
        match self.allow_empty.as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(RequestError::AllowEmpty(other.to_owned())),
        }
    }

    /// The Helm to be, if the request says it: `helm-version`, or else the Helm of `argocd-version`.
    ///
    /// # Errors
    /// One of them is not known.
    pub fn helm_version(&self) -> Result<Option<Choice>, RequestError> {
        let of_argocd = self.argocd_version.as_deref().map(helm_of_argocd);
        let of_argocd = of_argocd.transpose().map_err(RequestError::ArgoCdVersion)?;
        let chosen = self.helm_version.as_deref().map(HelmVersion::choose);
        let chosen = chosen.transpose().map_err(RequestError::HelmVersion)?;
        Ok(chosen.or(of_argocd.map(|helm| Choice { helm, note: None })))
    }
}

/// The variable of the plugin's `env` that says the same as a parameter: `ARGOCD_ENV_ALLOW_EMPTY` for `allow-empty`.
fn setting(name: &str) -> String {
    format!("ARGOCD_ENV_{}", name.to_uppercase().replace('-', "_"))
}

impl Parameter {
    /// Reads `ARGOCD_APP_PARAMETERS`.
    fn read(text: Option<&str>) -> Result<Vec<Self>, RequestError> {
        // Argo CD sends `null` for a plugin section without parameters.
        let parameters: Option<Vec<Self>> = text
            .map(serde_json::from_str)
            .transpose()
            .map_err(RequestError::Parameters)?
            .flatten();
        let parameters = parameters.unwrap_or_default();
        let mut names = BTreeSet::new();
        for parameter in &parameters {
            parameter.check()?;
            if !names.insert(parameter.name.as_str()) {
                return Err(RequestError::Twice(parameter.name.clone()));
            }
        }
        Ok(parameters)
    }

    fn check(&self) -> Result<(), RequestError> {
        let known = KNOWN.iter().find(|known| known.name == self.name);
        let known = known.ok_or_else(|| RequestError::UnknownParameter(self.name.clone()))?;
        let (is_right, expected) = if known.is_map {
            (self.map.is_some() && self.string.is_none(), "a map")
        } else {
            (self.string.is_some() && self.map.is_none(), "a string")
        };
        let name = self.name.clone();
        (is_right.then_some(())).ok_or(RequestError::WrongType { name, expected })
    }
}
