//! [`Home`]: where Helm keeps what belongs to its user.

use std::ffi::OsString;
use std::path::PathBuf;

/// Helm's directories and files, as an environment names them.
///
/// The source is Helm's `helmpath` and `cli/environment.go`.
///
/// ```
/// use std::path::Path;
///
/// use homescale_chart::command::Home;
///
/// let home = Home::of(|name| (name == "XDG_DATA_HOME").then(|| "/data".into()));
/// assert_eq!(home.plugins, [Path::new("/data/helm/plugins")]);
/// assert_eq!(home.repositories, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Home {
    /// The directories of plugins; the first that has one of a name wins.
    pub plugins: Vec<PathBuf>,
    /// The file that names the repositories of charts.
    pub repositories: Option<PathBuf>,
}

impl Home {
    /// The directories that these variables of an environment make.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let directory = |kind: &Kind| {
            let own = set(kind.own).map(PathBuf::from);
            let xdg = || set(kind.xdg).map(|base| PathBuf::from(base).join("helm"));
            let user = || set(USER).map(|base| PathBuf::from(base).join(kind.below_user));
            own.or_else(xdg).or_else(user)
        };
        let data = || Some(directory(&DATA)?.join("plugins"));
        let plugins = match set("HELM_PLUGINS") {
            Some(list) => std::env::split_paths(&list).collect(),
            None => data().into_iter().collect(),
        };
        let repositories = set("HELM_REPOSITORY_CONFIG").map(PathBuf::from);
        let configured = || Some(directory(&CONFIG)?.join("repositories.yaml"));
        Self {
            plugins,
            repositories: repositories.or_else(configured),
        }
    }
}

/// The variable that names the directory of the user.
const USER: &str = if cfg!(windows) { "APPDATA" } else { "HOME" };

/// How a directory is found: by a variable of its own, or in a directory of the desktop's, or in the user's.
struct Kind {
    own: &'static str,
    xdg: &'static str,
    below_user: &'static str,
}

const DATA: Kind = Kind {
    own: "HELM_DATA_HOME",
    xdg: "XDG_DATA_HOME",
    below_user: if cfg!(windows) {
        "helm"
    } else if cfg!(target_os = "macos") {
        "Library/helm"
    } else {
        ".local/share/helm"
    },
};

const CONFIG: Kind = Kind {
    own: "HELM_CONFIG_HOME",
    xdg: "XDG_CONFIG_HOME",
    below_user: if cfg!(windows) {
        "helm"
    } else if cfg!(target_os = "macos") {
        "Library/Preferences/helm"
    } else {
        ".config/helm"
    },
};
