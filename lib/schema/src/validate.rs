//! Values checked against a [`Program`].
//!
//! The order of what is found is the order in which the library looks, and byte order of the keys where it walks through a
//! map of Go, whose order is random.

use std::collections::BTreeMap;
use std::rc::Rc;

use homescale_go::Release;
use homescale_value::{Str, Value};

use crate::check::{Check, Checked, Failed, Needs, Rest};
use crate::decimal::Decimal;
use crate::equal;
use crate::failure::{Failure, Kind};
use crate::options::{Dialect, Options};
use crate::pointer;
use crate::pointer::Step;
use crate::program::{Keyword, Program};
use crate::resources::SchemaId;

/// How deep checks may be nested. Go goes on until its stack of 1 GiB is full.
const MAX_NESTING: usize = 400;

/// How many checks may be made for one document: references let a small schema ask for any number of them.
const MAX_CHECKS: usize = 1_000_000;

/// How many items of an `enum` are compared in the time of a check.
const ITEMS_OF_A_CHECK: usize = 4;

/// Checks a value; the failure if there is one.
pub(super) fn validate(
    program: &Program,
    schema: SchemaId,
    value: &Value,
    options: Options,
    metaschemas: Option<Metaschemas>,
) -> Result<(), Box<Failure>> {
    let mut validator = Validator {
        program,
        names_true_places: options.dialect == Dialect::Jsonschema603,
        go: options.go,
        path: Vec::new(),
        scopes: Vec::new(),
        values: 0,
        checks: 0,
        nesting: 0,
        is_quiet: false,
        is_too_much: false,
        metaschemas,
    };
    let checked = validator.check(schema, value, "", Needs::Nothing);
    if validator.is_too_much {
        return Err(Box::new(Failure::new(Vec::new(), Kind::TooMuch)));
    }
    match checked {
        Ok(_) => Ok(()),
        Err(Failed::Because(failure)) => Err(failure),
        Err(Failed::Quietly) => Err(Box::new(Failure::new(Vec::new(), Kind::Group))),
    }
}

/// Schemas that check a schema: parts of it may be of another draft, by pointer.
#[derive(Clone, Debug)]
pub(super) struct Metaschemas {
    pub(super) current: SchemaId,
    pub(super) others: Rc<BTreeMap<String, SchemaId>>,
}

pub(super) struct Validator<'p> {
    program: &'p Program,
    /// Whether messages count items from the first one, and name where a property is whose name is wrong.
    names_true_places: bool,
    /// Whose rules for addresses count.
    go: Release,
    path: Vec<Step>,
    scopes: Vec<Scope>,
    /// The number of the last value that got one.
    values: usize,
    checks: usize,
    nesting: usize,
    is_quiet: bool,
    /// Whether a limit was met. Then it does not matter what was found.
    is_too_much: bool,
    metaschemas: Option<Metaschemas>,
}

/// A schema that is being checked.
#[derive(Clone, Copy, Debug)]
struct Scope {
    schema: SchemaId,
    /// The keyword, if it was a reference.
    reference: &'static str,
    /// Which value. Scopes of one value follow each other.
    value: usize,
}

impl<'p> Validator<'p> {
    /// Counts work.
    pub(super) fn count(&mut self, checks: usize) {
        self.checks = self.checks.saturating_add(checks);
        if self.checks >= MAX_CHECKS {
            self.is_too_much = true;
        }
    }

    /// Checks the value that is at hand against a schema.
    fn check(
        &mut self,
        id: SchemaId,
        value: &Value,
        reference: &'static str,
        needs: Needs,
    ) -> Checked {
        self.count(1);
        if self.nesting >= MAX_NESTING {
            self.is_too_much = true;
        }
        if self.is_too_much {
            return Err(self.failed(Kind::TooMuch));
        }
        let outer = self.metaschemas.clone().filter(|meta| meta.current == id);
        let id = self.own_metaschema(id);
        self.scopes.push(Scope {
            schema: id,
            reference,
            value: self.values,
        });
        self.nesting += 1;
        let checked = self.check_in_scope(id, value, needs);
        self.nesting -= 1;
        self.scopes.pop();
        if outer.is_some() {
            self.metaschemas = outer;
        }
        checked
    }

