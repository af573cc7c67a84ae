//! `import-values`: what subcharts export becomes values of their parents.

use homescale_value::{Map, MapType, Value};

use super::Process;
use super::error::DependencyError;
use super::objects::ChartId;
use crate::coalesce::{Coalescer, Nulls};
use crate::log::Message;
use crate::lookup;

/// An entry of `import-values`.
struct Import {
    /// The path in the values of the subchart.
    child: String,
    /// The path in those of its parent.
    parent: String,
    /// Whether it is the name of an export.
    is_export: bool,
}

impl Process<'_> {
    /// Brings what subcharts export into the values of their parents, the deepest first.
    pub(super) fn import(&mut self, chart: ChartId) -> Result<(), DependencyError> {
        for sub in self.charts.subcharts(chart) {
            self.import(sub)?;
        }
        let Some(declared) = self.charts.declared(chart) else {
            return Ok(());
        };
        let coalescer = self.coalescer;
        let tree = self.charts.resolved(chart)?;
        let values = coalescer.chart(&tree, &Map::new(), Nulls::Keep)?;
        let imports = Map::new();
        for id in declared {
            let dependency = self.charts.dependency(id);
            let entries = std::mem::take(&mut dependency.import_values);
            // What Helm has imported once is of a type that it does not know when it comes by again.
            if std::mem::replace(&mut dependency.is_imported, true) {
                continue;
            }
            for entry in entries {
                if let Some(import) = Import::read(&entry, coalescer)? {
                    dependency.import_values.push(import.seen());
                    import.merge(&dependency.name, &values, &imports, coalescer);
                }
            }
        }
        // What was imported shares maps with the values; a copy keeps the merge from changing both.
        if let Value::Map(copy) = Value::Map(values).deep_copy() {
            coalescer.tables(&copy, &imports, "", Nulls::Keep);
            self.charts.set_values(chart, copy);
        }
        Ok(())
    }
}

impl Import {
    /// Reads an entry; anything but a map or a text is passed over.
    fn read(entry: &Value, coalescer: &Coalescer<'_>) -> Result<Option<Self>, DependencyError> {
        Ok(match entry {
            Value::Map(pair) => Some(Self {
                child: path_text(pair, "child", coalescer)?,
                parent: path_text(pair, "parent", coalescer)?,
                is_export: false,
            }),
            Value::Str(name) => Some(Self {
                child: format!("exports.{name}"),
                parent: ".".to_owned(),
                is_export: true,
            }),
            _ => None,
        })
    }

    /// How templates see it.
    fn seen(&self) -> Value {
        let pair = [("child", &self.child), ("parent", &self.parent)];
        let pair = pair.map(|(key, text)| (key.into(), Value::from(text.as_str())));
        Value::Map(Map::typed(&MapType::STRINGS, pair.into_iter().collect()))
    }

    /// Merges what the subchart of that name has among the values into what is imported.
    fn merge(&self, name: &str, values: &Map, imports: &Map, coalescer: &Coalescer<'_>) {
        let error = match lookup::table(values, &format!("{name}.{}", self.child)) {
            Ok(table) => {
                let table = lookup::nested(&self.parent, table);
                return coalescer.tables(imports, &table, "", Nulls::Keep);
            }
            Err(error) => error.to_string(),
        };
        let (call, said, of_chart) = if self.is_export {
            let said = "ImportValues missing table";
            ("dependencies.go:286", said, String::new())
        } else {
            let said = "ImportValues missing table from chart";
            ("dependencies.go:269", said, format!(" {name}"))
        };
        let fields = [("chart", name), ("error", error.as_str())];
        coalescer.log.message(&Message {
            call,
            plain: &format!("Warning: {said}{of_chart}: {error}"),
            severity: "WARN",
            text: said,
            fields: &fields[usize::from(self.is_export)..],
        });
    }
}

/// `child` or `parent` of an import, as text.
fn path_text(
    pair: &Map,
    key: &'static str,
    coalescer: &Coalescer<'_>,
) -> Result<String, DependencyError> {
    match pair.get(key) {
        Some(Value::Str(text)) => Ok(text.to_text().into_owned()),
        other if coalescer.helm.row().prints_import_paths => Ok(match other {
            None | Some(Value::Nil) => "<nil>".to_owned(),
            Some(value) => value.to_string(),
        }),
        _ => Err(DependencyError::ImportPath(key)),
    }
}
