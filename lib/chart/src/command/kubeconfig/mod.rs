//! [`Kubeconfig`]: the files that say which cluster and namespace a user works with, as far as `helm template` looks.
//!
//! The source is client-go's `tools/clientcmd`: which files there are, how several become one, what makes them unusable, and
//! where a pod finds its own namespace. Helm takes `default` where it finds nothing, and where what it finds is unusable.

mod config;
mod decode;
mod error;
mod flags;
mod machine;
mod shape;
mod usable;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use homescale_go::Release;

use self::config::{Config, Context};
use self::flags::Overrides;
use crate::helm_version::HelmVersion;

pub use self::error::{ContextProblem, KubeconfigError, KubeconfigFileError};
pub use self::flags::KubeFlags;
pub use self::machine::Machine;

/// The namespace that Helm takes when nothing says another.
const DEFAULT: &str = "default";

/// Where Kubernetes tells a pod about itself.
const SERVICE_ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// The files, as one.
pub struct Kubeconfig<'a> {
    machine: &'a dyn Machine,
    go: Release,
    overrides: Overrides,
    config: Config,
}

/// The namespace of a release: what `--namespace` says, or its variable, or the current context of the kubeconfig, or the
/// pod that this is; else `default`.
///
/// ```
/// use std::ffi::OsString;
/// use std::io;
/// use std::path::{Path, PathBuf};
///
/// use homescale_chart::HelmVersion;
/// use homescale_chart::command::{KubeFlags, Machine, namespace};
///
/// struct Laptop;
///
/// impl Machine for Laptop {
///     fn variable(&self, name: &str) -> Option<OsString> {
///         (name == "HOME").then(|| "/home/user".into())
///     }
///
///     fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
///         match path.to_str() {
///             Some("/home/user/.kube/config") => {
///                 Ok(b"{current-context: c, contexts: [{name: c, context: {namespace: web}}]}".to_vec())
///             }
///             _ => Err(io::ErrorKind::NotFound.into()),
///         }
///     }
///
///     fn absolute(&self, path: &Path) -> PathBuf {
///         Path::new("/").join(path)
///     }
/// }
///
/// assert_eq!(namespace(&KubeFlags::default(), HelmVersion::default(), &Laptop), "web");
/// ```
pub fn namespace(flags: &KubeFlags, helm: HelmVersion, machine: &dyn Machine) -> String {
    let overrides = flags.with_variables(machine);
    if !overrides.namespace.is_empty() {
        return overrides.namespace;
    }
    let found = Kubeconfig::of(overrides, helm, machine).and_then(|config| config.namespace());
    found.unwrap_or_else(|_| DEFAULT.to_owned())
}

impl fmt::Debug for Kubeconfig<'_> {
    /// Without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kubeconfig")
            .field("current_context", &self.config.current_context)
            .finish_non_exhaustive()
    }
}

impl<'a> Kubeconfig<'a> {
    /// Reads the files that the machine and the flags name.
    ///
    /// # Errors
    /// The file of `--kubeconfig` is not there, or a file is none that client-go reads.
    pub fn load(
        flags: &KubeFlags,
        helm: HelmVersion,
        machine: &'a dyn Machine,
    ) -> Result<Self, KubeconfigError> {
        Self::of(flags.with_variables(machine), helm, machine)
    }

    fn of(
        overrides: Overrides,
        helm: HelmVersion,
        machine: &'a dyn Machine,
    ) -> Result<Self, KubeconfigError> {
        let files = files(&overrides.kubeconfig, machine)?;
        let mut config = Config::default();
        let mut errors = Vec::new();
        for (path, text) in files {
            let read = text.map_err(|error| KubeconfigFileError::read(&path, error));
            match read.and_then(|text| decode::decode(&text, helm)) {
                Ok(file) => config.add(file.resolved(&path, machine)),
                Err(error) => errors.push((path, error)),
            }
        }
        if !errors.is_empty() {
            return Err(KubeconfigError::Files(errors));
        }
        Ok(Self {
            machine,
            go: helm.row().go,
            overrides,
            config,
        })
    }

