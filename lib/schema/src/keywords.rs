//! The keywords that are about one type of value.

use homescale_value::{Entries, Str, Value};

use crate::check::Check;
use crate::decimal::Decimal;
use crate::draft::Draft;
use crate::equal;
use crate::failure::Kind;
use crate::pointer::Step;
use crate::program::{Additional, Dependency, Keyword, Properties};
use crate::resources::SchemaId;
use crate::validate::Validator;

impl Keyword {
    /// Whether it is about objects.
    pub(super) fn is_about_maps(&self) -> bool {
        matches!(
            self,
            Self::MinProperties(_)
                | Self::MaxProperties(_)
                | Self::Required(_)
                | Self::Dependencies(_)
                | Self::Properties(_)
                | Self::PropertyNames(_)
                | Self::DependentSchemas(_)
                | Self::DependentRequired(_)
                | Self::UnevaluatedProperties(_)
        )
    }

    /// Whether it is about arrays.
    pub(super) fn is_about_lists(&self) -> bool {
        matches!(
            self,
            Self::MinItems(_)
                | Self::MaxItems(_)
                | Self::UniqueItems
                | Self::FirstItems(_)
                | Self::OtherItems { .. }
                | Self::NoOtherItems(_)
                | Self::Contains { .. }
                | Self::UnevaluatedItems(_)
        )
    }

    /// Whether it is about strings.
    pub(super) fn is_about_strings(&self) -> bool {
        matches!(
            self,
            Self::MinLength(_) | Self::MaxLength(_) | Self::Pattern(_)
        )
    }

    /// Whether it is about numbers.
    pub(super) fn is_about_numbers(&self) -> bool {
        matches!(
            self,
            Self::Minimum(_)
                | Self::Maximum(_)
                | Self::ExclusiveMinimum(_)
                | Self::ExclusiveMaximum(_)
                | Self::MultipleOf(_)
        )
    }
}

impl<'p> Validator<'p> {
    /// Checks a keyword about objects.
    pub(super) fn map_keyword(
        &mut self,
        keyword: &'p Keyword,
        entries: &Entries,
        check: &mut Check<'p, '_>,
    ) {
        match keyword {
            Keyword::MinProperties(want) if (entries.len() as i64) < *want => {
                self.add(Kind::Count("minProperties", entries.len(), *want), check);
            }
            Keyword::MaxProperties(want) if entries.len() as i64 > *want => {
                self.add(Kind::Count("maxProperties", entries.len(), *want), check);
            }
            Keyword::Required(names) => {
                let missing = missing(entries, names);
                if !missing.is_empty() {
                    self.add(Kind::Required(missing), check);
                }
            }
            Keyword::Dependencies(dependencies) => {
                for (name, dependency) in dependencies {
                    if !entries.contains_key(name) {
                        continue;
                    }
                    match dependency {
                        Dependency::Required(names) => self.dependency(entries, name, names, check),
                        Dependency::Schema(id) => self.add_same(*id, check),
                    }
                }
            }
            Keyword::Properties(properties) => self.properties(properties, entries, check),
            Keyword::PropertyNames(id) => {
                for name in entries.keys() {
                    if let Err(failed) = self.check_name(*id, name) {
                        check.add(failed);
                    }
                }
            }
            Keyword::DependentSchemas(schemas) => {
                for (name, id) in schemas {
                    if entries.contains_key(name) {
                        self.add_same(*id, check);
                    }
                }
            }
            Keyword::DependentRequired(lists) => {
                for (name, names) in lists {
                    if entries.contains_key(name) {
                        self.dependency(entries, name, names, check);
                    }
                }
            }
            Keyword::UnevaluatedProperties(id) => {
                for (index, (name, value)) in entries.iter().enumerate() {
                    if check.is_rest(index) {
                        self.inner(*id, value, Step::Key(name.clone()), check);
                    }
                }
                check.evaluated_all();
            }
            _ => {}
        }
    }

    fn dependency(&self, entries: &Entries, name: &Str, names: &[Str], check: &mut Check<'_, '_>) {
        let missing = missing(entries, names);
        if !missing.is_empty() {
            self.add(Kind::Dependency(missing, name.clone()), check);
        }
    }

    fn properties(
        &mut self,
        properties: &Properties,
        entries: &Entries,
        check: &mut Check<'_, '_>,
    ) {
        let mut refused = Vec::new();
        for (index, (name, value)) in entries.iter().enumerate() {
            if self.is_quiet() && check.has_failed() {
                return;
            }
            let mut is_evaluated = false;
            let named = &properties.named;
            if let Ok(found) = named.binary_search_by(|(known, _)| known.cmp(name)) {
                is_evaluated = true;
                self.inner(named[found].1, value, Step::Key(name.clone()), check);
            }
            for (regex, id) in &properties.patterns {
                self.count(regex.checks(name));
                if regex.is_match(name) {
                    is_evaluated = true;
                    self.inner(*id, value, Step::Key(name.clone()), check);
                }
            }
            if !is_evaluated {
                is_evaluated = true;
                match properties.additional {
                    Additional::Unsaid => is_evaluated = false,
                    Additional::Allowed => {}
                    Additional::Refused => refused.push(name.clone()),
                    Additional::Schema(id) => {
                        self.inner(id, value, Step::Key(name.clone()), check);
                    }
                }
            }
            if is_evaluated {
                check.evaluated(index);
            }
        }
        if !refused.is_empty() {
            self.add(Kind::AdditionalProperties(refused), check);
        }
    }

