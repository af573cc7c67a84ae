//! [`Release`]: what a render is called, and which names Helm accepts.

use crate::error::{Error, ErrorKind};
use crate::helm_version::HelmVersion;
use crate::log::{Log, Message};
use homescale_go::strconv::quote;

/// The name that `helm template` takes when none is given.
pub const DEFAULT_NAME: &str = "release-name";

/// How long a name may be: Kubernetes' 63 characters, less 10 for what charts append.
const MAX_NAME: usize = 53;

/// The release that a render is for: `.Release`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// `.Release.Name`.
    pub name: String,
    /// `.Release.Namespace`.
    pub namespace: String,
    /// `.Release.IsUpgrade`; `.Release.IsInstall` is the opposite.
    pub is_upgrade: bool,
}

/// What `helm template` takes when nothing is said.
impl Default for Release {
    fn default() -> Self {
        Self {
            name: DEFAULT_NAME.to_owned(),
            namespace: "default".to_owned(),
            is_upgrade: false,
        }
    }
}

impl Release {
    /// Refuses a name that Helm refuses.
    pub(crate) fn check(&self, helm: HelmVersion, log: &Log) -> Result<(), Error> {
        let name = self.name.as_str();
        let problem = if name.is_empty() {
            "no name provided".to_owned()
        } else if name.len() > MAX_NAME || !is_valid(name) {
            format!(
                "invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than {MAX_NAME}"
            )
        } else {
            return Ok(());
        };
        let text = format!("release name {}: {problem}", quote(name));
        if !helm.row().major.names_failing_step {
            return Err(Error::new(ErrorKind::Request, text));
        }
        log.message(&Message {
            call: "",
            plain: "",
            severity: "ERROR",
            text: "release name check failed",
            fields: &[("error", &text)],
        });
        let text = format!("release name check failed: {text}");
        Err(Error::new(ErrorKind::Request, text))
    }
}

/// Lower case letters, digits and dashes, in parts between dots that start and end without a dash.
fn is_valid(name: &str) -> bool {
    name.split('.').all(|part| {
        let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let bytes = part.as_bytes();
        bytes.first().is_some_and(|&b| inner(b))
            && bytes.last().is_some_and(|&b| inner(b))
            && bytes.iter().all(|&b| inner(b) || b == b'-')
    })
}
