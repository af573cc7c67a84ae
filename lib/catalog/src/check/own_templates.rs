//! What templates of a catalog's own read of its fields and values: they decide which have an effect.

use std::collections::BTreeSet;

use homescale_located::{Node, Report, Table};

use crate::fields;
use crate::model::catalog::Catalog;
use crate::model::layout::APPS;
use crate::model::renderer::Templates;
use crate::rules;

/// The words in the templates of a catalog's own; `None` where it has none.
pub(super) struct Words(Option<BTreeSet<String>>);

impl Words {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let is_own = catalog.templates() == Templates::Own;
        Self(is_own.then(|| words(catalog)))
    }

    /// Whether the templates are the catalog's own, and have the name of a field or a value in them.
    pub(super) fn have(&self, name: &str) -> bool {
        self.0.as_ref().is_some_and(|words| words.contains(name))
    }

    /// The fields of a layer that are none of ours, and that the templates know.
    pub(super) fn fields_of<'n>(&self, layer: &'n Node) -> impl Iterator<Item = &'n str> {
        let entries = layer.as_map().map_or(&[][..], Table::entries).iter();
        let names = entries.filter_map(|entry| entry.key.as_str());
        names.filter(|name| fields::find(name).is_none() && self.have(name))
    }

    /// Reports the fields of a layer that no template reads. `context` is what stands before their names in messages.
    pub(super) fn check(&self, layer: &Node, context: &str, report: &mut Report<'_>) {
        if self.0.is_none() {
            return;
        }
        for entry in layer.as_map().map_or(&[][..], Table::entries) {
            let name = entry.name();
            let says = fields::find(&name).is_some() && !entry.value.is_empty();
            if says && !self.have(&name) {
                let message =
                    format!("`{context}{name}` has no effect: no template of the catalog reads it");
                let saying = report.emit(&rules::NO_EFFECT, entry.place, message);
                saying.hint(format!(
                    "{APPS}/templates are the catalog's own; let them read it, or take those of HomeScale"
                ));
            }
        }
    }
}

fn words(catalog: &Catalog) -> BTreeSet<String> {
    let directory = format!("{APPS}/templates/");
    let paths = catalog
        .files
        .paths()
        .filter(|path| path.starts_with(&directory));
    // What cannot be read, the chart's rendering says.
    let texts = paths.filter_map(|path| catalog.files.get(path).ok().flatten());
    let mut words = BTreeSet::new();
    for text in texts {
        let text = String::from_utf8_lossy(text);
        let found = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.extend(found.filter(|word| !word.is_empty()).map(str::to_owned));
    }
    words
}
