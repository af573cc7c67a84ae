//! [`KustomizeBuild`]: what is run for a kustomization, in order.

use std::collections::BTreeMap;

use homescale_fileset::FileSet;

use super::fields::KustomizeFields;
use super::patches::KustomizePatches;
use crate::build_environment::BuildEnvironment;

/// What is run for a kustomization. The files are laid out in a directory of their own, which the steps may change.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct KustomizeBuild {
    /// The files that are needed, from the root of the repository.
    pub files: FileSet,
    /// The directory of the kustomization, from the root of the repository.
    pub directory: String,
    /// What is done, in order. The last step builds.
    pub steps: Vec<KustomizeStep>,
    /// The variables of the Application, for the steps that build.
    pub environment: BTreeMap<String, String>,
    /// The version of Kustomize that the Argo CD bundles.
    pub bundled: &'static str,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub enum KustomizeStep {
    /// The program runs with these arguments in the directory of the kustomization, and changes the kustomization.
    Edit(Vec<String>),
    /// Patches are written into the kustomization.
    Patch(KustomizePatches),
    /// The program runs in the root of the repository with `build`, the directory of the kustomization, and these arguments.
    Build(Vec<String>),
}

/// The steps by which Argo CD changes a kustomization; Kustomize keeps labels in no order, so they are in that of their names.
pub(super) fn edits(
    fields: &KustomizeFields,
    environment: &BuildEnvironment,
    components: &[String],
    file: Option<&str>,
) -> Vec<KustomizeStep> {
    let mut steps = Vec::new();
    let mut edit = |words: &[&str], rest: Vec<String>| {
        let words = words.iter().map(|&word| word.to_owned());
        let words = std::iter::once("edit".to_owned()).chain(words);
        steps.push(KustomizeStep::Edit(words.chain(rest).collect()));
    };
    if !fields.name_prefix.is_empty() {
        edit(
            &["set", "nameprefix", "--"],
            vec![fields.name_prefix.clone()],
        );
    }
    if !fields.name_suffix.is_empty() {
        edit(
            &["set", "namesuffix", "--"],
            vec![fields.name_suffix.clone()],
        );
    }
    if !fields.images.is_empty() {
        let images = fields.images.iter().map(|image| environment.expand(image));
        edit(&["set", "image"], images.collect());
    }
    if !fields.replicas.is_empty() {
        let replicas = fields.replicas.iter();
        let replicas = replicas.map(|(name, count)| format!("{name}={count}"));
        edit(&["set", "replicas"], replicas.collect());
    }
    if !fields.common_labels.is_empty() {
        let flags = [
            ("--force", fields.force_common_labels),
            ("--without-selector", fields.label_without_selector),
            ("--include-templates", fields.label_include_templates),
        ];
        let flags = flags.into_iter().filter(|(_, is_set)| *is_set);
        let flags = flags.map(|(flag, _)| flag.to_owned());
        let labels = pairs(&fields.common_labels, |value| environment.expand(value));
        edit(&["add", "label"], flags.chain(labels).collect());
    }
    if !fields.common_annotations.is_empty() {
        let force = (fields.force_common_annotations).then(|| "--force".to_owned());
        let annotations = pairs(&fields.common_annotations, |value| {
            if fields.common_annotations_envsubst {
                environment.expand(value)
            } else {
                value.to_owned()
            }
        });
        edit(
            &["add", "annotation"],
            force.into_iter().chain(annotations).collect(),
        );
    }
    if !fields.namespace.is_empty() {
        edit(&["set", "namespace", "--"], vec![fields.namespace.clone()]);
    }
    if let Some(file) = file.filter(|_| !fields.patches.is_empty()) {
        steps.push(KustomizeStep::Patch(KustomizePatches {
            file: file.to_owned(),
            patches: fields.patches.clone(),
        }));
    }
    if !components.is_empty() {
        let words = ["edit", "add", "component"].map(str::to_owned);
        let words = words.into_iter().chain(components.iter().cloned());
        steps.push(KustomizeStep::Edit(words.collect()));
    }
    steps
}

fn pairs<'a>(
    map: &'a BTreeMap<String, String>,
    value_of: impl Fn(&str) -> String + 'a,
) -> impl Iterator<Item = String> + 'a {
    map.iter()
        .map(move |(name, value)| format!("{name}:{}", value_of(value)))
}
