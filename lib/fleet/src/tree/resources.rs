//! A file an object.

use std::collections::BTreeMap;

use homescale_manifest::{Object, ObjectId};

use super::distinct::{digest, distinct, safe, short};
use super::file::{TreeFile, ended};

/// The files of the objects of an Application, by path. Objects that would be called the same are called by more of what they
/// are; what is still the same, an object that is there twice, is in one file.
pub(super) fn files(directory: &str, objects: &[Object]) -> Vec<TreeFile> {
    let named = objects.iter().map(|object| {
        let name = name(object);
        let forms = forms(&object.id, &name);
        ((&object.id, name), forms)
    });
    let named: Vec<_> = named.collect();
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (object, name) in objects.iter().zip(distinct(&named)) {
        let contents = files.entry(format!("{directory}/{name}.yaml")).or_default();
        if !contents.is_empty() {
            contents.extend_from_slice(b"---\n");
        }
        contents.extend(ended(&object.text));
    }
    let files = files.into_iter();
    files
        .map(|(path, contents)| TreeFile { path, contents })
        .collect()
}

/// The name of an object. One that gets its name from the API server is called by how that begins.
fn name(object: &Object) -> String {
    let generated = || {
        let metadata = object.value.as_map()?.get_map("metadata")?;
        metadata.get("generateName").map(|name| name.to_string())
    };
    match object.id.name.as_str() {
        "" => generated().unwrap_or_default(),
        name => name.to_owned(),
    }
}

/// How an object can be called, shortest first.
fn forms(id: &ObjectId, name: &str) -> Vec<String> {
    let (kind, group) = (safe(&id.kind).to_lowercase(), safe(&id.group));
    let (namespace, safe_name) = (safe(&id.namespace), safe(name));
    let longest = format!("{kind}.{group}-{namespace}-{safe_name}");
    let digest = digest(&[&id.kind, &id.group, &id.namespace, name]);
    [
        format!("{kind}-{safe_name}"),
        format!("{kind}-{namespace}-{safe_name}"),
        longest.clone(),
        format!("{longest}-{digest}"),
    ]
    .map(short)
    .to_vec()
}
