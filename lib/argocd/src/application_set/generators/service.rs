//! Generators that ask a service, of which somebody else knows the answers.

use homescale_value::{Data, Map, MapType, Value};

use super::{Outcome, Run, not_expanded};
use crate::application_set::data::{get_or_nil, pairs};
use crate::application_set::generated::{GeneratorKind, NotExpandedReason};
use crate::application_set::parameters::{append_values, flatten, of_data};

impl Run<'_> {
    pub(super) fn service(&self, generator: GeneratorKind, own: &Data) -> Outcome {
        let name = self.name.to_text();
        let Some(answers) = self.inputs.services.parameters(generator, &name) else {
            let application_set = name.into_owned();
            let reason = NotExpandedReason::Service { application_set };
            return Err(not_expanded(generator, reason));
        };
        let values = get_or_nil(own, "values");
        let mut all = Vec::new();
        for answer in answers {
            let mut parameters = of_data(answer);
            if !self.renderer.is_go() {
                let flat = flatten(&parameters).into_iter();
                parameters = flat.map(|(key, text)| (key, Value::Str(text))).collect();
            }
            if generator == GeneratorKind::Plugin {
                let input = get_or_nil(own, "input").to_value();
                parameters.set("generator", Map::from_iter([("input", input)]));
            }
            if generator == GeneratorKind::ClusterDecisionResource {
                self.add_as_they_are(values, &parameters);
            } else {
                append_values(&self.renderer, values, &parameters)?;
            }
            all.push(parameters);
        }
        Ok(all)
    }

    /// Adds `values` without a look at templates in them, as Argo CD does for cluster decisions.
    fn add_as_they_are(&self, values: &Data, parameters: &Map) {
        let values = pairs(values).iter();
        let values = values.map(|(key, value)| (key.clone(), value.to_value()));
        if self.renderer.is_go() {
            let values = Map::typed(&MapType::STRINGS, values.collect());
            if !values.is_empty() {
                parameters.set("values", values);
            }
            return;
        }
        for (key, value) in values {
            parameters.set([b"values.", &key[..]].concat(), value);
        }
    }
}
