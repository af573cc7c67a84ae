//! Which commit a revision is, by the names that `gitrevisions` has for commits of a history: `main`, `origin/main`, `v1.0`,
//! `0123abc`, `HEAD~2`, `main^2`.

use gix_hash::{ObjectId, Prefix};
use gix_object::{CommitRefIter, Find, Kind, TagRefIter};
use gix_ref::TargetRef;

use super::error::GitError;
use super::repository::Repository;

/// How many references may lead to one another, as in Git; and how many tags.
const MAX_HOPS: usize = 10;

/// The least and the most digits of the name of an object.
const SHORTEST: usize = 4;
const LONGEST: usize = 40;

/// A step from a commit to another.
#[derive(Clone, Copy)]
enum Step {
    /// `^2`: to its second parent.
    Parent(usize),
    /// `~2`: two times to the first parent.
    Back(usize),
}

impl Repository {
    /// The commit that a revision means.
    ///
    /// # Errors
    /// There is none, or the name is ambiguous.
    pub(super) fn commit(&self, revision: &str) -> Result<ObjectId, GitError> {
        let unknown = || GitError::Unknown(revision.to_owned());
        let end = revision.find(['~', '^']).unwrap_or(revision.len());
        let (name, steps) = revision.split_at(end);
        let mut commit = self.peeled(self.named(name)?.ok_or_else(unknown)?, revision)?;
        for step in steps_of(steps).ok_or_else(unknown)? {
            commit = self.walked(commit, step)?.ok_or_else(unknown)?;
        }
        Ok(commit)
    }

    /// The best ancestor that two commits have in common.
    ///
    /// # Errors
    /// There is none, or a commit cannot be read.
    pub(super) fn common_ancestor(&self, a: ObjectId, b: ObjectId) -> Result<ObjectId, GitError> {
        let mut graph = gix_revision::Graph::new(&self.objects, None);
        let bases = gix_revision::merge_base(a, &[b], &mut graph).map_err(GitError::object)?;
        let best = bases.map(|bases| *bases.first());
        best.ok_or(GitError::NoCommonAncestor)
    }

    /// The tree of a commit.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn tree(&self, commit: ObjectId) -> Result<ObjectId, GitError> {
        let mut buffer = Vec::new();
        let mut parts = self.commit_parts(commit, &mut buffer)?;
        parts.tree_id().map_err(GitError::object)
    }

    /// The object of a name, whatever it is.
    fn named(&self, name: &str) -> Result<Option<ObjectId>, GitError> {
        let is_hexadecimal = name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hexadecimal && name.len() == LONGEST {
            return Ok(ObjectId::from_hex(name.as_bytes()).ok());
        }
        let name = if name == "@" { "HEAD" } else { name };
        if let Some(object) = self.referred(name)? {
            return Ok(Some(object));
        }
        if !is_hexadecimal || !(SHORTEST..LONGEST).contains(&name.len()) {
            return Ok(None);
        }
        let prefix = Prefix::from_hex(name).map_err(GitError::object)?;
        let found = self.objects.lookup_prefix(prefix, None);
        match found.map_err(GitError::object)? {
            None => Ok(None),
            Some(Ok(object)) => Ok(Some(object)),
            Some(Err(())) => Err(GitError::Ambiguous(name.to_owned())),
        }
    }

    /// The object that a reference leads to.
    fn referred(&self, name: &str) -> Result<Option<ObjectId>, GitError> {
        let mut name = name.to_owned();
        for _ in 0..MAX_HOPS {
            let Ok(partial) = gix_ref::PartialName::try_from(name.as_str()) else {
                return Ok(None);
            };
            let found = self.references.try_find(partial.as_ref());
            let Some(found) = found.map_err(GitError::object)? else {
                return Ok(None);
            };
            match found.target.to_ref() {
                TargetRef::Object(object) => return Ok(Some(object.to_owned())),
                TargetRef::Symbolic(next) => name = next.as_bstr().to_string(),
            }
        }
        Ok(None)
    }

    /// The commit that an object is, or that a tag names.
    fn peeled(&self, object: ObjectId, revision: &str) -> Result<ObjectId, GitError> {
        let mut object = object;
        let mut buffer = Vec::new();
        for _ in 0..MAX_HOPS {
            let found = self.objects.try_find(&object, &mut buffer);
            let Some(found) = found.map_err(GitError::object)? else {
                return Err(GitError::Unknown(revision.to_owned()));
            };
            match found.kind {
                Kind::Commit => return Ok(object),
                Kind::Tag => {
                    let tag = TagRefIter::from_bytes(found.data, object.kind());
                    object = tag.target_id().map_err(GitError::object)?;
                }
                Kind::Tree | Kind::Blob => break,
            }
        }
        Err(GitError::NoCommit(revision.to_owned()))
    }

    /// The commit that a step leads to, if there is one.
    fn walked(&self, commit: ObjectId, step: Step) -> Result<Option<ObjectId>, GitError> {
        let (parent, times) = match step {
            Step::Parent(0) => return Ok(Some(commit)),
            Step::Parent(number) => (number - 1, 1),
            Step::Back(times) => (0, times),
        };
        let mut commit = commit;
        let mut buffer = Vec::new();
        for _ in 0..times {
            let next = self
                .commit_parts(commit, &mut buffer)?
                .parent_ids()
                .nth(parent);
            match next {
                Some(next) => commit = next,
                None => return Ok(None),
            }
        }
        Ok(Some(commit))
    }

    pub(super) fn commit_parts<'b>(
        &self,
        commit: ObjectId,
        buffer: &'b mut Vec<u8>,
    ) -> Result<CommitRefIter<'b>, GitError> {
        let found = self.objects.try_find(&commit, buffer);
        match found.map_err(GitError::object)? {
            Some(found) if found.kind == Kind::Commit => {
                Ok(CommitRefIter::from_bytes(found.data, commit.kind()))
            }
            _ => Err(GitError::Unknown(commit.to_string())),
        }
    }
}

/// What follows a name: `~2^2` is two steps. `None` for what is none.
fn steps_of(text: &str) -> Option<Vec<Step>> {
    let mut rest = text;
    let mut steps = Vec::new();
    while let Some(sign) = rest.chars().next() {
        rest = &rest[1..];
        if let Some(after) = rest.strip_prefix("{commit}").or(rest.strip_prefix("{}"))
            && sign == '^'
        {
            rest = after;
            continue;
        }
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let number = match &rest[..end] {
            "" => 1,
            digits => digits.parse().ok()?,
        };
        rest = &rest[end..];
        steps.push(match sign {
            '^' => Step::Parent(number),
            '~' => Step::Back(number),
            _ => return None,
        });
    }
    Some(steps)
}
