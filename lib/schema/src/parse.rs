//! The keywords of one schema, from JSON to what is checked.

use homescale_go::regexp;
use homescale_go::strconv;
use homescale_value::Str;

use crate::compile::Compiler;
use crate::decimal::Decimal;
use crate::document::{Document, Json, NodeId};
use crate::draft::Draft;
use crate::format::{self, Format};
use crate::pointer;
use crate::program::{Additional, Dependency, Keyword, Place, Properties, Regex, Schema, Types};
use crate::resources::SchemaId;

/// Compiles the keywords of one schema.
pub(super) struct Keywords<'a> {
    compiler: &'a mut Compiler,
    place: Place,
    schema: &'a mut Schema,
    /// The traces of all keys: most of the many keywords that are asked for are not there.
    traces: u64,
}

/// A bit that stands for a key and for few others.
fn trace(key: &[u8]) -> u64 {
    let first = key.first().copied().unwrap_or_default();
    let mixed = usize::from(first) * 5 + key.len() * 11;
    1 << (mixed % 64)
}

impl<'a> Keywords<'a> {
    pub(super) fn new(compiler: &'a mut Compiler, place: Place, schema: &'a mut Schema) -> Self {
        let document = &compiler.program.sources[place.source as usize].document;
        let pairs = document.map(place.node).unwrap_or_default();
        let traces = pairs.iter().map(|(key, _)| trace(key));
        let traces = traces.fold(0, |all, one| all | one);
        Self {
            compiler,
            place,
            schema,
            traces,
        }
    }

    pub(super) fn compile(&mut self) -> Result<(), String> {
        let draft = self.schema.draft;
        self.check_anchor()?;
        // The order in which schemas are reserved is the library's; that of the keywords is the one of checking.
        let reference = self.reference("$ref")?;
        if let Some(reference) = reference
            && draft.ref_stands_alone()
        {
            self.push(Some(Keyword::Ref(reference)));
            return Ok(());
        }
        let all_of = self.schemas("allOf");
        let any_of = self.schemas("anyOf");
        let one_of = self.schemas("oneOf");
        let not = self.child("not");
        let items = self.items_before_2020();
        let properties = self.properties()?;
        let dependencies = self.dependencies();
        self.values();
        self.push(self.format());
        let pattern = self.pattern()?;
        self.push(reference.map(Keyword::Ref));

        let contains = self.since(Draft::D6, "contains");
        let names = self.since(Draft::D6, "propertyNames");
        let condition = self.condition();
        let recursive = match draft {
            Draft::D2019 | Draft::D2020 => self.reference("$recursiveRef")?,
            _ => None,
        };
        self.schema.recursive_anchor = draft >= Draft::D2019 && self.flag("$recursiveAnchor");
        let dependent = self.dependent();
        let unevaluated_items = self.since(Draft::D2019, "unevaluatedItems");
        let unevaluated_properties = self.since(Draft::D2019, "unevaluatedProperties");
        let dynamic = self.dynamic_ref()?;

        self.integer("minProperties", Keyword::MinProperties);
        self.integer("maxProperties", Keyword::MaxProperties);
        let required = self.texts("required").filter(|names| !names.is_empty());
        self.push(required.map(Keyword::Required));
        self.push(dependencies);
        self.push(properties);
        self.push(names.map(Keyword::PropertyNames));
        self.schema.keywords.extend(dependent);

        self.integer("minItems", Keyword::MinItems);
        self.integer("maxItems", Keyword::MaxItems);
        let unique = self.flag("uniqueItems").then_some(Keyword::UniqueItems);
        self.push(unique);
        let items = if draft >= Draft::D2020 {
            self.items_of_2020()
        } else {
            items
        };
        self.schema.keywords.extend(items);
        let contains = contains.map(|schema| self.contains(schema));
        self.push(contains);

        self.integer("minLength", Keyword::MinLength);
        self.integer("maxLength", Keyword::MaxLength);
        self.push(pattern.map(Keyword::Pattern));
        self.limits();

        self.push(recursive.map(Keyword::RecursiveRef));
        self.push(dynamic);
        self.push(not.map(Keyword::Not));
        let filled = |list: Vec<SchemaId>| (!list.is_empty()).then_some(list);
        self.push(all_of.and_then(filled).map(Keyword::AllOf));
        self.push(any_of.and_then(filled).map(Keyword::AnyOf));
        self.push(one_of.and_then(filled).map(Keyword::OneOf));
        self.push(condition);
        self.schema.has_unevaluated_properties = unevaluated_properties.is_some();
        self.schema.has_unevaluated_items = unevaluated_items.is_some();
        self.push(unevaluated_properties.map(Keyword::UnevaluatedProperties));
        self.push(unevaluated_items.map(Keyword::UnevaluatedItems));
        Ok(())
    }

