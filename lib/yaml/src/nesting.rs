//! What writers of nested values need: indentation, and how values are found that contain themselves, in the way of Go's
//! `encoding/json` (`ptrLevel`, `startDetectCyclesAfter`).

use std::collections::HashSet;

use homescale_go::strings::Builder;
use homescale_value::Value;

/// Levels that are entered without a look: values that contain themselves reach any depth.
const UNWATCHED: usize = 1_000;

/// The containers around the place where a writer is, of which the deeper ones are remembered.
#[derive(Default)]
pub(crate) struct Ancestors {
    depth: usize,
    seen: HashSet<usize>,
}

/// The value contains itself: the text is Go's.
pub(crate) fn cycle_text(container: &Value) -> String {
    format!(
        "json: unsupported value: encountered a cycle via {}",
        container.type_name()
    )
}

impl Ancestors {
    /// Enters a list or map that is not empty. False when it is already around us.
    pub(crate) fn enter(&mut self, container: &Value) -> bool {
        self.depth += 1;
        self.depth <= UNWATCHED || self.seen.insert(address(container))
    }

    /// Leaves a list or map that was entered.
    pub(crate) fn leave(&mut self, container: &Value) {
        if self.depth > UNWATCHED {
            self.seen.remove(&address(container));
        }
        self.depth -= 1;
    }

    /// How many containers are around us.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }
}

/// Where the contents live: the same for every handle of one list or map.
fn address(container: &Value) -> usize {
    match container {
        Value::List(list) => list.items().as_ptr().addr(),
        Value::Map(map) => std::ptr::from_ref(&*map.entries()).addr(),
        _ => 0,
    }
}

/// Appends spaces.
pub(crate) fn spaces(out: &mut Builder<String>, mut count: usize) {
    const SPACES: &str = "                                                                ";
    while count > SPACES.len() {
        out.push(SPACES);
        count -= SPACES.len();
    }
    out.push(&SPACES[..count]);
}
