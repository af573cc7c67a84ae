//! Dependencies: which subcharts are there in a render, under which name, and what they export to their parents
//! (Helm's `dependencies.go`).

use homescale_value::{Map, MapType, Value};

use crate::coalesce::{Coalescer, Nulls};
use crate::error::MissingDependencies;
use crate::helm_version::HelmVersion;
use crate::log::Message;
use crate::lookup;
use crate::resolved::{Declared, ResolvedChart};
use crate::semver;

/// Refuses a chart whose declared dependencies are not all there. The error lists them.
pub(crate) fn check_present(chart: &ResolvedChart) -> Result<(), MissingDependencies> {
    let declared = chart.declared.iter().flatten();
    let names: Vec<String> = declared
        .map(|dependency| dependency.name.clone())
        .filter(|name| !chart.dependencies.iter().any(|sub| sub.name == *name))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    Err(MissingDependencies(names))
}

/// Applies aliases, tags, conditions and `import-values`, given the values of the user.
pub(crate) fn process(
    chart: &mut ResolvedChart,
    values: &Map,
    coalescer: &Coalescer<'_>,
) -> Result<(), String> {
    enable(chart, values, "", coalescer)?;
    chart.set_paths(coalescer.helm);
    import(chart, coalescer)
}

/// Puts the declared dependencies in their order and under their aliases, and drops those that are switched off.
fn enable(
    chart: &mut ResolvedChart,
    values: &Map,
    path: &str,
    coalescer: &Coalescer<'_>,
) -> Result<(), String> {
    let Some(mut declared) = chart.declared.take() else {
        return Ok(());
    };
    let helm = coalescer.helm;
    let loaded = std::mem::take(&mut chart.dependencies);
    let mut present: Vec<ResolvedChart> = loaded
        .iter()
        .filter(|sub| {
            !declared
                .iter()
                .any(|dependency| is_for(dependency, sub, helm))
        })
        .cloned()
        .collect();
    for dependency in &mut declared {
        let alias = dependency.dependency.alias.as_str();
        if let Some(sub) = loaded.iter().find(|sub| is_for(dependency, sub, helm)) {
            let mut sub = sub.clone();
            if !alias.is_empty() {
                alias.clone_into(&mut sub.name);
            }
            present.push(sub);
        }
        if !alias.is_empty() {
            alias.clone_into(&mut dependency.name);
        }
        dependency.enabled = true;
    }
    chart.dependencies = present;

    let all = coalescer.chart(chart, values, Nulls::Remove)?;
    apply_tags(&mut declared, &all, coalescer);
    apply_conditions(&mut declared, &all, path, coalescer);

    let is_off = |name: &str| {
        let mut declared = declared.iter();
        declared.any(|dependency| !dependency.enabled && dependency.name == name)
    };
    chart.dependencies.retain(|sub| !is_off(&sub.name));
    let remaining: Vec<Declared> = declared
        .iter()
        .filter(|dependency| !is_off(&dependency.name))
        .cloned()
        .collect();
    for sub in &mut chart.dependencies {
        let path = format!("{path}{}.", sub.name);
        enable(sub, &all, &path, coalescer)?;
    }
    chart.declared = (!remaining.is_empty()).then_some(remaining);
    Ok(())
}

/// Whether a loaded chart is the one that is declared.
fn is_for(declared: &Declared, chart: &ResolvedChart, helm: HelmVersion) -> bool {
    let range = &declared.dependency.version;
    declared.name == chart.name && semver::satisfies(&chart.node.metadata.version, range, helm)
}

fn apply_tags(declared: &mut [Declared], values: &Map, coalescer: &Coalescer<'_>) {
    let Ok(tags) = lookup::table(values, "tags") else {
        return;
    };
    for dependency in declared {
        let (mut on, mut off) = (false, false);
        for tag in &dependency.dependency.tags {
            match tags.get(tag) {
                None => {}
                Some(Value::Bool(true)) => on = true,
                Some(Value::Bool(false)) => off = true,
                Some(_) => {
                    let name = &dependency.name;
                    coalescer.log.message(&Message {
                        call: "dependencies.go:94",
                        plain: &format!(
                            "Warning: Tag '{tag}' for chart {name} returned non-bool value"
                        ),
                        severity: "WARN",
                        text: "returned non-bool value",
                        fields: &[("tag", tag), ("chart", name)],
                    });
                }
            }
        }
        dependency.enabled = on || !off;
    }
}