    /// The namespace of the current context, or that of the pod that this is.
    fn namespace(&self) -> Result<String, KubeconfigError> {
        self.confirm_usable()?;
        let own = self.context()?.namespace;
        if own.is_empty() && is_pod(self.machine) {
            return Ok(of_pod(self.machine));
        }
        Ok(if own.is_empty() {
            DEFAULT.to_owned()
        } else {
            own
        })
    }

    /// Makes sure that there is a context, and what it needs, as Helm does before it asks a cluster.
    ///
    /// # Errors
    /// What is missing, contradicts itself, or cannot be read.
    pub fn check(&self) -> Result<(), KubeconfigError> {
        self.context()?;
        self.confirm_usable()
    }

    /// The current context. It need not be there, unless it is asked for.
    fn context(&self) -> Result<Context, KubeconfigError> {
        let asked = &self.overrides.context;
        match self.config.context(asked) {
            Some(context) => Ok(context.clone()),
            None if asked.is_empty() => Ok(Context::default()),
            None => Err(KubeconfigError::NoContext(asked.clone())),
        }
    }

    fn confirm_usable(&self) -> Result<(), KubeconfigError> {
        let problems = usable::problems(&self.config, &self.overrides, self.go, self.machine);
        if problems.is_empty() {
            return Ok(());
        }
        Err(KubeconfigError::Unusable(problems))
    }
}

/// A file, and what came of reading it.
type File = (PathBuf, io::Result<Vec<u8>>);

/// The files that there are: the one that is asked for, those of `$KUBECONFIG`, or that of the user. Others than the first
/// need not be there.
fn files(asked: &str, machine: &dyn Machine) -> Result<Vec<File>, KubeconfigError> {
    let user = PathBuf::from(machine.variable("HOME").unwrap_or_default()).join(".kube");
    let of_user = user_file(&user, machine)?;
    if !asked.is_empty() {
        let path = PathBuf::from(asked);
        return match machine.read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(KubeconfigError::Missing(path))
            }
            text => Ok(vec![(path, text)]),
        };
    }
    let list = machine.variable("KUBECONFIG").unwrap_or_default();
    if list.is_empty() {
        return Ok(of_user.into_iter().collect());
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in std::env::split_paths(&list) {
        if !path.as_os_str().is_empty() && !paths.contains(&path) {
            paths.push(path);
        }
    }
    let files = paths.into_iter().map(|path| {
        let text = machine.read(&path);
        (path, text)
    });
    let is_missing =
        |file: &File| matches!(&file.1, Err(error) if error.kind() == io::ErrorKind::NotFound);
    Ok(files.filter(|file| !is_missing(file)).collect())
}

/// The file of the user. Where it is missing, Helm copies the one of a name that Kubernetes had before to its place.
fn user_file(directory: &Path, machine: &dyn Machine) -> Result<Option<File>, KubeconfigError> {
    use io::ErrorKind::{IsADirectory, NotFound, PermissionDenied};

    let path = directory.join("config");
    let text = machine.read(&path);
    match text.as_ref().map_err(io::Error::kind) {
        Err(NotFound) => {
            let former = machine.read(&directory.join(".kubeconfig"));
            Ok(former.ok().map(|text| (path, Ok(text))))
        }
        Ok(_) | Err(IsADirectory | PermissionDenied) => Ok(Some((path, text))),
        Err(_) => text
            .map(|_| None)
            .map_err(|error| KubeconfigError::User(path, error)),
    }
}

/// Whether this is a pod.
fn is_pod(machine: &dyn Machine) -> bool {
    let has = |name| {
        machine
            .variable(name)
            .is_some_and(|value| !value.is_empty())
    };
    let token = Path::new(SERVICE_ACCOUNT).join("token");
    has("KUBERNETES_SERVICE_HOST") && has("KUBERNETES_SERVICE_PORT") && machine.read(&token).is_ok()
}

