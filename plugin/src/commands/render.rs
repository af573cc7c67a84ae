//! `helm-catalog render`: what Argo CD would get.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use homescale::DiskError;
use homescale_catalog::{RenderOptions, Renderer};
use homescale_fileset::printable;
use homescale_template::parallel;

use crate::context::Context;
use crate::effects::Effects;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::repository::Repository;
use crate::{disk, terminal};

#[derive(Args, Debug)]
pub(crate) struct Render {
    /// A cluster; repeat it for several. Not needed when there is one
    #[arg(short, long = "cluster", value_name = "CLUSTER")]
    clusters: Vec<String>,
    /// Only this app; repeat it for several
    #[arg(short, long = "app", value_name = "APP")]
    apps: Vec<String>,
    /// Write DIR/CLUSTER.yaml for each cluster (all of them, unless some are named) instead of printing
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// With --output-dir, for all clusters: remove the files there that are of no cluster
    #[arg(long, requires = "output_dir", conflicts_with = "clusters")]
    prune: bool,
    /// YAML or JSON
    #[arg(short, long, value_name = "FORMAT", default_value = "yaml")]
    output: ObjectFormat,
    /// Evaluate the catalog natively, even where `apps/` has templates of its own
    #[arg(long, conflicts_with = "engine")]
    native: bool,
    /// Render `apps/` as the Helm chart that it is, even where native evaluation would do
    #[arg(long)]
    engine: bool,
}

/// How objects are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ObjectFormat {
    /// A stream of YAML documents
    Yaml,
    /// A JSON list
    Json,
}

impl Render {
    /// Prints the objects of the clusters, or writes a file for each.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let repository = context.repository()?;
        let clusters = if self.clusters.is_empty() && self.output_dir.is_some() {
            let all = repository.catalog.clusters();
            all.map(|cluster| cluster.name().to_owned()).collect()
        } else {
            repository.clusters(&self.clusters)?
        };
        repository.check_apps(&self.apps)?;
        let renderer = match (self.native, self.engine) {
            (true, _) => Some(Renderer::Native),
            (_, true) => Some(Renderer::Engine),
            _ => None,
        };
        if renderer.is_none() {
            repository.check_on(&self.apps, &clusters)?;
        }
        let job = Job {
            repository: &repository,
            options: RenderOptions {
                apps: self.apps.iter().cloned().collect(),
                threads: if clusters.len() == 1 {
                    parallel::available()
                } else {
                    1
                },
                renderer,
            },
            format: self.output,
        };
        let texts = job.run(&clusters)?;
        let Some(dir) = &self.output_dir else {
            return texts.iter().try_for_each(|text| terminal::print(text));
        };
        let extension = match self.output {
            ObjectFormat::Yaml => "yaml",
            ObjectFormat::Json => "json",
        };
        let names: Vec<String> = (clusters.iter())
            .map(|cluster| format!("{cluster}.{extension}"))
            .collect();
        let texts = texts.iter().map(Vec::as_slice);
        disk::write_all(dir, names.iter().map(String::as_str).zip(texts))?;
        if self.clusters.is_empty() {
            self.tell_of_others(dir, extension, &names)?;
        }
        Ok(())
    }

    /// Says which files of a directory are of no cluster, or removes them: those of clusters that are gone would be applied as
    /// before.
    fn tell_of_others(&self, dir: &Path, extension: &str, own: &[String]) -> Result<(), DiskError> {
        let others: Vec<PathBuf> = (disk::files(dir)?.into_iter())
            .filter(|path| path.extension().is_some_and(|it| it == extension))
            .filter(|path| !own.iter().any(|own| path.ends_with(own)))
            .collect();
        if self.prune {
            for path in &others {
                fs::remove_file(path).map_err(|error| DiskError::io("remove", path, error))?;
                terminal::warn(&[format!("removed {}", shown(path))]);
            }
        } else if !others.is_empty() {
            let files: Vec<String> = others.iter().map(|path| shown(path)).collect();
            let files = files.join(", ");
            terminal::warn(&[format!(
                "note: of no cluster: {files}; --prune removes them"
            )]);
        }
        Ok(())
    }
}

fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

/// Rendering clusters, side by side.
struct Job<'a> {
    repository: &'a Repository,
    options: RenderOptions,
    format: ObjectFormat,
}

impl Job<'_> {
    /// The text of each cluster, in order; the first failure when there is one.
    fn run(&self, clusters: &[String]) -> Result<Vec<Vec<u8>>, Failure> {
        let threads = parallel::available().min(clusters.len());
        if threads <= 1 {
            return clusters
                .iter()
                .map(|cluster| self.cluster(cluster))
                .collect();
        }
        let progress = Progress::new(clusters.len(), "clusters");
        let results = parallel::each(clusters, threads, |cluster| {
            let text = self.cluster(cluster);
            progress.step();
            text
        });
        results.into_iter().collect()
    }

    /// The text of one cluster.
    fn cluster(&self, cluster: &str) -> Result<Vec<u8>, Failure> {
        let yaml = yaml(
            self.repository,
            cluster,
            &self.options,
            &Effects::of_environment()?,
        )?;
        match self.format {
            ObjectFormat::Yaml => Ok(yaml),
            ObjectFormat::Json => to_json(&yaml),
        }
    }
}

/// The objects of a cluster as YAML documents.
pub(crate) fn yaml(
    repository: &Repository,
    cluster: &str,
    options: &RenderOptions,
    effects: &Effects,
) -> Result<Vec<u8>, Failure> {
    let catalog = &repository.catalog;
    let objects = catalog.render_with(cluster, options, effects.host());
    effects.report();
    let objects = objects.map_err(|found| repository.failure(&found))?;
    let yaml = objects.to_yaml_with(options.threads);
    yaml.map(String::into_bytes).map_err(Failure::input)
}

/// A stream of YAML documents as a JSON list.
fn to_json(stream: &[u8]) -> Result<Vec<u8>, Failure> {
    let documents = homescale_yaml::parse_all(stream).map_err(Failure::input)?;
    let mut items = Vec::new();
    for document in &documents {
        let value = document.to_value().map_err(Failure::input)?;
        if !value.is_nil() {
            items.push(value);
        }
    }
    let list = homescale_value::Value::from(items);
    let mut text = homescale_yaml::json::encode_pretty(&list).map_err(Failure::input)?;
    text.push('\n');
    Ok(text.into_bytes())
}
