//! [`Catalog`]: a repository's apps and clusters, read once, rendered any number of times on any thread.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use homescale_chart::Chart;
use homescale_fileset::{FileSet, IGNORE_FILE, Ignore};
use homescale_located::{
    Data, Diagnostic, Diagnostics, Node, Origin, Place, Report, Sources, Table, did_you_mean,
    from_value, merge, read_map,
};
use homescale_value::Value;

use crate::app::App;
use crate::bootstrap;
use crate::cluster::{Bootstrap, Cluster};
use crate::config::{self, Config};
use crate::engine::LEVEL;
use crate::layout::{APP_FILE, BOOTSTRAP_FILE, CLUSTER_TEMPLATE_FILE, Layout};
use crate::lint;
use crate::objects::Objects;
use crate::render::{self, RenderOptions};
use crate::status::Status;
use crate::waves::Waves;
use crate::{layers, parallel, rules};

/// A catalog: the apps and clusters of a repository, and the default values of its chart.
///
/// It is immutable and can be shared between threads; rendering a cluster changes nothing.
#[derive(Debug)]
pub struct Catalog {
    pub(crate) layout: Layout,
    pub(crate) sources: Sources,
    /// All files of the repository.
    pub(crate) files: FileSet,
    /// In byte order of the paths of their files.
    pub(crate) apps: Vec<App>,
    /// In byte order of their names.
    pub(crate) clusters: Vec<Cluster>,
    /// What was found while reading the apps and the chart's values.
    pub(crate) findings: Vec<Diagnostic>,
    /// The catalog as a chart, loaded when the first template is met.
    chart: OnceLock<Result<Chart, String>>,
}

impl Catalog {
    /// Reads the catalog of a repository.
    ///
    /// A file that cannot be read is no obstacle: [`Self::lint`] reports it, and [`Self::render`] does where it matters.
    ///
    /// # Errors
    /// The repository has no catalog at all.
    pub fn load(repository: &FileSet) -> Result<Self, Diagnostics> {
        Self::load_with(repository, Layout::default())
    }

    /// Reads the catalog of a repository whose folders have other names.
    ///
    /// # Errors
    /// The repository has no catalog at all.
    pub fn load_with(repository: &FileSet, layout: Layout) -> Result<Self, Diagnostics> {
        let sources = Sources::of(repository);
        let mut report = Report::new(&sources);
        let loader = Loader {
            files: repository,
            sources: &sources,
            layout: &layout,
        };
        let apps = loader.apps(&mut report);
        if apps.is_empty() {
            let message = format!(
                "the repository has no apps: there is no `{}`",
                layout.app_file("*")
            );
            report.emit(&rules::NO_CATALOG, Place::NOWHERE, message);
            return Err(report.finish());
        }
        let defaults = loader.defaults(&mut report);
        let clusters = loader.clusters(defaults.as_ref());
        let findings = report.into_items();
        Ok(Self {
            files: repository.clone(),
            chart: OnceLock::new(),
            layout,
            sources,
            apps,
            clusters,
            findings,
        })
    }

    /// The catalog of a document of kind Catalog: files below the folder of apps, and one cluster, whose values are
    /// complete.
    ///
    /// # Errors
    /// The values are nested too deeply.
    pub(crate) fn of_document(
        files: FileSet,
        values: &Value,
        bootstrap: Bootstrap,
    ) -> Result<Self, Diagnostics> {
        let layout = Layout::default();
        let sources = Sources::of(&files);
        let mut report = Report::new(&sources);
        let loader = Loader {
            files: &files,
            sources: &sources,
            layout: &layout,
        };
        let apps = loader.apps(&mut report);
        let findings = report.into_items();
        let mut report = Report::new(&sources);
        let Some(values) = from_value(values) else {
            let message = "the values are nested too deeply";
            report.emit(&rules::CATALOG_DOCUMENT, Place::NOWHERE, message);
            return Err(report.finish());
        };
        let config = Config::read(&values, Place::NOWHERE, &mut report);
        let cluster = Cluster {
            name: config.cluster.clone(),
            file: String::new(),
            place: Place::NOWHERE,
            bootstrap,
            own_values: values.clone(),
            values,
            config,
            has_cluster_template: false,
            is_broken: report.has_errors(),
            findings: report.into_items(),
        };
        Ok(Self {
            clusters: vec![cluster],
            chart: OnceLock::new(),
            layout,
            apps,
            findings,
            sources,
            files,
        })
    }

