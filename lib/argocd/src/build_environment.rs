//! [`BuildEnvironment`]: the variables that Argo CD replaces in what a source says: `$ARGOCD_APP_NAME`,
//! `${ARGOCD_ENV_REGION}`.

use std::collections::BTreeMap;

use homescale_go::os;

/// How the names of the variables begin: of the Application, of the plugin's `env`, of the cluster.
const PREFIXES: [&str; 3] = ["ARGOCD_APP_", "ARGOCD_ENV_", "KUBE_"];

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildEnvironment(BTreeMap<String, String>);

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for BuildEnvironment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let variables = variables.into_iter().map(|(n, v)| (n.into(), v.into()));
        Self(variables.filter(|(name, _)| is_known(name)).collect())
    }
}

impl BuildEnvironment {
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
            name => self.raw(name).unwrap_or_default(),
        })
    }

    /// The name of a value file with its variables replaced. What begins with another variable is a file of another source,
    /// `$values/a.yaml`, and stays as it is.
    pub fn expand_file_name(&self, name: &str) -> String {
        match name.strip_prefix('$') {
            Some(variable) if !is_known(variable.strip_prefix('{').unwrap_or(variable)) => {
                name.to_owned()
            }
            _ => self.expand(name),
        }
    }
}

fn is_known(name: &str) -> bool {
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
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
}
