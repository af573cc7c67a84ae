//! [`Found`]: an Application, and where it was found.

use std::fmt;
use std::sync::Arc;

use homescale_argocd::Application;
use homescale_located::{Location, Node};

/// Argo CD's own namespace, unless it was installed elsewhere.
pub const ARGOCD_NAMESPACE: &str = "argocd";

/// What makes an Application the same as another: the Argo CD that has it, its namespace, and its name.
///
/// Prints as `east/argocd/web`; what is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApplicationId {
    /// The name of the cluster on which its Argo CD runs.
    pub instance: String,
    /// The namespace of the object.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl fmt::Display for ApplicationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.instance, &self.namespace, &self.name];
        let parts: Vec<&str> = parts.into_iter().map(String::as_str).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        f.write_str(&parts.join("/"))
    }
}

/// Where an object was found. Prints as what a message says of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// In a file of the repository, at a line, from 1.
    File(Arc<str>, usize),
    /// Among what an Application applies.
    Application(ApplicationId),
    /// It is a root that the user names: a directory or a chart.
    Root(Arc<str>),
    /// Made by the ApplicationSet of this name, which was found elsewhere.
    Set(Arc<str>, Box<Origin>),
}

impl Origin {
    /// The Application that brings it, if one does.
    pub fn parent(&self) -> Option<&ApplicationId> {
        match self {
            Self::Application(id) => Some(id),
            Self::Set(_, origin) => origin.parent(),
            Self::File(..) | Self::Root(_) => None,
        }
    }
}

impl Origin {
    /// Its place in a file of the repository, as far as there is one.
    pub fn location(&self) -> Location {
        match self {
            Self::File(path, line) => Location {
                file: path.to_string(),
                line: *line,
                column: 0,
            },
            Self::Set(_, origin) => origin.location(),
            Self::Application(_) | Self::Root(_) => Location::default(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, line) => write!(f, "{path}:{line}"),
            Self::Application(id) => write!(f, "the Application {id}"),
            Self::Root(path) => write!(f, "the root {path}"),
            Self::Set(name, origin) => write!(f, "the ApplicationSet {name} in {origin}"),
        }
    }
}

/// An Application, and where it was found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Found {
    /// Which it is.
    pub id: ApplicationId,
    /// The name of the cluster to which it goes.
    pub cluster: String,
    /// What it says.
    pub application: Application,
    /// The object.
    pub object: Node,
    /// Where it was found; first of all where that counts.
    pub origin: Origin,
    /// Whether the user names it as a root that is no Application: what it applies somebody applies by hand.
    pub is_root: bool,
}

impl Found {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.id.name
    }
}

/// An object, and where it was found.
#[derive(Clone, Debug)]
pub(crate) struct FoundObject {
    pub(crate) object: Node,
    pub(crate) origin: Origin,
    /// The cluster on which the Argo CD runs that has it.
    pub(crate) instance: String,
}
