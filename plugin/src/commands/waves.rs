//! `helm-catalog waves`: the order in which a cluster comes up.

use clap::Args;
use homescale_catalog::Waves as Order;

use super::data::{self, ReportFormat};
use crate::context::Context;
use crate::failure::Failure;
use crate::table::{self, Cell};
use crate::terminal::{self, Stream};

#[derive(Args, Debug)]
pub(crate) struct Waves {
    /// The cluster. Not needed when there is one
    #[arg(short, long, value_name = "CLUSTER")]
    cluster: Option<String>,
    /// Table, JSON or YAML
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: ReportFormat,
}

impl Waves {
    /// Prints the order in which a cluster comes up.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let repository = context.repository()?;
        let cluster = repository.cluster(self.cluster.as_deref())?;
        let waves = repository.catalog.waves(&cluster);
        let waves = waves.map_err(|found| repository.failure(&found))?;
        if self.output != ReportFormat::Table {
            return data::print(&waves, self.output);
        }
        let header = ["WAVE", "KIND", "NAME", "NAMESPACE"];
        let text = table::text(&header, &rows(&waves), context.is_colored(Stream::Output));
        terminal::print(text.as_bytes())
    }
}

/// A row for each object; the first of a wave has its number.
fn rows(waves: &Order) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for wave in &waves.0 {
        let mut number = wave.wave.to_string();
        let mut row = |cells: &[&str]| {
            let number = Cell::from(std::mem::take(&mut number));
            let cells = cells.iter().map(|text| Cell::from(*text));
            rows.push(std::iter::once(number).chain(cells).collect());
        };
        for name in &wave.namespaces {
            row(&["Namespace", name]);
        }
        for app in &wave.apps {
            row(&["Application", &app.app, &app.namespace]);
        }
    }
    rows
}
