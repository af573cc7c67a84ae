//! [`PARTS`]: the table of what is inside of fields that Argo CD takes over as they are: what it does not take, the catalog
//! refuses. The checks of this crate and those of the chart's templates are made of it.

use homescale_located::{Node, Report, Rule, Shape, check_shape};

use crate::rules;

/// A map inside of a field, or each item of a list of maps.
#[derive(Debug)]
pub(crate) struct Part {
    /// The field, and what is below it.
    pub(crate) at: &'static [&'static str],
    /// Whether it is each item of a list.
    pub(crate) each: bool,
    /// Whether it need not be said, where the field is.
    pub(crate) is_optional: bool,
    /// What it is: a map, or a map of strings only.
    pub(crate) shape: Shape,
    /// What there is for strings.
    pub(crate) texts: &'static [&'static str],
    /// What must be there.
    pub(crate) required: &'static [&'static str],
    /// Whether the empty string counts as being there, as in the schema of an Application.
    pub(crate) may_be_empty: bool,
    /// Of which one must be there, or none are asked for.
    pub(crate) one_of: &'static [&'static str],
    /// What to do where none is.
    hint: Option<&'static str>,
    /// What must be there beside something else, and why.
    pub(crate) beside: Option<(&'static str, &'static str, &'static str)>,
}

const PART: Part = Part {
    at: &[],
    each: false,
    is_optional: false,
    shape: Shape::Map,
    texts: &[],
    required: &[],
    may_be_empty: false,
    one_of: &[],
    hint: None,
    beside: None,
};

/// What Argo CD 3.6.1 requires.
pub(crate) static PARTS: &[Part] = &[
    Part {
        at: &["destination"],
        // Without one, it is the catalog's.
        is_optional: true,
        texts: &["server", "name"],
        one_of: &["server", "name"],
        ..PART
    },
    Part {
        at: &["extraSources"],
        each: true,
        texts: &["repoURL", "path", "chart", "ref", "targetRevision"],
        required: &["repoURL"],
        one_of: &["path", "chart", "ref"],
        hint: Some(
            "a directory of the repository is a `path`; files for `valueFiles` of other sources have a `ref`",
        ),
        beside: Some(("chart", "targetRevision", "the version of the chart")),
        ..PART
    },
    Part {
        at: &["ignoreDifferences"],
        each: true,
        texts: &["kind"],
        required: &["kind"],
        may_be_empty: true,
        ..PART
    },
    Part {
        at: &["info"],
        each: true,
        texts: &["name", "value"],
        required: &["name", "value"],
        may_be_empty: true,
        ..PART
    },
    Part {
        at: &["sourceHydrator", "syncSource"],
        shape: Shape::TextMap,
        texts: &["path", "targetBranch", "repoURL"],
        required: &["path", "targetBranch"],
        ..PART
    },
    Part {
        at: &["sourceHydrator", "hydrateTo"],
        shape: Shape::TextMap,
        is_optional: true,
        texts: &["targetBranch"],
        required: &["targetBranch"],
        ..PART
    },
];

impl Part {
    /// Reports what is wrong with this part of the fields of an app. `name` is what messages call the first step of its path.
    pub(crate) fn check(&self, fields: &Node, name: &str, report: &mut Report<'_>) {
        let (last, above) = self.at.split_last().unwrap_or((&"", &[]));
        let Some(parent) = fields.at(above).filter(|parent| !parent.is_empty()) else {
            return;
        };
        let value = parent.get(last).filter(|value| !value.is_empty());
        let what = match above {
            [] => name.to_owned(),
            above => format!("{}.{last}", above.join(".")),
        };
        match value {
            Some(value) if self.each => {
                for (index, item) in value.as_list().unwrap_or_default().iter().enumerate() {
                    self.check_map(item, &format!("{what}[{index}]"), report);
                }
            }
            Some(value) => self.check_map(value, &what, report),
            None if self.each || self.is_optional => {}
            None => self.check_said(&Node::default(), parent, &what, report),
        }
    }

    fn check_map(&self, value: &Node, what: &str, report: &mut Report<'_>) {
        // The items of a list are looked at with the list.
        if !self.each {
            check_shape(report, self.shape, value, what);
        }
        if value.as_map().is_none() {
            return;
        }
        let others = self.texts.iter().filter(|_| self.shape == Shape::Map);
        for text in others {
            if let Some(text_value) = value.get(text) {
                check_shape(report, Shape::Text, text_value, &format!("{what}.{text}"));
            }
        }
        self.check_said(value, value, what, report);
    }

    /// Reports what a map does not say, at `around`.
    fn check_said(&self, value: &Node, around: &Node, what: &str, report: &mut Report<'_>) {
        let says = |key: &str| {
            let value = value.get(key);
            value.is_some_and(|it| {
                if self.may_be_empty {
                    !it.is_null()
                } else {
                    !it.is_empty()
                }
            })
        };
        let mut missing = |rule: &'static Rule, message: String, hint: Option<&str>| {
            let saying = report.emit(rule, around.place, message);
            saying.hint_if(hint.map(str::to_owned));
        };
        for key in self.required.iter().filter(|key| !says(key)) {
            missing(
                &rules::MISSING_FIELD,
                format!("`{what}.{key}` is required"),
                None,
            );
        }
        if !self.one_of.is_empty() && !self.one_of.iter().any(|key| says(key)) {
            let message = format!("`{what}` has neither {}", nor(self.one_of));
            missing(&rules::MISSING_FIELD, message, self.hint);
        }
        if let Some((key, other, why)) = &self.beside
            && says(key)
            && !says(other)
        {
            missing(
                &rules::MISSING_FIELD,
                format!("`{what}.{other}` is required: {why}"),
                None,
            );
        }
    }
}

/// Some words: `a`, `b` nor `c`.
fn nor(words: &[&str]) -> String {
    let (last, others) = words.split_last().unwrap_or((&"", &[]));
    format!("`{}` nor `{last}`", others.join("`, `"))
}
