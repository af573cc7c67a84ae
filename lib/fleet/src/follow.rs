//! Follows Applications to those that they bring, until nothing new is found.

use std::collections::BTreeMap;
use std::sync::Arc;

use homescale_argocd::{
    AppProject, Application, ApplicationSet, ApplicationSetError, FileRead, Generated,
    GeneratorInputs, GeneratorLimits, GeneratorSettings, Repositories, SourceInputs, SourceKind,
    prepare_source,
};
use homescale_located::{Data, Diagnostic, Diagnostics, Location, Node, Related, Rule, from_value};
use homescale_manifest::objects;
use homescale_template::parallel;
use memchr::memmem;

use crate::cache::Digests;
use crate::charts::ChartMemo;
use crate::checkouts::HERE;
use crate::clusters::Clusters;
use crate::committed::{GROUP, Kind, kind};
use crate::fleet::{Fleet, FleetInputs, NotExpandedSet};
use crate::found::{ARGOCD_NAMESPACE, ApplicationId, Found, FoundObject, Origin};
use crate::generators::{ConfiguredServices, cluster_secrets};
use crate::memo::{Memo, parts};
use crate::rendering::Outcome;
use crate::roots::{self, Beginning};
use crate::rules;

/// How long a chain of Applications may be that each bring the next.
const MAX_DEPTH: usize = 16;

impl<'a> Fleet<'a> {
    /// Finds all Applications: from the roots on, what each Application brings.
    ///
    /// # Errors
    /// A root names nothing, or a file that the configuration names cannot be used.
    pub fn find(inputs: FleetInputs<'a>) -> Result<Self, Diagnostics> {
        let clusters = Clusters::of(&inputs.config, inputs.checkouts.own())?;
        let roots = match inputs.roots.as_slice() {
            [] => &inputs.config.roots,
            given => given,
        };
        let files = inputs.checkouts.own();
        let beginning = roots::find(roots, files, &clusters, inputs.threads);
        let beginning = beginning.map_err(Diagnostics::new)?;
        let mut fleet = Self {
            inputs,
            clusters,
            charts: ChartMemo::default(),
            digests: Digests::default(),
            mentions: Memo::default(),
            applications: Vec::new(),
            generated_from: BTreeMap::new(),
            not_expanded: Vec::new(),
            projects: BTreeMap::new(),
            findings: Diagnostics::default(),
        };
        let mut follow = Follow {
            fleet: &mut fleet,
            known: BTreeMap::new(),
            findings: Vec::new(),
        };
        follow.run(beginning);
        let findings = follow.findings;
        fleet.findings = Diagnostics::new(findings);
        fleet.applications.sort_by(|one, other| {
            let key = |found: &Found| {
                (
                    found.cluster.clone(),
                    found.id.name.clone(),
                    found.id.clone(),
                )
            };
            key(one).cmp(&key(other))
        });
        Ok(fleet)
    }
}

/// Following Applications.
struct Follow<'f, 'a> {
    fleet: &'f mut Fleet<'a>,
    /// Where each Application is in the fleet.
    known: BTreeMap<ApplicationId, usize>,
    findings: Vec<Diagnostic>,
}

impl Follow<'_, '_> {
    fn run(&mut self, beginning: Beginning) {
        let mut new = Vec::new();
        for (id, object, origin) in beginning.sources {
            new.extend(self.add(id, object, origin, true));
        }
        let mut objects = beginning.objects;
        for depth in 0.. {
            new.extend(self.take(objects));
            if new.is_empty() {
                return;
            }
            if depth == MAX_DEPTH {
                let last = &self.fleet.applications[new[0]];
                let message = format!(
                    "the Application {} is the last of {MAX_DEPTH} that each bring the next",
                    last.id
                );
                let location = self.location(&last.origin);
                self.tell(&rules::TOO_DEEP, location, message);
                return;
            }
            objects = self.brought(&new);
            new.clear();
        }
    }

