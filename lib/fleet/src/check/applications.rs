//! [`Applications`]: where each Application is, and what a message calls it.

use std::collections::BTreeMap;

use homescale_catalog::{Catalog, RenderOptions};
use homescale_fileset::FileSet;
use homescale_located::{Location, Node, Origin as TextOrigin, Report, Sources, read_map};
use homescale_manifest::{Part, line_count, numbered};

use super::finding::At;
use crate::fleet::Fleet;
use crate::found::{ARGOCD_NAMESPACE, ApplicationId, Found, Origin};

/// The Applications of a fleet, and the files that they come from.
pub(super) struct Applications<'f> {
    files: &'f FileSet,
    by_id: BTreeMap<&'f ApplicationId, &'f Found>,
    /// The `app.yaml` of which the catalog makes an Application, by the cluster and the name.
    apps: BTreeMap<(String, String), String>,
}

impl<'f> Applications<'f> {
    pub(super) fn new(fleet: &'f Fleet<'_>, catalog: Option<&Catalog>) -> Self {
        let all = fleet.applications().iter();
        Self {
            files: fleet.checkouts().own(),
            by_id: all.map(|found| (&found.id, found)).collect(),
            apps: catalog.map(apps).unwrap_or_default(),
        }
    }

    /// The `app.yaml` of which the catalog made an Application.
    pub(super) fn app(&self, found: &Found) -> Option<&str> {
        let parent = found.origin.parent()?;
        let key = (parent.instance.clone(), found.id.name.clone());
        self.apps.get(&key).map(String::as_str)
    }

    /// The place of an Application: its own, or that of whoever brings it.
    pub(super) fn location(&self, found: &Found) -> Location {
        if let Some(file) = self.app(found) {
            return Location {
                file: file.to_owned(),
                ..Location::default()
            };
        }
        let mut origin = &found.origin;
        // Each brings another one, so that there are no more steps than Applications.
        for _ in 0..=self.by_id.len() {
            let parent = origin.parent().and_then(|parent| self.by_id.get(parent));
            match parent {
                Some(parent) if self.app(parent).is_some() => return self.location(parent),
                Some(parent) => origin = &parent.origin,
                None => break,
            }
        }
        if let Origin::Root(path) = origin {
            let chart = format!("{path}/Chart.yaml");
            return Location {
                file: [chart]
                    .into_iter()
                    .find(|it| self.files.contains(it))
                    .unwrap_or_default(),
                ..Location::default()
            };
        }
        origin.location()
    }

    /// The place of a finding.
    pub(super) fn place(&self, found: &Found, at: &At) -> Location {
        match at {
            At::File(location) => location.clone(),
            At::Application => self.location(found),
            At::Source(source, keys) => {
                let said = self.said(found, *source, keys, None);
                said.unwrap_or_else(|| self.location(found))
            }
            At::Named(source, keys, name) => {
                let said = self.said(found, *source, keys, Some(name));
                said.unwrap_or_else(|| self.location(found))
            }
        }
    }

    /// Where the Application, or the template of its ApplicationSet, says something about a source; of a list of files, the one
    /// that is called so.
    fn said(
        &self,
        found: &Found,
        source: usize,
        keys: &[&str],
        name: Option<&str>,
    ) -> Option<Location> {
        let (origin, way): (_, &[&str]) = match &found.origin {
            Origin::Set(_, origin) => (&**origin, &["spec", "template", "spec"]),
            origin => (origin, &["spec"]),
        };
        let Origin::File(path, line) = origin else {
            return None;
        };
        let text = self.files.get(path).ok()??;
        let first =
            |(start, part): &(usize, Part<'_>)| *start + line_count(part.leading_comments());
        let (start, part) = numbered(text).find(|it| first(it) == *line)?;
        let sources = Sources::one(path);
        let origin = TextOrigin {
            lines: start - 1,
            ..TextOrigin::file(sources.file(path))
        };
        let node = read_map(part.body, origin, &mut Report::new(&sources))?;
        let spec = node.at(way)?;
        let several = || spec.get("sources")?.as_list()?.get(source);
        let hydrated = || spec.at(&["sourceHydrator", "drySource"]);
        let said = hydrated().or_else(several).or_else(|| spec.get("source"))?;
        // What is not said has the place of what should say it.
        let said = (0..=keys.len()).rev().find_map(|count| {
            let node: &Node = said.at(&keys[..count])?;
            (!node.place.is_nowhere()).then_some(node)
        })?;
        let last = |path: &str| path.rsplit('/').next().map(str::to_owned);
        let is_it = |item: &&Node| item.as_text().and_then(last) == name.and_then(last);
        let item = said.as_list().and_then(|items| items.iter().find(is_it));
        Some(sources.location(item.filter(|_| name.is_some()).unwrap_or(said).place))
    }

    /// What a message calls an Application, and who brings it.
    pub(super) fn described(&self, found: &Found) -> String {
        let (kind, name) = (kind(found), name(&found.id));
        format!("the {kind} `{name}`{}", self.brought(found))
    }

    /// Who brings an Application, as it follows its name; empty where its place says it.
    pub(super) fn brought(&self, found: &Found) -> String {
        match &found.origin {
            Origin::Set(set, _) => format!(" of the ApplicationSet `{set}`"),
            Origin::Application(parent) if self.app(found).is_none() => {
                let known = self.by_id.get(parent);
                let kind = known.map_or("Application", |parent| kind(parent));
                format!(", which the {kind} `{}` brings", name(parent))
            }
            _ => String::new(),
        }
    }
}

/// What a message calls it.
pub(super) fn kind(found: &Found) -> &'static str {
    if found.is_root { "root" } else { "Application" }
}

/// The name of an Application; with its namespace, where that is not Argo CD's own.
pub(super) fn name(id: &ApplicationId) -> String {
    match id.namespace.as_str() {
        "" | ARGOCD_NAMESPACE => id.name.clone(),
        namespace => format!("{namespace}/{}", id.name),
    }
}

/// The files of which the catalog makes Applications, by cluster and name. Of a cluster that cannot be rendered, by the names
/// that Applications have as a rule.
fn apps(catalog: &Catalog) -> BTreeMap<(String, String), String> {
    let mut apps = BTreeMap::new();
    for cluster in catalog.clusters().map(homescale_catalog::Cluster::name) {
        let by_name = catalog.apps().map(|app| (app.name(), app.file()));
        for (name, file) in by_name {
            apps.insert((cluster.to_owned(), name.to_owned()), file.to_owned());
        }
        let Ok(objects) = catalog.render(cluster, &RenderOptions::default()) else {
            continue;
        };
        for application in objects.applications {
            if catalog.app(&application.app).is_some() {
                apps.insert((cluster.to_owned(), application.name), application.file);
            }
        }
    }
    apps
}