/// The namespace of the pod that this is.
fn of_pod(machine: &dyn Machine) -> String {
    let said = machine.variable("POD_NAMESPACE").unwrap_or_default();
    if !said.is_empty() {
        return said.to_string_lossy().into_owned();
    }
    let file = machine.read(&Path::new(SERVICE_ACCOUNT).join("namespace"));
    let text = String::from_utf8_lossy(&file.unwrap_or_default()).into_owned();
    match text.trim() {
        "" => DEFAULT.to_owned(),
        namespace => namespace.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    /// A machine with these variables and files.
    struct Fake<'a> {
        variables: &'a [(&'a str, &'a str)],
        files: &'a [(&'a str, &'a str)],
    }

    impl Machine for Fake<'_> {
        fn variable(&self, name: &str) -> Option<OsString> {
            let found = self.variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.into())
        }

        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            let found = self
                .files
                .iter()
                .find(|(known, _)| Path::new(known) == path);
            let text = found.map(|(_, text)| text.as_bytes().to_vec());
            text.ok_or_else(|| io::ErrorKind::NotFound.into())
        }

        fn absolute(&self, path: &Path) -> PathBuf {
            path.to_owned()
        }
    }

    fn found(variables: &[(&str, &str)], files: &[(&str, &str)]) -> String {
        let machine = Fake { variables, files };
        namespace(&KubeFlags::default(), HelmVersion::default(), &machine)
    }

    const SERVICE: [(&str, &str); 2] = [
        ("KUBERNETES_SERVICE_HOST", "10.0.0.1"),
        ("KUBERNETES_SERVICE_PORT", "443"),
    ];
    const TOKEN: (&str, &str) = (
        "/var/run/secrets/kubernetes.io/serviceaccount/token",
        "token",
    );
    const NAMESPACE: (&str, &str) = (
        "/var/run/secrets/kubernetes.io/serviceaccount/namespace",
        "of-pod\n",
    );

    #[test]
    fn a_pod_has_a_namespace_of_its_own() {
        assert_eq!(found(&SERVICE, &[TOKEN, NAMESPACE]), "of-pod");
        assert_eq!(found(&SERVICE, &[TOKEN]), "default");
        assert_eq!(found(&SERVICE, &[NAMESPACE]), "default");
        assert_eq!(found(&[], &[TOKEN, NAMESPACE]), "default");
        let told = [SERVICE[0], SERVICE[1], ("POD_NAMESPACE", "told")];
        assert_eq!(found(&told, &[TOKEN, NAMESPACE]), "told");
    }

    #[test]
    fn a_kubeconfig_counts_more_than_the_pod_if_it_says_a_namespace() {
        let with = |context: &str| {
            let text = format!("current-context: c\ncontexts: [{{name: c, context: {context}}}]");
            let files = [TOKEN, NAMESPACE, ("k", text.as_str())];
            found(&[SERVICE[0], SERVICE[1], ("KUBECONFIG", "k")], &files)
        };
        assert_eq!(with("{namespace: own}"), "own");
        assert_eq!(with("{namespace: default}"), "default");
        assert_eq!(with("{}"), "of-pod");
        // One that is unusable does not give way to the pod.
        assert_eq!(with("5"), "default");
    }

    #[test]
    fn the_former_name_of_the_file_of_the_user_is_known() {
        let text = "current-context: c\ncontexts: [{name: c, context: {namespace: former}}]";
        let former = ("/home/me/.kube/.kubeconfig", text);
        let home = [("HOME", "/home/me")];
        assert_eq!(found(&home, &[former]), "former");
        assert_eq!(
            found(&home, &[former, ("/home/me/.kube/config", "")]),
            "default"
        );
    }
}
