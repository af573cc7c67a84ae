//! The Git generator, and that of OCI artifacts: directories, or what files say.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use homescale_fileset::{FileSet, Pathspec, doublestar, doublestar_directory};
use homescale_go::{filepath, path};
use homescale_value::{Data, Map, Str, Value};

use super::{Outcome, Run, Stop, not_expanded};
use crate::application_set::data::{flag, get_or_nil, items, text};
use crate::application_set::error::{ApplicationSetError, ApplicationSetErrorKind as Kind};
use crate::application_set::generated::{FileRead, GeneratorKind, NotExpandedReason};
use crate::application_set::parameters::{append_values, flatten, texts};
use crate::application_set::render::normalize;

impl Run<'_> {
    pub(super) fn git(&self, own: &Data) -> Outcome {
        let project = self.project.to_text();
        if let Some(projects) = &self.inputs.settings.projects
            && !project.contains("{{")
            && !projects.contains(&*project)
        {
            return Err(Kind::NoProject(project.into_owned()).into());
        }
        let Some(files) = self.files_of(own) else {
            let repo_url = text(own, "repoURL").to_text().into_owned();
            let reason = NotExpandedReason::Repository { repo_url };
            return Err(not_expanded(GeneratorKind::Git, reason));
        };
        self.of_files(own, files)
    }

    /// An artifact that is at hand is read as a repository; of any other, a service may know the parameters.
    pub(super) fn oci(&self, own: &Data) -> Outcome {
        match self.files_of(own) {
            Some(files) => self.of_files(own, files),
            None => self.service(GeneratorKind::Oci, own),
        }
    }

    fn files_of(&self, own: &Data) -> Option<&FileSet> {
        let (url, revision) = (text(own, "repoURL"), text(own, "revision"));
        let repositories = self.inputs.repositories;
        repositories.files(&url.to_text(), &revision.to_text()).ok()
    }

    /// Directories, if the generator names any, and else files.
    fn of_files(&self, own: &Data, files: &FileSet) -> Outcome {
        let patterns = |name| items(get_or_nil(own, name));
        let (directories, file_patterns) = (patterns("directories"), patterns("files"));
        if !directories.is_empty() {
            return self.directories(own, directories, files);
        }
        if !file_patterns.is_empty() {
            return self.files(own, file_patterns, files);
        }
        Err(Kind::EmptyGenerator.into())
    }

    fn directories(&self, own: &Data, patterns: &[Data], files: &FileSet) -> Outcome {
        self.budget.paths(files.len())?;
        let mut all = Vec::new();
        for directory in walk(files, self.inputs.settings.include_hidden_directories) {
            self.budget.paths(patterns.len())?;
            let matches = |pattern: &&Data| {
                let pattern = text(pattern, "path");
                filepath::matches(&pattern, directory.as_bytes()) == Ok(true)
            };
            let matching = || patterns.iter().filter(matches);
            let is_excluded = matching().any(|pattern| flag(pattern, "exclude"));
            if is_excluded || matching().next().is_none() {
                continue;
            }
            self.has_read(own, &directory, true);
            let parameters = Map::new();
            self.add_path(&parameters, own, &directory, None);
            self.append(own, &parameters)?;
            all.push(parameters);
        }
        Ok(all)
    }

    fn files(&self, own: &Data, patterns: &[Data], files: &FileSet) -> Outcome {
        let mut selected: BTreeMap<String, &[u8]> = BTreeMap::new();
        for is_excluding in [false, true] {
            for (index, pattern) in patterns.iter().enumerate() {
                if flag(pattern, "exclude") != is_excluding {
                    continue;
                }
                let inside =
                    |error: ApplicationSetError| error.inside(format!("files[{index}].path"));
                let pattern = text(pattern, "path");
                for path in self.select(&pattern.to_text(), files).map_err(inside)? {
                    if is_excluding {
                        selected.remove(&path);
                    } else if let Some(bytes) = bytes_of(files, &path)? {
                        selected.insert(path, bytes);
                    }
                }
            }
        }
        let mut all = Vec::new();
        for (path, bytes) in selected {
            self.has_read(own, &path, false);
            for object in self.objects(own, &path, bytes)? {
                let parameters = self.of_object(&object);
                let directory = path::dir(path.as_bytes());
                let directory = String::from_utf8_lossy(&directory);
                self.add_path(&parameters, own, &directory, Some(&path));
                self.append(own, &parameters)?;
                all.push(parameters);
            }
        }
        Ok(all)
    }

    /// The objects of a file, which is parsed once.
    fn objects(
        &self,
        own: &Data,
        path: &str,
        bytes: &[u8],
    ) -> Result<Vec<Map>, ApplicationSetError> {
        let name = |field| text(own, field).to_text().into_owned();
        let key = [name("repoURL"), name("revision"), path.to_owned()];
        let mut parsed = self.parsed.borrow_mut();
        let objects = match parsed.entry(key) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(objects(path, bytes)?),
        };
        self.copies(objects)
    }

    /// The files that a pattern selects.
    fn select(&self, pattern: &str, files: &FileSet) -> Result<Vec<String>, ApplicationSetError> {
        self.budget.paths(files.len())?;
        if self.inputs.settings.new_git_file_globbing {
            // Argo CD reads all that the pattern matches.
            if let Some(path) = doublestar_directory(pattern, files).map_err(Kind::Doublestar)? {
                return Err(Kind::Directory(path).into());
            }
            return doublestar(pattern, files).map_err(|error| Kind::Doublestar(error).into());
        }
        let pathspec = Pathspec::new(pattern).map_err(Kind::Pathspec)?;
        Ok(pathspec.select(files).map(str::to_owned).collect())
    }

    /// The parameters that an object of a file is: as it is, or as one level of texts.
    fn of_object(&self, object: &Map) -> Map {
        if self.renderer.is_go() {
            return object.to_vec().into_iter().collect();
        }
        let flat = flatten(object).into_iter();
        flat.map(|(key, text)| (key, Value::Str(text))).collect()
    }

    /// Adds the parameters of a path.
    fn add_path(&self, parameters: &Map, own: &Data, directory: &str, file: Option<&str>) {
        let prefix = text(own, "pathParamPrefix");
        let base = |path: &str| Str::from(path::base(path.as_bytes()));
        let mut names = vec![
            ("basename", base(directory)),
            ("basenameNormalized", normalize(&base(directory))),
        ];
        if let Some(file) = file {
            names.push(("filename", base(file)));
            names.push(("filenameNormalized", normalize(&base(file))));
        }
        if self.renderer.is_go() {
            let path = Map::new();
            path.set("path", directory);
            path.set("segments", texts(directory.split('/')));
            for (name, value) in names {
                path.set(name, value);
            }
            if prefix.is_empty() {
                parameters.set("path", path);
            } else {
                parameters.set(prefix, Map::from_iter([("path", Value::Map(path))]));
            }
            return;
        }
        let prefix = match prefix.as_bytes() {
            b"" => "path".to_owned(),
            _ => format!("{}.path", prefix.to_text()),
        };
        parameters.set(prefix.as_str(), directory);
        for (name, value) in names {
            parameters.set(format!("{prefix}.{name}"), value);
        }
        for (index, segment) in directory.split('/').enumerate() {
            if !segment.is_empty() {
                parameters.set(format!("{prefix}[{index}]"), segment);
            }
        }
    }

    fn append(&self, own: &Data, parameters: &Map) -> Result<(), Stop> {
        append_values(&self.renderer, get_or_nil(own, "values"), parameters)?;
        Ok(())
    }

    fn has_read(&self, own: &Data, path: &str, is_directory: bool) {
        self.files.borrow_mut().insert(FileRead {
            repo_url: text(own, "repoURL").to_text().into_owned(),
            revision: text(own, "revision").to_text().into_owned(),
            path: path.to_owned(),
            is_directory,
        });
    }
}