    /// Checks a property or an item, and notes what is wrong with it.
    fn inner(&mut self, id: SchemaId, value: &Value, step: Step, check: &mut Check<'_, '_>) {
        if let Err(failed) = self.check_inner(id, value, step) {
            check.add(failed);
        }
    }

    /// Checks a keyword about arrays.
    pub(super) fn list_keyword(
        &mut self,
        keyword: &'p Keyword,
        items: &[Value],
        check: &mut Check<'p, '_>,
    ) {
        match keyword {
            Keyword::MinItems(want) if (items.len() as i64) < *want => {
                self.add(Kind::Count("minItems", items.len(), *want), check);
            }
            Keyword::MaxItems(want) if items.len() as i64 > *want => {
                self.add(Kind::Count("maxItems", items.len(), *want), check);
            }
            Keyword::UniqueItems => {
                if let Some((one, other)) = equal::duplicates(items) {
                    self.add(Kind::Unique(one, other), check);
                }
            }
            Keyword::FirstItems(ids) => {
                for (index, (id, item)) in ids.iter().zip(items).enumerate() {
                    self.inner(*id, item, Step::Item(index), check);
                }
            }
            Keyword::OtherItems { first, schema } => {
                for (index, item) in items.iter().skip(*first).enumerate() {
                    let step = Step::Item(self.item_number(index, *first));
                    self.inner(*schema, item, step, check);
                }
            }
            Keyword::NoOtherItems(first) if items.len() > *first => {
                self.add(Kind::AdditionalItems(items.len() - first), check);
            }
            Keyword::Contains { schema, min, max } => {
                self.contains(*schema, (*min, *max), items, check);
            }
            Keyword::UnevaluatedItems(id) => {
                for (index, item) in items.iter().enumerate() {
                    if check.is_rest(index) {
                        self.inner(*id, item, Step::Item(index), check);
                    }
                }
                check.evaluated_all();
            }
            _ => {}
        }
    }

    fn contains(
        &mut self,
        id: SchemaId,
        (min, max): (Option<i64>, Option<i64>),
        items: &[Value],
        check: &mut Check<'_, '_>,
    ) {
        let mut failures = Vec::new();
        let mut matched = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if let Err(failed) = self.check_inner(id, item, Step::Item(index)) {
                failures.push(failed);
                continue;
            }
            matched.push(index);
            if check.draft() >= Draft::D2020 {
                check.evaluated(index);
            }
        }
        let count = matched.len() as i64;
        match min {
            Some(min) if count < min => {
                self.add_causes(Kind::MinContains(matched.clone(), min), failures, check);
            }
            None if count == 0 => self.add_causes(Kind::Contains, failures, check),
            _ => {}
        }
        if let Some(max) = max.filter(|max| count > *max) {
            self.add(Kind::MaxContains(matched, max), check);
        }
    }

    /// Checks a keyword about strings.
    pub(super) fn string_keyword(
        &mut self,
        keyword: &Keyword,
        text: &Str,
        check: &mut Check<'_, '_>,
    ) {
        match keyword {
            Keyword::MinLength(want) => {
                let got = runes(text);
                if (got as i64) < *want {
                    self.add(Kind::Count("minLength", got, *want), check);
                }
            }
            Keyword::MaxLength(want) => {
                let got = runes(text);
                if got as i64 > *want {
                    self.add(Kind::Count("maxLength", got, *want), check);
                }
            }
            Keyword::Pattern(regex) => {
                self.count(regex.checks(text));
                if !regex.is_match(text) {
                    self.add(Kind::Pattern(text.clone(), regex.text.clone()), check);
                }
            }
            _ => {}
        }
    }

    /// Checks a keyword about numbers.
    pub(super) fn number_keyword(
        &self,
        keyword: &Keyword,
        value: &Value,
        check: &mut Check<'_, '_>,
    ) {
        let Some(got) = Decimal::of_value(value) else {
            return;
        };
        let (name, want, is_good) = match keyword {
            Keyword::Minimum(want) => ("minimum", want, got >= *want),
            Keyword::Maximum(want) => ("maximum", want, got <= *want),
            Keyword::ExclusiveMinimum(want) => ("exclusiveMinimum", want, got > *want),
            Keyword::ExclusiveMaximum(want) => ("exclusiveMaximum", want, got < *want),
            Keyword::MultipleOf(want) => ("multipleOf", want, got.is_multiple_of(want)),
            _ => return,
        };
        if !is_good {
            self.add(Kind::Limit(name, got, want.clone()), check);
        }
    }
}

/// The names that no property has.
fn missing(entries: &Entries, names: &[Str]) -> Vec<Str> {
    let names = names.iter();
    names
        .filter(|name| !entries.contains_key(*name))
        .cloned()
        .collect()
}

/// How many runes Go counts in a text.
pub(super) fn runes(text: &[u8]) -> usize {
    let chunks = text.utf8_chunks();
    chunks
        .map(|chunk| chunk.valid().chars().count() + chunk.invalid().len())
        .sum()
}
