//! [`Directory`]: a plain directory of manifests (`findManifests`, `getPotentiallyValidManifests`).

use homescale_fileset::Glob;

use super::error::SourceError;
use super::failure::SourceFailure;
use super::inputs::{SourceInputs, inside};
use super::manifest_file::{ManifestFile, append, read};
use super::not_rendered::NotRendered;
use super::place::Place;
use super::request::SourceRequest;
use crate::application::{DirectorySource, Source};
use crate::version::ArgoCdVersion;

/// How many bytes the files of a directory may have together: `--max-combined-directory-manifests-size` of the repo-server
/// by default, 10M.
const LARGEST: u64 = 10_000_000;

/// The marker of a file that is not to be rendered.
const SKIP: &[u8] = b"+argocd:skip-file-rendering";

/// The first Argo CD that knows `disableExtensionFilter`.
const EXTENSION_FILTER: ArgoCdVersion = ArgoCdVersion::new(3, 6);

/// The files that count without it.
const EXTENSIONS: [&str; 4] = [".yaml", ".yml", ".json", JSONNET];

const JSONNET: &str = ".jsonnet";

/// A plain directory of manifests.
#[derive(Debug)]
pub(super) struct Directory<'a> {
    place: Place<'a>,
    /// The files that may be manifests, in order, by their paths from the root of the repository.
    files: Vec<String>,
}

impl<'a> Directory<'a> {
    /// Finds the files.
    ///
    /// # Errors
    /// A file cannot be read, they are too large, or one of them takes Jsonnet.
    pub(super) fn prepare(
        request: &SourceRequest<'a>,
        source: &Source,
        place: Place<'a>,
        inputs: &mut SourceInputs,
    ) -> Result<Self, SourceError> {
        let rules = source.directory.clone().unwrap_or_default();
        let input = place.input(&place.directory);
        if rules.recurse {
            inputs.directories.insert(input);
        } else {
            inputs.listings.insert(input);
        }
        let filter = Filter::new(&rules, request.argocd);
        let mut files = Vec::new();
        let mut left = LARGEST;
        for path in walk(&place, rules.recurse) {
            let relative = path[place.directory.len()..].trim_start_matches('/');
            if !filter.takes(relative) {
                continue;
            }
            let bytes = place.files.get(&path);
            let bytes = bytes.map_err(|error| SourceFailure::Unreadable(error.clone()))?;
            let bytes = bytes.unwrap_or_default();
            if memchr::memmem::find(bytes, SKIP).is_some() {
                continue;
            }
            if !path.ends_with(JSONNET) {
                let size = bytes.len() as u64;
                let rest = left.checked_sub(size);
                left = rest.ok_or(SourceFailure::TooLarge(LARGEST))?;
            }
            files.push(path);
        }
        if let Some(path) = files.iter().find(|path| path.ends_with(JSONNET)) {
            return Err(NotRendered::Jsonnet(path.clone()).into());
        }
        Ok(Self { place, files })
    }

    /// The manifests of all files.
    pub(super) fn stream(&self) -> Result<Vec<u8>, SourceError> {
        let mut stream = Vec::new();
        for path in &self.files {
            let bytes = self.place.files.get(path);
            let bytes = bytes.map_err(|error| SourceFailure::Unreadable(error.clone()))?;
            let file = ManifestFile {
                path,
                bytes: bytes.unwrap_or_default(),
            };
            append(
                &mut stream,
                path,
                &read(&file).map_err(SourceFailure::Manifest)?,
            );
        }
        Ok(stream)
    }
}

/// The files of a directory, in the order in which Go walks: by names, a directory where its name stands.
fn walk(place: &Place<'_>, recurse: bool) -> Vec<String> {
    if !recurse {
        let files = place.entries().into_iter();
        let files = files.filter(|(_, is_directory)| !is_directory);
        return files
            .map(|(name, _)| inside(&place.directory, name))
            .collect();
    }
    let paths = place.files.paths_below(&place.directory);
    let mut paths: Vec<String> = paths.map(str::to_owned).collect();
    paths.sort_by(|a, b| a.split('/').cmp(b.split('/')));
    paths
}

/// Which files of a directory count.
struct Filter {
    any_extension: bool,
    exclude: Option<Pattern>,
    include: Option<Pattern>,
}

/// A pattern; without one where it is malformed, which matches nothing.
struct Pattern(Option<Glob>);

impl Filter {
    fn new(rules: &DirectorySource, argocd: ArgoCdVersion) -> Self {
        let pattern = |text: &str| {
            let pattern = || Pattern(Glob::without_separator(text.as_bytes()).ok());
            (!text.is_empty()).then(pattern)
        };
        Self {
            any_extension: rules.disable_extension_filter && argocd >= EXTENSION_FILTER,
            exclude: pattern(&rules.exclude),
            include: pattern(&rules.include),
        }
    }

    /// Whether a file counts, by its path from the directory.
    fn takes(&self, path: &str) -> bool {
        let is_known = EXTENSIONS.iter().any(|extension| path.ends_with(extension));
        let is_excluded = self.exclude.as_ref().is_some_and(|it| it.is_match(path));
        let is_included = self.include.as_ref().is_none_or(|it| it.is_match(path));
        (self.any_extension || is_known) && !is_excluded && is_included
    }
}

impl Pattern {
    fn is_match(&self, path: &str) -> bool {
        self.0.as_ref().is_some_and(|glob| glob.is_match(path))
    }
}