    /// Takes what was found: gives the Applications that are new.
    fn take(&mut self, objects: Vec<FoundObject>) -> Vec<usize> {
        self.guess_addresses(&objects);
        let mut new = Vec::new();
        for found in objects {
            match kind(&found.object) {
                Some(Kind::Application) => new.extend(self.application(found)),
                Some(Kind::ApplicationSet) => new.extend(self.set(&found)),
                Some(Kind::AppProject) => self.project(&found),
                None => {}
            }
        }
        new
    }

    /// Where nobody says the address of this repository, what is found tells.
    fn guess_addresses(&mut self, objects: &[FoundObject]) {
        let mut named = Vec::new();
        for found in objects {
            repositories(&found.object, 0, &mut named);
        }
        self.fleet.inputs.checkouts.guess(&named);
    }

    /// Keeps an AppProject.
    fn project(&mut self, found: &FoundObject) {
        let location = self.location(&found.origin);
        match AppProject::read(&found.object.to_value()) {
            Ok(project) => {
                let key = (found.instance.clone(), project.name.clone());
                let projects = &mut self.fleet.projects;
                projects.entry(key).or_insert((project, location));
            }
            Err(error) => {
                let id = self.id(found);
                let message = format!("the AppProject {id} in {}: {error}", found.origin);
                self.tell(&rules::APPLICATION_INVALID, location, message);
            }
        }
    }

    fn application(&mut self, found: FoundObject) -> Option<usize> {
        let id = self.id(&found);
        self.add(id, found.object, found.origin, false)
    }

    /// Which Application an object is. What says no namespace is in that of Argo CD, or where its Application goes.
    fn id(&self, found: &FoundObject) -> ApplicationId {
        let metadata = |key| found.object.at(&["metadata", key]).and_then(Node::as_text);
        let of_parent = || {
            let parent = self.known.get(found.origin.parent()?)?;
            let destination = &self.fleet.applications[*parent].application.destination;
            Some(destination.namespace.as_str())
        };
        let namespace = metadata("namespace").or_else(of_parent);
        let namespace = namespace.filter(|namespace| !namespace.is_empty());
        ApplicationId {
            instance: found.instance.clone(),
            namespace: namespace.unwrap_or(ARGOCD_NAMESPACE).to_owned(),
            name: metadata("name").unwrap_or_default().to_owned(),
        }
    }

    /// Adds an Application, unless it is known.
    fn add(
        &mut self,
        id: ApplicationId,
        object: Node,
        origin: Origin,
        is_root: bool,
    ) -> Option<usize> {
        if let Some(&known) = self.known.get(&id) {
            self.again(known, &object, &origin);
            return None;
        }
        let application = match Application::read(&object.to_value()) {
            Ok(application) => application,
            Err(error) => {
                let message = format!("the Application {id} in {origin}: {error}");
                self.tell(&rules::APPLICATION_INVALID, self.location(&origin), message);
                return None;
            }
        };
        let cluster = self
            .fleet
            .clusters
            .destination(&application.destination, &id.instance);
        let index = self.fleet.applications.len();
        self.known.insert(id.clone(), index);
        self.fleet.applications.push(Found {
            id,
            cluster,
            application,
            object,
            origin,
            is_root,
        });
        Some(index)
    }

    /// An Application was found again: that is well if it says the same, as what manages itself does.
    fn again(&mut self, known: usize, object: &Node, origin: &Origin) {
        let found = &self.fleet.applications[known];
        if found.object.to_json() != object.to_json() {
            let message = format!(
                "the Application {} is defined in {} and, otherwise, in {origin}",
                found.id, found.origin
            );
            let mut twice = Diagnostic::new(
                &rules::APPLICATION_TWICE,
                self.location(&found.origin),
                message,
            );
            let other = self.location(origin);
            if !other.file.is_empty() {
                twice.related.push(Related {
                    location: other,
                    message: "the other definition".to_owned(),
                });
            }
            self.findings.push(twice);
            return;
        }
        let Some(parent) = origin.parent().filter(|parent| **parent != found.id) else {
            return;
        };
        if self.is_brought_by(parent, &found.id) {
            let message = format!(
                "the Application {} brings {parent}, which brings it again",
                found.id
            );
            let location = self.location(&found.origin);
            self.tell(&rules::APPLICATION_CYCLE, location, message);
        }
    }

