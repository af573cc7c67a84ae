//! The list generator: parameters that the ApplicationSet itself has.

use homescale_value::{Data, Map, Str, Value};

use super::{Outcome, Run};
use crate::application_set::data::{get_or_nil, items, pairs, text};
use crate::application_set::error::{ApplicationSetError, ApplicationSetErrorKind as Kind};
use crate::application_set::parameters::of_data;

impl Run<'_> {
    pub(super) fn list(&self, own: &Data) -> Outcome {
        let mut all = Vec::new();
        for (index, element) in items(get_or_nil(own, "elements")).iter().enumerate() {
            let parameters = match element {
                Data::Map(_) if self.renderer.is_go() => Ok(of_data(element)),
                Data::Map(_) => texts(element),
                _ => Err(no_element(None, "a mapping")),
            };
            let place = format!("elements[{index}]");
            all.push(parameters.map_err(|error| error.inside(place))?);
        }
        let yaml = text(own, "elementsYaml");
        if !yaml.is_empty() {
            let inside = |error: ApplicationSetError| error.inside("elementsYaml");
            all.extend(elements_of(&yaml).map_err(inside)?);
        }
        Ok(all)
    }
}

/// The elements that a YAML text lists, whatever is in them.
fn elements_of(yaml: &Str) -> Result<Vec<Map>, ApplicationSetError> {
    let list = homescale_yaml::list_from_slice(yaml).map_err(Kind::Yaml)?;
    let elements = list.to_vec().into_iter().enumerate();
    let elements = elements.map(|(index, element)| match element {
        Value::Nil => Ok(Map::new()),
        Value::Map(map) => Ok(map),
        _ => Err(no_element(None, "a mapping").inside(format!("[{index}]"))),
    });
    elements.collect()
}

/// An element of texts, which is all that the simple language takes. `values` are one level more.
fn texts(element: &Data) -> Result<Map, ApplicationSetError> {
    let parameters = Map::new();
    for (key, value) in pairs(element) {
        match value {
            Data::Str(text) if *key != "values" => drop(parameters.set(key.clone(), text.clone())),
            Data::Map(values) if *key == "values" => {
                for (name, value) in values.iter() {
                    let key: Str = [b"values.", &name[..]].concat().into();
                    let Data::Str(text) = value else {
                        return Err(no_element(Some(&key), "a string"));
                    };
                    parameters.set(key, text.clone());
                }
            }
            _ if *key == "values" => return Err(no_element(Some(key), "a mapping")),
            _ => return Err(no_element(Some(key), "a string")),
        }
    }
    Ok(parameters)
}

fn no_element(key: Option<&Str>, expected: &'static str) -> ApplicationSetError {
    let key = key.map(|key| key.to_text().into_owned());
    Kind::Element { key, expected }.into()
}
