//! [`Images`]: the container images of a fleet, and who names each.

use std::collections::BTreeMap;

use homescale_located::Diagnostic;
use homescale_manifest::{Image, ObjectId, images, objects};

use crate::found::{ApplicationId, Found};

/// A place at which an image is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ImagePlace {
    /// The cluster to which the Application goes.
    pub cluster: String,
    /// The Application.
    pub application: ApplicationId,
    /// The object.
    pub object: ObjectId,
    /// Where in the object: `spec.template.spec.containers[0].image`.
    pub path: String,
}

/// The images that the objects of a stream name, in their order, each with the object that does.
///
/// ```
/// let stream = b"apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{image: web:1}]}\n";
/// let named = homescale_fleet::images_of(stream)?;
/// assert_eq!((named[0].0.to_string().as_str(), named[0].1.reference.as_str()), ("Pod web", "web:1"));
/// # Ok::<(), Box<homescale_located::Diagnostic>>(())
/// ```
///
/// # Errors
/// The stream is not one of objects.
pub fn images_of(stream: &[u8]) -> Result<Vec<(ObjectId, Image)>, Box<Diagnostic>> {
    let objects = objects(stream)?.into_iter();
    let named = objects.flat_map(|object| {
        let found = images(&object.value).into_iter();
        found.map(move |image| (object.id.clone(), image))
    });
    Ok(named.collect())
}

/// Container images, each with the places that name it.
#[derive(Clone, Debug, Default)]
pub struct Images {
    places: BTreeMap<String, Vec<ImagePlace>>,
}

impl Images {
    /// Adds the images that an Application names.
    pub fn add(&mut self, found: &Found, named: Vec<(ObjectId, Image)>) {
        for (object, image) in named {
            let place = ImagePlace {
                cluster: found.cluster.clone(),
                application: found.id.clone(),
                object,
                path: image.path,
            };
            self.places.entry(image.reference).or_default().push(place);
        }
    }

    /// The images, in byte order, each with its places in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[ImagePlace])> {
        let all = self.places.iter();
        all.map(|(image, places)| (image.as_str(), places.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::found::Origin;

    #[test]
    fn places_are_grouped_by_image() {
        let found = |name: &str| Found {
            id: ApplicationId {
                name: name.to_owned(),
                ..ApplicationId::default()
            },
            cluster: "east".to_owned(),
            application: homescale_argocd::Application::default(),
            object: homescale_located::Node::default(),
            origin: Origin::Root("x".into()),
            is_root: false,
        };
        let pod = |name: &str| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n\
                 spec: {{initContainers: [{{image: b:2}}], containers: [{{image: a:1}}]}}\n---\n"
            )
        };
        let mut images = Images::default();
        for name in ["web", "db"] {
            let stream = pod("one") + &pod("two");
            images.add(&found(name), images_of(stream.as_bytes()).unwrap());
        }
        let shown: Vec<String> = images
            .iter()
            .flat_map(|(image, places)| {
                places.iter().map(move |place| {
                    let name = &place.application.name;
                    format!("{image} {name} {} {}", place.object, place.path)
                })
            })
            .collect();
        assert_eq!(
            shown,
            [
                "a:1 web Pod one spec.containers[0].image",
                "a:1 web Pod two spec.containers[0].image",
                "a:1 db Pod one spec.containers[0].image",
                "a:1 db Pod two spec.containers[0].image",
                "b:2 web Pod one spec.initContainers[0].image",
                "b:2 web Pod two spec.initContainers[0].image",
                "b:2 db Pod one spec.initContainers[0].image",
                "b:2 db Pod two spec.initContainers[0].image",
            ]
        );
        assert!(images_of(b"a: 1\n").is_err());
    }
}
