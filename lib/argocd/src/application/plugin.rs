//! [`PluginSource`]: what a source says for a config management plugin.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::error::ApplicationError;
use super::field::Field;

/// The most bytes of an argument or of a variable of the environment, its name and its end included: Linux's
/// `MAX_ARG_STRLEN`, 32 pages.
pub const MOST_OF_ARGUMENT: usize = 128 * 1024;

/// What `source.plugin` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PluginSource {
    /// The plugin, with its version where it has one; empty when Argo CD is to find out which one it is.
    pub name: String,
    /// Variables, in order.
    pub env: Vec<(String, String)>,
    /// Parameters, in order.
    pub parameters: Vec<PluginParameter>,
}

/// One of `source.plugin.parameters`: a string, a list or a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PluginParameter {
    /// Its name.
    pub name: String,
    /// The string.
    pub string: Option<String>,
    /// The list.
    pub array: Option<Vec<String>>,
    /// The map.
    pub map: Option<BTreeMap<String, String>>,
}

impl PluginSource {
    pub(super) fn of(field: &Field) -> Result<Option<Self>, ApplicationError> {
        let env = field.get("env")?.items()?;
        let pair = |it: &Field| Ok((it.get("name")?.text()?, it.get("value")?.text()?));
        let parameters = field.get("parameters")?.items()?;
        let read = Self {
            name: field.get("name")?.text()?,
            env: env.iter().map(pair).collect::<Result<_, _>>()?,
            parameters: (parameters.iter().map(PluginParameter::of)).collect::<Result<_, _>>()?,
        };
        Ok(field.is_said().then_some(read))
    }

    /// How many bytes the variable has by which Argo CD sends the parameters: its name and its end included. Linux has room for
    /// [`MOST_OF_ARGUMENT`].
    pub fn size_of_parameters(&self) -> usize {
        "ARGOCD_APP_PARAMETERS=\0".len() + self.parameters_json().len()
    }

    /// The parameters as Argo CD sends them: `ARGOCD_APP_PARAMETERS`.
    pub(crate) fn parameters_json(&self) -> String {
        if self.parameters.is_empty() {
            return "null".to_owned();
        }
        let all = self.parameters.iter().map(PluginParameter::to_json);
        Json::Array(all.collect()).to_string()
    }
}

impl PluginParameter {
    fn of(field: &Field) -> Result<Self, ApplicationError> {
        let (array, map) = (field.get("array")?, field.get("map")?);
        Ok(Self {
            name: field.get("name")?.text()?,
            string: field.get("string")?.said_text()?,
            array: array.is_said().then(|| array.texts()).transpose()?,
            map: map.is_said().then(|| map.text_map()).transpose()?,
        })
    }

    fn to_json(&self) -> Json {
        let mut fields = Map::new();
        fields.insert("name".to_owned(), self.name.as_str().into());
        if let Some(string) = &self.string {
            fields.insert("string".to_owned(), string.as_str().into());
        }
        if let Some(array) = &self.array {
            fields.insert("array".to_owned(), array.clone().into());
        }
        if let Some(map) = &self.map {
            let pairs = map.iter();
            let pairs = pairs.map(|(key, value)| (key.clone(), Json::from(value.as_str())));
            fields.insert("map".to_owned(), Json::Object(pairs.collect()));
        }
        Json::Object(fields)
    }
}
