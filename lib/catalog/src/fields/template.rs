//! The part of the chart's templates that is made from the table of fields.

use crate::fields::check::ENGINES;
use crate::fields::helm::OWN_FIELDS;
use crate::fields::table::{Absence, Content, FIELDS, Field};

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
    ];
    let definitions = definitions.map(|(about, name, text)| {
        format!("\n{{{{- /* {about} */}}}}\n{{{{- define \"catalog.{name}\" }}}}\n{text}{{{{- end }}}}\n")
    });
    HEAD.to_owned() + &definitions.concat()
}

/// A list in YAML.
fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names = names.into_iter();
    names.flat_map(|name| ["- ", name, "\n"]).collect()
}