    fn push(&mut self, keyword: Option<Keyword>) {
        self.schema.keywords.extend(keyword);
    }

    fn document(&self) -> &Document {
        &self.compiler.program.sources[self.place.source as usize].document
    }

    fn field(&self, key: &str) -> Option<NodeId> {
        if self.traces & trace(key.as_bytes()) == 0 {
            return None;
        }
        self.document().field(self.place.node, key.as_bytes())
    }

    fn at(&self, node: NodeId) -> Place {
        Place { node, ..self.place }
    }

    fn schema(&mut self, node: NodeId) -> SchemaId {
        let place = self.at(node);
        self.compiler.schema_at(place)
    }

    fn text(&self, key: &str) -> Option<&Str> {
        self.document().string(self.field(key)?)
    }

    fn flag(&self, key: &str) -> bool {
        let value = self.field(key).map(|node| self.document().json(node));
        matches!(value, Some(Json::Bool(true)))
    }

    fn number(&self, key: &str) -> Option<Decimal> {
        match self.document().json(self.field(key)?) {
            Json::Number(text) => Decimal::parse(text),
            _ => None,
        }
    }

    fn integer(&mut self, key: &str, keyword: fn(i64) -> Keyword) {
        let number = self.number(key).filter(Decimal::is_integer);
        self.push(number.map(|number| keyword(number.to_i64())));
    }

    /// The strings in a list.
    fn texts(&self, key: &str) -> Option<Vec<Str>> {
        self.texts_at(self.field(key)?)
    }

    fn texts_at(&self, node: NodeId) -> Option<Vec<Str>> {
        let document = self.document();
        let items = document.list(node)?.iter();
        Some(
            items
                .filter_map(|item| document.string(*item).cloned())
                .collect(),
        )
    }

    fn child(&mut self, key: &str) -> Option<SchemaId> {
        let node = self.field(key)?;
        Some(self.schema(node))
    }

    fn since(&mut self, draft: Draft, key: &str) -> Option<SchemaId> {
        if self.schema.draft < draft {
            return None;
        }
        self.child(key)
    }

    fn schemas(&mut self, key: &str) -> Option<Vec<SchemaId>> {
        let node = self.field(key)?;
        let items = self.document().list(node)?.to_vec();
        Some(items.into_iter().map(|item| self.schema(item)).collect())
    }

    fn pairs(&self, key: &str) -> Option<Vec<(Str, NodeId)>> {
        let node = self.field(key)?;
        self.document().map(node).map(<[_]>::to_vec)
    }

    fn named(&mut self, key: &str) -> Option<Vec<(Str, SchemaId)>> {
        let pairs = self.pairs(key)?.into_iter();
        Some(
            pairs
                .map(|(name, node)| (name, self.schema(node)))
                .collect(),
        )
    }

    fn reference(&mut self, key: &str) -> Result<Option<SchemaId>, String> {
        let Some(text) = self.text(key) else {
            return Ok(None);
        };
        let text = text.to_text().into_owned();
        let target = self.compiler.resolve(self.place, &text)?;
        Ok(Some(self.compiler.target(target)))
    }

    /// Before 2019 an anchor is the fragment of the id; one that cannot be decoded is an error here too.
    fn check_anchor(&self) -> Result<(), String> {
        let draft = self.schema.draft;
        let id = self.text(draft.id()).filter(|_| draft.ref_stands_alone());
        let Some(id) = id else {
            return Ok(());
        };
        if pointer::decode(pointer::split(&id.to_text()).1).is_ok() {
            return Ok(());
        }
        let location = self.compiler.program.location(self.place);
        Err(format!(
            "error in parsing anchor at {}",
            strconv::quote(location)
        ))
    }

