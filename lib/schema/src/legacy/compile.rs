//! From documents to a [`Program`]. What is wrong with a schema is found here; there is no metaschema.

use std::collections::BTreeMap;

use homescale_go::Release;
use homescale_go::url::Url;
use homescale_value::Str;
use homescale_yaml::json;

use crate::decimal::Decimal;
use crate::document::{Document, Json, NodeId};
use crate::legacy::program::{Additional, Program, Schema};
use crate::legacy::references::{Place, Pool, Version, version};
use crate::program::{Dependency, Regex};
use crate::resources::SchemaId;

/// How deep a constant may be nested.
const MAX_DEPTH: usize = 500;

/// How many schemas a program may have.
const MAX_SCHEMAS: usize = 2_000_000;

/// The types that exist, in the order in which the library names them.
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "number", "null", "object", "string",
];

/// Compiles a document.
pub(super) fn compile(document: Document, go: Release) -> Result<Program, String> {
    let mut compiler = Compiler::new(go);
    let own = version(&document, go)?.unwrap_or(Version::Hybrid);
    let root = compiler.pool.add(document, &Url::default())?;
    compiler.reserve(root, own, Str::default());
    let mut failed = None;
    while let Some(next) = compiler.open.pop() {
        if compiler.schemas.len() > MAX_SCHEMAS {
            return Err("the schema is too large".to_owned());
        }
        let first = compiler.open.len();
        let mut schema = Schema {
            property: next.property,
            ..Schema::default()
        };
        let id = next.id;
        let parsed = Parser {
            compiler: &mut compiler,
            place: next.place,
            version: next.version,
            schema: &mut schema,
        }
        .parse();
        if let Err(error) = parsed {
            // The library descends into a schema where it finds it: a mistake in one of those is told instead, and what
            // waits outside is never looked at.
            failed = Some(error);
            compiler.open.drain(..first);
            compiler.open.reverse();
            continue;
        }
        compiler.schemas[id as usize] = schema;
        compiler.open[first..].reverse();
    }
    if let Some(error) = failed {
        return Err(error);
    }
    Ok(Program {
        go,
        schemas: compiler.schemas,
    })
}

struct Compiler {
    go: Release,
    pool: Pool,
    schemas: Vec<Schema>,
    open: Vec<Open>,
    /// The schemas that references lead to.
    by_reference: BTreeMap<Vec<u8>, SchemaId>,
}

/// A schema that has a number, but is not compiled yet.
struct Open {
    id: SchemaId,
    place: Place,
    version: Version,
    property: Str,
}

impl Compiler {
    fn new(go: Release) -> Self {
        Self {
            go,
            pool: Pool::new(go),
            schemas: Vec::new(),
            open: Vec::new(),
            by_reference: BTreeMap::new(),
        }
    }

    fn reserve(&mut self, place: Place, version: Version, property: Str) -> SchemaId {
        let id = self.schemas.len() as SchemaId;
        self.schemas.push(Schema::default());
        self.open.push(Open {
            id,
            place,
            version,
            property,
        });
        id
    }
}

/// Compiles one schema.
struct Parser<'a> {
    compiler: &'a mut Compiler,
    place: Place,
    version: Version,
    schema: &'a mut Schema,
}

type Done<T = ()> = Result<T, String>;

