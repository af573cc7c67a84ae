//! Reads the values that patches put into manifests.

use homescale_located::{Data, Node};

use crate::patch::malformed::Malformed;
use crate::tree::Tree;

/// From here on, integers are rounded by Helm, for which every number is a float.
const ROUNDED_FROM: f64 = 9_007_199_254_740_992.0;

/// From here on, no integer fits 64 bits.
const NO_INTEGER_FROM: f64 = 18_446_744_073_709_551_616.0;

/// The value that a patch says.
///
/// # Errors
/// It is nested too deeply, or has an integer that may have been rounded on its way.
pub(super) fn read(node: &Node) -> Result<Tree, Malformed<'_>> {
    let tree = Tree::of_node(node).map_err(|error| Malformed::at(node, error.to_string()))?;
    match rounded(node) {
        None => Ok(tree),
        Some(number) => Err(Malformed::at(
            number,
            "has an integer beyond 2^53, which Helm rounds: every number is a float to it"
                .to_owned(),
        )
        .hinted("let the chart say it, or write it as a string where Kubernetes takes one")),
    }
}

/// The first integer that is rounded.
fn rounded(node: &Node) -> Option<&Node> {
    match &node.data {
        Data::Number(x) => {
            let is_rounded = (ROUNDED_FROM..NO_INTEGER_FROM).contains(&x.abs());
            is_rounded.then_some(node)
        }
        Data::List(items) => items.iter().find_map(rounded),
        Data::Map(table) => table
            .entries()
            .iter()
            .find_map(|entry| rounded(&entry.value)),
        _ => None,
    }
}
