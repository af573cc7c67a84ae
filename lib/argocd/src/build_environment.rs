//! [`BuildEnvironment`]: the variables that Argo CD replaces in what a source says: `$ARGOCD_APP_NAME`,
//! `${ARGOCD_ENV_REGION}`.

use std::cell::Cell;
use std::collections::BTreeMap;

use homescale_go::os;
use homescale_located::Node;

/// The variables in which Argo CD says something of the Application and of the cluster
/// (`reposerver/repository/repository.go`, `newEnv` and `getPluginEnvs`), besides those in [`OF_THE_COMMIT`]. Others that begin
/// like them are not Argo CD's.
const KNOWN: [&str; 8] = [
    "ARGOCD_APP_NAME",
    "ARGOCD_APP_NAMESPACE",
    "ARGOCD_APP_PROJECT_NAME",
    "ARGOCD_APP_SOURCE_PATH",
    "ARGOCD_APP_SOURCE_REPO_URL",
    "ARGOCD_APP_SOURCE_TARGET_REVISION",
    "KUBE_API_VERSIONS",
    "KUBE_VERSION",
];

/// The variables of which only Argo CD knows what they are, the commit that it renders; and how many characters of it each has.
const OF_THE_COMMIT: [(&str, usize); 3] = [
    ("ARGOCD_APP_REVISION", usize::MAX),
    ("ARGOCD_APP_REVISION_SHORT", 7),
    ("ARGOCD_APP_REVISION_SHORT_8", 8),
];

/// The variable with the parameters of a plugin, which is read and not replaced.
const PARAMETERS: &str = "ARGOCD_APP_PARAMETERS";

/// How the names begin of what the plugin's `env` says.
const OF_THE_PLUGIN: &str = "ARGOCD_ENV_";

/// What Argo CD says of an Application in variables. Other variables are left out when it is collected.
///
/// ```
/// use homescale_argocd::BuildEnvironment;
///
/// let variables = [("ARGOCD_APP_NAME", "web"), ("HOME", "/root")];
/// let environment: BuildEnvironment = variables.into_iter().collect();
/// assert_eq!(environment.expand("$ARGOCD_APP_NAME.example.com"), "web.example.com");
/// assert_eq!(environment.expand("[$HOME]"), "[]");
/// ```
///
/// They are a fixed list, and those that begin with `ARGOCD_ENV_`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildEnvironment(BTreeMap<String, String>);

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for BuildEnvironment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let variables = variables.into_iter().map(|(n, v)| (n.into(), v.into()));
        Self(variables.filter(|(name, _)| Self::has(name)).collect())
    }
}

impl From<BuildEnvironment> for BTreeMap<String, String> {
    fn from(environment: BuildEnvironment) -> Self {
        environment.0
    }
}

