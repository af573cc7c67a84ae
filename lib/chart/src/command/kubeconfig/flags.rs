//! [`KubeFlags`]: what flags say about the kubeconfig.

use homescale_go::strconv;

use super::machine::Machine;

/// What flags say. Each has a variable that counts where the flag was not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KubeFlags {
    /// `--namespace`.
    pub namespace: Option<String>,
    /// `--kubeconfig`.
    pub kubeconfig: Option<String>,
    /// `--kube-context`.
    pub context: Option<String>,
    /// `--kube-token`.
    pub token: Option<String>,
    /// `--kube-as-user`.
    pub as_user: Option<String>,
    /// `--kube-as-group`.
    pub as_groups: Vec<String>,
    /// `--kube-ca-file`.
    pub ca_file: Option<String>,
    /// `--kube-insecure-skip-tls-verify`.
    pub insecure: Option<bool>,
}

impl KubeFlags {
    /// What flags and variables say together.
    pub(super) fn with_variables(&self, machine: &dyn Machine) -> Overrides {
        let variable = |name: &str| {
            let value = machine.variable(name).unwrap_or_default();
            value.to_string_lossy().into_owned()
        };
        let or = |flag: &Option<String>, name: &str| flag.clone().unwrap_or_else(|| variable(name));
        let of_variable = || strconv::parse_bool(variable("HELM_KUBEINSECURE_SKIP_TLS_VERIFY"));
        let groups = || {
            let list = variable("HELM_KUBEASGROUPS");
            let list = list.trim_matches([',', ' ']);
            let groups = list.split(',').filter(|_| !list.is_empty());
            groups.map(str::to_owned).collect()
        };
        let given = &self.as_groups;
        Overrides {
            namespace: or(&self.namespace, "HELM_NAMESPACE"),
            kubeconfig: self.kubeconfig.clone().unwrap_or_default(),
            context: or(&self.context, "HELM_KUBECONTEXT"),
            token: or(&self.token, "HELM_KUBETOKEN"),
            as_user: or(&self.as_user, "HELM_KUBEASUSER"),
            as_groups: if given.is_empty() {
                groups()
            } else {
                given.clone()
            },
            ca_file: or(&self.ca_file, "HELM_KUBECAFILE"),
            insecure: self.insecure.unwrap_or_else(|| of_variable() == Ok(true)),
        }
    }
}

/// What counts more than the files do; empty where it says nothing.
pub(super) struct Overrides {
    pub(super) namespace: String,
    pub(super) kubeconfig: String,
    pub(super) context: String,
    pub(super) token: String,
    pub(super) as_user: String,
    pub(super) as_groups: Vec<String>,
    pub(super) ca_file: String,
    pub(super) insecure: bool,
}
