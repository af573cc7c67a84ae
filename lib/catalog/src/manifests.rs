//! The manifests of one app: its chart with the values that the catalog gives it, its patches applied.

use std::rc::Rc;

use homescale_chart::{Chart, Plain, Release, Request, ValueSource, render};
use homescale_fileset::FileSet;
use homescale_functions::Host;
use homescale_value::Str;

use crate::engine::LEVEL;
use crate::objects::Application;
use crate::patch::patch_manifests;

/// What Argo CD knows of the cluster when it renders a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestOptions {
    /// The version of Kubernetes, as `--kube-version` takes it.
    pub kube_version: Option<String>,
    /// The API versions that the cluster has, besides those that Helm knows.
    pub api_versions: Vec<String>,
}

impl Application {
    /// The manifests that the app's chart renders to, as `helm template --include-crds` prints them, with the app's
    /// patches applied. `chart` has the files of the chart, with paths relative to its folder.
    ///
    /// # Errors
    /// One line that names the app or the file: the chart cannot be rendered, a value file is missing, or a patch does not
    /// apply.
    pub fn manifests(
        &self,
        chart: &FileSet,
        options: &ManifestOptions,
        host: Rc<dyn Host>,
    ) -> Result<Vec<u8>, String> {
        let failed = |error: homescale_chart::Error| format!("{}: {error}", self.path);
        let loaded = Chart::load_as(chart, LEVEL).map_err(failed)?;
        let mut values = self.value_files(chart)?;
        let own = self.values();
        if !own.is_nil() {
            values.push(ValueSource::Map(Plain::from_value(&own).map_err(failed)?));
        }
        let request = Request {
            release: Release {
                name: self.release_name.clone(),
                namespace: self.namespace.clone(),
                is_upgrade: false,
            },
            values,
            kube_version: options.kube_version.clone(),
            api_versions: options.api_versions.clone(),
            include_crds: true,
            level: LEVEL,
            ..Request::default()
        };
        let rendered = render(&loaded, &request, host).map_err(failed)?;
        patch_manifests(&rendered.text(), &self.patches).map_err(|found| found.to_string())
    }

    /// The app's value files, weakest first.
    fn value_files(&self, chart: &FileSet) -> Result<Vec<ValueSource>, String> {
        let read = |name: &String| {
            if name.starts_with('$') || name.contains("://") {
                return Err(format!(
                    "{}: the value file {name} is outside the chart; only files of the chart can be read",
                    self.file
                ));
            }
            let text = chart.get(name.trim_start_matches("./")).ok_or_else(|| {
                format!(
                    "{}: there is no value file {}/{name}",
                    self.file,
                    self.path.trim_end_matches('/')
                )
            })?;
            let (name, text) = (name.clone(), Str::from(text));
            Ok(ValueSource::File { name, text })
        };
        self.value_files.iter().map(read).collect()
    }
}