/// The directories, in the order in which Go walks a tree: each before what is in it, by name.
fn walk(files: &FileSet, with_hidden: bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![String::new()];
    while let Some(directory) = left.pop() {
        let entries = files.entries(&directory).into_iter().rev();
        for (name, is_directory) in entries {
            if is_directory && name != ".git" && (with_hidden || !name.starts_with('.')) {
                left.push(match directory.as_str() {
                    "" => name.to_owned(),
                    directory => format!("{directory}/{name}"),
                });
            }
        }
        if !directory.is_empty() {
            found.push(directory);
        }
    }
    found
}

fn bytes_of<'f>(files: &'f FileSet, path: &str) -> Result<Option<&'f [u8]>, ApplicationSetError> {
    files.get(path).map_err(|problem| {
        let (path, problem) = (path.to_owned(), problem.clone());
        Kind::UnreadableFile { path, problem }.into()
    })
}

/// The objects that a file lists, or the one that it is.
fn objects(path: &str, bytes: &[u8]) -> Result<Vec<Map>, ApplicationSetError> {
    if let Ok(object) = homescale_yaml::map_from_slice(bytes) {
        return Ok(vec![object]);
    }
    let list = homescale_yaml::list_from_slice(bytes).map_err(|problem| Kind::File {
        path: path.to_owned(),
        problem: Box::new(problem),
    })?;
    let elements = list.to_vec().into_iter().enumerate();
    let elements = elements.map(|(index, element)| match element {
        Value::Nil => Ok(Map::new()),
        Value::Map(map) => Ok(map),
        _ => {
            let (key, expected) = (None, "a mapping");
            let error = ApplicationSetError::from(Kind::Element { key, expected });
            Err(error.inside(format!("{path}[{index}]")))
        }
    });
    elements.collect()
}
