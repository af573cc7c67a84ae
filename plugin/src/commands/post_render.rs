//! `helm-catalog post-render`: manifests in, manifests out.

use std::env;

use clap::Args;
use homescale_catalog::{RenderOptions, expand_stream};
use homescale_go::os::error_text;
use homescale_manifest::patch_manifests;

use crate::context::Context;
use crate::failure::Failure;
use crate::{findings, terminal};

/// The app, where no flag names it: Helm passes the environment on to a post-renderer.
const APP: &str = "HELM_CATALOG_APP";
/// The cluster, where no flag names it.
const CLUSTER: &str = "HELM_CATALOG_CLUSTER";

/// The flag that makes errors a document.
pub(crate) const ERRORS_ON_STDOUT: &str = "--errors-on-stdout";

#[derive(Args, Debug)]
pub(crate) struct PostRender {
    /// Apply the patches that the catalog declares for this app; without it, for the one that $HELM_CATALOG_APP names
    #[arg(long)]
    app: Option<String>,
    /// The cluster whose patches are applied; without it, the one that $HELM_CATALOG_CLUSTER names. Not needed when there
    /// is one
    #[arg(long)]
    cluster: Option<String>,
    /// Print what is wrong on standard output, as a document that no Helm accepts, and exit with 0: Helm 4 shows nothing of
    /// a post-renderer that exits otherwise
    #[arg(long)]
    errors_on_stdout: bool,
}

impl PostRender {
    /// Reads manifests, expands `Catalog` documents, applies the patches of an app if one is named, prints the result.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let input = terminal::read_input().map_err(|error| {
            let error = error_text(&error);
            Failure::Input(format!("standard input: cannot read: {error}"))
        });
        match input.and_then(|stream| self.transform(&stream, context)) {
            Ok(result) => terminal::print(&result),
            Err(failure) if self.errors_on_stdout => {
                terminal::print(&error_document(&failure.report()))
            }
            Err(failure) => Err(failure),
        }
    }

    /// What the command makes of a stream.
    pub(crate) fn transform(&self, stream: &[u8], context: &Context) -> Result<Vec<u8>, Failure> {
        let none = homescale_fileset::FileSet::new();
        let expanded = expand_stream(stream).map_err(|found| findings::failure(&found, &none))?;
        match Subject::of(self)? {
            Some(subject) => subject.patch(&expanded, context),
            None => Ok(expanded),
        }
    }
}

/// Whose patches are applied.
struct Subject {
    app: String,
    /// None: the only one there is.
    cluster: Option<String>,
}

impl Subject {
    /// What the flags name, or else the environment. A cluster alone says nothing in the environment, where it may stay for
    /// many apps; as a flag it is a mistake.
    fn of(options: &PostRender) -> Result<Option<Self>, Failure> {
        let chosen = |flag: &Option<String>, variable: &str| {
            let of_environment = || env::var(variable).ok().filter(|text| !text.is_empty());
            flag.clone().or_else(of_environment)
        };
        let Some(app) = chosen(&options.app, APP) else {
            return match &options.cluster {
                None => Ok(None),
                Some(cluster) => Err(Failure::Usage(format!(
                    "--cluster {cluster}: the patches of which app? Name it with --app"
                ))),
            };
        };
        let cluster = chosen(&options.cluster, CLUSTER);
        Ok(Some(Self { app, cluster }))
    }

    /// The manifests after the patches.
    fn patch(self, manifests: &[u8], context: &Context) -> Result<Vec<u8>, Failure> {
        let Self { app, cluster } = self;
        let repository = context.repository()?;
        let cluster = repository.cluster(cluster.as_deref())?;
        repository.check_apps(std::slice::from_ref(&app))?;
        let only = RenderOptions {
            apps: [app.clone()].into(),
            ..RenderOptions::default()
        };
        let objects = repository
            .catalog
            .render(&cluster, &only)
            .map_err(|found| repository.failure(&found))?;
        let Some(application) = objects.applications.first() else {
            return Err(Failure::Input(format!(
                "--app {app}: it is not deployed on the cluster {cluster}"
            )));
        };
        let patched = patch_manifests(manifests, &application.patches)
            .map_err(|found| repository.failure(&found))?;
        findings::tell(&patched.notes, repository.catalog.files());
        Ok(patched.manifests)
    }
}

/// Prints an error as `--errors-on-stdout` asks, and ends the process.
pub(crate) fn end_with(error: &str) -> ! {
    let printed = terminal::print(&error_document(error));
    std::process::exit(i32::from(printed.is_err()))
}

/// A document that is a text and no manifest. Helm 4 refuses it and shows all of it; as a block, every line stays a line.
fn error_document(error: &str) -> Vec<u8> {
    let is_control = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    let mut document = "|2\n  helm-catalog post-render failed:\n".to_owned();
    for line in error.trim_end().lines() {
        let line: String = (line.chars())
            .map(|c| if is_control(c) { ' ' } else { c })
            .collect();
        let line = format!("  {line}");
        document.extend([line.trim_end(), "\n"]);
    }
    document.into_bytes()
}
