//! [`Renderer`]: by what the objects of a cluster are made.

use homescale_chart::HelmVersion;

/// The Helm that a catalog is evaluated as, in both ways: its own chart, the charts of its apps, and the parameters that are
/// set on the command line of Helm.
pub(crate) const HELM: HelmVersion = HelmVersion::NEWEST;

/// By what the objects of a cluster are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renderer {
    /// By the rules of this crate.
    Native,
    /// By rendering the catalog's chart.
    Engine,
}

/// Whose templates a catalog's chart has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Templates {
    /// Nobody's.
    None,
    /// Those of this repository, comments aside.
    Ours,
    /// A team's own.
    Own,
}
