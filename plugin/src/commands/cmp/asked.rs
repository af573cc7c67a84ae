//! [`Asked`]: what `source.plugin` of the Application says, as Argo CD puts it into the environment.

use std::collections::BTreeMap;
use std::env;

use serde::Deserialize;

use crate::failure::Failure;

/// The plugin's parameters.
#[derive(Debug, Default)]
pub(super) struct Asked(Vec<Parameter>);

/// One parameter of `source.plugin.parameters`.
#[derive(Debug, Deserialize)]
#[serde(expecting = "a parameter")]
struct Parameter {
    name: String,
    #[serde(default)]
    string: Option<String>,
    #[serde(default)]
    map: Option<BTreeMap<String, String>>,
}

/// A parameter that we know.
pub(super) struct Known {
    /// Its name.
    pub(super) name: &'static str,
    /// What Argo CD's pages call it.
    pub(super) title: &'static str,
    /// What it is for.
    pub(super) tooltip: &'static str,
    /// Whether it is a map of texts; others are texts.
    pub(super) is_map: bool,
}

/// Every parameter. A text may also be given in the plugin's `env`, as `ALLOW_EMPTY` for `allow-empty`.
pub(super) static KNOWN: &[Known] = &[
    known(
        "cluster",
        "Cluster",
        "The folder of the cluster below clusters/.",
    ),
    known(
        "helm",
        "Helm source",
        "What source.helm of an Application would say, as YAML. With it, nothing of the catalog is read.",
    ),
    known(
        "patches",
        "Patches",
        "The patches of the rendered manifests, as YAML.",
    ),
    Known {
        name: "parameters",
        title: "Values",
        tooltip: "Values of the chart that are set last, as by --set.",
        is_map: true,
    },
    known(
        "argocd-version",
        "Argo CD version",
        "The version of Argo CD whose Helm the chart is rendered as.",
    ),
    known(
        "helm-version",
        "Helm version",
        "The version of Helm that the chart is rendered as, whatever Argo CD has.",
    ),
    known(
        "allow-empty",
        "Allow empty",
        "Whether no manifests at all are a result: true or false.",
    ),
];

const fn known(name: &'static str, title: &'static str, tooltip: &'static str) -> Known {
    Known {
        name,
        title,
        tooltip,
        is_map: false,
    }
}

impl Asked {
    /// Reads `ARGOCD_APP_PARAMETERS`.
    ///
    /// # Errors
    /// It is not a list of parameters, or one of them is unknown or of the wrong type.
    pub(super) fn of_environment() -> Result<Self, Failure> {
        let Ok(text) = env::var("ARGOCD_APP_PARAMETERS") else {
            return Ok(Self::default());
        };
        // Argo CD sends the text `null` for a plugin section without parameters.
        let parameters: Option<Vec<Parameter>> = serde_json::from_str(&text).map_err(|error| {
            Failure::Input(format!(
                "ARGOCD_APP_PARAMETERS: expected a JSON list of parameters: {error}"
            ))
        })?;
        let parameters = parameters.unwrap_or_default();
        parameters.iter().try_for_each(check)?;
        Ok(Self(parameters))
    }

    /// A text: the parameter, or what the plugin's `env` says. Nothing counts as not said.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let mut parameters = self.0.iter().rev();
        let parameter = parameters.find(|parameter| parameter.name == name);
        let text = parameter.and_then(|parameter| parameter.string.clone());
        let variable = name.to_uppercase().replace('-', "_");
        text.filter(|text| !text.is_empty())
            .or_else(|| setting(&variable))
    }

    /// A map, empty where it is not said.
    pub(super) fn map(&self, name: &str) -> BTreeMap<String, String> {
        let maps = self.0.iter().filter(|parameter| parameter.name == name);
        maps.filter_map(|parameter| parameter.map.clone())
            .flatten()
            .collect()
    }
}

fn check(parameter: &Parameter) -> Result<(), Failure> {
    let name = &parameter.name;
    let Some(known) = KNOWN.iter().find(|known| known.name == name) else {
        let names: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
        let names = names.join(", ");
        return Err(Failure::Input(format!(
            "unknown plugin parameter `{name}`; there are {names}"
        )));
    };
    let (is_right, kind) = if known.is_map {
        (parameter.map.is_some(), "a map")
    } else {
        (parameter.string.is_some(), "a string")
    };
    if is_right {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "the plugin parameter `{name}` must be {kind}"
    )))
}

/// What the Application's `source.plugin.env` says; Argo CD puts `ARGOCD_ENV_` before its names.
pub(super) fn setting(name: &str) -> Option<String> {
    variable(&format!("ARGOCD_ENV_{name}"))
}

/// A variable of the environment that says something.
pub(super) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
