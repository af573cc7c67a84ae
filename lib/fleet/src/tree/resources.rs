//! A file an object.

use std::collections::BTreeMap;

use homescale_manifest::Object;
use homescale_manifest::ObjectId;

use super::file::{TreeFile, ended};
use super::names::safe;

/// How an object can be called, shortest first.
const FORMS: [fn(&ObjectId) -> String; 3] = [
    |id| format!("{}-{}", kind(id), safe(&id.name)),
    |id| format!("{}-{}-{}", kind(id), safe(&id.namespace), safe(&id.name)),
    |id| {
        let (kind, group) = (kind(id), safe(&id.group));
        format!("{kind}.{group}-{}-{}", safe(&id.namespace), safe(&id.name))
    },
];

fn kind(id: &ObjectId) -> String {
    safe(&id.kind).to_lowercase()
}

/// The files of the objects of an Application, by path. Objects that would be called the same are called by more of what they
/// are; what is still the same, an object that is there twice, is in one file.
pub(super) fn files(directory: &str, objects: &[Object]) -> Vec<TreeFile> {
    let mut names: Vec<String> = vec![String::new(); objects.len()];
    let mut open: Vec<usize> = (0..objects.len()).collect();
    for form in FORMS {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for &index in &open {
            names[index] = form(&objects[index].id);
            // Some systems do not tell the case of letters in names.
            *counts.entry(names[index].to_lowercase()).or_default() += 1;
        }
        open.retain(|&index| counts[&names[index].to_lowercase()] > 1);
    }
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (object, name) in objects.iter().zip(names) {
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
