//! Reads a repository into a [`Catalog`].

use std::sync::OnceLock;

use homescale_argocd::{ChartSource, HelmSource};
use homescale_chart::Limits;
use homescale_fileset::{FileSet, IGNORE_FILE, Ignore};
use homescale_located::{
    Data, Diagnostics, Node, Origin, Place, Report, Sources, Table, from_value, merge, read_map,
};
use homescale_template::parallel;
use homescale_value::Value;

use crate::model::app::App;
use crate::model::catalog::Catalog;
use crate::model::cluster::{Bootstrap, Cluster};
use crate::model::config::{self, Config};
use crate::model::layout::{APP_FILE, APPS, BOOTSTRAP_FILE, CLUSTERS, app_file, directories_with};
use crate::read::bootstrap;
use crate::read::text::text;
use crate::rules;

impl Catalog {
    /// Reads the catalog of a repository.
    ///
    /// A file that cannot be read is no obstacle: [`Self::lint`] reports it, and [`Self::render`] does where it matters.
    ///
    /// # Errors
    /// The repository has no catalog at all.
    pub fn load(repository: &FileSet) -> Result<Self, Diagnostics> {
        let sources = Sources::of(repository);
        let mut report = Report::new(&sources);
        let loader = Loader {
            files: repository,
            sources: &sources,
        };
        let apps = loader.apps(&mut report);
        if apps.is_empty() {
            let message = format!(
                "the repository has no apps: there is no `{}`",
                app_file("*")
            );
            let suffixes = ["/app.yml", "/App.yaml", "/app.YAML"];
            let other = repository.paths().find(|path| {
                path.starts_with("apps/") && suffixes.iter().any(|it| path.ends_with(it))
            });
            let hint = other.map(|other| format!("nobody reads `{other}`: call it `{APP_FILE}`"));
            let saying = report.emit(&rules::NO_CATALOG, Place::NOWHERE, message);
            saying.hint_if(hint);
            return Err(report.finish());
        }
        let defaults = loader.defaults(&mut report);
        let clusters = loader.clusters(defaults.as_ref());
        let findings = report.into_items();
        Ok(Self {
            files: repository.clone(),
            chart: OnceLock::new(),
            frame: OnceLock::new(),
            templates: OnceLock::new(),
            limits: Limits::default(),
            sources,
            apps,
            clusters,
            findings,
        })
    }

    /// The catalog of a document of kind Catalog: files below the directory of apps, and one cluster, whose values are
    /// complete.
    ///
    /// # Errors
    /// The values are nested too deeply.
    pub(crate) fn of_document(
        files: FileSet,
        values: &Value,
        bootstrap: Bootstrap,
    ) -> Result<Self, Diagnostics> {
        let sources = Sources::of(&files);
        let mut report = Report::new(&sources);
        let loader = Loader {
            files: &files,
            sources: &sources,
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
            source: ChartSource::new(APPS, HelmSource::default()),
            own_values: values.clone(),
            values,
            config,
            is_broken: report.has_errors(),
            is_by_helm: true,
            findings: report.into_items(),
        };
        Ok(Self {
            clusters: vec![cluster],
            chart: OnceLock::new(),
            frame: OnceLock::new(),
            templates: OnceLock::new(),
            limits: Limits::default(),
            apps,
            findings,
            sources,
            files,
        })
    }
}

struct Loader<'a> {
    files: &'a FileSet,
    sources: &'a Sources,
}

impl Loader<'_> {
    fn apps(&self, report: &mut Report<'_>) -> Vec<App> {
        let directories = directories_with(self.files, APPS, APP_FILE);
        // Not visible to the templates of the catalog's chart.
        let directories = directories.filter(|(name, _)| !matches!(*name, "templates" | "charts"));
        let ignore = self.ignore_rules(report);
        let is_loaded = |name: &str| {
            !ignore.ignores(name, true) && !ignore.ignores(&format!("{name}/{APP_FILE}"), false)
        };
        let directories: Vec<(&str, &str)> =
            directories.filter(|(name, _)| is_loaded(name)).collect();
        let parts = parallel::parts(&directories, parallel::available(), |part| {
            let mut report = Report::new(self.sources);
            let apps = part
                .iter()
                .map(|(name, path)| self.app(name, path, &mut report));
            (apps.collect::<Vec<App>>(), report.into_items())
        });
        let mut apps = Vec::with_capacity(directories.len());
        for (part, findings) in parts {
            apps.extend(part);
            report.extend(findings);
        }
        apps
    }

    /// What Helm leaves out of the catalog's chart is no app: its templates do not see it.
    fn ignore_rules(&self, report: &mut Report<'_>) -> Ignore {
        let path = format!("{APPS}/{IGNORE_FILE}");
        let rules = text(self.files, &path, self.sources, report).map(Ignore::parse);
        rules
            .unwrap_or_else(|| Ok(Ignore::default()))
            .unwrap_or_else(|error| {
                report.emit(&rules::ENGINE, Place::NOWHERE, format!("{path}: {error}"));
                Ignore::default()
            })
    }

    fn app(&self, name: &str, path: &str, report: &mut Report<'_>) -> App {
        let file = self.sources.file(path);
        let text = text(self.files, path, self.sources, report).unwrap_or_default();
        let content = read_map(text, Origin::file(file), report);
        let is_broken = content.is_none();
        let mut app = App::new(
            name,
            path.to_owned(),
            file.whole(),
            content.unwrap_or_default(),
        );
        app.is_broken = is_broken;
        app
    }

    fn clusters(&self, defaults: Option<&Node>) -> Vec<Cluster> {
        let bootstraps = directories_with(self.files, CLUSTERS, BOOTSTRAP_FILE);
        let clusters = bootstraps.map(|(name, path)| self.cluster(name, path, defaults));
        let mut clusters: Vec<Cluster> = clusters.collect();
        clusters.sort_by(|a, b| a.name.cmp(&b.name));
        clusters
    }

    fn cluster(&self, name: &str, path: &str, defaults: Option<&Node>) -> Cluster {
        let mut report = Report::new(self.sources);
        let mut cluster = Cluster {
            name: name.to_owned(),
            file: path.to_owned(),
            place: self.sources.file(path).whole(),
            bootstrap: Bootstrap::default(),
            source: ChartSource::new(APPS, HelmSource::default()),
            own_values: Node::default(),
            values: Node::default(),
            config: Config::default(),
            findings: Vec::new(),
            is_broken: true,
            is_by_helm: false,
        };
        let reader = bootstrap::Reader {
            files: self.files,
            sources: self.sources,
        };
        if let Some(found) = reader.read(path, &mut report) {
            cluster.bootstrap = found.bootstrap;
            cluster.is_by_helm = found.is_by_helm;
            cluster.source = found.source;
            if let Some((defaults, values)) = defaults.zip(found.values) {
                cluster.own_values = values;
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
        let path = format!("{APPS}/values.yaml");
        let file = self.sources.file(&path);
        let own = match text(self.files, &path, self.sources, report) {
            Some(text) => read_map(text, Origin::file(file), report)?,
            None => Node::new(Data::Map(Table::default())),
        };
        // Our templates read the sections, and Helm fails where there are none.
        if self.files.contains(&format!("{APPS}/templates/_load.tpl")) {
            return Some(own);
        }
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
