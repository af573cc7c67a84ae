//! [`Config`]: what a kubeconfig says, as far as it matters here.

use std::collections::BTreeMap;
use std::path::Path;

use super::machine::Machine;

/// What one file says, or several.
#[derive(Default)]
pub(super) struct Config {
    pub(super) current_context: String,
    pub(super) contexts: BTreeMap<String, Context>,
    pub(super) clusters: BTreeMap<String, Cluster>,
    pub(super) users: BTreeMap<String, User>,
}

#[derive(Clone, Default)]
pub(super) struct Context {
    pub(super) cluster: String,
    pub(super) user: String,
    pub(super) namespace: String,
}

#[derive(Clone, Default)]
pub(super) struct Cluster {
    pub(super) authority: String,
    pub(super) has_authority_data: bool,
    pub(super) proxy: String,
}

#[derive(Clone, Default)]
pub(super) struct User {
    pub(super) certificate: Pem,
    pub(super) key: Pem,
    pub(super) token: String,
    pub(super) has_password: bool,
    pub(super) impersonated: String,
    /// Whether it wants another's identifier, groups or the like.
    pub(super) impersonates: bool,
    pub(super) has_provider: bool,
    pub(super) exec: Option<Exec>,
}

/// What is in a file, or in the kubeconfig itself.
#[derive(Clone, Default)]
pub(super) struct Pem {
    pub(super) file: String,
    pub(super) has_data: bool,
}

#[derive(Clone, Default)]
pub(super) struct Exec {
    pub(super) command: String,
    pub(super) api_version: String,
    pub(super) variables: Vec<String>,
    pub(super) mode: String,
}

impl Config {
    /// The name of the context that is asked for, or else of the current one.
    pub(super) fn context_name<'a>(&'a self, asked: &'a str) -> &'a str {
        if asked.is_empty() {
            &self.current_context
        } else {
            asked
        }
    }

    /// The context that is asked for, or else the current one.
    pub(super) fn context(&self, asked: &str) -> Option<&Context> {
        self.contexts.get(self.context_name(asked))
    }

    /// Adds what a further file says: what those before it say counts more.
    pub(super) fn add(&mut self, file: Self) {
        if self.current_context.is_empty() {
            self.current_context = file.current_context;
        }
        for (name, context) in file.contexts {
            self.contexts.entry(name).or_insert(context);
        }
        for (name, cluster) in file.clusters {
            self.clusters.entry(name).or_insert(cluster);
        }
        for (name, user) in file.users {
            self.users.entry(name).or_insert(user);
        }
    }

    /// The same with the paths of files from the root: they are relative to the file that names them.
    pub(super) fn resolved(mut self, file: &Path, machine: &dyn Machine) -> Self {
        let base = file.parent().unwrap_or(Path::new(""));
        let resolve = |path: &mut String| {
            if !path.is_empty() {
                let absolute = machine.absolute(&base.join(&*path));
                *path = absolute.to_string_lossy().into_owned();
            }
        };
        for cluster in self.clusters.values_mut() {
            resolve(&mut cluster.authority);
        }
        for user in self.users.values_mut() {
            resolve(&mut user.certificate.file);
            resolve(&mut user.key.file);
        }
        self
    }
}

impl Pem {
    pub(super) fn is_nothing(&self) -> bool {
        self.file.is_empty() && !self.has_data
    }

    pub(super) fn is_twice(&self) -> bool {
        !self.file.is_empty() && self.has_data
    }
}
