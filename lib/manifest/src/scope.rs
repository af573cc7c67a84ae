//! [`Scopes`]: which kinds have no namespace.

use std::collections::BTreeMap;

use homescale_value::Value;

use crate::object::ObjectId;
use crate::objects::Object;

/// The kinds of Kubernetes 1.36 that are of the cluster, by their groups.
static OF_THE_CLUSTER: &[(&str, &[&str])] = &[
    (
        "",
        &["ComponentStatus", "Namespace", "Node", "PersistentVolume"],
    ),
    (
        "admissionregistration.k8s.io",
        &[
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
        ],
    ),
    ("apiextensions.k8s.io", &["CustomResourceDefinition"]),
    ("apiregistration.k8s.io", &["APIService"]),
    (
        "authentication.k8s.io",
        &["SelfSubjectReview", "TokenReview"],
    ),
    (
        "authorization.k8s.io",
        &[
            "SelfSubjectAccessReview",
            "SelfSubjectRulesReview",
            "SubjectAccessReview",
        ],
    ),
    (
        "certificates.k8s.io",
        &["CertificateSigningRequest", "ClusterTrustBundle"],
    ),
    (
        "flowcontrol.apiserver.k8s.io",
        &["FlowSchema", "PriorityLevelConfiguration"],
    ),
    ("internal.apiserver.k8s.io", &["StorageVersion"]),
    (
        "networking.k8s.io",
        &["IPAddress", "IngressClass", "ServiceCIDR"],
    ),
    ("node.k8s.io", &["RuntimeClass"]),
    ("policy", &["PodSecurityPolicy"]),
    (
        "rbac.authorization.k8s.io",
        &["ClusterRole", "ClusterRoleBinding"],
    ),
    (
        "resource.k8s.io",
        &["DeviceClass", "DeviceTaintRule", "ResourceSlice"],
    ),
    ("scheduling.k8s.io", &["PriorityClass"]),
    (
        "storage.k8s.io",
        &[
            "CSIDriver",
            "CSINode",
            "StorageClass",
            "VolumeAttachment",
            "VolumeAttributesClass",
        ],
    ),
    ("storagemigration.k8s.io", &["StorageVersionMigration"]),
];

/// Which kinds have a namespace: those of Kubernetes, and those whose definitions are known. A kind that nothing is known of is
/// taken to have one, as Argo CD does it.
///
/// ```
/// use homescale_manifest::{Scopes, objects};
///
/// let mut scopes = Scopes::default();
/// assert!(scopes.is_namespaced("example.com", "Zone") && !scopes.is_namespaced("", "Node"));
///
/// let crd = b"apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n\
///     spec: {group: example.com, scope: Cluster, names: {kind: Zone}}\n";
/// scopes.add(&objects(crd)?);
/// assert!(!scopes.is_namespaced("example.com", "Zone"));
/// # Ok::<(), Box<homescale_located::Diagnostic>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes {
    /// Whether the kinds of custom resources have a namespace, by group and kind.
    defined: BTreeMap<(String, String), bool>,
}

impl Scopes {
    /// Adds what the definitions of custom resources among objects say.
    pub fn add(&mut self, objects: &[Object]) {
        for object in objects.iter().filter(|object| is_definition(&object.id)) {
            let Some(spec) = object.value.as_map().and_then(|map| map.get_map("spec")) else {
                continue;
            };
            let text = |value: Option<Value>| {
                let text = value?.as_str()?.to_text().into_owned();
                Some(text)
            };
            let kind = text(spec.get_map("names").and_then(|names| names.get("kind")));
            let said = (text(spec.get("group")), kind, text(spec.get("scope")));
            if let (Some(group), Some(kind), Some(scope)) = said {
                self.defined.insert((group, kind), scope != "Cluster");
            }
        }
    }

    /// Adds the definitions that others have.
    pub fn extend(&mut self, other: Self) {
        self.defined.extend(other.defined);
    }

    /// Whether objects of a kind have a namespace.
    pub fn is_namespaced(&self, group: &str, kind: &str) -> bool {
        let defined = self.defined.get(&(group.to_owned(), kind.to_owned()));
        let own = OF_THE_CLUSTER.iter().find(|(known, _)| *known == group);
        let is_own = own.is_some_and(|(_, kinds)| kinds.contains(&kind));
        defined.copied().unwrap_or(!is_own)
    }
}

/// Whether an object is the definition of custom resources.
pub fn is_definition(id: &ObjectId) -> bool {
    id.group == "apiextensions.k8s.io" && id.kind == "CustomResourceDefinition"
}
