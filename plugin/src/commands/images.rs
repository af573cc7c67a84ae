//! `helm-catalog images`: the container images of all Applications.

use clap::Args;
use homescale_fleet::{ImagePlace, Images, Outcome, images_of};
use homescale_template::parallel;
use serde::Serialize;

use super::applications::{self, ApplicationData};
use super::data::{self, ListFormat};
use super::summary::Summary;
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet::FleetArgs;
use crate::table::{self, Cell};
use crate::terminal::Stream;

#[derive(Args, Debug)]
pub(crate) struct ImagesArgs {
    #[command(flatten)]
    fleet: FleetArgs,
    /// In the table, a line for each place that names an image; JSON and YAML have them in any case
    #[arg(long)]
    places: bool,
    /// Fail when an Application is skipped
    #[arg(long)]
    strict: bool,
    /// Table, JSON, YAML, or one image a line
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: ListFormat,
}

impl ImagesArgs {
    /// Renders the Applications, and prints the images that their objects name.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let machine = self.fleet.machine()?;
        let fleet = self.fleet.find(context, &machine)?;
        let selected = self.fleet.select(&fleet)?;
        let mut images = Images::default();
        let mut summary = Summary::new(&fleet);
        parallel::in_order(
            &selected,
            parallel::available(),
            selected.len(),
            |found| {
                let mut rendering = fleet.render(found);
                let named = match std::mem::take(&mut rendering.outcome) {
                    Outcome::Rendered(stream) => images_of(&stream),
                    other => {
                        rendering.outcome = other;
                        Ok(Vec::new())
                    }
                };
                (rendering, named)
            },
            |found, (rendering, named)| {
                match named {
                    Ok(named) => {
                        summary.add(found, &rendering);
                        images.add(found, named);
                    }
                    Err(error) => summary.add_unreadable(found, &error),
                }
                Ok::<(), Failure>(())
            },
        )?;
        let names = || images.iter().map(|(image, _)| image.to_owned()).collect();
        let is_colored = context.is_colored(Stream::Output);
        let table = || self.table(&images, is_colored);
        data::list(self.output, &as_data(&images), table, names)?;
        summary.tell();
        summary.check(self.strict)
    }

    fn table(&self, images: &Images, is_colored: bool) -> String {
        let rows: Vec<Vec<Cell>> = if self.places {
            let rows = images.iter().flat_map(|(image, places)| {
                let row = |(index, place): (usize, &ImagePlace)| {
                    let image = if index == 0 { image } else { "" };
                    let application = application(place).short();
                    let object = place.object.to_string();
                    [image, &application, &object, &place.path]
                        .map(Cell::from)
                        .to_vec()
                };
                places.iter().enumerate().map(row).collect::<Vec<_>>()
            });
            rows.collect()
        } else {
            let rows = images.iter().map(|(image, places)| {
                let used_by = applications::cell(places.iter().map(application));
                vec![Cell::from(image), Cell::from(used_by)]
            });
            rows.collect()
        };
        let header: &[&str] = if self.places {
            &["IMAGE", "APPLICATION", "OBJECT", "PATH"]
        } else {
            &["IMAGE", "APPLICATIONS"]
        };
        table::text(header, &rows, is_colored)
    }
}

fn application(place: &ImagePlace) -> ApplicationData<'_> {
    ApplicationData::new(&place.cluster, &place.application)
}

/// An image, and the places that name it, as data.
#[derive(Serialize)]
struct ImageData<'i> {
    image: &'i str,
    places: Vec<PlaceData<'i>>,
}

#[derive(Serialize)]
struct PlaceData<'i> {
    #[serde(flatten)]
    application: ApplicationData<'i>,
    object: ObjectData<'i>,
    path: &'i str,
}

#[derive(Serialize)]
struct ObjectData<'i> {
    group: &'i str,
    kind: &'i str,
    namespace: &'i str,
    name: &'i str,
}

fn as_data(images: &Images) -> Vec<ImageData<'_>> {
    let images = images.iter().map(|(image, places)| ImageData {
        image,
        places: places.iter().map(PlaceData::of).collect(),
    });
    images.collect()
}

impl<'i> PlaceData<'i> {
    fn of(place: &'i ImagePlace) -> Self {
        let object = &place.object;
        Self {
            application: application(place),
            object: ObjectData {
                group: &object.group,
                kind: &object.kind,
                namespace: &object.namespace,
                name: &object.name,
            },
            path: &place.path,
        }
    }
}
