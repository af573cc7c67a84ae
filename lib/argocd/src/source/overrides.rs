//! What files beside the manifests override of a source: `.argocd-source.yaml`, `.argocd-source-APPLICATION.yaml`
//! (`mergeSourceParameters`).

use homescale_located::from_value;
use homescale_value::Value;
use homescale_yaml::{from_slice, json};
use serde_json::{Map, Value as Json};

use super::inputs::inside;
use super::override_error::OverrideError;
use super::place::Place;
use crate::application::{Field, Source};

/// The source with what files in its directory override. The path of the file is with the error.
///
/// # Errors
/// A file is no part of a source.
pub(super) fn overridden(
    source: &Source,
    place: &Place<'_>,
    application: &str,
) -> Result<Source, (String, OverrideError)> {
    let own = format!(".argocd-source-{application}.yaml");
    let mut names = vec![".argocd-source.yaml"];
    if !application.is_empty() {
        names.push(&own);
    }
    let mut merged = source.clone();
    for name in names {
        let path = inside(&place.directory, name);
        let read = merge(&merged, &path, place);
        merged = read.map_err(|error| (path, error))?.unwrap_or(merged);
    }
    Ok(Source {
        chart: source.chart.clone(),
        path: source.path.clone(),
        repo_url: source.repo_url.clone(),
        target_revision: source.target_revision.clone(),
        ..merged
    })
}

/// The source with what a file overrides, if there is one.
fn merge(source: &Source, path: &str, place: &Place<'_>) -> Result<Option<Source>, OverrideError> {
    let text = place.files.get(path);
    let text = text.map_err(|error| OverrideError::Unreadable(error.clone()))?;
    let Some(text) = text else {
        return Ok(None);
    };
    let patch = from_slice(text).map_err(OverrideError::Yaml)?;
    if patch.as_map().is_none() {
        return Err(OverrideError::NoMap);
    }
    let patch = from_value(&patch).ok_or(OverrideError::NoMap)?.to_json();
    let said = source.said.to_json();
    let mut patched = said.clone();
    apply(&mut patched, patch);
    let merged = decoded_over(said, patched, 0).to_string();
    let merged = json::decode(merged.as_bytes()).unwrap_or(Value::Nil);
    let merged = Source::of(&Field::root(&merged));
    merged.map_err(OverrideError::Source).map(Some)
}

/// Applies a merge patch (RFC 7396).
fn apply(target: &mut Json, patch: Json) {
    let Json::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Json::Object(Map::new());
    }
    let Json::Object(target) = target else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(&key);
        } else {
            apply(target.entry(key).or_insert(Json::Null), value);
        }
    }
}

/// What Go's decoder makes of `new` when it decodes it into a structure that holds `old`: what `new` does not say stays as it
/// was, in the items of a list, too. So a null in a file takes nothing away. Only `helm.valuesObject` is replaced.
fn decoded_over(old: Json, new: Json, depth: usize) -> Json {
    match (old, new) {
        (Json::Object(mut old), Json::Object(new)) => {
            for (key, value) in new {
                let before = old.remove(&key).unwrap_or(Json::Null);
                let is_raw = depth == 1 && key == "valuesObject";
                let value = if is_raw {
                    value
                } else {
                    decoded_over(before, value, depth + 1)
                };
                old.insert(key, value);
            }
            Json::Object(old)
        }
        (Json::Array(old), Json::Array(new)) => {
            let before = old.into_iter().chain(std::iter::repeat(Json::Null));
            let items = before.zip(new);
            items
                .map(|(before, item)| decoded_over(before, item, depth + 1))
                .collect()
        }
        (old, Json::Null) => old,
        (_, new) => new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_null_takes_away_comes_back() {
        let merged = |old: Json, patch: Json| {
            let mut new = old.clone();
            apply(&mut new, patch);
            decoded_over(old, new, 0)
        };
        let old = json!({"helm": {
            "releaseName": "a",
            "parameters": [{"name": "a", "value": "1", "forceString": true}, {"name": "b"}],
            "valuesObject": {"a": 1, "b": {"c": 2}},
        }});
        let patch = json!({"helm": {
            "releaseName": null,
            "parameters": [{"name": "c", "value": "3"}],
            "valuesObject": {"a": null, "b": {"d": 3}},
        }});
        let expected = json!({"helm": {
            "releaseName": "a",
            "parameters": [{"name": "c", "value": "3", "forceString": true}],
            "valuesObject": {"b": {"c": 2, "d": 3}},
        }});
        assert_eq!(merged(old, patch), expected);
        assert_eq!(
            merged(json!({}), json!({"directory": {"recurse": true}})),
            json!({"directory": {"recurse": true}})
        );
    }
}