    fn invalid_regex(&self, key: &str, pattern: &Str, error: &regexp::Error) -> String {
        let location = self.compiler.program.location(self.place);
        let location = strconv::quote(format!("{location}/{key}"));
        format!(
            "invalid regex {} at {location}: {error}",
            strconv::quote(pattern)
        )
    }

    /// `properties`, `patternProperties` and `additionalProperties`.
    fn properties(&mut self) -> Result<Option<Keyword>, String> {
        let named = self.named("properties");
        let patterns = self.named("patternProperties");
        let additional = self.field("additionalProperties");
        if named.is_none() && patterns.is_none() && additional.is_none() {
            return Ok(None);
        }
        let mut properties = Properties {
            named: named.unwrap_or_default(),
            ..Properties::default()
        };
        for (pattern, schema) in patterns.unwrap_or_default() {
            let regex = Regex::new(&pattern, self.compiler.options.go)
                .map_err(|error| self.invalid_regex("patternProperties", &pattern, &error))?;
            properties.patterns.push((regex, schema));
        }
        if let Some(node) = additional {
            properties.additional = match self.document().json(node) {
                Json::Bool(true) => Additional::Allowed,
                Json::Bool(false) => Additional::Refused,
                _ => Additional::Schema(self.schema(node)),
            };
            self.schema.evaluates_all_properties = true;
        }
        Ok(Some(Keyword::Properties(Box::new(properties))))
    }

    fn dependencies(&mut self) -> Option<Keyword> {
        let pairs = self.pairs("dependencies")?.into_iter();
        let dependencies = pairs.map(|(name, node)| {
            let dependency = match self.texts_at(node) {
                Some(names) => Dependency::Required(names),
                None => Dependency::Schema(self.schema(node)),
            };
            (name, dependency)
        });
        Some(Keyword::Dependencies(dependencies.collect()))
    }

    /// `dependentSchemas` and `dependentRequired`.
    fn dependent(&mut self) -> Vec<Keyword> {
        if self.schema.draft < Draft::D2019 {
            return Vec::new();
        }
        let mut keywords = Vec::new();
        let required = self.pairs("dependentRequired");
        keywords.extend(
            self.named("dependentSchemas")
                .map(Keyword::DependentSchemas),
        );
        if let Some(pairs) = required {
            let lists = pairs.into_iter();
            let lists = lists.filter_map(|(name, node)| Some((name, self.texts_at(node)?)));
            keywords.push(Keyword::DependentRequired(lists.collect()));
        }
        keywords
    }

    /// `type`, `const` and `enum`.
    fn values(&mut self) {
        if let Some(node) = self.field("type") {
            let types = if let Some(name) = self.document().string(node) {
                Types::default().with(name)
            } else {
                let names = self.texts_at(node).unwrap_or_default();
                names
                    .iter()
                    .fold(Types::default(), |types, name| types.with(name))
            };
            self.push((!types.is_empty()).then_some(Keyword::Type(types)));
        }
        if self.schema.draft >= Draft::D6 {
            let constant = self
                .field("const")
                .map(|node| Keyword::Const(self.at(node)));
            self.push(constant);
        }
        let list = self
            .field("enum")
            .filter(|node| self.document().list(*node).is_some());
        self.push(list.map(|node| Keyword::Enum(self.at(node))));
    }

    fn format(&self) -> Option<Keyword> {
        if !self.compiler.asserts_format && !self.schema.draft.asserts_format() {
            return None;
        }
        let format: &'static Format = format::find(self.text("format")?)?;
        Some(Keyword::Format(format))
    }

    fn pattern(&self) -> Result<Option<Regex>, String> {
        let Some(pattern) = self.text("pattern") else {
            return Ok(None);
        };
        let regex = Regex::new(pattern, self.compiler.options.go);
        regex
            .map(Some)
            .map_err(|error| self.invalid_regex("pattern", pattern, &error))
    }