    /// The apps, in byte order of the paths of their `app.yaml`.
    pub fn apps(&self) -> impl ExactSizeIterator<Item = &App> {
        self.apps.iter()
    }

    /// The app of that name.
    pub fn app(&self, name: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.name() == name)
    }

    /// The clusters, by name.
    pub fn clusters(&self) -> impl ExactSizeIterator<Item = &Cluster> {
        self.clusters.iter()
    }

    /// The cluster of that name.
    pub fn cluster(&self, name: &str) -> Option<&Cluster> {
        self.clusters.iter().find(|cluster| cluster.name() == name)
    }

    /// The names of the fields that other tools read, on any cluster.
    pub fn further_fields(&self) -> Vec<&str> {
        let fields = self
            .clusters
            .iter()
            .flat_map(|cluster| &cluster.config.fields);
        fields
            .map(String::as_str)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// The catalog as a chart: what templates in fields see. One without `Chart.yaml` is called after its folder.
    ///
    /// # Errors
    /// Helm's text, when the chart cannot be loaded.
    pub(crate) fn chart(&self) -> Result<&Chart, &str> {
        let chart = self.chart.get_or_init(|| {
            let mut files = self.files.subtree(&self.layout.apps);
            if !files.contains("Chart.yaml") {
                let name = &self.layout.apps;
                let text = format!("apiVersion: v2\nname: {name}\nversion: 0.0.0\n");
                files
                    .insert("Chart.yaml", text.into_bytes())
                    .map_err(|error| error.to_string())?;
            }
            Chart::load_as(&files, LEVEL).map_err(|error| error.to_string())
        });
        chart.as_ref().map_err(String::as_str)
    }

    /// Where the parts of the catalog are.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The Namespaces and Applications of a cluster.
    ///
    /// # Errors
    /// There is no such cluster, its values cannot be read, or a wanted app cannot be rendered on it: everything that is wrong.
    pub fn render(&self, cluster: &str, options: &RenderOptions) -> Result<Objects, Diagnostics> {
        let mut report = Report::new(&self.sources);
        let cluster = self.known(cluster, &mut report);
        for app in &options.apps {
            if self.app(app).is_none() {
                let message = format!("there is no app `{app}`");
                let hint = did_you_mean(app, self.apps().map(App::name));
                (report.emit(&rules::UNKNOWN_NAME, Place::NOWHERE, message)).hint_if(hint);
            }
        }
        let cluster = cluster.filter(|_| !report.has_errors());
        let objects = cluster.and_then(|cluster| {
            self.repeat_errors(cluster, &mut report, &|app| options.wants(app));
            // Without the values of the cluster, more errors would only be what comes of that.
            (!cluster.is_broken).then(|| render::render(self, cluster, options, &mut report))
        });
        match objects {
            Some(objects) if !report.has_errors() => Ok(objects),
            _ => Err(report.finish()),
        }
    }

    /// Everything there is to say about the catalog: about its files, and about every app on every cluster.
    pub fn lint(&self) -> Diagnostics {
        lint::lint(self)
    }

    /// Which app is on for which cluster, and why.
    pub fn status(&self) -> Status {
        Status::of(self)
    }

    /// The sync waves of a cluster, in order.
    ///
    /// # Errors
    /// Those of [`Self::render`].
    pub fn waves(&self, cluster: &str) -> Result<Waves, Diagnostics> {
        let objects = self.render(cluster, &RenderOptions::default())?;
        Ok(Waves::of(&objects))
    }

    /// The apps that are on for a cluster and whose charts are at a path that fits, by what their layers say. An app that cannot
    /// be read counts as one whose chart is in its own folder.
    ///
    /// # Errors
    /// There is no such cluster, or its values cannot be read. What is wrong with apps is left to [`Self::render`].
    pub fn apps_at(
        &self,
        cluster: &str,
        fits: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Placed<'_>>, Diagnostics> {
        let mut report = Report::new(&self.sources);
        let Some(cluster) = self.known(cluster, &mut report) else {
            return Err(report.finish());
        };
        self.repeat_errors(cluster, &mut report, &|_| false);
        if report.has_errors() {
            return Err(report.finish());
        }
        let config = &cluster.config;
        let placed = self.apps.iter().filter_map(|app| {
            let own_folder = app.file.strip_suffix(&format!("/{APP_FILE}"));
            let mut unsaid = Report::new(&self.sources);
            let layered = layers::merged(app, config, &mut unsaid);
            let text = |field: &str| {
                let fields = layered
                    .as_ref()
                    .map_or(&app.base, |layered| &layered.fields);
                fields.get(field).and_then(Node::as_text)
            };
            if app.is_broken {
                own_folder.filter(|path| fits(path))?;
            } else if layered.as_ref().is_some_and(|it| !it.decision.on)
                || !text("path").or(own_folder).is_some_and(fits)
            {
                return None;
            }
            let default = config.defaults.repo_url.as_text();
            let repo_url = text("repoURL").filter(|url| !url.is_empty()).or(default);
            Some(Placed {
                app,
                application: format!("{}{}", config.application.name_prefix, app.name),
                repo_url: repo_url.unwrap_or_default().to_owned(),
            })
        });
        Ok(placed.collect())
    }

    fn known(&self, name: &str, report: &mut Report<'_>) -> Option<&Cluster> {
        let cluster = self.cluster(name);
        if cluster.is_none() {
            let message = format!("there is no cluster `{name}`");
            let hint =
                did_you_mean(name, self.clusters().map(Cluster::name)).unwrap_or_else(|| {
                    format!(
                        "a cluster is a folder with the file `{}`",
                        self.layout.bootstrap_file("…")
                    )
                });
            (report.emit(&rules::UNKNOWN_NAME, Place::NOWHERE, message)).hint(hint);
        }
        cluster
    }

    /// Repeats the errors that were found in the files on which a render of these apps on the cluster depends.
    fn repeat_errors(
        &self,
        cluster: &Cluster,
        report: &mut Report<'_>,
        wants: &dyn Fn(&App) -> bool,
    ) {
        let others: BTreeSet<&str> = (self.apps.iter())
            .filter(|app| !wants(app))
            .map(App::file)
            .collect();
        let findings = self.findings.iter().chain(&cluster.findings);
        let errors = findings.filter(|finding| finding.is_error());
        report.extend(
            errors
                .filter(|error| !others.contains(error.file.as_str()))
                .cloned(),
        );
    }
}

