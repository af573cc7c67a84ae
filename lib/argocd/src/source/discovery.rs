//! Which tool renders a source: the one that it says, or else what its directory looks like (`GetAppSourceType`;
//! `util/app/discovery`).

use super::failure::SourceFailure;
use super::kind::SourceKind;
use super::place::Place;
use crate::application::Source;

/// The files by which a kustomization is known.
pub(super) const KUSTOMIZATIONS: [&str; 3] =
    ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// What a source says that it is.
///
/// # Errors
/// It says several things.
pub(super) fn explicit(source: &Source) -> Result<Option<SourceKind>, SourceFailure> {
    let said = [
        (SourceKind::Kustomize, source.kustomize.is_some()),
        (SourceKind::Helm, source.helm.is_some()),
        (SourceKind::Directory, source.directory.is_some()),
        (SourceKind::Plugin, source.plugin.is_some()),
    ];
    let said = said.into_iter().filter(|(_, is_said)| *is_said);
    let kinds: Vec<SourceKind> = said.map(|(kind, _)| kind).collect();
    match kinds[..] {
        [] => Ok(None),
        [kind] => Ok(Some(kind)),
        _ => Err(SourceFailure::SeveralKinds(kinds)),
    }
}

/// What a directory looks like. Of several files that tell, the last one by name decides, as in Argo CD's walk; and any name
/// that ends in `Chart.yaml` tells of a chart there.
pub(super) fn discovered(place: &Place<'_>) -> SourceKind {
    let entries = place.entries().into_iter().rev();
    let mut files = entries.filter(|(_, is_directory)| !is_directory);
    let kind = files.find_map(|(name, _)| match name {
        name if KUSTOMIZATIONS.contains(&name) => Some(SourceKind::Kustomize),
        name if name.ends_with("Chart.yaml") => Some(SourceKind::Helm),
        _ => None,
    });
    kind.unwrap_or(SourceKind::Directory)
}
