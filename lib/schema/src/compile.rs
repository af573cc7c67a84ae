//! From documents to a [`Program`]: every schema that the first one can reach.
//!
//! Schemas are compiled in the order in which they are found, as the library does; so of several faults the same is
//! reported first, where that does not depend on the order of Go's maps.

use std::collections::BTreeMap;

use homescale_go::strconv;
use homescale_go::url::Url;
use homescale_value::Str;

use crate::document::{Document, Json, NodeId, ROOT};
use crate::draft::{self, Draft, NOT_FETCHED};
use crate::metaschema;
use crate::options::Options;
use crate::parse::Keywords;
use crate::pointer;
use crate::program::{Place, Program, Schema};
use crate::resources::SchemaId;
use crate::resources::{Source, join};

/// How many schemas a program may have.
const MAX_SCHEMAS: usize = 2_000_000;

/// Compiles schemas into one program.
pub(super) struct Compiler {
    pub(super) program: Program,
    pub(super) options: Options,
    /// Whether `format` is checked in every draft, as it is in metaschemas.
    pub(super) asserts_format: bool,
    /// URNs that stand for anything.
    pub(super) unresolved: Vec<String>,
    /// References that lead nowhere, by the schema that was reserved for them.
    broken: BTreeMap<SchemaId, String>,
}

/// What a reference leads to.
pub(super) enum Target {
    Node(Place),
    Broken(String),
}

impl Compiler {
    /// Compiles as this library does.
    pub(super) fn new(options: Options) -> Self {
        Self {
            program: Program::default(),
            options,
            asserts_format: false,
            unresolved: Vec::new(),
            broken: BTreeMap::new(),
        }
    }

    /// Adds a document that is there without being loaded.
    pub(super) fn add(&mut self, url: &str, document: Document) -> Result<u32, String> {
        let mut source = Source::new(url, document, self.options.go);
        source.collect(ROOT, url, Draft::LATEST, &mut |url, said| {
            self.find_draft(url, said)
        })?;
        if !is_official(url) {
            metaschema::check(&source, ROOT, self.options)?;
        }
        self.program.sources.push(source);
        Ok(self.program.sources.len() as u32 - 1)
    }

    /// Compiles the schema that is a whole document, with all that it reaches.
    pub(super) fn compile(&mut self, source: u32) -> Result<SchemaId, String> {
        let mut next = self.program.schemas.len();
        let node = ROOT;
        let first = self.schema_at(Place { source, node });
        while next < self.program.schemas.len() {
            if next > MAX_SCHEMAS {
                return Err("the schema is too large".to_owned());
            }
            self.compile_schema(next as SchemaId)?;
            next += 1;
        }
        Ok(first)
    }

    /// The draft that a `$schema` in the document at an address names.
    fn find_draft(&mut self, url: &str, said: &str) -> Result<Draft, String> {
        let mut url = url.to_owned();
        let mut said = said.to_owned();
        let mut seen = Vec::new();
        loop {
            let (address, fragment) = pointer::split(&said);
            if fragment.is_empty()
                && let Some(draft) = Draft::of_url(address)
            {
                return Ok(draft);
            }
            if let Err(error) = Url::parse(address.as_bytes(), self.options.go) {
                let place = strconv::quote(format!("{url}#"));
                return Err(format!("invalid $schema in {place}: {error}"));
            }
            let quoted = strconv::quote(address);
            if address == url {
                return Err(format!("draft {quoted} is not supported"));
            }
            if seen.iter().any(|known| known == address) {
                return Err(format!("cycle in resolving $schema in {quoted}"));
            }
            seen.push(address.to_owned());
            let document = self.fetch(address)?;
            let Some(next) = document.string_field(ROOT, "$schema") else {
                return Ok(Draft::LATEST);
            };
            address.clone_into(&mut url);
            said = next.to_text().into_owned();
        }
    }

    /// The document at an address.
    fn load(&mut self, url: &str) -> Result<u32, String> {
        let known = self
            .program
            .sources
            .iter()
            .position(|known| known.url == url);
        if let Some(index) = known {
            return Ok(index as u32);
        }
        let document = self.fetch(url)?;
        self.add(url, document)
    }

    /// Reads the document at an address. Nothing outside of this program is within reach.
    fn fetch(&mut self, url: &str) -> Result<Document, String> {
        let failed = |error: &str| format!("failing loading {}: {error}", strconv::quote(url));
        if let Some(text) = draft::metaschema(url) {
            return Document::read(text.as_bytes()).map(|(document, _)| document);
        }
        let parsed = Url::parse(url.as_bytes(), self.options.go)
            .map_err(|error| failed(&error.to_string()))?;
        match &parsed.scheme[..] {
            b"urn" => {
                if !self.unresolved.iter().any(|known| known == url) {
                    self.unresolved.push(url.to_owned());
                }
                Document::read(b"true").map(|(document, _)| document)
            }
            b"file" => {
                let path = String::from_utf8_lossy(&parsed.path).into_owned();
                Err(failed(&format!("open {path}: no such file or directory")))
            }
            b"http" | b"https" => Err(failed(NOT_FETCHED)),
            _ => {
                let url = strconv::quote(parsed.to_bytes());
                Err(failed(&format!("no URLLoader registered for {url}")))
            }
        }
    }

    /// The schema of a place, which is compiled when its turn comes.
    pub(super) fn schema_at(&mut self, place: Place) -> SchemaId {
        let cell = &mut self.program.sources[place.source as usize].compiled[place.node as usize];
        if let Some(id) = cell {
            return *id;
        }
        let id = self.program.schemas.len() as SchemaId;
        *cell = Some(id);
        self.program.schemas.push(Schema::new(place, id));
        id
    }

