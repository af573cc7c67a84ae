//! What an Application says about its source.

use homescale_located::{Node, from_value, merge};

/// The source that an Application renders: the only one, the first of several, or the one that is hydrated.
///
/// ```
/// use homescale_argocd::own_source;
/// use homescale_located::from_value;
///
/// let application = homescale_yaml::from_slice(b"spec: {sources: [{path: apps/web}, {ref: values}]}")?;
/// let application = from_value(&application).unwrap_or_default();
/// let source = own_source(&application).unwrap_or(&application);
/// assert_eq!(source.get("path").and_then(|path| path.as_text()), Some("apps/web"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn own_source(application: &Node) -> Option<&Node> {
    let spec = application.get("spec")?;
    let first = |sources: &'static str| spec.get(sources)?.as_list()?.first();
    (spec.get("source"))
        .or_else(|| first("sources"))
        .or_else(|| spec.at(&["sourceHydrator", "drySource"]))
}

/// What `source.helm` says, or the parameter `helm` of our plugin in its place; values that are a string as a map.
pub fn helm_of_source(source: &Node) -> Node {
    let read = |text: &str| {
        let value = homescale_yaml::from_slice(text.as_bytes()).ok()?;
        from_value(&value)
    };
    let of_plugin = || read(plugin_parameter(source, "helm")?);
    let helm = source.get("helm").cloned().or_else(of_plugin);
    let helm = helm.unwrap_or_default();
    let is_said = helm.get("valuesObject").is_some();
    let inline = helm.get("values").and_then(Node::as_text);
    match inline.filter(|_| !is_said).and_then(read) {
        Some(values) => merge::overwrite(&helm, &Node::map([("valuesObject", values)])),
        None => helm,
    }
}

/// The string of a parameter of `source.plugin`.
pub fn plugin_parameter<'n>(source: &'n Node, name: &str) -> Option<&'n str> {
    let mut parameters = source.at(&["plugin", "parameters"])?.as_list()?.iter();
    let is_it = |it: &&Node| it.get("name").and_then(Node::as_text) == Some(name);
    parameters.find(is_it)?.get("string")?.as_text()
}
