//! What Argo CD does with the sources of an Application.
//!
//! A config management plugin is asked by variables of its environment: a [`PluginRequest`] is that as a value. Which Helm
//! an Argo CD has is in [`helm_of_argocd`].

mod announcement;
mod build_environment;
mod bundled_helm;
mod paths;
mod repository_url;
mod request;

pub use crate::announcement::{Announcement, values_by_path};
pub use crate::build_environment::BuildEnvironment;
pub use crate::bundled_helm::{UnknownArgoCd, helm_of_argocd};
pub use crate::paths::{normalize, resolve};
pub use crate::repository_url::is_same_repository;
pub use crate::request::{PluginRequest, RequestError};
