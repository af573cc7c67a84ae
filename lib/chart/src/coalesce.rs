//! How the values of users, charts and parent charts become one (Helm's `coalesce.go`).

use homescale_value::{Map, Value};

use crate::helm_version::HelmVersion;
use crate::log::Log;
use crate::resolved::ResolvedChart;
use crate::values_error::ValuesError;
use homescale_go::strconv::quote;

/// The key of the values that a chart shares with its subcharts.
const GLOBAL: &str = "global";

/// What happens to nulls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nulls {
    /// A null of the stronger side removes the key.
    Remove,
    /// Nulls are values like any other.
    Keep,
}

/// Values of charts under way to their final form.
pub(crate) struct Coalescer<'a> {
    pub(crate) helm: HelmVersion,
    pub(crate) log: &'a Log,
}

impl Coalescer<'_> {
    /// A deep copy of the values with those of the chart and its subcharts under them.
    pub(crate) fn chart(
        &self,
        chart: &ResolvedChart,
        values: &Map,
        nulls: Nulls,
    ) -> Result<Map, ValuesError> {
        let copy = match Value::Map(values.clone()).deep_copy() {
            Value::Map(map) => map,
            _ => Map::new(),
        };
        self.chart_into(chart, &copy, "", nulls)?;
        Ok(copy)
    }

    fn chart_into(
        &self,
        chart: &ResolvedChart,
        into: &Map,
        prefix: &str,
        nulls: Nulls,
    ) -> Result<(), ValuesError> {
        let prefix = joined(prefix, &chart.name);
        self.defaults(chart, into, &prefix, nulls);
        for subchart in &chart.dependencies {
            let section = match into.get(&subchart.name) {
                Some(Value::Map(map)) => map,
                Some(other) => {
                    return Err(ValuesError::NoTable {
                        chart: subchart.name.clone(),
                        found: go_truth(&other),
                    });
                }
                None => {
                    let map = Map::new();
                    into.set(subchart.name.as_str(), map.clone());
                    map
                }
            };
            self.globals(&section, into, &prefix);
            self.chart_into(subchart, &section, &prefix, nulls)?;
        }
        Ok(())
    }

    /// Puts a chart's own values under those that are there.
    fn defaults(&self, chart: &ResolvedChart, into: &Map, prefix: &str, nulls: Nulls) {
        let defaults = chart.own_values();
        for (key, value) in defaults.to_vec() {
            let is_subchart = || {
                let mut subcharts = chart.dependencies.iter();
                subcharts.any(|sub| key == sub.name.as_str())
            };
            match into.get(&key) {
                None if self.drops_nulls(nulls) => {
                    if let Value::Map(map) = &value {
                        drop_nulls(map);
                    }
                    if !value.is_nil() {
                        into.set(key, value);
                    }
                }
                None => {
                    into.set(key, value);
                }
                Some(Value::Nil) if nulls == Nulls::Remove => {
                    into.remove(&key);
                }
                Some(Value::Map(stronger)) => match value {
                    Value::Map(weaker) => {
                        let nulls = if is_subchart() { Nulls::Keep } else { nulls };
                        if self.drops_nulls(nulls) {
                            drop_nulls(&weaker);
                        }
                        self.tables(&stronger, &weaker, &joined(prefix, &key.to_text()), nulls);
                    }
                    Value::Nil => {}
                    _ => self.log.print(
                        "coalesce.go:237",
                        &format!("warning: skipped value for {prefix}.{key}: Not a table."),
                    ),
                },
                Some(_) => {}
            }
        }
    }

    fn drops_nulls(&self, nulls: Nulls) -> bool {
        nulls == Nulls::Remove && self.helm.row().drops_default_nulls
    }

    /// Hands the globals of a chart down to its subchart. Tables are copied, but not what is in them.
    fn globals(&self, subchart: &Map, chart: &Map, prefix: &str) {
        let table = |values: &Map, call: &str, side: &str| match values.get(GLOBAL) {
            None => Some(Map::new()),
            Some(Value::Map(map)) => Some(map),
            Some(_) => {
                let text =
                    format!("warning: skipping globals because {side} global is not a table.");
                self.log.print(call, &text);
                None
            }
        };
        let Some(lower) = table(subchart, "coalesce.go:138", "destination") else {
            return;
        };
        let Some(upper) = table(chart, "coalesce.go:145", "source") else {
            return;
        };
        for (key, value) in upper.to_vec() {
            let there = lower.get(&key);
            match (value, there) {
                (Value::Map(table), there) => {
                    let copy: Map = table.to_vec().into_iter().collect();
                    match there {
                        None => {}
                        Some(Value::Map(weaker)) => {
                            self.tables(
                                &copy,
                                &weaker,
                                &joined(prefix, &key.to_text()),
                                Nulls::Keep,
                            );
                        }
                        Some(_) => {
                            let key = quote(&key);
                            self.log.print(
                                "coalesce.go:161",
                                &format!(
                                    "Conflict: cannot merge map onto non-map for {key}. Skipping."
                                ),
                            );
                            continue;
                        }
                    }
                    lower.set(key, copy);
                }
                (_, Some(Value::Map(_))) => self
                    .log
                    .print("coalesce.go:175", &format!("key {key} is table. Skipping")),
                (value, _) => {
                    lower.set(key, value);
                }
            }
        }
        subchart.set(GLOBAL, lower);
    }

    /// Merges one table under another, which is the stronger one and is changed. What is taken over is shared.
    pub(crate) fn tables(&self, stronger: &Map, weaker: &Map, prefix: &str, nulls: Nulls) {
        for (key, value) in weaker.to_vec() {
            let Some(there) = stronger.get(&key) else {
                stronger.set(key, value);
                continue;
            };
            if there.is_nil() && self.helm.row().keeps_null_over_null {
                if nulls == Nulls::Remove && !matches!(value, Value::Nil) {
                    stronger.remove(&key);
                }
                continue;
            }
            let path = joined(prefix, &key.to_text());
            match (there, value) {
                (Value::Nil, _) if nulls == Nulls::Remove => {
                    stronger.remove(&key);
                }
                (Value::Map(stronger), Value::Map(weaker)) => {
                    self.tables(&stronger, &weaker, &path, nulls);
                }
                (_, Value::Map(weaker)) => self.log.print(
                    "coalesce.go:298",
                    &format!(
                        "warning: cannot overwrite table with non table for {path} ({})",
                        Value::Map(weaker)
                    ),
                ),
                (Value::Map(_), value) if !matches!(value, Value::Nil) => self.log.print(
                    "coalesce.go:301",
                    &format!(
                        "warning: destination for {path} is a table. Ignoring non-table value ({value})"
                    ),
                ),
                _ => {}
            }
        }
    }
}

