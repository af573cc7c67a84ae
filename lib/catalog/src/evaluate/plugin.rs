//! `source.plugin` of an Application whose chart our sidecar renders.

use homescale_located::Node;
use homescale_yaml::to_yaml;

use super::build::table;
use crate::model::config::Config;

/// The plugin with all that it needs as parameters: what `source.helm` would say, the patches, and the version of Argo CD.
/// With these, the sidecar reads nothing but the chart and its value files.
pub(super) fn build(helm: &Node, patches: Option<&Node>, config: &Config) -> Node {
    let text = |node: &Node| to_yaml(&node.to_value()).unwrap_or_default();
    let mut parameters = vec![("helm", text(helm))];
    if let Some(patches) = patches {
        parameters.push(("patches", text(patches)));
    }
    if !config.argocd.version.is_empty() {
        parameters.push(("argocd-version", config.argocd.version.clone()));
    }
    let parameters = parameters.into_iter().map(|(name, text)| {
        let text = text.strip_suffix('\n').unwrap_or(&text);
        table([
            ("name", Some(Node::new(name))),
            ("string", Some(Node::new(text))),
        ])
    });
    table([
        ("name", Some(Node::new(config.argocd.plugin.as_str()))),
        (
            "parameters",
            Some(Node::new(parameters.collect::<Vec<_>>())),
        ),
    ])
}
