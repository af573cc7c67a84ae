//! [`AppProject`]: what an object of kind AppProject says, as a value (`pkg/apis/application/v1alpha1/types.go`).

use homescale_value::Value;

use crate::application::{ApplicationError, Destination, Field};

/// What an object of kind AppProject allows and forbids. Patterns are as they are written.
///
/// ```
/// use homescale_argocd::AppProject;
///
/// let object = homescale_yaml::from_slice(b"metadata: {name: shop}\nspec: {sourceRepos: ['*']}\n")?;
/// assert_eq!(AppProject::read(&object)?.source_repos, ["*"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppProject {
    /// Its name.
    pub name: String,
    /// The addresses of repositories.
    pub source_repos: Vec<String>,
    /// The clusters and namespaces.
    pub destinations: Vec<Destination>,
    /// The namespaces of Applications, besides Argo CD's own.
    pub source_namespaces: Vec<String>,
    /// Kinds without a namespace that are allowed. None are, when there is no list.
    pub cluster_resource_whitelist: Vec<Restriction>,
    /// Kinds without a namespace that are forbidden.
    pub cluster_resource_blacklist: Vec<Restriction>,
    /// Kinds with a namespace that are allowed. All are, when there is no list.
    pub namespace_resource_whitelist: Option<Vec<Restriction>>,
    /// Kinds with a namespace that are forbidden.
    pub namespace_resource_blacklist: Vec<Restriction>,
}

/// Objects by their kinds, and perhaps by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restriction {
    /// The group.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// The name of an object without a namespace; empty for all.
    pub name: String,
}

impl AppProject {
    /// Reads an object. Fields that are unknown are passed over, as Argo CD does.
    ///
    /// # Errors
    /// A field is not of its type.
    pub fn read(object: &Value) -> Result<Self, ApplicationError> {
        let object = Field::root(object);
        let spec = object.get("spec")?;
        let destinations = spec.get("destinations")?.items()?;
        let restrictions = |name: &str| {
            let items = spec.get(name)?.items()?;
            items
                .iter()
                .map(Restriction::of)
                .collect::<Result<Vec<_>, _>>()
        };
        let namespaced = "namespaceResourceWhitelist";
        let is_said = spec.get(namespaced)?.is_said();
        Ok(Self {
            name: object.get("metadata")?.get("name")?.text()?,
            source_repos: spec.get("sourceRepos")?.texts()?,
            destinations: (destinations.iter().map(Destination::of)).collect::<Result<_, _>>()?,
            source_namespaces: spec.get("sourceNamespaces")?.texts()?,
            cluster_resource_whitelist: restrictions("clusterResourceWhitelist")?,
            cluster_resource_blacklist: restrictions("clusterResourceBlacklist")?,
            namespace_resource_whitelist: is_said.then(|| restrictions(namespaced)).transpose()?,
            namespace_resource_blacklist: restrictions("namespaceResourceBlacklist")?,
        })
    }

    /// The project `default` as Argo CD makes it, where nobody has defined it: all is allowed.
    pub fn default_project() -> Self {
        let any = "*".to_owned();
        Self {
            name: "default".to_owned(),
            source_repos: vec![any.clone()],
            destinations: vec![Destination {
                server: any.clone(),
                name: String::new(),
                namespace: any.clone(),
            }],
            cluster_resource_whitelist: vec![Restriction {
                group: any.clone(),
                kind: any,
                name: String::new(),
            }],
            ..Self::default()
        }
    }
}

impl Restriction {
    fn of(field: &Field) -> Result<Self, ApplicationError> {
        Ok(Self {
            group: field.get("group")?.text()?,
            kind: field.get("kind")?.text()?,
            name: field.get("name")?.text()?,
        })
    }
}
