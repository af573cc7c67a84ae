//! Which paths differ between two commits.

use gix_diff::tree::recorder::Change;
use gix_diff::tree::{Recorder, State, Visit, visit};
use gix_hash::ObjectId;
use gix_object::FindExt;
use gix_object::bstr::BStr;

use super::error::GitError;
use super::repository::Repository;

/// How many files and directories may differ: a few objects of a repository can stand for more than any disk holds.
const MAX_CHANGES: usize = 200_000;

impl Repository {
    /// The paths of the files that differ between two commits, below the directory of the repository. One that was moved is two.
    ///
    /// # Errors
    /// An object cannot be read, or too much differs.
    pub(super) fn changes(&self, from: ObjectId, to: ObjectId) -> Result<Vec<String>, GitError> {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        let old = self.objects.find_tree_iter(&self.tree(from)?, &mut old);
        let new = self.objects.find_tree_iter(&self.tree(to)?, &mut new);
        let (old, new) = (
            old.map_err(GitError::object)?,
            new.map_err(GitError::object)?,
        );
        let mut changes = Changes {
            recorder: Recorder::default(),
            left: MAX_CHANGES,
        };
        let compared = gix_diff::tree(old, new, State::default(), &self.objects, &mut changes);
        match compared {
            Err(gix_diff::tree::Error::Cancelled) => return Err(GitError::TooMany(MAX_CHANGES)),
            other => other.map_err(GitError::object)?,
        }
        let mut paths: Vec<String> = (changes.recorder.records.into_iter())
            .filter_map(|change| file_of(&change))
            .filter_map(|path| path.strip_prefix(&self.prefix).map(str::to_owned))
            .collect();
        paths.sort();
        paths.dedup();
        Ok(paths)
    }
}

/// The path of a change, unless it is about a directory.
fn file_of(change: &Change) -> Option<String> {
    let (mode, path) = match change {
        Change::Addition {
            entry_mode, path, ..
        }
        | Change::Deletion {
            entry_mode, path, ..
        }
        | Change::Modification {
            entry_mode, path, ..
        } => (entry_mode, path),
    };
    (!mode.is_tree()).then(|| String::from_utf8_lossy(path).into_owned())
}

/// What differs, up to a limit.
struct Changes {
    recorder: Recorder,
    left: usize,
}

impl Visit for Changes {
    fn pop_front_tracked_path_and_set_current(&mut self) {
        self.recorder.pop_front_tracked_path_and_set_current();
    }

    fn push_back_tracked_path_component(&mut self, component: &BStr) {
        self.recorder.push_back_tracked_path_component(component);
    }

    fn push_path_component(&mut self, component: &BStr) {
        self.recorder.push_path_component(component);
    }

    fn pop_path_component(&mut self) {
        self.recorder.pop_path_component();
    }

    fn visit(&mut self, change: visit::Change) -> visit::Action {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => return std::ops::ControlFlow::Break(()),
        }
        self.recorder.visit(change)
    }
}
