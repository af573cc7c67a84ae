//! Templates in every text of an object: `deeplyReplace` of Argo CD's renderer (`applicationset/utils/utils.go`).

use std::collections::BTreeMap;

use homescale_value::{Data, Map, Str};

use super::budget::Budget;
use super::data::{items, map, pairs};
use super::error::ApplicationSetError;
use super::go_types::{GoType, Struct};
use super::render::Renderer;

/// Renders the texts of objects with a set of parameters.
pub(crate) struct Replace<'r> {
    pub(crate) renderer: &'r Renderer,
    pub(crate) budget: &'r Budget<'r>,
    pub(crate) parameters: &'r Map,
    /// Whether it is a generator, in whose `values` a template that reaches what is not there stays as it is: it is for the
    /// generator's own parameters.
    pub(crate) is_generator: bool,
}

type Outcome<T = Data> = Result<T, ApplicationSetError>;

impl Replace<'_> {
    /// The object with its texts, and the keys of its maps, rendered. The fields are visited in Go's order.
    pub(crate) fn object(&self, structure: &'static Struct, object: &Data) -> Outcome {
        let mut replaced = BTreeMap::new();
        for field in structure.fields {
            let Some(value) = super::data::get(object, field.name) else {
                continue;
            };
            let value = if self.is_generator && field.name == "values" {
                self.values(value)
            } else {
                self.value(&field.ty, value)
            };
            let value = value.map_err(|error| error.inside(field.name))?;
            replaced.insert(field.name.into(), value);
        }
        Ok(map(replaced))
    }

    fn value(&self, ty: &GoType, value: &Data) -> Outcome {
        self.budget.values(1)?;
        match (ty, value) {
            (GoType::Text | GoType::TextPointer | GoType::IntOrText, Data::Str(text)) => {
                self.text(text).map(Data::Str)
            }
            (GoType::Json, value) => self.json(value),
            (GoType::Struct(structure) | GoType::Pointer(structure), value) => {
                self.object(structure, value)
            }
            (GoType::List(of), Data::List(_)) => list(value, |item| self.value(of, item)),
            (GoType::Map(of), Data::Map(_)) => self.map(value, |item| self.value(of, item)),
            (_, value) => Ok(value.clone()),
        }
    }

    /// Any JSON. What is null in a map is left out.
    fn json(&self, value: &Data) -> Outcome {
        self.budget.values(1)?;
        match value {
            Data::Str(text) => self.text(text).map(Data::Str),
            Data::List(_) => list(value, |item| self.json(item)),
            Data::Map(_) => self.map(value, |item| self.json(item)),
            leaf => Ok(leaf.clone()),
        }
    }

    fn map(&self, of: &Data, item: impl Fn(&Data) -> Outcome) -> Outcome {
        let mut replaced = BTreeMap::new();
        for (key, value) in pairs(of).iter().filter(|(_, value)| *value != Data::Nil) {
            let inside = |error: ApplicationSetError| error.inside(key.to_text());
            let value = item(value).map_err(inside)?;
            replaced.insert(self.text(key).map_err(inside)?, value);
        }
        Ok(map(replaced))
    }

    /// The `values` of a generator: of their templates, what can be resolved now.
    fn values(&self, values: &Data) -> Outcome {
        let mut resolved = BTreeMap::new();
        for (key, value) in pairs(values) {
            let Data::Str(text) = value else {
                continue;
            };
            let text = self.renderer.resolve(text, self.parameters);
            let text = text.map_err(|error| error.inside(key.to_text()))?;
            resolved.insert(key.clone(), Data::Str(text));
        }
        Ok(map(resolved))
    }

    fn text(&self, text: &Str) -> Outcome<Str> {
        let rendered = self.renderer.render(text, self.parameters)?;
        // What has no template is not written again.
        if rendered != *text {
            self.budget.bytes(rendered.len())?;
        }
        Ok(rendered)
    }
}

fn list(list: &Data, item: impl Fn(&Data) -> Outcome) -> Outcome {
    let items = items(list).iter().enumerate();
    let items =
        items.map(|(index, value)| item(value).map_err(|error| error.inside(format!("[{index}]"))));
    Ok(Data::List(items.collect::<Outcome<Vec<_>>>()?.into()))
}
