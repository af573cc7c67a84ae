//! [`Source`]: a document with the addresses (`$id`) and anchors in it.

use std::collections::{BTreeMap, BTreeSet};

use homescale_go::Release;
use homescale_go::strconv;
use homescale_go::url::Url;
use homescale_value::Str;

use crate::document::{Document, Json, NodeId, ROOT};
use crate::draft::{Draft, Place, SUBSCHEMAS};
use crate::pointer;

/// A compiled schema, by its number in the program.
pub(super) type SchemaId = u32;

/// A document of schemas.
#[derive(Debug)]
pub(super) struct Source {
    /// The address that it was loaded from.
    pub(super) url: String,
    pub(super) document: Document,
    /// The schemas with an address of their own, by node; the document itself is one.
    pub(super) resources: BTreeMap<NodeId, Resource>,
    /// For each node whether it has been looked at as a schema.
    pub(super) is_known: Vec<bool>,
    /// For each node the schema that was compiled of it.
    pub(super) compiled: Vec<Option<SchemaId>>,
    /// Whose rules for addresses count.
    go: Release,
}

/// A schema with an address of its own.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) id: String,
    pub(super) draft: Draft,
    pub(super) anchors: BTreeMap<Str, NodeId>,
    pub(super) dynamic_anchors: BTreeSet<Str>,
}

/// Finds the draft that a `$schema` names, in the document at an address.
pub(super) type FindDraft<'a> = dyn FnMut(&str, &str) -> Result<Draft, String> + 'a;

impl Source {
    pub(super) fn new(url: &str, document: Document, go: Release) -> Self {
        let length = document.len();
        Self {
            url: url.to_owned(),
            document,
            resources: BTreeMap::new(),
            is_known: vec![false; length],
            compiled: vec![None; length],
            go,
        }
    }

    /// The node of the resource that contains a node.
    pub(super) fn resource_node(&self, mut node: NodeId) -> NodeId {
        if self.resources.len() == 1 {
            return ROOT;
        }
        while node != ROOT && !self.resources.contains_key(&node) {
            node = self.document.parent(node);
        }
        node
    }

    /// The resource that contains a node.
    pub(super) fn resource(&self, node: NodeId) -> &Resource {
        &self.resources[&self.resource_node(node)]
    }

    /// Finds the schemas in the schema at a node, with their addresses and anchors.
    pub(super) fn collect(
        &mut self,
        node: NodeId,
        base: &str,
        draft: Draft,
        find: &mut FindDraft<'_>,
    ) -> Result<(), String> {
        let mut open = vec![(node, base.to_owned(), draft)];
        while let Some((node, base, fallback)) = open.pop() {
            if std::mem::replace(&mut self.is_known[node as usize], true) {
                continue;
            }
            if self.document.map(node).is_none() {
                if node == ROOT {
                    self.resources.insert(ROOT, Resource::new(base, fallback));
                }
                continue;
            }
            let (draft, base) = self.enter(node, base, fallback, find)?;
            let resource = self.resource_of(&base);
            self.collect_anchors(node, resource)?;
            let fallback = self.resources[&resource].draft;
            let first = open.len();
            for child in self.subschemas(node, draft) {
                open.push((child, base.clone(), fallback));
            }
            open[first..].reverse();
        }
        Ok(())
    }

    /// Notes the address of a schema, if it has one: its draft, and the address for what is in it.
    fn enter(
        &mut self,
        node: NodeId,
        base: String,
        fallback: Draft,
        find: &mut FindDraft<'_>,
    ) -> Result<(Draft, String), String> {
        let said = self.document.string_field(node, "$schema").cloned();
        let mut draft = match &said {
            Some(address) => find(&self.url, &address.to_text())?,
            None => fallback,
        };
        let mut says_draft = said.is_some();
        let mut id = self.id(node, draft);
        if id.is_none() && node != ROOT {
            draft = fallback;
            says_draft = false;
            id = self.id(node, draft);
        }
        let base = match &id {
            Some(id) => join(&base, id, self.go)
                .map_err(|_| format!("error in parsing id at {}", self.quoted(node)))?,
            None => base,
        };
        if id.is_some() || node == ROOT {
            let known = self.resources.iter().find(|(_, known)| known.id == base);
            match known {
                Some((other, _)) if *other != node => {
                    return Err(format!(
                        "duplicate id {} in {} at {} and {}",
                        strconv::quote(&base),
                        strconv::quote(&self.url),
                        strconv::quote(self.document.pointer(node)),
                        strconv::quote(self.document.pointer(*other)),
                    ));
                }
                Some(_) => {}
                None => {
                    let draft = if says_draft { draft } else { fallback };
                    let resource = Resource::new(base.clone(), draft);
                    self.resources.insert(node, resource);
                }
            }
        }
        Ok((draft, base))
    }

