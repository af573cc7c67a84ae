//! [`Capabilities`]: what a cluster can, in a file that `capabilities` of a cluster names.

use homescale_located::{Diagnostics, Report, Sources};

use super::read::{read_checked, text, texts};
use super::table::CAPABILITIES;

/// What a cluster can: the versions that charts ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// The version of Kubernetes: `1.33.2`.
    pub kubernetes: String,
    /// The API versions: `v1`, `apps/v1`, `apps/v1/Deployment`.
    pub api_versions: Vec<String>,
}

impl Capabilities {
    /// Reads a file that `helm-catalog capabilities capture` wrote. `file` is what messages call it.
    ///
    /// # Errors
    /// All that is wrong with it.
    ///
    /// ```
    /// use homescale_fleet::Capabilities;
    ///
    /// let file = b"kubernetes: \"1.33.2\"\napiVersions: [apps/v1, v1]\n";
    /// let capabilities = Capabilities::read(file, "clusters/east/capabilities.yaml")?;
    /// assert_eq!(capabilities.api_versions, ["apps/v1", "v1"]);
    /// # Ok::<(), homescale_located::Diagnostics>(())
    /// ```
    pub fn read(source: &[u8], file: &str) -> Result<Self, Diagnostics> {
        let sources = Sources::one(file);
        let mut report = Report::new(&sources);
        let node = read_checked(source, file, CAPABILITIES, &sources, &mut report);
        if report.has_errors() {
            return Err(report.finish());
        }
        Ok(Self {
            kubernetes: text(&node, "kubernetes").unwrap_or_default(),
            api_versions: texts(&node, "apiVersions").unwrap_or_default(),
        })
    }

    /// The text of such a file.
    ///
    /// ```
    /// use homescale_fleet::Capabilities;
    ///
    /// let capabilities = Capabilities {
    ///     kubernetes: "1.33.2".to_owned(),
    ///     api_versions: vec!["apps/v1".to_owned(), "v1".to_owned()],
    /// };
    /// let text = capabilities.to_yaml();
    /// assert_eq!(text, "kubernetes: \"1.33.2\"\napiVersions:\n- apps/v1\n- v1\n");
    /// assert_eq!(Capabilities::read(text.as_bytes(), "a.yaml"), Ok(capabilities));
    /// ```
    pub fn to_yaml(&self) -> String {
        let mut text = format!("kubernetes: \"{}\"\napiVersions:\n", self.kubernetes);
        for version in &self.api_versions {
            text.extend(["- ", version, "\n"]);
        }
        text
    }
}
