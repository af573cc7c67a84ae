//! The part of the chart's templates that is made from the table of fields.

use homescale_argocd::{HelmField, HelmSource};
use homescale_located::Shape;

use crate::fields::check::ENGINES;
use crate::fields::helm::OWN_FIELDS;
use crate::fields::parts::{PARTS, Part};
use crate::fields::table::{Absence, Content, FIELDS, Field};
use crate::model::sections::{SECTIONS, Section};

const HEAD: &str = "\
{{- /*
What the other templates know of the fields of app.yaml. Made from lib/catalog/src/fields/table.rs by
`INSTA_UPDATE=always cargo test -p homescale-catalog`; a test fails where it is old.
*/}}
";

/// The file `apps/templates/_fields.tpl`: which fields there are for the catalog's chart, and what each holds.
pub fn template() -> String {
    let mut kinds: Vec<String> = (FIELDS.iter())
        // Not to be seen there, and checked by itself.
        .filter(|field| !matches!(field.content, Content::Clusters | Content::PodSecurity))
        .map(|field| format!("{}: {}\n", field.name, field.content.kind()))
        .collect();
    kinds.sort_unstable();
    let with = |absence: Absence| {
        let fields = FIELDS.iter().filter(move |field| field.absence == absence);
        list(fields.map(|field: &Field| field.name))
    };
    let definitions = [
        (
            "What the fields hold, but for podSecurity. null is allowed for all of them.",
            "kinds",
            kinds.concat(),
        ),
        (
            "The fields without which there is no Application.",
            "required",
            with(Absence::Refused),
        ),
        (
            "Those that `defaults` in the values may say in their place.",
            "required-or-default",
            with(Absence::OfCatalog),
        ),
        (
            "Who may render the chart of an app.",
            "engines",
            list(ENGINES),
        ),
        (
            "What `helm` must not say, because an app has a field of its own for it.",
            "not-in-helm",
            list(OWN_FIELDS.iter().map(|(taken, _)| *taken)),
        ),
        (
            "What `helm` may say, and what that holds.",
            "kinds-of-helm",
            kinds_of(
                HelmSource::fields()
                    .iter()
                    .map(|field| (field.name, field.shape)),
            ),
        ),
        (
            "What the items of lists in `helm` may say.",
            "kinds-in-helm",
            items_of_helm(),
        ),
        (
            "What is inside of fields, or each of their items: what holds strings, what must be there, and of which one must be.",
            "parts",
            PARTS.iter().map(part).collect(),
        ),
        (
            "What the sections of the values hold.",
            "kinds-of-values",
            SECTIONS.iter().map(section).collect(),
        ),
        (
            "What the values must say.",
            "required-values",
            list_of(required_values()),
        ),
    ];
    let definitions = definitions.map(|(about, name, text)| {
        format!("\n{{{{- /* {about} */}}}}\n{{{{- define \"catalog.{name}\" }}}}\n{text}{{{{- end }}}}\n")
    });
    HEAD.to_owned() + &definitions.concat()
}

/// A map in YAML from names to what they hold.
fn kinds_of<'n>(fields: impl IntoIterator<Item = (&'n str, Shape)>) -> String {
    let fields = fields.into_iter();
    fields
        .flat_map(|(name, shape)| [name, ": ", shape.name(), "\n"])
        .collect()
}

/// The same of the lists in `helm`, a line each.
fn items_of_helm() -> String {
    let lists = HelmSource::fields()
        .iter()
        .filter(|field| !field.items.is_empty());
    let line = |field: &HelmField| {
        let items = field
            .items
            .iter()
            .map(|(name, shape)| format!("{name}: {}", shape.name()));
        format!(
            "{}: {{{}}}\n",
            field.name,
            items.collect::<Vec<_>>().join(", ")
        )
    };
    lists.map(line).collect()
}

/// A line about a part of a field.
fn part(part: &Part) -> String {
    let mut said = vec![
        format!("at: [{}]", part.at.join(", ")),
        format!("kind: {}", part.shape.name()),
    ];
    let flags = [
        ("each", part.each),
        ("optional", part.is_optional),
        ("mayBeEmpty", part.may_be_empty),
    ];
    said.extend(
        flags
            .iter()
            .filter(|(_, holds)| *holds)
            .map(|(name, _)| format!("{name}: true")),
    );
    let lists = [
        ("texts", part.texts),
        ("required", part.required),
        ("oneOf", part.one_of),
    ];
    let lists = lists.iter().filter(|(_, names)| !names.is_empty());
    said.extend(lists.map(|(name, names)| format!("{name}: [{}]", names.join(", "))));
    if let Some((name, other, why)) = part.beside {
        said.push(format!(
            "beside: {{with: {name}, wanted: {other}, why: {why}}}"
        ));
    }
    format!("- {{{}}}\n", said.join(", "))
}

/// A line about a section of the values.
fn section(section: &Section) -> String {
    let values = section.values.iter();
    let values = values.map(|value| format!("{}: {}", value.name, value.content.kind()));
    format!(
        "{}: {{{}}}\n",
        section.name,
        values.collect::<Vec<_>>().join(", ")
    )
}

/// The required values, with their sections.
fn required_values() -> impl Iterator<Item = String> {
    SECTIONS.iter().flat_map(|section| {
        let required = section.values.iter().filter(|value| value.is_required());
        required.map(|value| format!("[{}, {}]", section.name, value.name))
    })
}

fn list_of(items: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = items.map(|item| format!("- {item}\n")).collect();
    lines.concat()
}

/// A list in YAML.
fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names = names.into_iter();
    names.flat_map(|name| ["- ", name, "\n"]).collect()
}
