//! [`Pool`]: documents and what in them can be referred to.

use std::collections::BTreeMap;

use homescale_go::Release;
use homescale_go::url::Url;
use homescale_value::Str;

use crate::document::{Document, Json, NodeId, ROOT};
use crate::draft::{self, Draft, NOT_FETCHED};

/// A node of a document of the pool.
pub(super) type Place = (u32, NodeId);

/// A draft. Schemas that do not say theirs may use the keywords of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    D4,
    D6,
    D7,
    Hybrid,
}

/// The documents of a program.
pub(super) struct Pool {
    go: Release,
    pub(super) documents: Vec<Document>,
    /// What an address without fragment, or an `id`, stands for.
    known: BTreeMap<Vec<u8>, (Place, Option<Version>)>,
    /// Every `$ref`, seen from the ids around it.
    pub(super) references: BTreeMap<Place, Vec<u8>>,
}

impl Pool {
    /// No documents yet.
    pub(super) fn new(go: Release) -> Self {
        Self {
            go,
            documents: Vec::new(),
            known: BTreeMap::new(),
            references: BTreeMap::new(),
        }
    }

    /// Adds a document. The draft is the one that it says.
    pub(super) fn add(&mut self, document: Document, address: &Url) -> Result<Place, String> {
        let version = version(&document, self.go)?;
        let place = (self.documents.len() as u32, ROOT);
        self.documents.push(document);
        self.collect(place, address, version);
        self.known.insert(address.to_bytes(), (place, version));
        Ok(place)
    }

    /// Finds ids and references below a place.
    fn collect(&mut self, (index, root): Place, address: &Url, version: Option<Version>) {
        let mut open = vec![(root, address.clone())];
        while let Some((node, address)) = open.pop() {
            let document = &self.documents[index as usize];
            match document.json(node) {
                Json::List(items) => {
                    open.extend(items.iter().rev().map(|item| (*item, address.clone())));
                }
                Json::Map(pairs) => {
                    let key = if document.field(node, b"id").is_some() {
                        "id"
                    } else {
                        "$id"
                    };
                    let mut local = address.clone();
                    if let Some(id) = document.string_field(node, key)
                        && let Ok(id) = Url::parse(id, self.go)
                    {
                        local = address.clone().without_fragment().resolve_reference(&id);
                        let name = local.to_bytes();
                        if self.known.contains_key(&name) {
                            continue;
                        }
                        self.known.insert(name, ((index, node), version));
                    }
                    if let Some(reference) = document.string_field(node, "$ref")
                        && let Ok(reference) = Url::parse(reference, self.go)
                    {
                        let absolute = local
                            .clone()
                            .without_fragment()
                            .resolve_reference(&reference);
                        self.references.insert((index, node), absolute.to_bytes());
                    }
                    for (key, value) in pairs.iter().rev() {
                        match key.as_bytes() {
                            b"const" | b"enum" => {}
                            b"properties" | b"dependencies" | b"patternProperties" => {
                                let inner = document.map(*value).unwrap_or_default().iter().rev();
                                open.extend(inner.map(|(_, node)| (*node, local.clone())));
                            }
                            _ => open.push((*value, local.clone())),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// What a reference leads to, and the draft that its document says.
    pub(super) fn find(&mut self, reference: &[u8]) -> Result<(Place, Option<Version>), String> {
        let url = Url::parse(reference, self.go).map_err(|error| error.to_string())?;
        if let Some(known) = self.known.get(&url.to_bytes()) {
            return Ok(*known);
        }
        let pointer = String::from_utf8_lossy(&url.fragment).into_owned();
        let address = url.clone().without_fragment();
        if let Some(((index, node), version)) = self.known.get(&address.to_bytes()).copied() {
            let node = follow(&self.documents[index as usize], node, &pointer)?;
            self.known
                .insert(reference.to_vec(), ((index, node), version));
            return Ok(((index, node), version));
        }
        let is_file = url.scheme == b"file";
        let is_canonical = if is_file {
            url.path.starts_with(b"/")
        } else {
            !url.scheme.is_empty() && !url.host.is_empty()
        };
        if !is_canonical {
            let reference = String::from_utf8_lossy(reference);
            return Err(format!("Reference {reference} must be canonical"));
        }
        if is_file {
            // All that follows `file://` is the path for this library, which reads it as a part of a query.
            let path = [&url.host[..], &url.path].concat();
            let path = String::from_utf8_lossy(&path).replace('+', " ");
            return Err(format!("open {path}: no such file or directory"));
        }
        let text = String::from_utf8_lossy(&address.to_bytes()).into_owned();
        let is_known = [Draft::D4, Draft::D6, Draft::D7]
            .iter()
            .any(|draft| draft.url() == text);
        let Some(text) = draft::metaschema(&text).filter(|_| is_known) else {
            return Err(format!("Get {text:?}: {NOT_FETCHED}"));
        };
        let (document, _) = Document::read(text.as_bytes())?;
        let version = version(&document, self.go)?;
        let (index, root) = self.add(document, &address)?;
        let node = follow(&self.documents[index as usize], root, &pointer)?;
        Ok(((index, node), version))
    }
}

/// The node that a pointer leads to. What is no pointer leads nowhere else.
fn follow(document: &Document, from: NodeId, pointer: &str) -> Result<NodeId, String> {
    let Some(tokens) = pointer.strip_prefix('/') else {
        return Ok(from);
    };
    let mut node = from;
    for token in tokens.split('/') {
        node = match document.json(node) {
            Json::Map(_) => {
                let key = token.replace("~1", "/").replace("~0", "~");
                let found = document.field(node, key.as_bytes());
                found.ok_or_else(|| format!("Object has no key '{key}'"))?
            }
            Json::List(items) => {
                let index = homescale_go::strconv::atoi(token)
                    .map_err(|_| format!("Invalid array index '{token}'"))?;
                let found = usize::try_from(index)
                    .ok()
                    .and_then(|index| items.get(index));
                *found.ok_or_else(|| {
                    format!("Out of bound array[0,{}] index '{index}'", items.len())
                })?
            }
            _ => return Err(format!("Invalid token reference '{token}'")),
        };
    }
    Ok(node)
}

/// The draft that a document says.
pub(super) fn version(document: &Document, go: Release) -> Result<Option<Version>, String> {
    match document.json(ROOT) {
        Json::Bool(_) => return Ok(None),
        Json::Map(_) => {}
        _ => return Err("schema is invalid".to_owned()),
    }
    let Some(node) = document.field(ROOT, b"$schema") else {
        return Ok(None);
    };
    let said: &Str = document
        .string(node)
        .ok_or_else(|| "$schema must be of type string".to_owned())?;
    let said = Url::parse(said, go).map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&said.to_bytes()).into_owned();
    Ok(match said.as_str() {
        "http://json-schema.org/draft-04/schema" => Some(Version::D4),
        "http://json-schema.org/draft-06/schema" => Some(Version::D6),
        "http://json-schema.org/draft-07/schema" => Some(Version::D7),
        _ => None,
    })
}
