//! [`ChartMemo`]: each chart is loaded once, for all Applications and clusters.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use homescale_argocd::{ChartError, Charts, load_chart};
use homescale_chart::{Chart, HelmVersion};
use homescale_fileset::FileSet;

/// Which chart it is: the set of files, by where it is in memory, the directory, and the Helm.
type Key = (usize, String, &'static str);

/// What came of loading a chart. Whoever asks while another one loads it waits for that.
type Slot = Arc<OnceLock<Result<Arc<Chart>, ChartError>>>;

/// Keeps the charts that were loaded. The files must stay where they are as long as it is used.
#[derive(Debug, Default)]
pub(crate) struct ChartMemo {
    slots: Mutex<BTreeMap<Key, Slot>>,
}

impl Charts for ChartMemo {
    fn chart(
        &self,
        files: &FileSet,
        path: &str,
        helm: HelmVersion,
    ) -> Result<Arc<Chart>, ChartError> {
        let key = (
            std::ptr::from_ref(files).addr(),
            path.to_owned(),
            helm.name(),
        );
        let slot = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry(key).or_default())
        };
        slot.get_or_init(|| load_chart(files, path, helm).map(Arc::new))
            .clone()
    }
}
