//! [`Fleet::which`]: the Applications that a changed file touches.

use std::collections::{BTreeMap, BTreeSet};

use homescale_argocd::{SourceInputs, normalize, prepare_source};
use homescale_template::parallel;

use crate::config::CONFIG_FILE;
use crate::fleet::Fleet;
use crate::found::{ApplicationId, Found, Origin};
use crate::touch::Touch;

/// An Application that files touch.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Touched<'f> {
    /// The Application.
    pub found: &'f Found,
    /// The files, by path, and how each touches it.
    pub files: BTreeMap<String, BTreeSet<Touch>>,
}

/// How one file touches Applications.
type Touches<'f> = BTreeMap<&'f ApplicationId, BTreeSet<Touch>>;

impl Fleet<'_> {
    /// Those of the Applications that files touch, in their order. The files are named by their paths from the root of the
    /// repository; they may be new, or gone. Nothing is rendered but Applications that bring others.
    ///
    /// A file that is gone touches what would read it. What it defined is gone, too, and is in no answer.
    pub fn which<'f>(&'f self, files: &[String], selected: &[&'f Found]) -> Vec<Touched<'f>> {
        let needed = self.with_parents(selected);
        let all: Vec<&Found> = needed.values().copied().collect();
        let inputs = parallel::each(&all, self.inputs.threads, |found| self.inputs_of(found));
        let inputs: BTreeMap<&ApplicationId, Vec<SourceInputs>> =
            all.iter().map(|found| &found.id).zip(inputs).collect();
        let touches = parallel::each(files, self.inputs.threads, |file| {
            self.touches(file, &needed, &inputs)
        });
        let touched = selected.iter().map(|found| {
            let by_file = files.iter().zip(&touches);
            let by_file = by_file
                .filter_map(|(file, touches)| Some((file.clone(), touches.get(&found.id)?.clone())))
                .collect();
            Touched {
                found,
                files: by_file,
            }
        });
        touched
            .filter(|touched| !touched.files.is_empty())
            .collect()
    }

    /// Applications, and those that bring them.
    fn with_parents<'f>(
        &'f self,
        selected: &[&'f Found],
    ) -> BTreeMap<&'f ApplicationId, &'f Found> {
        let all: BTreeMap<_, _> = self.applications.iter().map(|it| (&it.id, it)).collect();
        let mut needed = BTreeMap::new();
        let mut left: Vec<&Found> = selected.to_vec();
        while let Some(found) = left.pop() {
            if needed.insert(&found.id, found).is_none() {
                let parent = found.origin.parent();
                left.extend(parent.and_then(|parent| all.get(parent)));
            }
        }
        needed
    }

    /// What the sources of an Application read.
    fn inputs_of(&self, found: &Found) -> Vec<SourceInputs> {
        let options = self.options(found);
        let sources = 0..found.application.sources.len();
        sources
            .map(|source| prepare_source(&self.request(found, source, &options)).inputs)
            .collect()
    }

    /// How a file touches Applications.
    fn touches<'f>(
        &'f self,
        file: &str,
        needed: &BTreeMap<&'f ApplicationId, &'f Found>,
        inputs: &BTreeMap<&'f ApplicationId, Vec<SourceInputs>>,
    ) -> Touches<'f> {
        let mut touches = Touches::new();
        for (id, found) in needed {
            let direct = self.direct(file, found, inputs.get(id).map_or(&[], Vec::as_slice));
            if !direct.is_empty() {
                touches.insert(id, direct);
            }
        }
        let mut about = BTreeMap::new();
        loop {
            let mut more = Vec::new();
            for (id, child) in needed {
                let parent = child.origin.parent().and_then(|id| needed.get(id));
                let Some(parent) = parent.filter(|parent| parent.id != child.id) else {
                    continue;
                };
                let Some(how) = touches.get(&parent.id) else {
                    continue;
                };
                // What the parent renders to is not known any more, or only because of this file.
                let touch = if how.iter().any(|how| *how != Touch::Reads) {
                    Some(Touch::Brings)
                } else {
                    let about = about.entry(&parent.id);
                    about
                        .or_insert_with(|| self.is_about(parent, file))
                        .touch(child)
                };
                let own = touches.get(*id);
                let is_known = |how: &Touch| {
                    own.is_some_and(|own| own.contains(how) || own.contains(&Touch::Configures))
                };
                more.extend(touch.filter(|how| !is_known(how)).map(|how| (*id, how)));
            }
            if more.is_empty() {
                return touches;
            }
            for (id, how) in more {
                touches.entry(id).or_default().insert(how);
            }
        }
    }

    /// How a file touches an Application by itself, whoever brings it.
    fn direct(&self, file: &str, found: &Found, inputs: &[SourceInputs]) -> BTreeSet<Touch> {
        let is_own = |url: &str| self.inputs.checkouts.is_own(url);
        let mut clusters = self.inputs.config.clusters.iter();
        let is_captured = clusters.any(|cluster| {
            cluster.name == found.cluster && cluster.capabilities.as_deref() == Some(file)
        });
        let is_generated = self.generated_from.get(&found.id).is_some_and(|read| {
            let mut read = read.iter().filter(|read| !read.is_directory);
            read.any(|read| read.path == file && is_own(&read.repo_url))
        });
        let is_read = inputs.iter().any(|inputs| inputs.touches(file, is_own));
        // Of a source that is gone, or of which only a program knows what it reads, its path is known.
        let mut unknown = (found.application.sources.iter().zip(inputs))
            .filter(|(_, inputs)| **inputs == SourceInputs::default());
        let is_below = unknown.any(|(source, _)| {
            let is_here = !source.is_reference_only() && source.chart.is_empty();
            let path = normalize(&source.path).filter(|path| !path.is_empty());
            let rest = path.and_then(|path| file.strip_prefix(&*path).map(str::to_owned));
            is_here && rest.is_some_and(|rest| rest.starts_with('/')) && is_own(&source.repo_url)
        });
        let said = [
            (Touch::Configures, file == CONFIG_FILE || is_captured),
            (Touch::Defines, is_defined_in(&found.origin, file)),
            (Touch::Generates, is_generated),
            (Touch::Reads, is_read || is_below),
        ];
        let said = said.into_iter().filter(|(_, is_so)| *is_so);
        said.map(|(touch, _)| touch).collect()
    }
}

/// Whether what was found there was found in this file.
fn is_defined_in(origin: &Origin, file: &str) -> bool {
    match origin {
        Origin::File(path, _) => **path == *file,
        Origin::Set(_, origin) => is_defined_in(origin, file),
        Origin::Application(_) | Origin::Root(_) => false,
    }
}