    /// The schema's own address without fragment, if it says one.
    fn id(&self, node: NodeId, draft: Draft) -> Option<String> {
        if draft.ref_stands_alone() && self.document.field(node, b"$ref").is_some() {
            return None;
        }
        let id = self.document.string_field(node, draft.id())?.to_text();
        let (id, _) = pointer::split(&id);
        (!id.is_empty()).then(|| id.to_owned())
    }

    fn resource_of(&self, id: &str) -> NodeId {
        let found = self.resources.iter().find(|(_, known)| known.id == id);
        found.map_or(ROOT, |(node, _)| *node)
    }

    fn quoted(&self, node: NodeId) -> String {
        let pointer = pointer::encode(&self.document.pointer(node));
        strconv::quote(format!("{}#{pointer}", self.url))
    }

    /// Notes the anchors that a schema has.
    fn collect_anchors(&mut self, node: NodeId, resource: NodeId) -> Result<(), String> {
        let draft = self.resources[&resource].draft;
        if draft.ref_stands_alone() {
            if self.document.field(node, b"$ref").is_some() {
                return Ok(());
            }
            if let Some(id) = self.document.string_field(node, draft.id()) {
                let id = id.to_text();
                let (_, fragment) = pointer::split(&id);
                let fragment = pointer::decode(fragment)
                    .map_err(|_| format!("error in parsing anchor at {}", self.quoted(node)))?;
                if !fragment.is_empty() && !fragment.starts_with('/') {
                    self.add_anchor(fragment.into(), node, resource)?;
                }
            }
            return Ok(());
        }
        if let Some(anchor) = self.document.string_field(node, "$anchor").cloned() {
            self.add_anchor(anchor, node, resource)?;
        }
        if draft >= Draft::D2020
            && let Some(anchor) = self.document.string_field(node, "$dynamicAnchor").cloned()
        {
            self.add_anchor(anchor.clone(), node, resource)?;
            if let Some(resource) = self.resources.get_mut(&resource) {
                resource.dynamic_anchors.insert(anchor);
            }
        }
        Ok(())
    }

    fn add_anchor(&mut self, anchor: Str, node: NodeId, resource: NodeId) -> Result<(), String> {
        let Some(found) = self.resources.get_mut(&resource) else {
            return Ok(());
        };
        let first = *found.anchors.entry(anchor.clone()).or_insert(node);
        if first == node {
            return Ok(());
        }
        Err(format!(
            "duplicate anchor {} in {} at {} and {}",
            strconv::quote(&anchor),
            strconv::quote(&self.url),
            strconv::quote(self.document.pointer(first)),
            strconv::quote(self.document.pointer(node)),
        ))
    }

    /// The schemas in a schema, in the order of the keywords and keys.
    pub(super) fn subschemas(&self, node: NodeId, draft: Draft) -> Vec<NodeId> {
        let mut found = Vec::new();
        for (key, child) in self.document.map(node).unwrap_or_default() {
            let key = key.as_bytes();
            let rows = SUBSCHEMAS
                .iter()
                .filter(|(name, since, _)| name.as_bytes() == key && *since <= draft);
            for (_, _, place) in rows {
                match (place, self.document.json(*child)) {
                    (Place::Value, _) => found.push(*child),
                    (Place::Items, Json::List(items)) => found.extend(items),
                    (Place::Fields, Json::Map(pairs)) => {
                        found.extend(pairs.iter().map(|(_, node)| *node));
                    }
                    _ => {}
                }
            }
        }
        found
    }
}

impl Resource {
    fn new(id: String, draft: Draft) -> Self {
        Self {
            id,
            draft,
            anchors: BTreeMap::new(),
            dynamic_anchors: BTreeSet::new(),
        }
    }
}

/// A reference without fragment, seen from a base address. The error is Go's text.
pub(super) fn join(base: &str, reference: &str, go: Release) -> Result<String, String> {
    if reference.is_empty() && base.starts_with("file:///") {
        return Ok(base.to_owned());
    }
    let error = |text: &str, error| format!("error in parsing {}: {error}", strconv::quote(text));
    let parse = |text: &str| Url::parse(text.as_bytes(), go);
    let parsed = parse(base).map_err(|e| error(base, e))?;
    let reference = parse(reference).map_err(|e| error(reference, e))?;
    let joined = parsed.resolve_reference(&reference).to_bytes();
    Ok(String::from_utf8_lossy(&joined).into_owned())
}
