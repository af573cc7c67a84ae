//! [`Digests`]: each directory and file is digested once, for all renders that read it.

use homescale_argocd::{Repositories, SourceInputs};

use super::hasher::{Hasher, Key};
use crate::memo::{Memo, parts};

/// The digests of what is read; none of what cannot be. The files must not change as long as it is used.
#[derive(Debug, Default)]
pub(crate) struct Digests(Memo<Option<Key>>);

impl Digests {
    /// Tells a hasher what is in the inputs. `None` where something cannot be read.
    pub(crate) fn tell(
        &self,
        inputs: &SourceInputs,
        repositories: &dyn Repositories,
        hasher: &mut Hasher,
    ) -> Option<()> {
        for part in parts(inputs) {
            let key = self.0.of(part, |inputs| digest(inputs, repositories))?;
            hasher.tell(part.path().as_bytes());
            hasher.tell(&key.0);
        }
        Some(())
    }
}

fn digest(inputs: &SourceInputs, repositories: &dyn Repositories) -> Option<Key> {
    let mut hasher = Hasher::new("inputs");
    let told = inputs.tell(repositories, |path, bytes| {
        hasher.tell(path.as_bytes());
        // A file that is not there is none with any contents.
        hasher.tell(&[u8::from(bytes.is_some())]);
        hasher.tell(bytes.unwrap_or_default());
    });
    told.ok()?;
    Some(hasher.key())
}