    /// The metaschema for the part of a schema that is being checked, if `id` is that of the parts around it.
    fn own_metaschema(&mut self, id: SchemaId) -> SchemaId {
        let path = &self.path;
        let Some(meta) = &mut self.metaschemas else {
            return id;
        };
        if meta.current != id || meta.others.is_empty() {
            return id;
        }
        if let Some(&other) = meta.others.get(&pointer::print(path)) {
            meta.current = other;
            return other;
        }
        id
    }

    fn check_in_scope(&mut self, id: SchemaId, value: &Value, needs: Needs) -> Checked {
        let schema = self.program.schema(id);
        let rest = Rest::new(schema, value, needs);
        match schema.boolean {
            Some(true) => return Ok(rest),
            Some(false) => return Err(self.failed(Kind::FalseSchema)),
            None => {}
        }
        if let Some(cycle) = self.cycle() {
            return Err(self.failed(cycle));
        }
        let mut check = Check::new(schema, value, rest);
        for keyword in &schema.keywords {
            if self.keyword(keyword, &mut check)? == Next::Stop {
                break;
            }
            if check.has_failed() && self.is_quiet {
                return Err(Failed::Quietly);
            }
        }
        match check.failures.len() {
            _ if !check.has_failed() => Ok(check.rest),
            1 => Err(Failed::Because(Box::new(check.failures.remove(0)))),
            _ if self.is_quiet => Err(Failed::Quietly),
            _ => {
                let mut group = Failure::new(self.path.clone(), Kind::Group);
                group.causes = check.failures;
                Err(Failed::Because(Box::new(group)))
            }
        }
    }

    /// Whether the same schema is being checked already for the same value.
    fn cycle(&self) -> Option<Kind> {
        let (last, before) = self.scopes.split_last()?;
        let same_value = |scope: &(usize, &Scope)| scope.1.value == last.value;
        let mut before = before.iter().enumerate().rev().take_while(same_value);
        let (index, _) = before.find(|(_, scope)| scope.schema == last.schema)?;
        Some(Kind::Cycle(
            self.keyword_location(self.scopes.len() - 1),
            self.keyword_location(index),
            self.location(last.schema),
        ))
    }

    fn location(&self, id: SchemaId) -> String {
        self.program.location(self.program.schema(id).place)
    }

    /// The keywords that led to a scope.
    fn keyword_location(&self, scope: usize) -> String {
        let mut text = String::new();
        for pair in self.scopes[..=scope].windows(2) {
            let [outer, inner] = pair else { continue };
            if inner.reference.is_empty() {
                let outer = self.location(outer.schema);
                let inner = self.location(inner.schema);
                text.push_str(inner.get(outer.len()..).unwrap_or_default());
            } else {
                text.push('/');
                text.push_str(inner.reference);
            }
        }
        text
    }

    /// A failure at the value that is at hand.
    fn failed(&self, kind: Kind) -> Failed {
        if self.is_quiet {
            return Failed::Quietly;
        }
        Failed::Because(Box::new(Failure::new(self.path.clone(), kind)))
    }

    /// Notes a failure, and goes on.
    pub(super) fn add(&self, kind: Kind, check: &mut Check<'_, '_>) {
        check.add(self.failed(kind));
    }

    /// Notes a failure with its causes, and goes on.
    fn add_with(&self, kind: Kind, causes: Vec<Failure>, check: &mut Check<'_, '_>) {
        let mut failed = self.failed(kind);
        if let Failed::Because(failure) = &mut failed {
            failure.causes = causes;
        }
        check.add(failed);
    }

    /// Checks the same value against another schema.
    fn check_same(
        &mut self,
        id: SchemaId,
        reference: &'static str,
        check: &mut Check<'_, '_>,
    ) -> Result<(), Failed> {
        let needs = if check.rest.is_empty() {
            Needs::Nothing
        } else {
            Needs::Rest
        };
        let rest = self.check(id, check.value, reference, needs)?;
        check.rest.merge(&rest);
        Ok(())
    }

    /// The same, where nobody asks why it fails.
    fn check_quietly(&mut self, id: SchemaId, check: &mut Check<'_, '_>) -> bool {
        let was_quiet = std::mem::replace(&mut self.is_quiet, true);
        let checked = self.check_same(id, "", check);
        self.is_quiet = was_quiet;
        checked.is_ok()
    }

    /// Checks a property or an item.
    pub(super) fn check_inner(
        &mut self,
        id: SchemaId,
        value: &Value,
        step: Step,
    ) -> Result<(), Failed> {
        // Numbers of values only need to differ from those around them.
        self.path.push(step);
        self.values += 1;
        let checked = self.check(id, value, "", Needs::Nothing);
        self.values -= 1;
        self.path.pop();
        checked.map(|_| ())
    }

