//! The manifests of a fleet as files of a directory.

mod distinct;
mod error;
mod file;
mod hydrator;
mod names;
mod resources;

use homescale_manifest::Object;

use self::file::ended;
use self::names::TreeNames;
use crate::found::Found;

pub use self::error::TreeError;
pub use self::file::{TreeFile, TreePart};
pub use self::hydrator::DryCommit;

/// How manifests are laid out in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// A file an object: `<cluster>/<app>/<kind>-<name>.yaml`.
    #[default]
    Resources,
    /// A file an Application: `<cluster>/<app>.yaml`.
    Applications,
    /// That of Argo CD's hydrator: `manifest.yaml` at the path to which an Application is hydrated, else `<cluster>/<app>`.
    Hydrator,
}

/// The files of a fleet in a layout.
#[derive(Clone, Debug)]
pub struct TreePlan {
    layout: Layout,
    names: TreeNames,
    dry: DryCommit,
}

impl TreePlan {
    /// The plan for the Applications of a fleet, of which some are selected. `dry` is what they are rendered from.
    ///
    /// # Errors
    /// Applications that are selected cannot be hydrated into one directory.
    pub fn new(
        layout: Layout,
        all: &[Found],
        selected: &[&Found],
        dry: DryCommit,
    ) -> Result<Self, TreeError> {
        let names = TreeNames::new(all);
        if layout == Layout::Hydrator {
            hydrator::check(selected, &names)?;
        }
        Ok(Self { layout, names, dry })
    }

    /// Where all files of an Application are, those beside included: a directory, or the files themselves.
    ///
    /// # Errors
    /// It cannot be hydrated.
    pub fn places(&self, found: &Found) -> Result<Vec<String>, TreeError> {
        let part = self.part(found, &[])?;
        let beside = part.beside.into_iter().map(|file| file.path);
        Ok([part.place].into_iter().chain(beside).collect())
    }

    /// The files of an Application.
    ///
    /// # Errors
    /// It cannot be hydrated, or an object is none that Argo CD could write.
    pub fn part(&self, found: &Found, objects: &[Object]) -> Result<TreePart, TreeError> {
        let name = self.names.of(found);
        Ok(match self.layout {
            Layout::Resources => TreePart {
                place: name.to_owned(),
                files: resources::files(name, objects),
                beside: Vec::new(),
            },
            Layout::Applications => TreePart::of(TreeFile {
                path: format!("{name}.yaml"),
                contents: stream(objects),
            }),
            Layout::Hydrator => {
                let path = hydrator::path(found, &self.names)?;
                let manifest = hydrator::manifest(&path, objects);
                let manifest =
                    manifest.map_err(|error| TreeError::Write(found.id.clone(), error))?;
                TreePart {
                    beside: self.dry.files_beside(&path, found),
                    ..TreePart::of(manifest)
                }
            }
        })
    }

    /// The files that are of all Applications.
    pub fn root_files(&self) -> Vec<TreeFile> {
        match self.layout {
            Layout::Hydrator => self.dry.root_files(),
            Layout::Resources | Layout::Applications => Vec::new(),
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
