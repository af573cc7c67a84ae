//! The Application of an app.

use homescale_argocd::{GENERATE_PATHS, generate_paths};
use homescale_located::{
    Data, Entry, Node, NodeSet, Place, Report, Sources, Table, integer, merge,
};
use homescale_manifest::Patch;

use crate::evaluate::templates::Templates;
use crate::fields::helm;
use crate::model::app::App;
use crate::model::config::Config;
use crate::model::objects::Application;
use crate::rules;

use super::build::{SYNC_WAVE, not_empty, table, with};
use super::plugin;

/// What Applications are built with.
pub(super) struct Context<'c> {
    pub(super) config: &'c Config,
    pub(super) sources: &'c Sources,
    pub(super) templates: &'c Templates<'c>,
    /// Whether templates of a team's own make the Applications: they may know what `app.yaml` and the defaults do not say.
    pub(super) is_left_to_own_templates: bool,
}

/// Builds the Application of an app whose fields have been checked.
pub(super) fn build(
    app: &App,
    fields: &Node,
    context: &Context<'_>,
    report: &mut Report<'_>,
) -> Application {
    let Context {
        config,
        sources: files,
        templates,
        ..
    } = *context;
    let defaults = &config.defaults;
    let mut evaluated = |field: &str| {
        let value = fields.get(field).cloned().unwrap_or_default();
        templates.evaluate(&value, field, app.place, report)
    };
    let values = evaluated("values");
    let annotations = evaluated("annotations");
    let labels = evaluated("labels");
    let ignored = evaluated("ignoreDifferences");
    let hydrator = not_empty(&evaluated("sourceHydrator"));

    let said = |field: &str| fields.get(field).filter(|value| !value.is_empty());
    let or = |field: &str, default: &Node| said(field).unwrap_or(default).clone();
    let text = |node: &Node| node.as_text().unwrap_or_default().to_owned();

    let wave = fields.get("syncWave").and_then(integer).unwrap_or_default();
    let namespace = or("namespace", &Node::default());
    let path = or("path", &Node::default());
    let release_name = or("releaseName", &Node::new(app.name()));
    let repo_url = or("repoURL", &defaults.repo_url);
    let target_revision = or("targetRevision", &defaults.target_revision);
    let destination = or("destination", &defaults.destination);
    let value_files = said("valueFiles").cloned();
    let patches = said("patches").cloned();

    let helm = helm::node_of_app(
        fields,
        vec![
            ("releaseName", Some(release_name.clone())),
            ("valueFiles", value_files.clone()),
            ("valuesObject", not_empty(&values)),
        ],
    );
    let engine = said("engine").and_then(Node::as_text);
    let is_ours = engine.map_or(patches.is_some(), |engine| engine == "catalog");
    let plugin = is_ours.then(|| plugin::build(&helm, patches.as_ref(), config));
    let source = table([
        ("helm", plugin.is_none().then(|| helm.clone())),
        ("path", Some(path.clone())),
        ("plugin", plugin),
        ("repoURL", Some(repo_url.clone())),
        ("targetRevision", Some(target_revision.clone())),
    ]);
    let extra = said("extraSources").and_then(Node::as_list);
    let sources = extra.map(|extra| {
        let sources = std::iter::once(source.clone()).chain(extra.iter().cloned());
        Node::new(sources.collect::<Vec<_>>())
    });
    let hydrator =
        hydrator.map(|hydrator| with(&hydrator.without_nulls(), "drySource", source.clone()));
    let is_one = sources.is_none() && hydrator.is_none();
    let spec = table([
        (
            "destination",
            Some(with(
                &destination.without_nulls(),
                "namespace",
                namespace.clone(),
            )),
        ),
        (
            "ignoreDifferences",
            Some(ignored).filter(|ignored| !ignored.is_empty()),
        ),
        ("info", said("info").cloned()),
        ("project", Some(or("project", &defaults.project))),
        (
            "revisionHistoryLimit",
            fields
                .get("revisionHistoryLimit")
                .filter(|limit| !limit.is_null())
                .cloned(),
        ),
        ("source", is_one.then_some(source)),
        ("sourceHydrator", hydrator),
        ("sources", sources),
        ("syncPolicy", sync_policy(fields, config)),
    ]);
    // The files of other sources and repositories cannot be told from here.
    let is_plain = extra.is_none() && repo_url == defaults.repo_url;
    let generate_paths = is_plain
        .then(|| generate_paths(&text(&path), &helm))
        .flatten();
    let name = format!("{}{}", config.application.name_prefix, app.name);
    let metadata = table([
        (
            "annotations",
            Some(annotations_of(config, &annotations, wave, generate_paths)),
        ),
        ("finalizers", not_empty(&config.application.finalizers)),
        ("labels", labels_of(config, &labels)),
        ("name", Some(Node::new(name.as_str()))),
        (
            "namespace",
            Some(Node::new(config.application.namespace.as_str())),
        ),
    ]);
    let object = table([
        ("apiVersion", Some(Node::new("argoproj.io/v1alpha1"))),
        ("kind", Some(Node::new("Application"))),
        ("metadata", Some(metadata)),
        ("spec", Some(spec)),
    ]);
    check_writable(&object, app, report);
    check_writable(&helm, app, report);
    Application {
        app: app.name().to_owned(),
        file: app.file.clone(),
        name,
        wave,
        namespace: text(&namespace),
        release_name: text(&release_name),
        path: text(&path),
        repo_url: text(&repo_url),
        target_revision: text(&target_revision),
        is_local: destination == defaults.destination,
        patches: patches.map_or_else(Vec::new, |patches| Patch::from_list(&patches, files)),
        level: config.argocd.helm,
        helm,
        values,
        object,
    }
}

