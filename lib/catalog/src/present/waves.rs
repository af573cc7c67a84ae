//! [`Waves`]: the order in which Argo CD syncs what a cluster gets.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::evaluate::RenderOptions;
use crate::model::catalog::Catalog;
use crate::model::objects::Objects;
use crate::present::table::write_table;
use homescale_located::Diagnostics;

impl Catalog {
    /// The sync waves of a cluster, in order.
    ///
    /// # Errors
    /// Those of [`Self::render`].
    pub fn waves(&self, cluster: &str) -> Result<Waves, Diagnostics> {
        let objects = self.render(cluster, &RenderOptions::default())?;
        Ok(Waves::of(&objects))
    }
}

/// The sync waves of a cluster, lowest first. Prints as a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waves(pub Vec<Wave>);

/// What is synced together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Wave {
    /// The number.
    pub wave: i64,
    /// The names of the Namespaces.
    pub namespaces: Vec<String>,
    /// The apps, in byte order of their names.
    pub apps: Vec<AppInWave>,
}

/// An app in a wave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AppInWave {
    /// The directory of the app.
    pub app: String,
    /// The namespace that it is deployed into.
    pub namespace: String,
}

impl Waves {
    pub(crate) fn of(objects: &Objects) -> Self {
        let mut waves: BTreeMap<i64, Wave> = BTreeMap::new();
        for namespace in &objects.namespaces {
            let wave = waves.entry(namespace.wave).or_default();
            wave.namespaces.push(namespace.name.clone());
        }
        for application in &objects.applications {
            let wave = waves.entry(application.wave).or_default();
            wave.apps.push(AppInWave {
                app: application.app.clone(),
                namespace: application.namespace.clone(),
            });
        }
        let waves = waves.into_iter().map(|(number, mut wave)| {
            wave.wave = number;
            wave.apps.sort();
            wave
        });
        Self(waves.collect())
    }
}

impl fmt::Display for Waves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["wave", "kind", "name", "namespace"].map(str::to_owned);
        let mut rows: Vec<Vec<String>> = vec![head.to_vec()];
        for wave in &self.0 {
            let number = wave.wave.to_string();
            for name in &wave.namespaces {
                rows.push(vec![number.clone(), "Namespace".to_owned(), name.clone()]);
            }
            for app in &wave.apps {
                let kind = "Application".to_owned();
                rows.push(vec![
                    number.clone(),
                    kind,
                    app.app.clone(),
                    app.namespace.clone(),
                ]);
            }
        }
        write_table(f, &rows)
    }
}
