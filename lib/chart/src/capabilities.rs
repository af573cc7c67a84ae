//! What a render knows of the cluster: the version of Kubernetes and the API versions (Helm's `Capabilities`).

use crate::error::{Error, ErrorKind};
use crate::helm_version::{HelmVersion, KubeVersions};
use crate::semver;
use homescale_go::strconv::quote;

/// A version of Kubernetes, in the three forms that Helm shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeVersion {
    /// `.Capabilities.KubeVersion.Version`: `v1.33.4-gke.1245000`.
    pub version: String,
    /// What it prints as, and what constraints are compared with: `v1.33.4`.
    pub normalized: String,
    /// `.Capabilities.KubeVersion.Major`.
    pub major: String,
    /// `.Capabilities.KubeVersion.Minor`.
    pub minor: String,
}

impl KubeVersion {
    /// The version that a Helm takes when none is given: that of the client library it was built with.
    pub fn default_of(helm: HelmVersion) -> Self {
        let minor = helm.row().kubernetes_minor;
        let version = format!("v1.{minor}.0");
        Self {
            normalized: version.clone(),
            version,
            major: "1".to_owned(),
            minor: minor.to_string(),
        }
    }

    /// Reads the text of `--kube-version` as that Helm does.
    ///
    /// # Errors
    /// Helm's text: it is no version.
    pub fn parse(text: &str, helm: HelmVersion) -> Result<Self, Error> {
        let parsed = match helm.row().kube_versions {
            KubeVersions::Generic => Self::parse_generic(text),
            KubeVersions::Numbers => Self::parse_generic(text).map(|parsed| Self {
                version: parsed.normalized.clone(),
                ..parsed
            }),
            KubeVersions::Semantic => {
                let version = semver::parse(text, helm).map_err(|error| error.to_string());
                version.map(|version| Self {
                    version: format!("v{version}"),
                    normalized: format!("v{version}"),
                    major: version.major().to_string(),
                    minor: version.minor().to_string(),
                })
            }
        };
        parsed.map_err(|reason| {
            let text = format!("invalid kube version '{text}': {reason}");
            Error::new(ErrorKind::Request, text)
        })
    }

    /// As Kubernetes' own parser: numbers with dots, and anything after them.
    fn parse_generic(text: &str) -> Result<Self, String> {
        let trimmed = text.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']);
        let start = trimmed.strip_prefix('v').unwrap_or(trimmed);
        let length = numbers_length(start.as_bytes());
        if length == 0 || start[length..].contains('\n') {
            return Err(format!("could not parse {} as version", quote(text)));
        }
        let components: Vec<&str> = start[..length].split('.').collect();
        let [major, minor, ..] = components[..] else {
            return Err(format!("illegal version string {}", quote(text)));
        };
        if major.starts_with('0') && major != "0" {
            return Err(format!(
                "illegal zero-prefixed version component {} in {}",
                quote(major),
                quote(text)
            ));
        }
        let mut numbers = Vec::with_capacity(components.len());
        for component in &components {
            let number: u64 = component.parse().map_err(|_| {
                format!(
                    "illegal non-numeric version component {} in {}: strconv.ParseUint: parsing {}: value out of range",
                    quote(component),
                    quote(text),
                    quote(component)
                )
            })?;
            numbers.push(number.to_string());
        }
        let version = if text.starts_with('v') {
            text.to_owned()
        } else {
            format!("v{text}")
        };
        Ok(Self {
            version,
            normalized: format!("v{}", numbers.join(".")),
            major: numbers[0].clone(),
            minor: minor.parse::<u64>().unwrap_or_default().to_string(),
        })
    }
}

/// The length of `1.2.3` at the start of a text.
fn numbers_length(text: &[u8]) -> usize {
    let digits = |from: usize| {
        text[from..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut end = digits(0);
    while end > 0 && text.get(end) == Some(&b'.') {
        let more = digits(end + 1);
        if more == 0 {
            break;
        }
        end += 1 + more;
    }
    end
}

/// The API versions that a Helm knows without a cluster, in its order.
pub fn default_api_versions(helm: HelmVersion) -> impl Iterator<Item = String> {
    let minor = helm.row().kubernetes_minor;
    API_GROUPS.iter().flat_map(move |(group, versions)| {
        let versions = versions.iter().rev().find(|(since, _)| *since <= minor);
        let versions = versions.map_or("", |(_, versions)| *versions).split(' ');
        let versions = versions.filter(|version| !version.is_empty());
        versions.map(move |version| match *group {
            "" => version.to_owned(),
            group => format!("{group}/{version}"),
        })
    })
}

/// Groups, and their versions since a minor version of the Kubernetes client library.
const API_GROUPS: &[(&str, &[(u8, &str)])] = &[
    ("", &[(32, "v1")]),
    (
        "admissionregistration.k8s.io",
        &[(32, "v1 v1alpha1 v1beta1")],
    ),
    ("internal.apiserver.k8s.io", &[(32, "v1alpha1")]),
    ("apps", &[(32, "v1 v1beta1 v1beta2")]),
    ("authentication.k8s.io", &[(32, "v1 v1alpha1 v1beta1")]),
    ("authorization.k8s.io", &[(32, "v1 v1beta1")]),
    (
        "autoscaling",
        &[(32, "v1 v2 v2beta1 v2beta2"), (36, "v1 v2")],
    ),
    ("batch", &[(32, "v1 v1beta1")]),
    ("certificates.k8s.io", &[(32, "v1 v1beta1 v1alpha1")]),
    ("coordination.k8s.io", &[(32, "v1alpha2 v1beta1 v1")]),
    ("discovery.k8s.io", &[(32, "v1 v1beta1")]),
    ("events.k8s.io", &[(32, "v1 v1beta1")]),
    ("extensions", &[(32, "v1beta1")]),
    (
        "flowcontrol.apiserver.k8s.io",
        &[(32, "v1 v1beta1 v1beta2 v1beta3")],
    ),
    ("lifecycle.k8s.io", &[(37, "v1alpha1")]),
    (
        "networking.k8s.io",
        &[(32, "v1 v1alpha1 v1beta1"), (34, "v1 v1beta1")],
    ),
    ("node.k8s.io", &[(32, "v1 v1alpha1 v1beta1")]),
    ("policy", &[(32, "v1 v1beta1")]),
    ("rbac.authorization.k8s.io", &[(32, "v1 v1beta1 v1alpha1")]),
    (
        "resource.k8s.io",
        &[
            (32, "v1beta1 v1alpha3"),
            (33, "v1beta2 v1beta1 v1alpha3"),
            (34, "v1 v1beta2 v1beta1 v1alpha3"),
        ],
    ),
    (
        "scheduling.k8s.io",
        &[
            (32, "v1alpha1 v1beta1 v1"),
            (36, "v1alpha2 v1beta1 v1"),
            (37, "v1alpha3 v1beta1 v1"),
        ],
    ),
    ("storage.k8s.io", &[(32, "v1beta1 v1 v1alpha1")]),
    (
        "storagemigration.k8s.io",
        &[(32, "v1alpha1"), (35, "v1beta1"), (37, "v1 v1beta1")],
    ),
    ("apiextensions.k8s.io", &[(32, "v1beta1 v1")]),
];
