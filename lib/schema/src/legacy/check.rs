//! Values checked. The order of what is found is the library's, and byte order of the keys where it walks through a map of
//! Go, whose order is random.

use std::collections::HashMap;

use homescale_value::{Entries, Str, Value};
use homescale_yaml::json;

use crate::decimal::Decimal;
use crate::error::Error;
use crate::keywords::runes;
use crate::legacy::program::{Additional, Program, Schema};
use crate::legacy::{formats, number};
use crate::pointer::Step;
use crate::program::Dependency;
use crate::resources::SchemaId;
use crate::validate::type_of;

/// How deep checks may be nested. Go goes on until its stack is full, and dies.
const MAX_NESTING: usize = 400;

/// How many checks may be made for one document.
const MAX_CHECKS: usize = 1_000_000;

/// Checks values; the error has a line for each problem.
pub(super) fn check(program: &Program, values: &Value) -> Result<(), Error> {
    let mut checker = Checker {
        program,
        path: Vec::new(),
        nesting: 0,
        checks: 0,
        is_too_much: false,
    };
    let mut outcome = Outcome::default();
    checker.check(0, values, &mut outcome);
    if checker.is_too_much {
        return Err(Error::too_much());
    }
    if outcome.problems.is_empty() {
        return Ok(());
    }
    let lines = outcome
        .problems
        .iter()
        .map(|problem| format!("- {problem}\n"));
    Err(Error::invalid(lines.collect::<String>()))
}

/// What was found, and how well the values fit.
#[derive(Debug, Default)]
struct Outcome {
    problems: Vec<String>,
    score: i64,
}

impl Outcome {
    fn is_good(&self) -> bool {
        self.problems.is_empty()
    }

    fn merge(&mut self, other: Self) {
        self.problems.extend(other.problems);
        self.score += other.score;
    }

    /// Keeps the better one of two that failed; the first of equals.
    fn keep_best(best: &mut Option<Self>, other: Self) {
        if best.as_ref().is_none_or(|best| other.score > best.score) {
            *best = Some(other);
        }
    }
}

struct Checker<'p> {
    program: &'p Program,
    path: Vec<Step>,
    nesting: usize,
    checks: usize,
    is_too_much: bool,
}

