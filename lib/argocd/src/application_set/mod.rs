//! [`ApplicationSet`]: the Applications that Argo CD makes of one.
//!
//! The rules are those of the controller of Argo CD 3.4, 3.5 and 3.6 (its package `applicationset`), which come in stages: each
//! entry of `generators` gives [sets of parameters](generators), with which the texts of the template are
//! [rendered](replace), in one of two languages; a template patch is [merged](patch) into that.

mod budget;
mod data;
mod decode;
mod encode;
mod error;
mod fill;
mod generated;
mod generators;
mod go_types;
mod inputs;
mod parameters;
mod patch;
mod render;
mod replace;
mod selector;

use std::cell::RefCell;

use homescale_value::{Data, Map, Str, Value};

use budget::Budget;
use data::{flag, get, get_or_nil, items, text, with};
use decode::Decoder;
use encode::encode;
use error::ApplicationSetErrorKind as Kind;
use generators::{Expanded, Run, Stop};
use go_types::{APPLICATION, APPLICATION_SET};
use patch::apply_patch;
use render::Renderer;
use replace::Replace;

pub use error::{ApplicationSetError, ApplicationSetErrorKind, PatchError, SelectorError};
pub use generated::{FileRead, Generated, GeneratorKind, NotExpanded, NotExpandedReason};
pub use inputs::{
    ClusterSecret, GeneratorInputs, GeneratorLimits, GeneratorSettings, ServiceParameters,
};

use crate::version::ArgoCdVersion;

/// An ApplicationSet, as an API server has it: fields that it does not know are left out.
///
/// ```
/// use homescale_argocd::{ApplicationSet, ArgoCdVersion, GeneratorInputs, GeneratorLimits, GeneratorSettings};
/// use homescale_fileset::FileSet;
///
/// let set = homescale_yaml::from_slice(br"
/// kind: ApplicationSet
/// metadata: {name: sites, namespace: argocd}
/// spec:
///   generators:
///   - list: {elements: [{site: east}, {site: west}]}
///   template:
///     metadata: {name: 'web-{{site}}'}
///     spec:
///       project: default
///       destination: {name: '{{site}}', namespace: web}
///       source: {repoURL: https://git.example.com/fleet.git, path: web}
/// ")?;
/// let inputs = GeneratorInputs {
///     repositories: &FileSet::new(),
///     clusters: &[],
///     services: &(),
///     argocd: ArgoCdVersion::new(3, 6),
///     settings: &GeneratorSettings::default(),
///     limits: &GeneratorLimits::default(),
/// };
/// let generated = ApplicationSet::read(&set)?.generate(&inputs)?;
/// let names = generated.applications.iter().map(|application| {
///     let metadata = application.as_map().and_then(|map| map.get_map("metadata"));
///     metadata.unwrap_or_default().index("name").to_string()
/// });
/// assert_eq!(names.collect::<Vec<_>>(), ["web-east", "web-west"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Differences
/// Here the same input gives the same Applications. Argo CD takes clusters and merged sets out of Go maps, in no order; here they
/// come as they were given. The clock of `now` stands still, and what is random is not. The `generator.input` of a plugin
/// prints as what the ApplicationSet says, not as bytes. The defaults that the controller adds before it writes an Application
/// to the cluster (`project: default`, nothing for an empty `helm`) are left to whoever reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplicationSet {
    object: Data,
}

/// An Argo CD that has every field there is.
const EVERY_VERSION: ArgoCdVersion = ArgoCdVersion::new(u64::MAX, 0);

/// The finalizer by which the resources of an Application are deleted with it.
const FINALIZER: &str = "resources-finalizer.argocd.argoproj.io";

impl ApplicationSet {
    /// Reads an object.
    ///
    /// # Errors
    /// It is of another kind, or a field holds what its type cannot.
    pub fn read(object: &Value) -> Result<Self, ApplicationSetError> {
        let object = Data::from_value(object).map_err(|_| Kind::TooDeep {
            most: homescale_value::MAX_DEPTH,
        })?;
        let kind = text(&object, "kind");
        if kind != "ApplicationSet" {
            return Err(Kind::OtherKind(kind.to_text().into_owned()).into());
        }
        let decoder = Decoder {
            folds_case: false,
            argocd: EVERY_VERSION,
        };
        let object = decoder.object(&APPLICATION_SET, &object)?;
        Ok(Self { object })
    }

    /// The name.
    pub fn name(&self) -> String {
        let name = text(get_or_nil(&self.object, "metadata"), "name");
        name.to_text().into_owned()
    }

