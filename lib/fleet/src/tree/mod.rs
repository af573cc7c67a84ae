//! The manifests of a fleet as files of a directory.

mod names;
mod resources;

use homescale_manifest::Object;

use crate::found::Found;

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

/// A file: its path in the directory, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeFile {
    /// The path, with `/` between its parts.
    pub path: String,
    /// What is in it.
    pub contents: Vec<u8>,
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

/// A text that ends its last line.
fn ended(text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    if text.last().is_some_and(|&last| last != b'\n') {
        text.push(b'\n');
    }
    text
}
