//! [`Family`]: a kind of cases, and how cases of it are compared: many in one chart, or one alone.

use homescale_fuzz::mutate::Random;

use crate::engine::{self, Helm, Job, Outcome};
use crate::{charts, documents, files, manifests, schemas, set, shrink, templates, yaml};

/// Cases that share a chart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batch {
    /// The values of the chart.
    pub(crate) values: String,
    /// The cases: a template, a YAML text, a flag, a file of documents.
    pub(crate) items: Vec<String>,
}

/// A kind of cases.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    /// Makes cases.
    pub(crate) generate: fn(&mut Random) -> Batch,
    /// A chart that prints what becomes of each case on a line of its own; `None` if cases cannot share one.
    pub(crate) together: Option<fn(&Batch) -> Job>,
    /// A chart with one case.
    pub(crate) alone: fn(&str, &str) -> Job,
    /// Of so many cases that cannot share a chart one is looked at.
    pub(crate) sample: usize,
}

/// All families.
pub(crate) const FAMILIES: &[Family] = &[
    templates::FAMILY,
    yaml::FAMILY,
    set::FAMILY,
    documents::FAMILY,
    charts::FAMILY,
    manifests::FAMILY,
    schemas::FAMILY,
    files::FAMILY,
];

/// How many cases were compared, and the first difference that was found, as a report.
pub(crate) fn compare(
    family: &Family,
    helm: &Helm,
    batch: &Batch,
    random: &mut Random,
) -> (usize, Option<String>) {
    let (mut good, mut others) = (Vec::new(), Vec::new());
    for item in &batch.items {
        let is_good = family.together.is_some_and(|together| {
            engine::ours(&together(&only(batch, item)), helm.level).status == 0
        });
        if is_good {
            good.push(item.clone());
        } else {
            others.push(item.clone());
        }
    }
    let mut compared = good.len();
    if let Some(item) = family.together.and_then(|together| {
        let item = differs_together(together, helm, batch, good)?;
        let is_stable = engine::differ(&together(&only(batch, &item)), helm);
        is_stable.then_some(item)
    }) {
        return (compared, Some(report(family, helm, batch, &item)));
    }
    let sampled = others.iter().filter(|_| random.below(family.sample) == 0);
    for item in sampled {
        compared += 1;
        if differs_alone(family, helm, &batch.values, item) {
            return (compared, Some(report(family, helm, batch, item)));
        }
    }
    (compared, None)
}

fn only(batch: &Batch, item: &str) -> Batch {
    Batch {
        values: batch.values.clone(),
        items: vec![item.to_owned()],
    }
}

/// A case that comes out differently in a chart of many.
fn differs_together(
    together: fn(&Batch) -> Job,
    helm: &Helm,
    batch: &Batch,
    items: Vec<String>,
) -> Option<String> {
    if items.is_empty() {
        return None;
    }
    let batch = Batch {
        values: batch.values.clone(),
        items,
    };
    let job = together(&batch);
    let (ours, theirs) = (engine::ours(&job, helm.level), helm.template(&job));
    if ours == theirs {
        return None;
    }
    let lines = |outcome: &Outcome| {
        let text = String::from_utf8_lossy(&outcome.stdout).into_owned();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    if ours.status == 0 && theirs.status == 0 {
        let (ours, theirs) = (lines(&ours), lines(&theirs));
        let line = ours.iter().zip(&theirs).find(|(a, b)| a != b)?.0;
        let number = line
            .trim_start_matches('c')
            .split(':')
            .next()?
            .parse::<usize>()
            .ok()?;
        return batch.items.get(number).cloned();
    }
    // One of them fails: halve the chart until it is alone.
    if batch.items.len() == 1 {
        return batch.items.into_iter().next();
    }
    let (left, right) = batch.items.split_at(batch.items.len() / 2);
    differs_together(together, helm, &batch, left.to_vec())
        .or_else(|| differs_together(together, helm, &batch, right.to_vec()))
}

fn differs_alone(family: &Family, helm: &Helm, values: &str, item: &str) -> bool {
    let job = (family.alone)(values, item);
    engine::differ(&job, helm)
}

/// What differs, as small as it gets.
fn report(family: &Family, helm: &Helm, batch: &Batch, item: &str) -> String {
    eprintln!("{}: a difference, which is made smaller", family.name);
    // A case that differs only in company is looked at in the chart that is made for many.
    let is_alone = differs_alone(family, helm, &batch.values, item);
    let job = |values: &str, item: &str| match family.together {
        Some(together) if !is_alone => together(&Batch {
            values: values.to_owned(),
            items: vec![item.to_owned()],
        }),
        _ => (family.alone)(values, item),
    };
    let differs = |values: &str, item: &str| engine::differ(&job(values, item), helm);
    let item = shrink::shrink(item, |item| differs(&batch.values, item));
    let values = shrink::shrink(&batch.values, |values| differs(values, &item));
    let job = job(&values, &item);
    let (ours, theirs) = (
        engine::ours(&job, helm.level).text(),
        helm.template(&job).text(),
    );
    let (name, version) = (family.name, &helm.version);
    format!(
        "=== {name}, {version}\n{item}\n--- values\n{values}\n--- Helm\n{theirs}\n--- HomeScale\n{ours}\n"
    )
}