    /// Whether an Application comes, over others, from another one.
    fn is_brought_by(&self, id: &ApplicationId, above: &ApplicationId) -> bool {
        let mut id = id;
        for _ in 0..=MAX_DEPTH {
            if id == above {
                return true;
            }
            let found = self
                .known
                .get(id)
                .map(|&index| &self.fleet.applications[index]);
            match found.and_then(|found| found.origin.parent()) {
                Some(parent) => id = parent,
                None => return false,
            }
        }
        false
    }

    /// Expands an ApplicationSet.
    fn set(&mut self, found: &FoundObject) -> Vec<usize> {
        let id = self.id(found);
        let origin = Origin::Set(Arc::from(id.name.as_str()), Box::new(found.origin.clone()));
        let generated = self.generate(found, &id);
        let generated = match generated {
            Ok(generated) => generated,
            Err(error) => {
                let message = format!("the ApplicationSet {id}: {error}");
                self.tell(&rules::SET_FAILED, self.location(&found.origin), message);
                return Vec::new();
            }
        };
        for not_expanded in generated.not_expanded {
            let message = format!("the ApplicationSet {id}: {not_expanded}");
            let location = self.location(&found.origin);
            let mut told = Diagnostic::new(&rules::SET_NOT_EXPANDED, location, message);
            told.hint = Some(not_expanded.hint());
            self.findings.push(told);
            self.fleet.not_expanded.push(NotExpandedSet {
                name: id.name.clone(),
                origin: found.origin.clone(),
                not_expanded,
            });
        }
        let made = generated.applications.iter().filter_map(from_value);
        let made = made.map(|object| FoundObject {
            object,
            origin: origin.clone(),
            instance: found.instance.clone(),
        });
        let made: Vec<FoundObject> = made.collect();
        let made: Vec<usize> = (made.into_iter())
            .filter_map(|made| self.application(made))
            .collect();
        let read: Arc<[FileRead]> = generated.files.into();
        for index in &made {
            let id = self.fleet.applications[*index].id.clone();
            self.fleet.generated_from.insert(id, Arc::clone(&read));
        }
        made
    }

    /// What Argo CD makes of an ApplicationSet.
    fn generate(
        &self,
        found: &FoundObject,
        id: &ApplicationId,
    ) -> Result<Generated, ApplicationSetError> {
        let FleetInputs {
            checkouts, config, ..
        } = &self.fleet.inputs;
        let inputs = GeneratorInputs {
            repositories: checkouts,
            clusters: &cluster_secrets(config),
            services: &ConfiguredServices::new(config, &id.name),
            argocd: self.fleet.clusters.get(&id.instance).argocd,
            settings: &GeneratorSettings::default(),
            limits: &GeneratorLimits::default(),
        };
        ApplicationSet::read(&found.object.to_value())?.generate(&inputs)
    }

    /// The objects of Argo CD among what Applications apply.
    fn brought(&self, new: &[usize]) -> Vec<FoundObject> {
        let fleet = &*self.fleet;
        let bring = |index: &usize| -> Vec<FoundObject> {
            let found = &fleet.applications[*index];
            if !fleet.may_bring(found) {
                return Vec::new();
            }
            match fleet.render(found).outcome {
                Outcome::Rendered(stream) => brought_by(found, &stream),
                // Why it has no manifests is told when it is rendered.
                Outcome::Failed(..) | Outcome::Skipped(..) => Vec::new(),
            }
        };
        let brought = parallel::each(new, fleet.inputs.threads, bring);
        brought.into_iter().flatten().collect()
    }

    /// The place of an object, or else of whoever brings it.
    fn location(&self, origin: &Origin) -> Location {
        let mut origin = origin;
        for _ in 0..=MAX_DEPTH {
            let parent = origin.parent().and_then(|parent| self.known.get(parent));
            match parent {
                Some(&parent) => origin = &self.fleet.applications[parent].origin,
                None => break,
            }
        }
        origin.location()
    }