    pub(super) fn target(&mut self, target: Target) -> SchemaId {
        match target {
            Target::Node(place) => self.schema_at(place),
            Target::Broken(error) => {
                let id = self.program.schemas.len() as SchemaId;
                let place = Place {
                    source: 0,
                    node: ROOT,
                };
                self.program.schemas.push(Schema::new(place, id));
                self.broken.insert(id, error);
                id
            }
        }
    }

    /// Looks at a place as a schema, if nothing has done so yet.
    fn ensure_known(&mut self, place: Place) -> Result<(), String> {
        let sources = &mut self.program.sources;
        if sources[place.source as usize].is_known[place.node as usize] {
            return Ok(());
        }
        let mut sources = std::mem::take(sources);
        let source = &mut sources[place.source as usize];
        let base = source.resource(place.node);
        let (id, draft) = (base.id.clone(), base.draft);
        let collected = source.collect(place.node, &id, draft, &mut |url, said| {
            self.find_draft(url, said)
        });
        let checked = collected.and_then(|()| metaschema::check(source, place.node, self.options));
        self.program.sources = sources;
        checked
    }

    fn compile_schema(&mut self, id: SchemaId) -> Result<(), String> {
        if let Some(error) = self.broken.remove(&id) {
            return Err(error);
        }
        let place = self.program.schema(id).place;
        self.ensure_known(place)?;
        let source = &self.program.sources[place.source as usize];
        let base = source.resource_node(place.node);
        let resource = &source.resources[&base];
        let draft = resource.draft;
        let anchors: Vec<(Str, NodeId)> = if draft >= Draft::D2020 && base == place.node {
            let dynamic = |anchor: &Str| resource.dynamic_anchors.contains(anchor);
            let anchors = resource.anchors.iter();
            anchors
                .filter(|(anchor, _)| dynamic(anchor))
                .map(|(anchor, node)| (anchor.clone(), *node))
                .collect()
        } else {
            Vec::new()
        };
        let at = |node| Place { node, ..place };
        let resource = self.schema_at(at(base));
        let anchors = anchors
            .into_iter()
            .map(|(anchor, node)| (anchor, self.schema_at(at(node))))
            .collect();
        let mut schema = Schema::new(place, resource);
        schema.draft = draft;
        schema.dynamic_anchors = anchors;
        match self.program.json(place) {
            Json::Bool(b) => schema.boolean = Some(*b),
            Json::Map(pairs) if pairs.is_empty() => schema.boolean = Some(true),
            Json::Map(_) => {
                Keywords::new(self, place, &mut schema).compile()?;
            }
            _ => {}
        }
        self.program.schemas[id as usize] = schema;
        Ok(())
    }

    /// Resolves a reference that stands in a schema.
    pub(super) fn resolve(&mut self, from: Place, reference: &str) -> Result<Target, String> {
        let source = &self.program.sources[from.source as usize];
        let (url, fragment) = pointer::split(reference);
        let fragment = pointer::decode(fragment)
            .map_err(|error| format!("error in parsing {}: {error}", strconv::quote(reference)))?;
        let url = join(&source.resource(from.node).id, url, self.options.go)?;
        if url == source.url {
            return self.fragment(from.source, ROOT, &fragment);
        }
        let local = source.resources.iter().find(|(_, known)| known.id == url);
        if let Some((&resource, _)) = local {
            return self.fragment(from.source, resource, &fragment);
        }
        let source = self.load(&url)?;
        self.fragment(source, ROOT, &fragment)
    }

    fn fragment(&self, source: u32, resource: NodeId, fragment: &str) -> Result<Target, String> {
        let found = &self.program.sources[source as usize];
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let resource = &found.resources[&resource];
            let Some(&node) = resource.anchors.get(fragment.as_bytes()) else {
                let reference = format!("{}#{}", resource.id, pointer::encode(fragment));
                return Err(format!(
                    "anchor in {} not found in schema {}",
                    strconv::quote(reference),
                    strconv::quote(&found.url)
                ));
            };
            return Ok(Target::Node(Place { source, node }));
        }
        let broken = |start: &str, end: &str| {
            let pointer = found.document.pointer(resource) + fragment;
            let url = strconv::quote(format!("{}#{}", found.url, pointer::encode(&pointer)));
            Ok(Target::Broken(format!("{start} {url}{end}")))
        };
        let mut node = resource;
        for token in fragment.split('/').skip(1) {
            let Some(token) = pointer::unescape(token) else {
                return broken("invalid json-pointer", "");
            };
            match found.document.step(node, &token) {
                Some(next) => node = next,
                None => return broken("json-pointer in", " not found"),
            }
        }
        Ok(Target::Node(Place { source, node }))
    }
}

/// Whether a document is one of the metaschemas, which are not checked.
fn is_official(url: &str) -> bool {
    url.starts_with("http://json-schema.org/") || url.starts_with("https://json-schema.org/")
}

impl Schema {
    /// A schema that is not compiled yet.
    fn new(place: Place, resource: SchemaId) -> Self {
        Self {
            place,
            draft: Draft::LATEST,
            resource,
            dynamic_anchors: Vec::new(),
            dynamic_anchor: None,
            recursive_anchor: false,
            boolean: None,
            keywords: Vec::new(),
            evaluates_all_properties: false,
            evaluated_items: 0,
            has_unevaluated_properties: false,
            has_unevaluated_items: false,
        }
    }
}