    /// Makes the Applications. They have the namespace of the ApplicationSet, if it has one.
    ///
    /// Where Argo CD has no order, which is with clusters and merges, that of the inputs and of the first generator counts.
    ///
    /// # Errors
    /// A generator, template or patch fails, and Argo CD makes nothing of the ApplicationSet; or a limit is exceeded.
    pub fn generate(&self, inputs: &GeneratorInputs<'_>) -> Result<Generated, ApplicationSetError> {
        let decoder = Decoder {
            folds_case: false,
            argocd: inputs.argocd,
        };
        let set = decoder.object(&APPLICATION_SET, &self.object)?;
        let spec = get_or_nil(&set, "spec");
        let template = get_or_nil(spec, "template");
        let run = Run {
            inputs: *inputs,
            name: text(get_or_nil(&set, "metadata"), "name"),
            project: text(get_or_nil(template, "spec"), "project"),
            renderer: Renderer::new(&set, inputs)?,
            files: RefCell::default(),
            parsed: RefCell::default(),
            budget: Budget::new(inputs.limits),
        };
        let mut generated = Generated::default();
        for (index, entry) in items(get_or_nil(spec, "generators")).iter().enumerate() {
            let expanded = run.expand(entry, template, None);
            let place = format!("spec.generators[{index}]");
            match expanded.map_err(|stop| stop.inside(&place)) {
                Ok(all) if all.is_empty() => generated.not_expanded.push(NotExpanded {
                    place,
                    generator: None,
                    reason: NotExpandedReason::NoGenerator,
                }),
                Ok(all) => {
                    for expanded in &all {
                        run.add_applications(&set, expanded, &mut generated)?;
                    }
                }
                Err(Stop::NotExpanded(what)) => generated.not_expanded.push(what),
                Err(Stop::Error(error)) => return Err(error),
            }
        }
        generated.files = run.files.into_inner().into_iter().collect();
        Ok(generated)
    }
}

impl Run<'_> {
    /// Adds the Applications of a generator.
    fn add_applications(
        &self,
        set: &Data,
        expanded: &Expanded,
        generated: &mut Generated,
    ) -> Result<(), ApplicationSetError> {
        let most = self.inputs.limits.applications;
        for parameters in &expanded.parameters {
            if generated.applications.len() >= most {
                let of = "Applications";
                return Err(Kind::TooMany { of, most }.into());
            }
            let application = self.application(set, &expanded.template, parameters)?;
            let written = encode(&APPLICATION, &application, self.inputs.argocd);
            let text = |text: &str| Data::Str(text.into());
            let written = with(&written, "apiVersion", text("argoproj.io/v1alpha1"));
            let written = with(&written, "kind", text("Application"));
            generated.applications.push(written.to_value());
        }
        Ok(())
    }

    /// The Application of a parameter set.
    fn application(
        &self,
        set: &Data,
        template: &Data,
        parameters: &Map,
    ) -> Result<Data, ApplicationSetError> {
        let spec = get_or_nil(set, "spec");
        let mut application = template.clone();
        // Without parameters, Argo CD takes the template as it is.
        if !parameters.is_empty() {
            let replace = Replace {
                renderer: &self.renderer,
                budget: &self.budget,
                parameters,
                is_generator: false,
            };
            let rendered = replace.object(&APPLICATION, template);
            application = rendered.map_err(|error| error.inside("spec.template"))?;
            if !flag(
                get_or_nil(spec, "syncPolicy"),
                "preserveResourcesOnDeletion",
            ) {
                application = with_finalizer(application);
            }
        }
        if let Some(Data::Str(patch)) = get(spec, "templatePatch") {
            let inside = |error: ApplicationSetError| error.inside("spec.templatePatch");
            let patch: Str = self.renderer.render(patch, parameters).map_err(inside)?;
            application = apply_patch(&application, &patch, self.inputs.argocd).map_err(inside)?;
        }
        let namespace = get(get_or_nil(set, "metadata"), "namespace");
        let metadata = get_or_nil(&application, "metadata");
        let metadata = with(
            metadata,
            "namespace",
            namespace.cloned().unwrap_or_default(),
        );
        Ok(with(&application, "metadata", metadata))
    }
}

/// The Application with the finalizer, unless it has any.
fn with_finalizer(application: Data) -> Data {
    let metadata = get_or_nil(&application, "metadata");
    if !items(get_or_nil(metadata, "finalizers")).is_empty() {
        return application;
    }
    let finalizers = Data::List([Data::Str(FINALIZER.into())].into());
    let metadata = with(metadata, "finalizers", finalizers);
    with(&application, "metadata", metadata)
}
