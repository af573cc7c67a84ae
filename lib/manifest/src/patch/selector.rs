//! [`Selector`]: a label selector as `kubectl -l` takes it.

use std::fmt;

/// A selector of labels: requirements that must all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    text: String,
    requirements: Vec<Requirement>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Exists,
    Missing,
    In(Vec<String>),
    /// Holds where the label is missing, too.
    NotIn(Vec<String>),
}

/// A requirement of a selector that cannot be read. Prints as the end of a sentence about the selector.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SelectorError {
    /// The requirement, as it is written.
    pub requirement: String,
}

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot be read at `{}`", self.requirement)
    }
}

impl std::error::Error for SelectorError {}

impl Selector {
    /// Reads a selector: `app=web`, `tier!=cache`, `env in (a, b)`, `env notin (a)`, `app`, `!app`, separated by commas.
    ///
    /// # Errors
    /// The requirement that cannot be read.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let requirements = split(text)
            .into_iter()
            .map(|part| {
                let part = part.trim();
                requirement(part).ok_or_else(|| SelectorError {
                    requirement: part.to_owned(),
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            text: text.to_owned(),
            requirements,
        })
    }

    /// Whether all requirements hold for labels, which are looked up by key.
    pub fn matches(&self, label: impl Fn(&str) -> Option<String>) -> bool {
        self.requirements.iter().all(|requirement| {
            let found = label(&requirement.key);
            let is_one_of =
                |values: &[String]| found.as_ref().is_some_and(|found| values.contains(found));
            match &requirement.test {
                Test::Exists => found.is_some(),
                Test::Missing => found.is_none(),
                Test::In(values) => is_one_of(values),
                Test::NotIn(values) => !is_one_of(values),
            }
        })
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Splits at the commas that are not in parentheses.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    text.split(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .collect()
}

fn requirement(text: &str) -> Option<Requirement> {
    let (key, test) = if let Some((key, value)) = text.split_once("!=") {
        (key, Test::NotIn(vec![value.trim().to_owned()]))
    } else if let Some((key, value)) = text.split_once("==").or_else(|| text.split_once('=')) {
        (key, Test::In(vec![value.trim().to_owned()]))
    } else if let Some((key, values)) = text.split_once(" notin ") {
        (key, Test::NotIn(list(values)?))
    } else if let Some((key, values)) = text.split_once(" in ") {
        (key, Test::In(list(values)?))
    } else if let Some(key) = text.strip_prefix('!') {
        (key, Test::Missing)
    } else {
        (text, Test::Exists)
    };
    let key = key.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let values = match &test {
        Test::In(values) | Test::NotIn(values) => values.as_slice(),
        Test::Exists | Test::Missing => &[],
    };
    let good = !key.is_empty() && key.chars().all(is_name);
    let good = good && values.iter().all(|value| value.chars().all(is_name));
    good.then(|| Requirement {
        key: key.to_owned(),
        test,
    })
}

fn list(text: &str) -> Option<Vec<String>> {
    let inner = text.trim().strip_prefix('(')?.strip_suffix(')')?;
    Some(
        inner
            .split(',')
            .map(|value| value.trim().to_owned())
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(selector: &str) -> bool {
        let label = |key: &str| match key {
            "app" => Some("web".to_owned()),
            "tier" => Some("front".to_owned()),
            _ => None,
        };
        Selector::parse(selector).unwrap().matches(label)
    }

    #[test]
    fn requirements() {
        for yes in [
            "app=web",
            "app==web,tier=front",
            "app != db",
            "none!=db",
            "app in (web, db), tier",
            "tier notin (back)",
            "!none",
        ] {
            assert!(matches(yes), "{yes}");
        }
        for no in [
            "app=db",
            "none",
            "!app",
            "app in (db)",
            "tier notin (front,back)",
            "app=web,none=x",
        ] {
            assert!(!matches(no), "{no}");
        }
    }

    #[test]
    fn what_cannot_be_read() {
        for bad in ["", "app=we b", "app in web", "=web", "a,,b"] {
            assert!(Selector::parse(bad).is_err(), "{bad}");
        }
    }
}