    /// Checks the name of a property, as a value of its own.
    pub(super) fn check_name(&mut self, id: SchemaId, name: &Str) -> Result<(), Failed> {
        let path = std::mem::take(&mut self.path);
        let scopes = std::mem::take(&mut self.scopes);
        let checked = self.check(id, &Value::Str(name.clone()), "", Needs::Nothing);
        self.path = path;
        self.scopes = scopes;
        let Err(Failed::Because(failure)) = checked else {
            return checked.map(|_| ());
        };
        let causes = match failure.kind {
            Kind::Group => failure.causes,
            _ => vec![*failure],
        };
        let at = if self.names_true_places {
            self.path.clone()
        } else {
            Vec::new()
        };
        let mut failure = Failure::new(at, Kind::PropertyName(name.clone()));
        failure.causes = causes;
        Err(Failed::Because(Box::new(failure)))
    }

    fn reference(&mut self, id: SchemaId, keyword: &'static str, check: &mut Check<'_, '_>) {
        let Err(failed) = self.check_same(id, keyword, check) else {
            return;
        };
        let Failed::Because(failure) = failed else {
            return check.add(failed);
        };
        let causes = match failure.kind {
            Kind::Group => failure.causes,
            _ => vec![*failure],
        };
        self.add_with(Kind::Reference, causes, check);
    }

    /// What a dynamic reference means: of the schemas around, the outermost that answers to it.
    fn dynamic_target(&self, answers: impl Fn(&Scope) -> Option<SchemaId>) -> Option<SchemaId> {
        self.scopes.iter().find_map(answers)
    }

    /// Checks one keyword.
    fn keyword(&mut self, keyword: &'p Keyword, check: &mut Check<'p, '_>) -> Result<Next, Failed> {
        let value = check.value;
        match (keyword, value) {
            (Keyword::Type(types), _) => {
                let Some(got) = type_of(value) else {
                    return Err(self.failed(Kind::InvalidValue(value.type_name())));
                };
                let is_integer = || {
                    got == "number"
                        && types.contains("integer")
                        && Decimal::of_value(value).is_some_and(|number| number.is_integer())
                };
                if !types.contains(got) && !is_integer() {
                    return Err(self.failed(Kind::Type(got, *types)));
                }
            }
            (Keyword::Const(place), _) => {
                if !equal::to_json(value, self.program, *place) {
                    return Err(self.failed(Kind::Const(*place)));
                }
            }
            (Keyword::Enum(place), _) => {
                self.count(equal::length(self.program, *place) / ITEMS_OF_A_CHECK);
                if !equal::to_any(value, self.program, *place) {
                    return Err(self.failed(Kind::Enum(*place)));
                }
            }
            (Keyword::Format(format), _) => {
                if let Value::Str(text) = value
                    && let Err(why) = format.check(&text.to_text(), self.go)
                {
                    return Err(self.failed(Kind::Format(value.clone(), format.name, why)));
                }
            }
            (Keyword::Ref(id), _) => {
                self.reference(*id, "$ref", check);
                if check.schema.draft.ref_stands_alone() {
                    return Ok(Next::Stop);
                }
            }
            (_, Value::Map(map)) if keyword.is_about_maps() => {
                let entries = map.entries();
                self.map_keyword(keyword, &entries, check);
            }
            (_, Value::List(list)) if keyword.is_about_lists() => {
                let items = list.items();
                self.list_keyword(keyword, &items, check);
            }
            (_, Value::Str(text)) if keyword.is_about_strings() => {
                self.string_keyword(keyword, text, check);
            }
            (_, Value::Int(_) | Value::Int64(_) | Value::Float(_))
                if keyword.is_about_numbers() =>
            {
                self.number_keyword(keyword, value, check);
            }
            _ => self.any_keyword(keyword, check),
        }
        Ok(Next::Continue)
    }

