//! `helm-catalog cmp`: Argo CD's side. The config-management-plugin server runs it in the folder of the source, and says in
//! the environment what it wants.

mod asked;
mod deadline;
mod generate;
mod lookup;
mod parameters;
mod source;
mod substitute;
mod tree;

pub(crate) use deadline::parse as parse_deadline;

use crate::cli::{Cmp, Global};
use crate::failure::Failure;

/// Prints the manifests of the source in the current folder, or announces its parameters.
pub(crate) fn run(cmp: &Cmp, global: &Global) -> Result<(), Failure> {
    let (Cmp::Generate(options) | Cmp::Parameters(options)) = cmp;
    deadline::start(deadline::chosen(options.deadline)?)?;
    match cmp {
        Cmp::Generate(_) => generate::run(global),
        Cmp::Parameters(_) => parameters::run(global),
    }
}