/// An app whose chart is at a known path.
#[derive(Debug)]
pub struct Placed<'c> {
    /// The app.
    pub app: &'c App,
    /// The name of its Application.
    pub application: String,
    /// The repository of its chart.
    pub repo_url: String,
}

struct Loader<'a> {
    files: &'a FileSet,
    sources: &'a Sources,
    layout: &'a Layout,
}

impl Loader<'_> {
    fn apps(&self, report: &mut Report<'_>) -> Vec<App> {
        let folders = folders_with(self.files, &self.layout.apps, APP_FILE);
        // Not visible to the templates of the catalog's chart.
        let folders = folders.filter(|(name, _)| !matches!(*name, "templates" | "charts"));
        let ignore = self.ignore_rules(report);
        let is_loaded = |name: &str| {
            !ignore.ignores(name, true) && !ignore.ignores(&format!("{name}/{APP_FILE}"), false)
        };
        let folders: Vec<(&str, &str)> = folders.filter(|(name, _)| is_loaded(name)).collect();
        let parts = parallel::parts(&folders, parallel::available(), |part| {
            let mut report = Report::new(self.sources);
            let apps = part
                .iter()
                .map(|(name, path)| self.app(name, path, &mut report));
            (apps.collect::<Vec<App>>(), report.into_items())
        });
        let mut apps = Vec::with_capacity(folders.len());
        for (part, findings) in parts {
            apps.extend(part);
            report.extend(findings);
        }
        apps
    }

    /// What Helm leaves out of the catalog's chart is no app: its templates do not see it.
    fn ignore_rules(&self, report: &mut Report<'_>) -> Ignore {
        let path = format!("{}/{IGNORE_FILE}", self.layout.apps);
        let rules = self.files.get(&path).map(Ignore::parse);
        rules
            .unwrap_or_else(|| Ok(Ignore::default()))
            .unwrap_or_else(|error| {
                report.emit(&rules::ENGINE, Place::NOWHERE, format!("{path}: {error}"));
                Ignore::default()
            })
    }

    fn app(&self, name: &str, path: &str, report: &mut Report<'_>) -> App {
        let file = self.sources.file(path);
        let text = self.files.get(path).unwrap_or_default();
        let content = read_map(text, Origin::file(file), report);
        let is_broken = content.is_none();
        let mut app = App::new(
            name,
            path.to_owned(),
            file.whole(),
            content.unwrap_or_default(),
        );
        app.is_broken = is_broken;
        let folder = format!("{}/{name}", self.layout.apps);
        let has = |file: &str| self.files.contains(&format!("{folder}/{file}"));
        app.is_image = has("Chart.yaml") && has("Dockerfile");
        app
    }

    fn clusters(&self, defaults: Option<&Node>) -> Vec<Cluster> {
        let bootstraps = folders_with(self.files, &self.layout.clusters, BOOTSTRAP_FILE);
        let clusters = bootstraps.map(|(name, path)| self.cluster(name, path, defaults));
        let mut clusters: Vec<Cluster> = clusters.collect();
        clusters.sort_by(|a, b| a.name.cmp(&b.name));
        clusters
    }

    fn cluster(&self, name: &str, path: &str, defaults: Option<&Node>) -> Cluster {
        let mut report = Report::new(self.sources);
        let template = format!("{}/{name}/{CLUSTER_TEMPLATE_FILE}", self.layout.clusters);
        let mut cluster = Cluster {
            name: name.to_owned(),
            file: path.to_owned(),
            place: self.sources.file(path).whole(),
            bootstrap: Bootstrap::default(),
            own_values: Node::default(),
            values: Node::default(),
            config: Config::default(),
            has_cluster_template: self.files.contains(&template),
            findings: Vec::new(),
            is_broken: true,
        };
        let reader = bootstrap::Reader {
            files: self.files,
            sources: self.sources,
            layout: self.layout,
        };
        if let Some(found) = reader.read(path, &mut report) {
            cluster.bootstrap = found.bootstrap;
            cluster.own_values = found.values;
            if let Some(defaults) = defaults {
                cluster.values = merge::coalesce(defaults, &cluster.own_values);
                cluster.config = Config::read(&cluster.values, found.place, &mut report);
                cluster.is_broken = report.has_errors();
            }
        }
        cluster.findings = report.into_items();
        cluster
    }

    /// The default values of the catalog's chart; sections that they leave out are the built-in ones.
    fn defaults(&self, report: &mut Report<'_>) -> Option<Node> {
        let path = format!("{}/values.yaml", self.layout.apps);
        let file = self.sources.file(&path);
        let own = match self.files.get(&path) {
            Some(text) => read_map(text, Origin::file(file), report)?,
            None => Node::new(Data::Map(Table::default())),
        };
        let built_in = config::built_in();
        let missing = built_in
            .as_map()?
            .entries()
            .iter()
            .filter(|section| !own.as_map().is_some_and(|own| own.has(&section.key)));
        let missing = missing.cloned().collect();
        Some(merge::overwrite(&Node::new(Data::Map(missing)), &own))
    }
}

/// The folders directly below `parent` that have a file, with its path, in byte order of the paths.
fn folders_with<'f>(
    files: &'f FileSet,
    parent: &str,
    file: &str,
) -> impl Iterator<Item = (&'f str, &'f str)> {
    let prefix = format!("{parent}/");
    let suffix = format!("/{file}");
    files.paths().filter_map(move |path| {
        let name = path.strip_prefix(&prefix)?.strip_suffix(&suffix)?;
        (!name.contains('/')).then_some((name, path))
    })
}
