//! The two merges of a catalog: Sprig's `mergeOverwrite`, which puts one layer over another, and Helm's coalescing of a
//! cluster's values with the defaults of the chart.
//!
//! Both work on trees that know where each value was written, so that the result can still say it. `homescale_functions`
//! and `homescale_chart` have the same rules for values of templates; a test compares the two.

use crate::data::{Data, Entry, Node, Table};

/// `over` merged over `base`, as Sprig 3.3's `mergeOverwrite` does: maps merge key by key, everything else is replaced,
/// by null and empty values too.
pub fn overwrite(base: &Node, over: &Node) -> Node {
    match (&base.data, &over.data) {
        (Data::Map(low), Data::Map(high)) if high.is_empty() || low.is_same(high) => base.clone(),
        (Data::Map(low), Data::Map(high)) => Node {
            data: Data::Map(union(
                low,
                high,
                |weaker| Some(weaker.clone()),
                |low, high| Some(overwrite(&low.value, &high.value)),
            )),
            place: base.place,
        },
        _ => over.clone(),
    }
}

/// Layers merged over each other, weakest first, as [`overwrite`] does it one after the other: in one go, so that many layers
/// do not copy again and again what the ones before them said. Of no layers at all, null.
pub fn overwrite_all(layers: &[&Node]) -> Node {
    // What is below a value that is no map is lost.
    let below = (layers.iter()).rposition(|layer| layer.as_map().is_none());
    let from = match below {
        Some(index) if index + 1 == layers.len() => index,
        Some(index) => index + 1,
        None => 0,
    };
    let (first, over) = match layers.get(from..) {
        None | Some([]) => return Node::default(),
        Some([only]) => return (*only).clone(),
        Some([first, over @ ..]) => (first, over),
    };
    let maps = std::iter::once(first).chain(over);
    let entries = maps.flat_map(|layer| layer.as_map().map_or(&[][..], Table::entries));
    let mut entries: Vec<&Entry> = entries.collect();
    // The sort is stable: of equal keys, the strongest comes last.
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    let merged = entries.chunk_by(|a, b| a.key == b.key).map(|alike| {
        let strongest = alike.last().copied().cloned();
        let values: Vec<&Node> = alike.iter().map(|entry| &entry.value).collect();
        strongest.map(|entry| Entry {
            value: overwrite_all(&values),
            ..entry
        })
    });
    Node {
        data: Data::Map(Table::sorted(merged.flatten().collect())),
        place: first.place,
    }
}

/// The layers merged over each other, weakest first. A layer that is missing or null changes nothing.
pub fn layers<'a>(base: &Node, over: impl IntoIterator<Item = Option<&'a Node>>) -> Node {
    over.into_iter()
        .flatten()
        .filter(|layer| !layer.is_null())
        .fold(base.clone(), |merged, layer| overwrite(&merged, layer))
}

/// A user's values over the defaults of a chart without dependencies, as Helm 4.2 and later coalesce them: maps merge,
/// everything else is the user's, and nulls among the defaults count as if they were not there. A null of the user's
/// removes the key: on the first level whenever there is a default, deeper only when the default is not null itself.
pub fn coalesce(defaults: &Node, user: &Node) -> Node {
    coalesce_at(defaults, user, true)
}

fn coalesce_at(defaults: &Node, user: &Node, top: bool) -> Node {
    match (&defaults.data, &user.data) {
        (Data::Map(low), Data::Map(high)) => {
            let merged = union(low, high, not_null, |low, high| {
                if high.value.is_null() {
                    let kept = !top && low.value.is_null();
                    return kept.then(|| high.value.clone());
                }
                Some(coalesce_at(&low.value, &high.value, false))
            });
            Node {
                data: Data::Map(merged),
                place: user.place,
            }
        }
        _ => user.clone(),
    }
}

/// A default that no value of the user's meets, without the nulls in it; nothing if it is null.
fn not_null(default: &Entry) -> Option<Entry> {
    let value = match &default.value.data {
        Data::Null => return None,
        Data::Map(map) if has_nulls(map) => Node {
            data: Data::Map(Table::sorted(
                map.entries().iter().filter_map(not_null).collect(),
            )),
            place: default.value.place,
        },
        _ => default.value.clone(),
    };
    Some(Entry {
        value,
        ..default.clone()
    })
}

fn has_nulls(map: &Table) -> bool {
    map.entries().iter().any(|entry| match &entry.value.data {
        Data::Null => true,
        Data::Map(map) => has_nulls(map),
        _ => false,
    })
}

/// The entries of both maps: for a key of the weaker alone what `weaker_only` gives, for a key of both what `both` gives, if
/// anything. Its key keeps the place of the stronger.
fn union(
    low: &Table,
    high: &Table,
    weaker_only: impl Fn(&Entry) -> Option<Entry>,
    both: impl Fn(&Entry, &Entry) -> Option<Node>,
) -> Table {
    let mut merged = Vec::with_capacity(low.entries().len() + high.entries().len());
    let mut lows = low.entries().iter().peekable();
    for entry in high.entries() {
        while let Some(weaker) = lows.next_if(|weaker| weaker.key < entry.key) {
            merged.extend(weaker_only(weaker));
        }
        match lows.next_if(|weaker| weaker.key == entry.key) {
            None => merged.push(entry.clone()),
            Some(weaker) => merged.extend(both(weaker, entry).map(|value| Entry {
                key: entry.key.clone(),
                place: entry.place,
                value,
            })),
        }
    }
    merged.extend(lows.filter_map(weaker_only));
    Table::sorted(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::from_value;

    fn read(text: &str) -> Node {
        from_value(&homescale_yaml::from_slice(text.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn many_layers_are_as_one_after_the_other() {
        let values = [
            "{}",
            "null",
            "1",
            "{x: 1}",
            "{x: {y: 1}}",
            "{x: {z: 2}}",
            "{x: null, w: []}",
        ];
        let layers = values.map(|value| read(&format!("{{k: {value}}}")));
        for a in &layers {
            for b in &layers {
                for c in &layers {
                    let folded = overwrite(&overwrite(a, b), c);
                    assert_eq!(overwrite_all(&[a, b, c]), folded, "{a:?} {b:?} {c:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_changed_is_shared() {
        let base = read("{a: {b: 1}, c: 2}");
        let over = read("{c: 3}");
        let merged = overwrite(&base, &over);
        let inner = |node: &Node| node.get("a").and_then(Node::as_map).cloned().unwrap();
        assert!(inner(&merged).is_same(&inner(&base)));
    }
}