/// Removes the nulls of a map and of the maps in it, however deep.
fn drop_nulls(map: &Map) {
    let mut maps = vec![map.clone()];
    while let Some(map) = maps.pop() {
        // Most have none: then there is nothing to look at one by one.
        if !map.may_have_nil() {
            continue;
        }
        for (key, value) in map.to_vec() {
            match value {
                Value::Nil => {
                    map.remove(&key);
                }
                Value::Map(inner) => maps.push(inner),
                _ => {}
            }
        }
    }
}

fn joined(prefix: &str, key: &str) -> String {
    if prefix.is_empty() {
        return key.to_owned();
    }
    format!("{prefix}.{key}")
}

/// Go's `%t`, which Helm uses by mistake: it is made for truth values only. A nil inside of a value prints as in any verb.
fn go_truth(value: &Value) -> String {
    let inside = |value: &Value| match value {
        Value::Nil => "<nil>".to_owned(),
        value => go_truth(value),
    };
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Nil => "%!t(<nil>)".to_owned(),
        Value::List(list) => {
            let items: Vec<String> = list.items().iter().map(inside).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Map(map) => {
            let entries = map.entries();
            let pairs = entries
                .iter()
                .map(|(key, value)| format!("%!t(string={key}):{}", inside(value)));
            format!("map[{}]", pairs.collect::<Vec<_>>().join(" "))
        }
        other => format!("%!t({}={other})", other.type_name()),
    }
}