    fn tell(&mut self, rule: &Rule, location: Location, message: String) {
        self.findings.push(Diagnostic::new(rule, location, message));
    }
}

impl Fleet<'_> {
    /// Whether an Application may bring others: the name of their group is somewhere in what it is made of.
    fn may_bring(&self, found: &Found) -> bool {
        let group = memmem::Finder::new(GROUP);
        let is_said = (found.object.get("spec")).is_some_and(|spec| mentions(spec, &group));
        if is_said {
            return true;
        }
        let options = self.options(found);
        (0..found.application.sources.len()).any(|source| {
            let prepared = prepare_source(&self.request(found, source, &options));
            // What Kustomize downloads, only Kustomize knows.
            let settings = self.inputs.tools.kustomize_settings();
            let is_kustomize = prepared.kind == Some(SourceKind::Kustomize);
            if is_kustomize && settings.is_some_and(|settings| settings.network) {
                return true;
            }
            let is_there =
                |inputs: &SourceInputs| has_group(inputs, &self.inputs.checkouts, &group);
            parts(&prepared.inputs).any(|part| self.mentions.of(part, is_there))
        })
    }
}

/// Whether the name of the group is in what is read. Of what cannot be read, and of archives, which do not show what is in
/// them, it may be.
fn has_group(
    inputs: &SourceInputs,
    repositories: &dyn Repositories,
    group: &memmem::Finder<'_>,
) -> bool {
    let mut is_there = false;
    let told = inputs.tell(repositories, |_, bytes| {
        let bytes = bytes.unwrap_or_default();
        is_there |= bytes.starts_with(b"\x1f\x8b") || group.find(bytes).is_some();
    });
    is_there || told.is_err()
}

/// Whether a text in what an Application says has the name of the group in it: a manifest among values, for example.
fn mentions(said: &Node, group: &memmem::Finder<'_>) -> bool {
    match &said.data {
        Data::Text(text) => group.find(text.as_bytes()).is_some(),
        Data::List(items) => items.iter().any(|item| mentions(item, group)),
        Data::Map(table) => (table.entries().iter()).any(|entry| {
            group.find(entry.key.as_bytes()).is_some() || mentions(&entry.value, group)
        }),
        _ => false,
    }
}

/// The objects of Argo CD in what an Application applies. The Argo CD that gets them runs where the Application goes.
fn brought_by(found: &Found, stream: &[u8]) -> Vec<FoundObject> {
    if memmem::find(stream, GROUP.as_bytes()).is_none() {
        return Vec::new();
    }
    let objects = objects(stream).unwrap_or_default().into_iter();
    let nodes = objects.filter_map(|object| from_value(&object.value));
    let of_argocd = nodes.filter(|object| kind(object).is_some());
    let of_argocd = of_argocd.map(|object| FoundObject {
        object,
        origin: Origin::Application(found.id.clone()),
        instance: found.cluster.clone(),
    });
    of_argocd.collect()
}

/// The repositories that an object names, each with a path in it, as far as one is said beside it.
fn repositories<'n>(node: &'n Node, depth: usize, named: &mut Vec<(&'n str, &'n str)>) {
    if depth > 16 {
        return;
    }
    if let Some(list) = node.as_list() {
        for item in list {
            repositories(item, depth + 1, named);
        }
    }
    let Some(map) = node.as_map() else {
        return;
    };
    let text = |key| map.get(key).and_then(Node::as_text);
    // A chart of a repository of charts has no path, and that of a template is none yet.
    if let Some(repo_url) = text("repoURL").filter(|_| text("chart").is_none()) {
        let path = text("path").unwrap_or_default();
        if repo_url != HERE && !repo_url.contains("{{") {
            let path = if path.contains("{{") { "" } else { path };
            named.push((
                repo_url,
                path.trim_start_matches("./").trim_end_matches('/'),
            ));
        }
    }
    for entry in map.entries() {
        repositories(&entry.value, depth + 1, named);
    }
}
