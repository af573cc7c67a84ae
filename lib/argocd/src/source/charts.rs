//! [`Charts`]: who loads charts.

use std::fmt;
use std::sync::Arc;

use homescale_chart::{BuildError, Chart, HelmVersion};
use homescale_fileset::FileSet;

use super::inputs::inside;

/// Loads charts. One that keeps what it has loaded spares the parsing of the same chart for other Applications and clusters.
pub trait Charts: Sync {
    /// The chart in the directory `path` of a repository, as a Helm loads it: what [`load_chart`] gives.
    ///
    /// # Errors
    /// There is none, or it cannot be loaded.
    fn chart(
        &self,
        files: &FileSet,
        path: &str,
        helm: HelmVersion,
    ) -> Result<Arc<Chart>, ChartError>;
}

/// Why there is no chart.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ChartError {
    /// The directory has no Chart.yaml.
    NoChart,
    /// It cannot be loaded, or charts that it depends on are missing.
    Load(BuildError),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoChart => f.write_str("there is no Chart.yaml"),
            Self::Load(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ChartError {}

/// Loads each chart each time.
#[derive(Clone, Copy, Debug, Default)]
pub struct LoadEach;

impl Charts for LoadEach {
    fn chart(
        &self,
        files: &FileSet,
        path: &str,
        helm: HelmVersion,
    ) -> Result<Arc<Chart>, ChartError> {
        load_chart(files, path, helm).map(Arc::new)
    }
}

/// Loads the chart in the directory `path` of a repository; empty for its root. Charts that it depends on and that are in other
/// directories of the repository are put into it where they are missing, as Argo CD has Helm do it.
///
/// # Errors
/// There is none, or it cannot be loaded.
pub fn load_chart(files: &FileSet, path: &str, helm: HelmVersion) -> Result<Chart, ChartError> {
    if !files.contains(&inside(path, "Chart.yaml")) {
        return Err(ChartError::NoChart);
    }
    Chart::load_built(files, path, helm).map_err(ChartError::Load)
}
