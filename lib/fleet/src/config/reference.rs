//! [`config_reference`]: every field of `homescale.yaml`, as a page of the guide.

use homescale_argocd::helm_of_argocd;
use homescale_chart::KubeVersion;
use homescale_located::Shape;

use super::table::{FIELDS, Field, Kind, SEVERITIES};

/// The page until what Helm has built in.
const HEAD: &str = include_str!("page.md");

/// The page from there to the fields.
const MIDDLE: &str = include_str!("page-fields.md");

/// The versions of Argo CD whose answers are recorded.
const ARGOCD: [&str; 3] = ["3.4", "3.5", "3.6"];

/// The page `docs/homescale-yaml.md`, in Markdown: what the file is for, and every field.
pub fn config_reference() -> String {
    let mut page = vec![HEAD.to_owned()];
    page.push("\n| Argo CD | its Helm | Kubernetes |\n|---|---|---|\n".to_owned());
    page.extend(ARGOCD.iter().filter_map(|argocd| built_in(argocd)));
    page.push(MIDDLE.to_owned());
    for field in FIELDS {
        let Field {
            name,
            about,
            example,
            ..
        } = field;
        let facts = capital(&facts(field));
        page.push(format!(
            "\n### `{name}`\n\n{facts}.\n\n{about}\n\n    {name}: {example}\n"
        ));
        let mut below = Vec::new();
        write_below(field, name, &mut below);
        if !below.is_empty() {
            page.push(format!("\n{}", below.concat()));
        }
    }
    page.concat()
}

/// The row of a version of Argo CD: which Kubernetes its Helm takes for granted.
fn built_in(argocd: &str) -> Option<String> {
    let helm = helm_of_argocd(argocd).ok()?;
    let KubeVersion { major, minor, .. } = KubeVersion::default_of(helm);
    Some(format!(
        "| {argocd} | {} | {major}.{minor} |\n",
        helm.name()
    ))
}

/// The fields inside of a field, one a line.
fn write_below(field: &Field, path: &str, page: &mut Vec<String>) {
    let (fields, path) = match field.kind {
        Kind::Map(fields) => (fields, path.to_owned()),
        Kind::List(fields) => (fields, format!("{path}[]")),
        Kind::Named(fields) => (fields, format!("{path}.<name>")),
        _ => return,
    };
    for field in fields {
        let path = format!("{path}.{}", field.name);
        page.push(format!("- `{path}`: {}. {}\n", facts(field), field.about));
        write_below(field, &path, page);
    }
}

/// What a field may hold, and its default.
fn facts(field: &Field) -> String {
    let mut facts = kind(field.kind);
    if field.is_required {
        facts.push_str(", required");
    }
    if let Some(default) = field.default {
        facts.extend(["; default: ", default]);
    }
    facts
}

/// What a field may hold, in words.
fn kind(kind: Kind) -> String {
    let words = |words: &[&str]| format!("`{}`", words.join("`, `"));
    match kind {
        Kind::Plain(shape) => without_article(shape),
        Kind::Version(_) => "version, in quotes".to_owned(),
        Kind::ApiVersions => "list of API versions".to_owned(),
        Kind::Path => "path".to_owned(),
        Kind::Paths => "list of paths".to_owned(),
        Kind::Pattern => "path or pattern".to_owned(),
        Kind::Directory => "directory".to_owned(),
        Kind::Server => "URL".to_owned(),
        Kind::Time => "time, such as `45s`".to_owned(),
        Kind::Word(all) => format!("one of {}", words(all)),
        Kind::Severities => format!("map from rules to one of {}", words(&SEVERITIES)),
        Kind::Map(_) => "map".to_owned(),
        Kind::List(_) => "list of maps".to_owned(),
        Kind::Named(_) => "map of maps".to_owned(),
    }
}

fn without_article(shape: Shape) -> String {
    let name = shape.name();
    let (_, kind) = name.split_once(' ').unwrap_or(("", name));
    kind.to_owned()
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