    /// The limits of numbers.
    fn limits(&mut self) {
        let limit = |this: &Self, key: &str, exclusive_key: &str| {
            let limit = this.number(key);
            if this.flag(exclusive_key) {
                (None, limit)
            } else {
                (limit, this.number(exclusive_key))
            }
        };
        let (maximum, exclusive_maximum) = limit(self, "maximum", "exclusiveMaximum");
        let (minimum, exclusive_minimum) = limit(self, "minimum", "exclusiveMinimum");
        self.push(minimum.map(Keyword::Minimum));
        self.push(maximum.map(Keyword::Maximum));
        self.push(exclusive_minimum.map(Keyword::ExclusiveMinimum));
        self.push(exclusive_maximum.map(Keyword::ExclusiveMaximum));
        let multiple = self.number("multipleOf");
        self.push(multiple.map(Keyword::MultipleOf));
    }

    /// `items` and `additionalItems` as they were before 2020.
    fn items_before_2020(&mut self) -> Vec<Keyword> {
        let mut keywords = Vec::new();
        let Some(items) = self
            .field("items")
            .filter(|_| self.schema.draft < Draft::D2020)
        else {
            return keywords;
        };
        let Some(list) = self.schemas("items") else {
            let schema = self.schema(items);
            self.schema.evaluated_items = usize::MAX;
            keywords.push(other_items(0, schema));
            return keywords;
        };
        let first = list.len();
        self.schema.evaluated_items = first;
        keywords.push(Keyword::FirstItems(list));
        if let Some(additional) = self.field("additionalItems") {
            self.schema.evaluated_items = usize::MAX;
            match self.document().json(additional) {
                Json::Bool(true) => {}
                Json::Bool(false) => keywords.push(Keyword::NoOtherItems(first)),
                _ => keywords.push(other_items(first, self.schema(additional))),
            }
        }
        keywords
    }

    /// `prefixItems` and `items`.
    fn items_of_2020(&mut self) -> Vec<Keyword> {
        let mut keywords = Vec::new();
        let list = self.schemas("prefixItems").unwrap_or_default();
        let first = list.len();
        self.schema.evaluated_items = first;
        if first > 0 {
            keywords.push(Keyword::FirstItems(list));
        }
        if let Some(schema) = self.child("items") {
            self.schema.evaluated_items = usize::MAX;
            keywords.push(other_items(first, schema));
        }
        keywords
    }

    fn contains(&self, schema: SchemaId) -> Keyword {
        let count = |key: &str| {
            let number = self
                .number(key)
                .filter(|_| self.schema.draft >= Draft::D2019);
            let number = number.filter(Decimal::is_integer);
            number.map(|number| number.to_i64())
        };
        Keyword::Contains {
            schema,
            min: count("minContains"),
            max: count("maxContains"),
        }
    }

    fn condition(&mut self) -> Option<Keyword> {
        let condition = self.since(Draft::D7, "if")?;
        let constant = match self.document().json(self.field("if")?) {
            Json::Bool(b) => Some(*b),
            _ => None,
        };
        let then = if constant == Some(false) {
            None
        } else {
            self.child("then")
        };
        let otherwise = if constant == Some(true) {
            None
        } else {
            self.child("else")
        };
        Some(Keyword::If {
            condition,
            then,
            otherwise,
        })
    }

    /// `$dynamicRef`, and what it may mean for others.
    fn dynamic_ref(&mut self) -> Result<Option<Keyword>, String> {
        if self.schema.draft < Draft::D2020 {
            return Ok(None);
        }
        self.schema.dynamic_anchor = self.text("$dynamicAnchor").cloned();
        let Some(target) = self.reference("$dynamicRef")? else {
            return Ok(None);
        };
        let reference = self
            .text("$dynamicRef")
            .map(|text| text.to_text().into_owned());
        let reference = reference.unwrap_or_default();
        let fragment = pointer::decode(pointer::split(&reference).1)?;
        let is_anchor = !fragment.is_empty() && !fragment.starts_with('/');
        let anchor = is_anchor.then(|| Str::from(fragment));
        Ok(Some(Keyword::DynamicRef(target, anchor)))
    }
}

fn other_items(first: usize, schema: SchemaId) -> Keyword {
    Keyword::OtherItems { first, schema }
}