    /// The keywords that are about any value and do not end the check.
    fn any_keyword(&mut self, keyword: &'p Keyword, check: &mut Check<'p, '_>) {
        match keyword {
            Keyword::RecursiveRef(id) => {
                let mut target = *id;
                if self.program.schema(*id).recursive_anchor {
                    let found = self.dynamic_target(|scope| {
                        let resource = self.program.schema(scope.schema).resource;
                        let is_anchor = self.program.schema(resource).recursive_anchor;
                        is_anchor.then_some(scope.schema)
                    });
                    target = found.unwrap_or(target);
                }
                self.reference(target, "$recursiveRef", check);
            }
            Keyword::DynamicRef(id, anchor) => {
                let mut target = *id;
                if let Some(anchor) = anchor
                    && self.program.schema(*id).dynamic_anchor.as_ref() == Some(anchor)
                {
                    let found = self.dynamic_target(|scope| {
                        let resource = self.program.schema(scope.schema).resource;
                        let anchors = &self.program.schema(resource).dynamic_anchors;
                        let found = anchors.iter().find(|(name, _)| name == anchor);
                        found.map(|(_, id)| *id)
                    });
                    target = found.unwrap_or(target);
                }
                self.reference(target, "$dynamicRef", check);
            }
            Keyword::Not(id) => {
                let holds = self.check_quietly(*id, check);
                if holds {
                    self.add(Kind::Not, check);
                }
            }
            Keyword::AllOf(ids) => {
                let mut causes = Vec::new();
                let mut has_failed = false;
                for id in ids {
                    if let Err(failed) = self.check_same(*id, "", check) {
                        has_failed = true;
                        causes.extend(failed.failure());
                        if self.is_quiet {
                            break;
                        }
                    }
                }
                if has_failed {
                    self.add_with(Kind::AllOf, causes, check);
                }
            }
            Keyword::AnyOf(ids) => self.any_of(ids, check),
            Keyword::OneOf(ids) => self.one_of(ids, check),
            Keyword::If {
                condition,
                then,
                otherwise,
            } => {
                let holds = self.check_quietly(*condition, check);
                if let Some(id) = if holds { then } else { otherwise }
                    && let Err(failed) = self.check_same(*id, "", check)
                {
                    check.add(failed);
                }
            }
            // A keyword that is about another type.
            _ => {}
        }
    }

    fn any_of(&mut self, ids: &[SchemaId], check: &mut Check<'_, '_>) {
        let mut causes = Vec::new();
        let mut has_matched = false;
        for id in ids {
            match self.check_same(*id, "", check) {
                Ok(()) => {
                    has_matched = true;
                    // What they look at counts for all that match.
                    if check.rest.is_empty() {
                        break;
                    }
                }
                Err(failed) => causes.extend(failed.failure()),
            }
        }
        if !has_matched {
            self.add_with(Kind::AnyOf, causes, check);
        }
    }

    fn one_of(&mut self, ids: &[SchemaId], check: &mut Check<'_, '_>) {
        let mut causes = Vec::new();
        let mut matched = None;
        for (index, id) in ids.iter().enumerate() {
            if let Some(first) = matched {
                if self.check_quietly(*id, check) {
                    self.add(Kind::OneOf(Some((first, index))), check);
                    break;
                }
                continue;
            }
            match self.check_same(*id, "", check) {
                Ok(()) => matched = Some(index),
                Err(failed) => causes.extend(failed.failure()),
            }
        }
        if matched.is_none() {
            self.add_with(Kind::OneOf(None), causes, check);
        }
    }

    /// Checks a whole schema against the same value because of one of its properties.
    pub(super) fn add_same(&mut self, id: SchemaId, check: &mut Check<'_, '_>) {
        if let Err(failed) = self.check_same(id, "", check) {
            check.add(failed);
        }
    }

    /// Notes a failure of items with the failures of each, and goes on.
    pub(super) fn add_causes(&self, kind: Kind, causes: Vec<Failed>, check: &mut Check<'_, '_>) {
        let causes = causes.into_iter().filter_map(Failed::failure);
        self.add_with(kind, causes.collect(), check);
    }

    /// The number that messages give to an item after `first` others.
    pub(super) fn item_number(&self, index: usize, first: usize) -> usize {
        if self.names_true_places {
            index + first
        } else {
            index
        }
    }

    /// Whether only the fact of a failure counts.
    pub(super) fn is_quiet(&self) -> bool {
        self.is_quiet
    }
}

/// Whether more keywords of a schema count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Continue,
    Stop,
}

/// The type of a value in JSON Schema's words. `None` for what no file can hold.
pub(super) fn type_of(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Nil => "null",
        Value::Bool(_) => "boolean",
        Value::Int(_) | Value::Int64(_) | Value::Float(_) => "number",
        Value::Str(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => return None,
    })
}
