//! The manifests of a fleet as files of a directory.

mod distinct;
mod file;
mod names;
mod resources;

use homescale_manifest::Object;

use crate::found::Found;

pub use self::file::TreeFile;
use self::file::ended;
pub use self::names::TreeNames;

/// How manifests are laid out in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// A file an object: `<cluster>/<app>/<kind>-<name>.yaml`.
    #[default]
    Resources,
    /// A file an Application: `<cluster>/<app>.yaml`.
    Applications,
}

impl Layout {
    /// Where all files of an Application are: a directory, or the file itself.
    pub fn place(self, found: &Found, names: &TreeNames) -> String {
        let place = names.of(found);
        match self {
            Self::Resources => place.to_owned(),
            Self::Applications => format!("{place}.yaml"),
        }
    }

    /// The files of an Application, by path. `names` knows what each Application of the fleet is called there.
    pub fn files(self, found: &Found, objects: &[Object], names: &TreeNames) -> Vec<TreeFile> {
        let place = names.of(found);
        match self {
            Self::Resources => resources::files(place, objects),
            Self::Applications => vec![TreeFile {
                path: format!("{place}.yaml"),
                contents: stream(objects),
            }],
        }
    }
}

/// Objects as a stream, each after a line `---`.
pub fn stream(objects: &[Object]) -> Vec<u8> {
    let mut stream = Vec::new();
    for object in objects {
        stream.extend_from_slice(b"---\n");
        stream.extend_from_slice(&ended(&object.text));
    }
    stream
}