impl<'p> Checker<'p> {
    fn schema(&self, id: SchemaId) -> &'p Schema {
        &self.program.schemas[id as usize]
    }

    /// The place that messages name.
    fn field(&self) -> String {
        let steps = self.path.iter().map(|step| match step {
            Step::Key(key) => key.to_text().into_owned(),
            Step::Item(index) => index.to_string(),
        });
        let steps: Vec<String> = steps.collect();
        if steps.is_empty() {
            return "(root)".to_owned();
        }
        steps.join(".")
    }

    fn add(&self, outcome: &mut Outcome, text: impl AsRef<str>) {
        outcome
            .problems
            .push(format!("{}: {}", self.field(), text.as_ref()));
        outcome.score -= 2;
    }

    fn check_apart(&mut self, id: SchemaId, value: &Value) -> Outcome {
        let mut outcome = Outcome::default();
        self.check(id, value, &mut outcome);
        outcome
    }

    fn check_inner(&mut self, id: SchemaId, value: &Value, step: Step) -> Outcome {
        self.path.push(step);
        let outcome = self.check_apart(id, value);
        self.path.pop();
        outcome
    }

    fn check(&mut self, id: SchemaId, value: &Value, outcome: &mut Outcome) {
        self.checks += 1;
        if self.nesting >= MAX_NESTING || self.checks >= MAX_CHECKS {
            self.is_too_much = true;
        }
        if self.is_too_much {
            return;
        }
        self.nesting += 1;
        self.check_nested(id, value, outcome);
        self.nesting -= 1;
    }

    fn check_nested(&mut self, id: SchemaId, value: &Value, outcome: &mut Outcome) {
        let schema = self.schema(id);
        if let Some(pass) = schema.pass {
            if !pass {
                self.add(outcome, "False always fails validation");
            }
            return;
        }
        if let Some(reference) = schema.reference {
            return self.check(reference, value, outcome);
        }
        if !self.check_type(schema, value, outcome) {
            return;
        }
        self.combined(schema, value, outcome);
        match value {
            Value::List(list) => {
                self.items(schema, &list.items(), outcome);
                self.constants(schema, value, outcome);
            }
            Value::Map(map) => {
                let entries = map.entries();
                self.object(schema, &entries, outcome);
                self.constants(schema, value, outcome);
                for &property in &schema.properties {
                    let name = &self.schema(property).property;
                    if let Some(value) = entries.get(name) {
                        self.path.push(Step::Key(name.clone()));
                        self.check(property, value, outcome);
                        self.path.pop();
                    }
                }
            }
            Value::Str(text) => {
                self.constants(schema, value, outcome);
                self.string(schema, text, outcome);
            }
            Value::Nil | Value::Bool(_) => self.constants(schema, value, outcome),
            _ => {
                self.number(schema, value, outcome);
                self.constants(schema, value, outcome);
            }
        }
        outcome.score += 1;
    }

    fn check_type(&self, schema: &Schema, value: &Value, outcome: &mut Outcome) -> bool {
        let Some(mut given) = type_of(value) else {
            return false;
        };
        if schema.types.is_empty() {
            return true;
        }
        let has = |name: &str| schema.types.iter().any(|known| *known == name);
        let mut is_good = has(given);
        if given == "number" && Decimal::of_value(value).is_some_and(|n| n.is_integer()) {
            is_good |= has("integer");
            given = "integer";
        }
        if !is_good {
            let names: Vec<_> = schema.types.iter().map(|name| name.to_text()).collect();
            let expected = match names.as_slice() {
                [one] => one.clone().into_owned(),
                _ => format!("[{}]", names.join(",")),
            };
            self.add(
                outcome,
                format!("Invalid type. Expected: {expected}, given: {given}"),
            );
        }
        is_good
    }

    /// Schemas of schemas, and dependencies.
    fn combined(&mut self, schema: &'p Schema, value: &Value, outcome: &mut Outcome) {
        self.any_of(schema, value, outcome);
        self.one_of(schema, value, outcome);
        let mut all_are_good = true;
        for id in &schema.all_of {
            let other = self.check_apart(*id, value);
            all_are_good &= other.is_good();
            outcome.merge(other);
        }
        if !all_are_good {
            self.add(outcome, "Must validate all the schemas (allOf)");
        }
        if let Some(not) = schema.not
            && self.check_apart(not, value).is_good()
        {
            self.add(outcome, "Must not validate the schema (not)");
        }
        if let Value::Map(map) = value {
            let entries = map.entries();
            for (name, dependency) in &schema.dependencies {
                if !entries.contains_key(name) {
                    continue;
                }
                match dependency {
                    Dependency::Required(names) => {
                        for name in names.iter().filter(|name| !entries.contains_key(*name)) {
                            self.add(outcome, format!("Has a dependency on {name}"));
                        }
                    }
                    Dependency::Schema(id) => self.check(*id, value, outcome),
                }
            }
        }
        if let Some(condition) = schema.condition {
            let holds = self.check_apart(condition, value).is_good();
            let (next, text) = if holds {
                (schema.then, "Must validate \"then\" as \"if\" was valid")
            } else {
                (
                    schema.otherwise,
                    "Must validate \"else\" as \"if\" was not valid",
                )
            };
            if let Some(next) = next {
                let other = self.check_apart(next, value);
                if !other.is_good() {
                    self.add(outcome, text);
                    outcome.merge(other);
                }
            }
        }
        outcome.score += 1;
    }

    fn any_of(&mut self, schema: &Schema, value: &Value, outcome: &mut Outcome) {
        let mut best = None;
        for id in &schema.any_of {
            let other = self.check_apart(*id, value);
            if other.is_good() {
                return;
            }
            Outcome::keep_best(&mut best, other);
        }
        if let Some(best) = best {
            self.add(outcome, "Must validate at least one schema (anyOf)");
            outcome.merge(best);
        }
    }

    fn one_of(&mut self, schema: &Schema, value: &Value, outcome: &mut Outcome) {
        let mut best = None;
        let mut good = 0;
        for id in &schema.one_of {
            let other = self.check_apart(*id, value);
            if other.is_good() {
                good += 1;
            } else if good == 0 {
                Outcome::keep_best(&mut best, other);
            }
        }
        if schema.one_of.is_empty() || good == 1 {
            return;
        }
        self.add(outcome, "Must validate one and only one schema (oneOf)");
        if let Some(best) = best.filter(|_| good == 0) {
            outcome.merge(best);
        }
    }

    fn constants(&self, schema: &Schema, value: &Value, outcome: &mut Outcome) {
        if schema.constant.is_some() || !schema.enumeration.is_empty() {
            let text = as_json(value);
            if let Some(wanted) = schema.constant.as_ref().filter(|wanted| **wanted != text) {
                self.add(
                    outcome,
                    format!("{} does not match: {wanted}", self.field()),
                );
            }
            if !schema.enumeration.is_empty() && !schema.enumeration.contains(&text) {
                let allowed = schema.enumeration.join(", ");
                let field = self.field();
                self.add(
                    outcome,
                    format!("{field} must be one of the following: {allowed}"),
                );
            }
        }
        outcome.score += 1;
    }

    fn items(&mut self, schema: &Schema, items: &[Value], outcome: &mut Outcome) {
        let count = items.len();
        if schema.items_are_alike {
            for (index, item) in items.iter().enumerate() {
                let other = self.check_inner(schema.items[0], item, Step::Item(index));
                outcome.merge(other);
            }
        } else if !schema.items.is_empty() {
            for (index, (id, item)) in schema.items.iter().zip(items).enumerate() {
                let other = self.check_inner(*id, item, Step::Item(index));
                outcome.merge(other);
            }
            let first = schema.items.len();
            if first < count {
                match schema.additional_items {
                    Additional::Allowed => {}
                    Additional::Refused => {
                        self.add(outcome, "No additional items allowed on array");
                    }
                    Additional::Schema(id) => {
                        for (index, item) in items.iter().enumerate().skip(first) {
                            let other = self.check_inner(id, item, Step::Item(index));
                            outcome.merge(other);
                        }
                    }
                }
            }
        }
        if let Some(min) = schema.min_items.filter(|min| (count as i64) < *min) {
            self.add(outcome, format!("Array must have at least {min} items"));
        }
        if let Some(max) = schema.max_items.filter(|max| count as i64 > *max) {
            self.add(outcome, format!("Array must have at most {max} items"));
        }
        if schema.unique_items {
            let mut seen: HashMap<String, usize> = HashMap::new();
            for (index, item) in items.iter().enumerate() {
                if let Some(other) = seen.insert(as_json(item), index) {
                    self.add(
                        outcome,
                        format!("array items[{other},{index}] must be unique"),
                    );
                }
            }
        }
        if let Some(id) = schema.contains {
            self.contains(id, items, outcome);
        }
        outcome.score += 1;
    }

    fn contains(&mut self, id: SchemaId, items: &[Value], outcome: &mut Outcome) {
        let mut best = None;
        for (index, item) in items.iter().enumerate() {
            let other = self.check_inner(id, item, Step::Item(index));
            if other.is_good() {
                return;
            }
            Outcome::keep_best(&mut best, other);
        }
        self.add(outcome, "At least one of the items must match");
        if let Some(best) = best {
            outcome.merge(best);
        }
    }

    fn object(&mut self, schema: &'p Schema, entries: &Entries, outcome: &mut Outcome) {
        let count = entries.len() as i64;
        if let Some(min) = schema.min_properties.filter(|min| count < *min) {
            self.add(outcome, format!("Must have at least {min} properties"));
        }
        if let Some(max) = schema.max_properties.filter(|max| count > *max) {
            self.add(outcome, format!("Must have at most {max} properties"));
        }
        for name in &schema.required {
            if entries.contains_key(name) {
                outcome.score += 1;
            } else {
                self.add(outcome, format!("{name} is required"));
            }
        }
        for (name, value) in entries {
            let named = schema.properties.binary_search_by(|id| {
                let property = &self.schema(*id).property;
                property.cmp(name)
            });
            let mut is_described = named.is_ok();
            if self.patterns(schema, name, value, outcome) {
                is_described = true;
            }
            if is_described {
                continue;
            }
            match schema.additional_properties {
                Additional::Allowed => {}
                Additional::Refused => {
                    self.add(
                        outcome,
                        format!("Additional property {name} is not allowed"),
                    );
                }
                Additional::Schema(id) => {
                    let other = self.check_inner(id, value, Step::Key(name.clone()));
                    outcome.merge(other);
                }
            }
        }
        if let Some(id) = schema.property_names {
            for name in entries.keys() {
                let other = self.check_apart(id, &Value::Str(name.clone()));
                if !other.is_good() {
                    self.add(
                        outcome,
                        format!("Property name of \"{name}\" does not match"),
                    );
                    outcome.merge(other);
                }
            }
        }
        outcome.score += 1;
    }

    fn patterns(
        &mut self,
        schema: &Schema,
        name: &Str,
        value: &Value,
        outcome: &mut Outcome,
    ) -> bool {
        let mut has_matched = false;
        for (regex, id) in &schema.patterns {
            if regex.is_match(name) {
                has_matched = true;
                let other = self.check_inner(*id, value, Step::Key(name.clone()));
                outcome.merge(other);
            }
        }
        outcome.score += i64::from(has_matched);
        has_matched
    }

    fn string(&self, schema: &Schema, text: &Str, outcome: &mut Outcome) {
        let length = runes(text) as i64;
        if let Some(min) = schema.min_length.filter(|min| length < *min) {
            let text = format!("String length must be greater than or equal to {min}");
            self.add(outcome, text);
        }
        if let Some(max) = schema.max_length.filter(|max| length > *max) {
            let text = format!("String length must be less than or equal to {max}");
            self.add(outcome, text);
        }
        if let Some(pattern) = schema
            .pattern
            .as_ref()
            .filter(|regex| !regex.is_match(text))
        {
            self.add(
                outcome,
                format!("Does not match pattern '{}'", pattern.text),
            );
        }
        if let Some(format) = &schema.format
            && !formats::is_good(format, Some(&text.to_text()), self.program.go)
        {
            self.add(outcome, format!("Does not match format '{format}'"));
        }
        outcome.score += 1;
    }

    fn number(&self, schema: &Schema, value: &Value, outcome: &mut Outcome) {
        let Some(got) = Decimal::of_value(value) else {
            return;
        };
        let print = number::print;
        if let Some(want) = schema
            .multiple_of
            .as_ref()
            .filter(|want| !got.is_multiple_of(want))
        {
            self.add(outcome, format!("Must be a multiple of {}", print(want)));
        }
        if let Some(max) = schema.maximum.as_ref().filter(|max| got > **max) {
            self.add(
                outcome,
                format!("Must be less than or equal to {}", print(max)),
            );
        }
        if let Some(max) = schema.exclusive_maximum.as_ref().filter(|max| got >= **max) {
            self.add(outcome, format!("Must be less than {}", print(max)));
        }
        if let Some(min) = schema.minimum.as_ref().filter(|min| got < **min) {
            self.add(
                outcome,
                format!("Must be greater than or equal to {}", print(min)),
            );
        }
        if let Some(min) = schema.exclusive_minimum.as_ref().filter(|min| got <= **min) {
            self.add(outcome, format!("Must be greater than {}", print(min)));
        }
        if let Some(format) = schema
            .format
            .as_ref()
            .filter(|name| !formats::is_good(name, None, self.program.go))
        {
            self.add(outcome, format!("Does not match format '{format}'"));
        }
        outcome.score += 1;
    }
}

/// A value as JSON, with every number a float.
fn as_json(value: &Value) -> String {
    let Ok(text) = json::encode(value) else {
        return String::new();
    };
    let value = json::decode(text.as_bytes()).unwrap_or_default();
    json::encode(&value).unwrap_or_default()
}