fn apply_conditions(
    declared: &mut [Declared],
    values: &Map,
    path: &str,
    coalescer: &Coalescer<'_>,
) {
    for dependency in declared {
        for condition in dependency.dependency.condition.trim().split(',') {
            if condition.is_empty() {
                continue;
            }
            match lookup::path_value(values, &format!("{path}{condition}")) {
                Ok(Value::Bool(enabled)) => {
                    dependency.enabled = enabled;
                    break;
                }
                Ok(_) => {
                    let name = &dependency.name;
                    coalescer.log.message(&Message {
                        call: "dependencies.go:63",
                        plain: &format!(
                            "Warning: Condition path '{condition}' for chart {name} returned non-bool value"
                        ),
                        severity: "WARN",
                        text: "returned non-bool value",
                        fields: &[("path", condition), ("chart", name)],
                    });
                }
                Err(_) => {}
            }
        }
    }
}

/// Brings what subcharts export into the values of their parents, the deepest first.
fn import(chart: &mut ResolvedChart, coalescer: &Coalescer<'_>) -> Result<(), String> {
    for sub in &mut chart.dependencies {
        import(sub, coalescer)?;
    }
    let Some(mut declared) = chart.declared.take() else {
        return Ok(());
    };
    let values = coalescer.chart(chart, &Map::new(), Nulls::Keep)?;
    let imports = Map::new();
    for dependency in &mut declared {
        let mut seen = Vec::new();
        for import in std::mem::take(&mut dependency.import_values) {
            let (child, parent, whole) = match &import {
                Value::Map(pair) => {
                    let child = path_text(pair, "child", coalescer)?;
                    let parent = path_text(pair, "parent", coalescer)?;
                    (child, parent, false)
                }
                Value::Str(name) => (format!("exports.{name}"), ".".to_owned(), true),
                _ => continue,
            };
            let pair = [("child", child.as_str()), ("parent", parent.as_str())];
            let pair = pair.map(|(key, text)| (key.into(), Value::from(text)));
            seen.push(Value::Map(Map::typed(
                &MapType::STRINGS,
                pair.into_iter().collect(),
            )));

            match lookup::table(&values, &format!("{}.{child}", dependency.name)) {
                Ok(table) => {
                    let table = lookup::nested(&parent, table);
                    coalescer.tables(&imports, &table, "", Nulls::Keep);
                }
                Err(error) if whole => coalescer.log.message(&Message {
                    call: "dependencies.go:286",
                    plain: &format!("Warning: ImportValues missing table: {error}"),
                    severity: "WARN",
                    text: "ImportValues missing table",
                    fields: &[("error", &error.to_string())],
                }),
                Err(error) => coalescer.log.message(&Message {
                    call: "dependencies.go:269",
                    plain: &format!(
                        "Warning: ImportValues missing table from chart {}: {error}",
                        dependency.name
                    ),
                    severity: "WARN",
                    text: "ImportValues missing table from chart",
                    fields: &[("chart", &dependency.name), ("error", &error.to_string())],
                }),
            }
        }
        dependency.import_values = seen;
    }
    chart.declared = Some(declared);
    // What was imported shares maps with the values; a copy keeps the merge from changing both.
    if let Value::Map(copy) = Value::Map(values).deep_copy() {
        coalescer.tables(&copy, &imports, "", Nulls::Keep);
        chart.imported = Some(copy);
    }
    Ok(())
}

/// `child` or `parent` of an import, as text.
fn path_text(pair: &Map, key: &str, coalescer: &Coalescer<'_>) -> Result<String, String> {
    match pair.get(key) {
        Some(Value::Str(text)) => Ok(text.to_text().into_owned()),
        other if coalescer.helm.row().prints_import_paths => Ok(match other {
            None | Some(Value::Nil) => "<nil>".to_owned(),
            Some(value) => value.to_string(),
        }),
        // Helm 3 dies of this.
        _ => Err(format!("import-values: {key} is not a string")),
    }
}