impl Parser<'_> {
    fn parse(mut self) -> Done {
        match self.document().json(self.place.1) {
            Json::Bool(b) if self.version >= Version::D6 => {
                self.schema.pass = Some(*b);
                return Ok(());
            }
            Json::Map(_) => {}
            _ => return Err("Expected: valid schema, given: Invalid JSON".to_owned()),
        }
        let id = match self.version {
            Version::D4 => "id",
            Version::Hybrid if self.field("id").is_some() => "id",
            _ => "$id",
        };
        if let Some(id) = self.string(id)? {
            Url::parse(&id, self.compiler.go).map_err(|error| error.to_string())?;
        }
        self.definitions()?;
        self.string("title")?;
        self.string("description")?;
        if self.string("$ref")?.is_some() && self.reference()? {
            return Ok(());
        }
        self.types()?;
        self.properties()?;
        self.items()?;
        self.numbers()?;
        self.strings()?;
        self.objects()?;
        self.arrays()?;
        self.values()?;
        self.combined()
    }

    fn document(&self) -> &Document {
        &self.compiler.pool.documents[self.place.0 as usize]
    }

    fn field(&self, key: &str) -> Option<NodeId> {
        self.document().field(self.place.1, key.as_bytes())
    }

    fn json(&self, key: &str) -> Option<&Json> {
        Some(self.document().json(self.field(key)?))
    }

    fn child(&mut self, node: NodeId, property: impl Into<Str>) -> SchemaId {
        let place = (self.place.0, node);
        self.compiler.reserve(place, self.version, property.into())
    }

    fn is_schema(&self, node: NodeId) -> bool {
        matches!(self.document().json(node), Json::Map(_) | Json::Bool(_))
    }

    /// A string; the error of those keywords that the library names so.
    fn string(&self, key: &str) -> Done<Option<Str>> {
        match self.json(key) {
            None => Ok(None),
            Some(Json::Str(text)) => Ok(Some(text.clone())),
            Some(_) => Err(invalid("string", key)),
        }
    }

    fn definitions(&mut self) -> Done {
        let Some(json) = self.json("definitions") else {
            return Ok(());
        };
        let Json::Map(pairs) = json else {
            return Err(match json {
                // The library takes it for a map, and fails.
                Json::Bool(_) => "unable to validate schema: interface conversion: interface {} is bool, not map[string]interface {}".to_owned(),
                _ => invalid("array of schemas", "definitions"),
            });
        };
        for (_, node) in pairs.clone() {
            if !self.is_schema(node) {
                return Err(invalid("array of schemas", "definitions"));
            }
            self.child(node, "definitions");
        }
        Ok(())
    }

    /// Follows `$ref`. Whether nothing else of the schema is looked at.
    fn reference(&mut self) -> Done<bool> {
        let known = self.compiler.pool.references.get(&self.place).cloned();
        let reference = match known {
            Some(reference) => reference,
            None => match self.string("$ref")? {
                Some(text) => Url::parse(&text, self.compiler.go)
                    .map_err(|error| error.to_string())?
                    .to_bytes(),
                None => return Ok(false),
            },
        };
        if let Some(&id) = self.compiler.by_reference.get(&reference) {
            self.schema.reference = Some(id);
            return Ok(false);
        }
        let (place, version) = self.compiler.pool.find(&reference)?;
        let document = &self.compiler.pool.documents[place.0 as usize];
        if !matches!(document.json(place.1), Json::Map(_) | Json::Bool(_)) {
            return Err("valid schema must be of type object".to_owned());
        }
        let version = version.unwrap_or(self.version);
        let id = self.compiler.reserve(place, version, "$ref".into());
        self.compiler.by_reference.insert(reference, id);
        self.schema.reference = Some(id);
        Ok(true)
    }

    fn types(&mut self) -> Done {
        let Some(json) = self.json("type") else {
            return Ok(());
        };
        let document = self.document();
        let mut names: Vec<Str> = Vec::new();
        let wrong = || invalid("string/array of strings", "type");
        match json {
            Json::Str(name) => names.push(name.clone()),
            Json::List(items) => {
                for item in items {
                    names.push(document.string(*item).ok_or_else(wrong)?.clone());
                }
            }
            _ => return Err(wrong()),
        }
        for name in names {
            if !TYPES.iter().any(|known| name == *known) {
                return Err(format!(
                    "has a primitive type that is NOT VALID -- given: /{name}/ Expected valid values are:[{}]",
                    TYPES.join(" ")
                ));
            }
            if self.schema.types.contains(&name) {
                return Err(format!("{name} type is duplicated"));
            }
            self.schema.types.push(name);
        }
        Ok(())
    }

    fn properties(&mut self) -> Done {
        match self.json("properties") {
            None => {}
            Some(Json::Map(pairs)) => {
                for (name, node) in pairs.clone() {
                    let id = self.child(node, name);
                    self.schema.properties.push(id);
                }
            }
            Some(_) => return Err("properties must be of type object".to_owned()),
        }
        self.schema.additional_properties = self.additional("additionalProperties")?;
        match self.json("patternProperties") {
            None => {}
            Some(Json::Map(pairs)) => {
                for (pattern, node) in pairs.clone() {
                    let regex = Regex::new(&pattern, self.compiler.go)
                        .map_err(|_| format!("Invalid regex pattern '{pattern}'"))?;
                    let id = self.child(node, pattern);
                    self.schema.patterns.push((regex, id));
                }
            }
            Some(_) => return Err(invalid("valid schema", "patternProperties")),
        }
        if let Some(node) = self
            .field("propertyNames")
            .filter(|_| self.version >= Version::D6)
        {
            if !self.is_schema(node) {
                return Err(invalid("valid schema", "patternProperties"));
            }
            self.schema.property_names = Some(self.child(node, "propertyNames"));
        }
        self.dependencies()
    }

    fn additional(&mut self, key: &str) -> Done<Additional> {
        let Some(node) = self.field(key) else {
            return Ok(Additional::Allowed);
        };
        Ok(match self.document().json(node) {
            Json::Bool(true) => Additional::Allowed,
            Json::Bool(false) => Additional::Refused,
            Json::Map(_) => Additional::Schema(self.child(node, key)),
            _ => return Err(invalid("boolean/valid schema", key)),
        })
    }

    fn dependencies(&mut self) -> Done {
        let pairs = match self.json("dependencies") {
            None => return Ok(()),
            Some(Json::Map(pairs)) => pairs.clone(),
            Some(_) => return Err("dependencies must be of type object".to_owned()),
        };
        let wrong = || "dependency must be of type schema or array of strings".to_owned();
        for (name, node) in pairs {
            let document = self.document();
            let dependency = match document.json(node) {
                Json::List(items) => {
                    let names = items.iter().map(|item| document.string(*item).cloned());
                    let names = names.collect::<Option<Vec<Str>>>().ok_or_else(wrong)?;
                    Dependency::Required(names)
                }
                Json::Map(_) | Json::Bool(_) => Dependency::Schema(self.child(node, name.clone())),
                _ => return Err(wrong()),
            };
            self.schema.dependencies.push((name, dependency));
        }
        Ok(())
    }

    fn items(&mut self) -> Done {
        let wrong = || invalid("valid schema/array of schemas", "items");
        if let Some(node) = self.field("items") {
            let items = self.document().list(node).map(<[_]>::to_vec);
            self.schema.items_are_alike = items.is_none();
            for item in items.unwrap_or_else(|| vec![node]) {
                if !self.is_schema(item) {
                    return Err(wrong());
                }
                let id = self.child(item, "items");
                self.schema.items.push(id);
            }
        }
        self.schema.additional_items = self.additional("additionalItems")?;
        Ok(())
    }

    /// A number of any form.
    fn number(&self, key: &str) -> Done<Option<Decimal>> {
        let json = self.json(key);
        match json {
            None => Ok(None),
            Some(Json::Number(text)) => Ok(Decimal::parse(text)),
            Some(_) => Err(format!("{key} must be of a number")),
        }
    }

    fn numbers(&mut self) -> Done {
        if self.field("multipleOf").is_some() {
            let number = self.number("multipleOf").ok().flatten();
            let number = number.ok_or_else(|| invalid("number", "multipleOf"))?;
            if number.to_f64() <= 0.0 {
                return Err("multipleOf must be strictly greater than 0".to_owned());
            }
            self.schema.multiple_of = Some(number);
        }
        self.schema.minimum = self.number("minimum")?;
        let minimum = self.schema.minimum.clone();
        let exclusive = self.exclusive("exclusiveMinimum", "minimum", minimum)?;
        (self.schema.minimum, self.schema.exclusive_minimum) = exclusive;
        self.schema.maximum = self.number("maximum")?;
        let maximum = self.schema.maximum.clone();
        let exclusive = self.exclusive("exclusiveMaximum", "maximum", maximum)?;
        (self.schema.maximum, self.schema.exclusive_maximum) = exclusive;
        Ok(())
    }

    /// A limit, and the same as an exclusive one, of which one or the other counts in draft 4.
    fn exclusive(
        &self,
        key: &str,
        other: &str,
        limit: Option<Decimal>,
    ) -> Done<(Option<Decimal>, Option<Decimal>)> {
        let Some(json) = self.json(key) else {
            return Ok((limit, None));
        };
        let takes_flags = matches!(self.version, Version::D4 | Version::Hybrid);
        let expected = match self.version {
            Version::D4 => "boolean",
            Version::Hybrid => "boolean/number",
            _ => "number",
        };
        match json {
            Json::Bool(flag) if takes_flags => {
                if limit.is_none() {
                    return Err(format!("{key} cannot be used without {other}"));
                }
                Ok(if *flag { (None, limit) } else { (limit, None) })
            }
            Json::Number(text) if self.version != Version::D4 => Ok((limit, Decimal::parse(text))),
            _ => Err(invalid(expected, key)),
        }
    }

    /// A number that is not negative, without point or exponent.
    fn count(&self, key: &str) -> Done<Option<i64>> {
        let Some(json) = self.json(key) else {
            return Ok(None);
        };
        let number = match json {
            Json::Number(text) => text.parse::<i64>().ok(),
            _ => None,
        };
        match number {
            Some(number) if number < 0 => Err(format!("{key} must be greater than or equal to 0")),
            Some(number) => Ok(Some(number)),
            None => Err(format!("{key} must be of an integer")),
        }
    }

    fn strings(&mut self) -> Done {
        self.schema.min_length = self.count("minLength")?;
        self.schema.max_length = self.count("maxLength")?;
        if is_greater(self.schema.min_length, self.schema.max_length) {
            return Err("minLength cannot be greater than maxLength".to_owned());
        }
        match self.json("pattern") {
            None => {}
            Some(Json::Str(pattern)) => {
                let regex = Regex::new(pattern, self.compiler.go);
                let regex = regex.map_err(|_| "pattern must be a valid regex".to_owned())?;
                self.schema.pattern = Some(regex);
            }
            Some(_) => return Err("pattern must be of a string".to_owned()),
        }
        match self.json("format") {
            None => {}
            Some(Json::Str(name)) => self.schema.format = Some(name.clone()),
            Some(_) => return Err("format must be of type string".to_owned()),
        }
        Ok(())
    }

    fn objects(&mut self) -> Done {
        self.schema.min_properties = self.count("minProperties")?;
        self.schema.max_properties = self.count("maxProperties")?;
        if is_greater(self.schema.min_properties, self.schema.max_properties) {
            return Err("minProperties cannot be greater than maxProperties".to_owned());
        }
        for node in self.list("required")?.unwrap_or_default() {
            let name = self.document().string(node).cloned();
            let name = name.ok_or_else(|| "required items must be string".to_owned())?;
            if self.schema.required.contains(&name) {
                return Err("required items must be unique".to_owned());
            }
            self.schema.required.push(name);
        }
        Ok(())
    }

    fn list(&self, key: &str) -> Done<Option<Vec<NodeId>>> {
        match self.json(key) {
            None => Ok(None),
            Some(Json::List(items)) => Ok(Some(items.clone())),
            Some(_) => {
                // A slip of the library.
                let key = if key == "allOf" { "anyOf" } else { key };
                Err(format!("{key} must be of an array"))
            }
        }
    }

    fn arrays(&mut self) -> Done {
        self.schema.min_items = self.count("minItems")?;
        self.schema.max_items = self.count("maxItems")?;
        match self.json("uniqueItems") {
            None => {}
            Some(Json::Bool(flag)) => self.schema.unique_items = *flag,
            Some(_) => return Err("uniqueItems must be of a boolean".to_owned()),
        }
        if let Some(node) = self
            .field("contains")
            .filter(|_| self.version >= Version::D6)
        {
            self.schema.contains = Some(self.child(node, "contains"));
        }
        Ok(())
    }

    fn values(&mut self) -> Done {
        let text = |this: &Self, node| {
            let value = this.document().to_value(node, MAX_DEPTH);
            json::encode(&value).map_err(|error| error.to_string())
        };
        if let Some(node) = self.field("const").filter(|_| self.version >= Version::D6) {
            self.schema.constant = Some(text(self, node)?);
        }
        for node in self.list("enum")?.unwrap_or_default() {
            let text = text(self, node)?;
            if self.schema.enumeration.contains(&text) {
                return Err("enum items must be unique".to_owned());
            }
            self.schema.enumeration.push(text);
        }
        Ok(())
    }

    fn combined(&mut self) -> Done {
        self.schema.one_of = self.schemas("oneOf")?;
        self.schema.any_of = self.schemas("anyOf")?;
        self.schema.all_of = self.schemas("allOf")?;
        self.schema.not = self.schema_of("not")?;
        if self.version >= Version::D7 {
            self.schema.condition = self.schema_of("if")?;
            self.schema.then = self.schema_of("then")?;
            self.schema.otherwise = self.schema_of("else")?;
        }
        Ok(())
    }

    fn schemas(&mut self, key: &str) -> Done<Vec<SchemaId>> {
        let nodes = self.list(key)?.unwrap_or_default().into_iter();
        Ok(nodes.map(|node| self.child(node, key)).collect())
    }

    fn schema_of(&mut self, key: &str) -> Done<Option<SchemaId>> {
        let Some(node) = self.field(key) else {
            return Ok(None);
        };
        if !self.is_schema(node) {
            return Err(format!("{key} must be of an object"));
        }
        Ok(Some(self.child(node, key)))
    }
}

fn is_greater(min: Option<i64>, max: Option<i64>) -> bool {
    min.zip(max).is_some_and(|(min, max)| min > max)
}

/// The library names the keyword as what was given.
fn invalid(expected: &str, key: &str) -> String {
    format!("Invalid type. Expected: {expected}, given: {key}")
}
