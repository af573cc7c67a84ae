//! [`Selector`]: label selectors, of Kubernetes for the Secrets of clusters, and of Argo CD for parameters.

use homescale_value::{Data, Str};

use super::data::{get_or_nil, items, pairs, text, texts};
use super::error::{ApplicationSetError, ApplicationSetErrorKind as Kind, SelectorError};

/// A label selector: all of its requirements must hold.
#[derive(Debug)]
pub(crate) struct Selector {
    requirements: Vec<Requirement>,
}

#[derive(Debug)]
struct Requirement {
    key: Str,
    operator: Operator,
    values: Vec<Str>,
}

#[derive(Clone, Copy, Debug)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

/// What values a selector may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    /// Those that a label can have.
    OfLabels,
    /// Any, such as addresses of clusters: Argo CD's own selectors.
    Any,
}

impl Selector {
    /// Reads a `LabelSelector`.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn new(selector: &Data, allowed: Values) -> Result<Self, ApplicationSetError> {
        let mut requirements = Vec::new();
        for (key, value) in pairs(get_or_nil(selector, "matchLabels")) {
            let Data::Str(value) = value else {
                continue;
            };
            let requirement = Requirement {
                key: key.clone(),
                operator: Operator::In,
                values: vec![value.clone()],
            };
            let inside = |error: ApplicationSetError| error.inside("matchLabels");
            requirements.push(requirement.checked(allowed).map_err(inside)?);
        }
        let expressions = items(get_or_nil(selector, "matchExpressions"));
        for (index, expression) in expressions.iter().enumerate() {
            let requirement = Requirement::of_expression(expression)
                .and_then(|requirement| requirement.checked(allowed))
                .map_err(|error| error.inside(format!("matchExpressions[{index}]")))?;
            requirements.push(requirement);
        }
        Ok(Self { requirements })
    }

    /// Whether it asks for nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether labels, of which `label` gives one by its name, are selected.
    pub(crate) fn is_match(&self, label: impl Fn(&Str) -> Option<Str>) -> bool {
        self.requirements.iter().all(|requirement| {
            let found = label(&requirement.key);
            let is_in = || {
                found
                    .as_ref()
                    .is_some_and(|found| requirement.values.contains(found))
            };
            match requirement.operator {
                Operator::In => is_in(),
                Operator::NotIn => !is_in(),
                Operator::Exists => found.is_some(),
                Operator::DoesNotExist => found.is_none(),
            }
        })
    }
}

impl Requirement {
    fn of_expression(expression: &Data) -> Result<Self, ApplicationSetError> {
        let operator = text(expression, "operator");
        let operator = match operator.as_bytes() {
            b"In" => Operator::In,
            b"NotIn" => Operator::NotIn,
            b"Exists" => Operator::Exists,
            b"DoesNotExist" => Operator::DoesNotExist,
            _ => {
                let operator = operator.to_text().into_owned();
                return Err(Kind::Selector(SelectorError::Operator(operator)).into());
            }
        };
        Ok(Self {
            key: text(expression, "key"),
            operator,
            values: texts(expression, "values"),
        })
    }

    fn checked(self, allowed: Values) -> Result<Self, ApplicationSetError> {
        let mut values = self.values.iter();
        let bad = values.find(|value| allowed == Values::OfLabels && !is_label_value(value));
        let problem = match self.operator {
            _ if !is_label_name(&self.key) => {
                Some(SelectorError::Key(self.key.to_text().into_owned()))
            }
            Operator::In if self.values.is_empty() => Some(SelectorError::NoValues("In")),
            Operator::NotIn if self.values.is_empty() => Some(SelectorError::NoValues("NotIn")),
            Operator::Exists if !self.values.is_empty() => Some(SelectorError::Values("Exists")),
            Operator::DoesNotExist if !self.values.is_empty() => {
                Some(SelectorError::Values("DoesNotExist"))
            }
            _ => bad.map(|bad| SelectorError::Value(bad.to_text().into_owned())),
        };
        match problem {
            Some(problem) => Err(Kind::Selector(problem).into()),
            None => Ok(self),
        }
    }
}

/// The longest name or value of a label, without a prefix.
const MAX_LABEL: usize = 63;

/// The longest prefix of a label.
const MAX_PREFIX: usize = 253;

/// `IsQualifiedName` of Kubernetes.
fn is_label_name(name: &[u8]) -> bool {
    let mut parts = name.split(|byte| *byte == b'/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(name), None, _) => is_word(name),
        (Some(prefix), Some(name), None) => is_subdomain(prefix) && is_word(name),
        _ => false,
    }
}

/// `IsValidLabelValue` of Kubernetes.
fn is_label_value(value: &[u8]) -> bool {
    value.is_empty() || is_word(value)
}

/// Letters and digits, and `-`, `_` and `.` between them.
fn is_word(word: &[u8]) -> bool {
    let is_end = |end: Option<&u8>| end.is_some_and(u8::is_ascii_alphanumeric);
    let is_inner = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    word.len() <= MAX_LABEL
        && is_end(word.first())
        && is_end(word.last())
        && word.iter().all(is_inner)
}

/// `IsDNS1123Subdomain` of Kubernetes.
fn is_subdomain(name: &[u8]) -> bool {
    let is_label = |label: &[u8]| {
        let is_letter = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        label.first().is_some_and(is_letter)
            && label.last().is_some_and(is_letter)
            && label.iter().all(|byte| is_letter(byte) || *byte == b'-')
    };
    name.len() <= MAX_PREFIX && name.split(|byte| *byte == b'.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(text: &str, allowed: Values) -> Result<Selector, String> {
        let value = homescale_yaml::from_slice(text.as_bytes()).unwrap();
        Selector::new(&Data::from_value(&value).unwrap(), allowed).map_err(|e| e.to_string())
    }

    #[test]
    fn requirements_hold_or_do_not() {
        for (text, expected) in [
            ("{}", true),
            ("{matchLabels: {env: prod}}", true),
            ("{matchLabels: {env: test}}", false),
            ("{matchLabels: {none: prod}}", false),
            (
                "{matchExpressions: [{key: env, operator: NotIn, values: [test]}]}",
                true,
            ),
            (
                "{matchExpressions: [{key: none, operator: NotIn, values: [test]}]}",
                true,
            ),
            ("{matchExpressions: [{key: env, operator: Exists}]}", true),
            (
                "{matchExpressions: [{key: env, operator: DoesNotExist}]}",
                false,
            ),
        ] {
            let selector = selector(text, Values::OfLabels).unwrap();
            let label = |key: &Str| (*key == "env").then(|| Str::from("prod"));
            assert_eq!(selector.is_match(label), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_selector_says_why() {
        let address = "{matchLabels: {server: 'https://a.example.com'}}";
        assert!(selector(address, Values::Any).is_ok());
        for (text, expected) in [
            (
                address,
                "matchLabels: `https://a.example.com` is no value of a label",
            ),
            (
                "{matchLabels: {'path[0]': a}}",
                "matchLabels: `path[0]` is no name of a label",
            ),
            (
                "{matchExpressions: [{key: a, operator: In}]}",
                "matchExpressions[0]: In needs `values`",
            ),
            (
                "{matchExpressions: [{key: a, operator: Gt, values: ['1']}]}",
                "matchExpressions[0]: there is no operator `Gt`; there are In, NotIn, Exists and DoesNotExist",
            ),
        ] {
            assert_eq!(selector(text, Values::OfLabels).unwrap_err(), expected);
        }
    }
}
