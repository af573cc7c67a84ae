//! Go's `exec.LookPath`: where a program is.

use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

use homescale_go::strconv::quote;

use crate::platform;
use homescale_go::os::error_text;

/// Why there is no such program, in Go's words.
#[derive(Debug)]
pub(crate) struct LookPathError {
    name: String,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    NotFound,
    /// It is in a directory of `$PATH` that is relative to the current one.
    Relative,
    Directory,
    NotExecutable,
    Stat(PathBuf, io::Error),
}

impl fmt::Display for LookPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exec: {}: ", quote(&self.name))?;
        match &self.problem {
            Problem::NotFound => f.write_str("executable file not found in $PATH"),
            Problem::Relative => {
                f.write_str("cannot run executable found relative to current directory")
            }
            Problem::Directory => f.write_str("is a directory"),
            Problem::NotExecutable => f.write_str("permission denied"),
            Problem::Stat(path, error) => {
                write!(f, "stat {}: {}", path.display(), error_text(error))
            }
        }
    }
}

impl Error for LookPathError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            Problem::Stat(_, error) => Some(error),
            _ => None,
        }
    }
}

/// The path of a program: of a name without `/`, in the directories of `$PATH`.
///
/// # Errors
/// There is none that may be executed.
pub(crate) fn look_path(name: &str) -> Result<PathBuf, LookPathError> {
    find(name).map_err(|problem| LookPathError {
        name: name.to_owned(),
        problem,
    })
}

fn find(name: &str) -> Result<PathBuf, Problem> {
    if name.contains('/') {
        let path = PathBuf::from(name);
        return check_executable(&path).map(|()| path);
    }
    let path = env::var_os("PATH").unwrap_or_default();
    for directory in env::split_paths(&path) {
        let is_here = directory.as_os_str() == OsStr::new("");
        let directory = if is_here { Path::new(".") } else { &directory };
        let file = directory.join(name);
        if check_executable(&file).is_ok() {
            if !file.is_absolute() {
                return Err(Problem::Relative);
            }
            return Ok(file);
        }
    }
    Err(Problem::NotFound)
}

fn check_executable(path: &Path) -> Result<(), Problem> {
    let metadata = fs::metadata(path).map_err(|error| Problem::Stat(path.to_owned(), error))?;
    if metadata.is_dir() {
        return Err(Problem::Directory);
    }
    if !platform::is_executable(&metadata) {
        return Err(Problem::NotExecutable);
    }
    Ok(())
}