impl BuildEnvironment {
    /// What Argo CD says of an Application when it renders one of its sources (`reposerver/repository/repository.go`,
    /// `newEnv`). A variable that says which commit it is is replaced by itself.
    ///
    /// ```
    /// use homescale_argocd::BuildEnvironment;
    /// use homescale_located::from_value;
    ///
    /// let application = homescale_yaml::from_slice(b"{metadata: {name: apps}, spec: {source: {path: apps}}}")?;
    /// let application = from_value(&application).unwrap_or_default();
    /// let source = application.at(&["spec", "source"]).unwrap_or(&application);
    /// let environment = BuildEnvironment::of_application(&application, source);
    /// assert_eq!(environment.expand("$ARGOCD_APP_NAME: $ARGOCD_APP_SOURCE_PATH"), "apps: apps");
    /// assert_eq!(environment.expand("${ARGOCD_APP_REVISION}"), "$ARGOCD_APP_REVISION");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_application(application: &Node, source: &Node) -> Self {
        let text = |node: Option<&Node>| {
            let text = node.and_then(Node::as_text);
            text.unwrap_or_default().to_owned()
        };
        let of = |path: &[&str]| text(application.at(path));
        let known = [
            ("ARGOCD_APP_NAME", of(&["metadata", "name"])),
            (
                "ARGOCD_APP_NAMESPACE",
                of(&["spec", "destination", "namespace"]),
            ),
            ("ARGOCD_APP_PROJECT_NAME", of(&["spec", "project"])),
            ("ARGOCD_APP_SOURCE_PATH", text(source.get("path"))),
            ("ARGOCD_APP_SOURCE_REPO_URL", text(source.get("repoURL"))),
            (
                "ARGOCD_APP_SOURCE_TARGET_REVISION",
                text(source.get("targetRevision")),
            ),
        ];
        known.into_iter().chain(Self::of_commit(None)).collect()
    }

    /// The variables that say which commit it is. While that is not known, each is replaced by itself.
    pub(crate) fn of_commit(revision: Option<&str>) -> [(&'static str, String); 3] {
        OF_THE_COMMIT.map(|(name, length)| {
            let short = |revision: &str| revision.chars().take(length).collect();
            (name, revision.map_or_else(|| format!("${name}"), short))
        })
    }

    /// The variable in a text whose value is a commit that only Argo CD knows, if there is one.
    pub fn commit_in(text: &str) -> Option<&'static str> {
        let mut longest_first = OF_THE_COMMIT.into_iter().rev().map(|(name, _)| name);
        longest_first.find(|name| {
            text.contains(&format!("${name}")) || text.contains(&format!("${{{name}}}"))
        })
    }

    /// Whether a text has one of these variables in it, whose place something else takes.
    ///
    /// ```
    /// use homescale_argocd::BuildEnvironment;
    ///
    /// assert!(BuildEnvironment::is_in("of-${ARGOCD_APP_NAME}"));
    /// assert!(!BuildEnvironment::is_in("$HOME and $"));
    /// ```
    pub fn is_in(text: &str) -> bool {
        let found = Cell::new(false);
        os::expand(text, |name| {
            found.set(found.get() || is_replaced(name));
            ""
        });
        found.get()
    }

    /// Whether a variable is one of these, set or not.
    pub fn has(name: &str) -> bool {
        is_replaced(name) || name == PARAMETERS
    }

    /// The variables that are set.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (String, String)> {
        let all = self.0.iter();
        all.map(|(name, value)| (name.clone(), value.clone()))
    }

    /// The parameters of the plugin, in JSON.
    pub(crate) fn parameters(&self) -> Option<&str> {
        self.raw(PARAMETERS)
    }

    /// What a variable says, if it is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.raw(name).filter(|value| !value.is_empty())
    }

    /// What a variable is set to.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The text with its variables replaced, as Argo CD does in Helm's parameters and in the names of value files. A variable
    /// that is not set, or not one of these, is nothing; `$$` is a variable of that name, which Argo CD sets to a dollar sign.
    pub fn expand(&self, text: &str) -> String {
        os::expand(text, |name| match name {
            "$" => "$",
            name if is_replaced(name) => self.raw(name).unwrap_or_default(),
            _ => "",
        })
    }

    /// The name of a value file with its variables replaced. What begins with another variable is a file of another source,
    /// `$values/a.yaml`, and stays as it is.
    pub fn expand_file_name(&self, name: &str) -> String {
        let variable = name.strip_prefix('$').map(|rest| {
            let rest = rest.strip_prefix('{').unwrap_or(rest);
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            &rest[..end.unwrap_or(rest.len())]
        });
        if variable.is_some_and(|variable| !is_replaced(variable)) {
            return name.to_owned();
        }
        self.expand(name)
    }
}

fn is_replaced(name: &str) -> bool {
    KNOWN.contains(&name)
        || OF_THE_COMMIT.iter().any(|(known, _)| *known == name)
        || name.starts_with(OF_THE_PLUGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `os.Expand` of Go 1.26 gives with Argo CD's lookup.
    #[test]
    fn variables_are_replaced_as_by_argo_cd() {
        let environment: BuildEnvironment = [("ARGOCD_APP_NAME", "web")].into_iter().collect();
        for (text, expected) in [
            ("none", "none"),
            ("$ARGOCD_APP_NAME", "web"),
            ("a-${ARGOCD_APP_NAME}-b", "a-web-b"),
            ("$ARGOCD_APP_NAME/$OTHER/x", "web//x"),
            ("$$ARGOCD_APP_NAME", "$ARGOCD_APP_NAME"),
            ("a$", "a$"),
            ("a$.b", "a$.b"),
            ("${", ""),
            ("${}x", "x"),
            ("$1x", "x"),
            ("über$ARGOCD_APP_NAME", "überweb"),
        ] {
            assert_eq!(environment.expand(text), expected, "{text}");
        }
    }

    #[test]
    fn what_begins_like_a_variable_of_argo_cd_is_none() {
        let variables = [
            "ARGOCD_APP_SECRET",
            "ARGOCD_APP_PARAMETERS",
            "KUBE_TOKEN",
            "KUBERNETES_SERVICE_HOST",
            "ARGOCD_APP_NAME_",
            "HOME",
        ];
        let environment: BuildEnvironment =
            variables.iter().map(|name| (*name, "secret")).collect();
        for name in variables {
            assert_eq!(environment.expand(&format!("[${name}]")), "[]");
            assert_eq!(environment.expand(&format!("[${{{name}}}]")), "[]");
            let file = format!("${name}/a.yaml");
            assert_eq!(environment.expand_file_name(&file), file);
        }
        let own: BuildEnvironment = [("ARGOCD_ENV_A", "a"), ("KUBE_VERSION", "1.34")]
            .into_iter()
            .collect();
        assert_eq!(
            own.expand_file_name("$ARGOCD_ENV_A/${KUBE_VERSION}.yaml"),
            "a/1.34.yaml"
        );
    }
}
