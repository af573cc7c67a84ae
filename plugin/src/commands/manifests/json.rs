//! The manifests as JSON: each Application, what came of it, and its objects.

use homescale_fleet::{Found, Outcome, Rendering};
use homescale_manifest::objects;
use serde::Serialize;

use super::output::{Output, Scope};
use crate::commands::data;
use crate::failure::Failure;
use crate::terminal;

/// An Application, and what came of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    cluster: String,
    application: String,
    namespace: String,
    argocd: String,
    found_in: String,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    objects: Vec<serde_json::Value>,
}

/// Collects Applications.
#[derive(Default)]
pub(super) struct Json(Vec<Entry>);

impl Output for Json {
    fn take(&mut self, found: &Found, rendering: Rendering) -> Result<(), Failure> {
        let mut entry = Entry {
            cluster: found.cluster.clone(),
            application: found.id.name.clone(),
            namespace: found.id.namespace.clone(),
            argocd: found.id.instance.clone(),
            found_in: found.origin.to_string(),
            outcome: "rendered",
            reason: None,
            hint: None,
            objects: Vec::new(),
        };
        match rendering.outcome {
            Outcome::Rendered(stream) => {
                let objects = objects(&stream)
                    .map_err(|error| Failure::Input(format!("{}: {}", found.id, error.message)))?;
                for object in objects {
                    entry.objects.push(data::to_json(&object.value)?);
                }
            }
            Outcome::Failed(_, error) => {
                entry.outcome = "failed";
                entry.reason = Some(error.to_string());
                entry.hint = error.hint();
            }
            Outcome::Skipped(_, why) => {
                entry.outcome = "skipped";
                entry.reason = Some(why.to_string());
                entry.hint = why.hint();
            }
        }
        self.0.push(entry);
        Ok(())
    }

    fn finish(self: Box<Self>, _: Scope) -> Result<bool, Failure> {
        terminal::print(data::pretty(&self.0)?.as_bytes())?;
        Ok(true)
    }
}