/// Reports a string that cannot be written as YAML.
fn check_writable(object: &Node, app: &App, report: &mut Report<'_>) {
    if let Some((place, odd)) = object.unwritable() {
        let place = if place.is_nowhere() { app.place } else { place };
        let message = format!(
            "a string has the character U+{:04X}, which cannot be written as YAML",
            u32::from(odd)
        );
        report.emit(&rules::INVALID_VALUE, place, message);
    }
}

/// The catalog's entries, and the app's over them, of which null removes one of the catalog's.
fn over(base: &Node, own: &Node) -> Vec<Entry> {
    let is_removed = |entry: &&Entry| own.get(&entry.name()).is_some_and(Node::is_null);
    let base = entries_of(base).iter().filter(|entry| !is_removed(entry));
    let own = entries_of(own)
        .iter()
        .filter(|entry| !entry.value.is_null());
    base.chain(own).cloned().collect()
}

fn entries_of(map: &Node) -> &[Entry] {
    map.as_map().map_or(&[], Table::entries)
}

/// The catalog's labels, and the app's over them.
fn labels_of(config: &Config, own: &Node) -> Option<Node> {
    let labels = Table::new(over(&config.application.labels, own));
    (!labels.is_empty()).then(|| Node::new(Data::Map(labels)))
}

/// The catalog's annotations, the app's over them, the paths on which the manifests depend unless either says something about
/// them, and the wave.
fn annotations_of(config: &Config, own: &Node, wave: i64, paths: Option<String>) -> Node {
    let base = &config.application.annotations;
    let mut entries = over(base, own);
    let mut all = entries_of(base).iter().chain(entries_of(own));
    let is_said = all.any(|entry| entry.key == GENERATE_PATHS);
    if let Some(paths) = paths.filter(|_| !is_said) {
        entries.push(Entry {
            key: GENERATE_PATHS.into(),
            place: Place::NOWHERE,
            value: Node::new(paths),
        });
    }
    entries.push(Entry {
        key: SYNC_WAVE.into(),
        place: Place::NOWHERE,
        value: Node::new(wave.to_string()),
    });
    Node::new(Data::Map(Table::new(entries)))
}

/// The default policy with the app's merged over it and all options in one list; none when the app says null, or when
/// nothing is in it.
fn sync_policy(fields: &Node, config: &Config) -> Option<Node> {
    let own = fields.get("syncPolicy");
    if own.is_some_and(Node::is_null) {
        return None;
    }
    let defaults = &config.defaults;
    let empty = Node::new(Data::Map(Table::default()));
    let base = if defaults.sync_policy.is_null() {
        &empty
    } else {
        &defaults.sync_policy
    };
    let policy = merge::layers(base, [own]).without_nulls();
    let mut options: Vec<Node> = Vec::new();
    let mut known = NodeSet::default();
    let lists = [
        Some(&defaults.sync_options),
        policy.get("syncOptions"),
        fields.get("syncOptions"),
    ];
    for option in lists
        .into_iter()
        .flatten()
        .filter_map(Node::as_list)
        .flatten()
    {
        if known.insert(option) {
            options.push(option.clone());
        }
    }
    let policy = policy.as_map()?.entries().iter();
    let mut entries: Vec<Entry> = policy
        .filter(|entry| entry.key != "syncOptions")
        .cloned()
        .collect();
    if !options.is_empty() {
        entries.push(Entry {
            key: "syncOptions".into(),
            place: Place::NOWHERE,
            value: Node::new(options),
        });
    }
    (!entries.is_empty()).then(|| Node::new(Data::Map(Table::new(entries))))
}
