//! [`images`]: the container images that an object names.

use homescale_value::{MAX_DEPTH, Map, Value};

use crate::object::{ObjectId, group_and_version, text};

/// An image that an object names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Image {
    /// The reference: `registry.example.com/web:1.2`.
    pub reference: String,
    /// Where the object names it: `spec.template.spec.containers[0].image`.
    pub path: String,
}

/// Where kinds that Kubernetes has itself keep the PodSpec (`k8s.io/api`): everything else in them that is called `image` is
/// no image of a container, a disk of Ceph for example.
const POD_SPECS: &[(&str, &str, &[&str])] = &[
    ("", "Pod", &["spec"]),
    ("", "PodTemplate", &["template", "spec"]),
    ("", "ReplicationController", &["spec", "template", "spec"]),
    ("apps", "DaemonSet", &["spec", "template", "spec"]),
    ("apps", "Deployment", &["spec", "template", "spec"]),
    ("apps", "ReplicaSet", &["spec", "template", "spec"]),
    ("apps", "StatefulSet", &["spec", "template", "spec"]),
    (
        "batch",
        "CronJob",
        &["spec", "jobTemplate", "spec", "template", "spec"],
    ),
    ("batch", "Job", &["spec", "template", "spec"]),
];

/// The lists of containers in a PodSpec.
const CONTAINERS: [&str; 3] = ["initContainers", "containers", "ephemeralContainers"];

/// The container images that an object names, in the order in which it does: of all containers and image volumes where
/// Kubernetes knows the kind, and in a custom resource every field that is called `image`.
///
/// ```
/// use homescale_manifest::images;
///
/// let object = homescale_yaml::from_slice(
///     b"{kind: Pod, spec: {containers: [{image: web:1}], volumes: [{image: {reference: data:2}}]}}",
/// )?;
/// let found = images(&object);
/// assert_eq!(found[0].path, "spec.containers[0].image");
/// assert_eq!(found[1].reference, "data:2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn images(object: &Value) -> Vec<Image> {
    let mut found = Vec::new();
    let Some(map) = object.as_map() else {
        return found;
    };
    let id = ObjectId::of(object);
    let known = POD_SPECS
        .iter()
        .find(|(group, kind, _)| (*group, *kind) == (id.group.as_str(), id.kind.as_str()));
    if let Some((_, _, path)) = known {
        let spec = path
            .iter()
            .try_fold(map.clone(), |map, key| map.get_map(key));
        if let Some(spec) = spec {
            of_pod(&spec, &path.join("."), &mut found);
        }
    } else if is_custom(&text(object, &["apiVersion"])) {
        of_custom(object, "", MAX_DEPTH, &mut found);
    }
    found
}

/// The images of a PodSpec.
fn of_pod(spec: &Map, path: &str, found: &mut Vec<Image>) {
    let lists = CONTAINERS.map(|list| (list, ["image"].as_slice()));
    let volumes = [("volumes", ["image", "reference"].as_slice())];
    for (list, way) in lists.into_iter().chain(volumes) {
        let Some(Value::List(items)) = spec.get(list) else {
            continue;
        };
        for (index, item) in items.items().iter().enumerate() {
            let reference = text(item, way);
            if !reference.is_empty() {
                let path = format!("{path}.{list}[{index}].{}", way.join("."));
                found.push(Image { reference, path });
            }
        }
    }
}

/// Whether a kind is no kind of Kubernetes itself, whose groups have no dot or end in `.k8s.io`.
fn is_custom(api_version: &str) -> bool {
    let (group, _) = group_and_version(api_version);
    group.contains('.') && !group.ends_with(".k8s.io")
}

/// What is called `image` in a custom resource: a reference, or a map of its parts, as operators have it.
fn of_custom(value: &Value, path: &str, depth: usize, found: &mut Vec<Image>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    if let Some(map) = value.as_map() {
        for (key, value) in map.to_vec() {
            let key = key.to_text();
            let path = match path {
                "" => key.clone().into_owned(),
                path => format!("{path}.{key}"),
            };
            let reference = (key == "image").then(|| reference(&value)).flatten();
            match reference {
                Some(reference) => found.push(Image { reference, path }),
                None => of_custom(&value, &path, depth, found),
            }
        }
    } else if let Some(list) = value.as_list() {
        for (index, item) in list.items().iter().enumerate() {
            of_custom(item, &format!("{path}[{index}]"), depth, found);
        }
    }
}

/// A reference to an image, in one piece or in its parts: `registry`, `repository`, `tag`, `digest`.
fn reference(value: &Value) -> Option<String> {
    if let Some(whole) = value.as_str() {
        return Some(whole.to_text().into_owned()).filter(|whole| !whole.is_empty());
    }
    let part = |name: &str| Some(text(value, &[name])).filter(|part| !part.is_empty());
    let mut reference = part("repository").or_else(|| part("reference"))?;
    if let Some(registry) = part("registry") {
        reference = format!("{registry}/{reference}");
    }
    if let Some(tag) = part("tag") {
        reference = format!("{reference}:{tag}");
    }
    if let Some(digest) = part("digest") {
        reference = format!("{reference}@{digest}");
    }
    Some(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let object = homescale_yaml::from_slice(text.as_bytes()).unwrap();
        let images = images(&object).into_iter();
        images
            .map(|image| format!("{} {}", image.path, image.reference))
            .collect()
    }

    #[test]
    fn every_place_of_a_pod_spec_is_looked_at() {
        let spec = "containers: [{image: a}, {name: x}, {image: b}], initContainers: [{image: c}], \
            ephemeralContainers: [{image: d}], volumes: [{rbd: {image: disk}}, {image: {reference: e}}]";
        let at = |path: &str| {
            [
                format!("{path}.initContainers[0].image c"),
                format!("{path}.containers[0].image a"),
                format!("{path}.containers[2].image b"),
                format!("{path}.ephemeralContainers[0].image d"),
                format!("{path}.volumes[1].image.reference e"),
            ]
        };
        let pod = found(&format!("{{apiVersion: v1, kind: Pod, spec: {{{spec}}}}}"));
        assert_eq!(pod, at("spec"));
        let cron = format!(
            "{{apiVersion: batch/v1, kind: CronJob, spec: {{jobTemplate: {{spec: {{template: {{spec: {{{spec}}}}}}}}}}}}}"
        );
        assert_eq!(found(&cron), at("spec.jobTemplate.spec.template.spec"));
    }

    #[test]
    fn custom_resources_name_images_anywhere() {
        let text = "{apiVersion: example.com/v1, kind: Db, spec: {image: a:1, sidecars: [{image: {repository: b, tag: '2', registry: r}}], \
            backup: {image: {repository: c, digest: 'sha256:0'}}, imagePullPolicy: Always}}";
        assert_eq!(
            found(text),
            [
                "spec.backup.image c@sha256:0",
                "spec.image a:1",
                "spec.sidecars[0].image r/b:2"
            ]
        );
        for other in [
            "{apiVersion: v1, kind: ConfigMap, data: {image: a}}",
            "{apiVersion: v1, kind: PersistentVolume, spec: {rbd: {image: a}}}",
            "{apiVersion: storage.k8s.io/v1, kind: StorageClass, parameters: {image: a}}",
            "[]",
        ] {
            assert!(found(other).is_empty(), "{other}");
        }
    }
}
