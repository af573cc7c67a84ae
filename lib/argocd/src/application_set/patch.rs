//! `templatePatch`: a strategic merge patch on an Application (`applicationset/controllers/template/patch.go`, and
//! `k8s.io/apimachinery/pkg/util/strategicpatch`).

use std::collections::BTreeMap;

use homescale_value::{Data, Str};

use super::data::{fields, get, get_or_nil, items, map, pairs, with};
use super::decode::Decoder;
use super::encode::encode;
use super::error::{ApplicationSetError, ApplicationSetErrorKind as Kind, PatchError};
use super::go_types::{APPLICATION, Field, GoType};
use crate::version::ArgoCdVersion;

/// The Application with the patch merged into it. Its project stays what it was, whatever the patch says.
///
/// # Errors
/// The patch is no YAML or JSON, does not fit an Application, or merges into what has no known type.
pub(crate) fn apply_patch(
    application: &Data,
    patch: &Str,
    argocd: ArgoCdVersion,
) -> Result<Data, ApplicationSetError> {
    let decoder = Decoder {
        folds_case: true,
        argocd,
    };
    let patch = read(patch)?;
    decoder.object(&APPLICATION, &patch)?;
    let original = encode(&APPLICATION, application, argocd);
    let merged = merge(&original, &patch, &GoType::Struct(&APPLICATION))?;
    let patched = decoder.object(&APPLICATION, &merged)?;
    let project = get(get_or_nil(application, "spec"), "project");
    let project = project.cloned().unwrap_or_default();
    let spec = with(get_or_nil(&patched, "spec"), "project", project);
    Ok(with(&patched, "spec", spec))
}

/// The text of a patch: JSON, if it begins with a brace, and else YAML. Nothing is a patch that changes nothing.
fn read(text: &Str) -> Result<Data, ApplicationSetError> {
    let trimmed = homescale_go::strings::trim_space(text);
    let value = if trimmed.starts_with(b"{") {
        let decoded = homescale_yaml::json::decode(text);
        decoded.map_err(|_| Kind::Patch(PatchError::NotAMapping))?
    } else {
        homescale_yaml::from_slice(text).map_err(Kind::Yaml)?
    };
    match Data::from_value(&value) {
        Ok(Data::Nil) => Ok(map(BTreeMap::new())),
        Ok(patch @ Data::Map(_)) => Ok(patch),
        _ => Err(Kind::Patch(PatchError::NotAMapping).into()),
    }
}

/// What a directive is.
const DIRECTIVE: &str = "$patch";
const RETAIN_KEYS: &str = "$retainKeys";
const DELETE_FROM_LIST: &[u8] = b"$deleteFromPrimitiveList/";
const ORDER: &[u8] = b"$setElementOrder/";

type Outcome<T = Data> = Result<T, ApplicationSetError>;

fn merge(original: &Data, patch: &Data, ty: &GoType) -> Outcome {
    if let Some(directive) = get(patch, DIRECTIVE) {
        return match directive {
            Data::Str(text) if *text == "replace" => Ok(with(patch, DIRECTIVE, Data::Nil)),
            Data::Str(text) if *text == "delete" => Ok(map(BTreeMap::new())),
            _ => Err(unfit(DIRECTIVE)),
        };
    }
    let mut merged = fields(original);
    if let Some(kept) = get(patch, RETAIN_KEYS) {
        let is_kept = |key: &Str| items(kept).contains(&Data::Str(key.clone()));
        merged.retain(|key, _| is_kept(key));
    }
    for (key, value) in pairs(patch) {
        if *key == RETAIN_KEYS {
            continue;
        }
        if key.starts_with(ORDER) {
            return Err(unfit(key.to_text()));
        }
        let inside = |error: ApplicationSetError| error.inside(key.to_text());
        if let Some(name) = key.strip_prefix(DELETE_FROM_LIST) {
            if let Some(Data::List(own)) = merged.get(name) {
                let left = own.iter().filter(|item| !items(value).contains(item));
                let left = Data::List(left.cloned().collect());
                merged.insert(name.into(), left);
            }
            continue;
        }
        let value = match (merged.get(key), value) {
            (_, Data::Nil) => None,
            (Some(own @ Data::Map(_)), Data::Map(_)) => {
                let field = field_of(ty, key)?;
                Some(merge(own, value, &field.ty).map_err(inside)?)
            }
            (Some(own @ Data::List(_)), Data::List(_)) => {
                let field = field_of(ty, key)?;
                Some(merge_list(own, value, field).map_err(inside)?)
            }
            (_, value) => without_directives(&without_nulls(value)),
        };
        match value {
            Some(value) => drop(merged.insert(key.clone(), value)),
            None => drop(merged.remove(key)),
        }
    }
    Ok(map(merged))
}

/// The field that a map or list is merged into.
fn field_of(ty: &GoType, key: &Str) -> Outcome<&'static Field> {
    let structure = ty.structure();
    let field = structure.and_then(|structure| structure.find(key));
    field.ok_or_else(|| {
        let of = structure.map_or("RawExtension", |structure| structure.name);
        let key = key.to_text().into_owned();
        Kind::Patch(PatchError::NoField { of, key }).into()
    })
}

fn merge_list(own: &Data, patch: &Data, field: &Field) -> Outcome {
    let (Some(key), GoType::List(of)) = (field.merge_key, &field.ty) else {
        return Ok(patch.clone());
    };
    let mut merged = items(own).to_vec();
    if key.is_empty() {
        merged.extend_from_slice(items(patch));
        if merged.iter().any(|item| !matches!(item, Data::Str(_))) {
            return Err(Kind::Patch(PatchError::MixedList).into());
        }
        deduplicate(&mut merged);
        return Ok(ordered(merged, own, patch, key));
    }
    for item in items(patch) {
        if get(item, DIRECTIVE).is_some() {
            return Err(unfit(DIRECTIVE));
        }
        let Some(value) = get(item, key) else {
            return Err(Kind::Patch(PatchError::NoMergeKey(key)).into());
        };
        match merged.iter_mut().find(|own| get(own, key) == Some(value)) {
            Some(own) => *own = merge(own, item, of)?,
            None => merged.push(item.clone()),
        }
    }
    Ok(ordered(merged, own, patch, key))
}

/// A merged list in its order: what the patch has is in that of the patch, all else in that of the list before. An element of
/// the patch comes as early as it can, but behind those that were before it.
fn ordered(merged: Vec<Data>, before: &Data, patch: &Data, key: &'static str) -> Data {
    let identity = |item: &Data| match key {
        "" => item.clone(),
        key => get_or_nil(item, key).clone(),
    };
    let position = |list: &Data, item: &Data| {
        let wanted = identity(item);
        items(list).iter().position(|own| identity(own) == wanted)
    };
    let (mut patched, mut others): (Vec<Data>, Vec<Data>) = merged
        .into_iter()
        .partition(|item| position(patch, item).is_some());
    patched.sort_by_key(|item| position(patch, item));
    others.sort_by_key(|item| position(before, item));
    let mut others = others.into_iter().peekable();
    let mut list = Vec::new();
    for item in patched {
        if let Some(at) = position(before, &item) {
            let is_before = |other: &Data| position(before, other).is_some_and(|own| own < at);
            while let Some(other) = others.next_if(|other| is_before(other)) {
                list.push(other);
            }
        }
        list.push(item);
    }
    list.extend(others);
    Data::List(list.into())
}

/// Takes out what comes twice, as Kubernetes does: the last element takes the place of one that goes.
fn deduplicate(items: &mut Vec<Data>) {
    let mut index = 0;
    while index < items.len() {
        let mut other = index + 1;
        while other < items.len() {
            if items[index] == items[other] {
                items.swap_remove(other);
            } else {
                other += 1;
            }
        }
        index += 1;
    }
}

fn without_nulls(value: &Data) -> Data {
    match value {
        Data::Map(pairs) => {
            let kept = pairs.iter().filter(|(_, value)| *value != Data::Nil);
            map(kept
                .map(|(key, value)| (key.clone(), without_nulls(value)))
                .collect())
        }
        Data::List(items) => Data::List(items.iter().map(without_nulls).collect()),
        leaf => leaf.clone(),
    }
}

/// The value without the maps that hold a directive; nothing, if it is one itself.
fn without_directives(value: &Data) -> Option<Data> {
    match value {
        value if get(value, DIRECTIVE).is_some() => None,
        Data::Map(pairs) => {
            let kept = pairs.iter();
            let kept =
                kept.filter_map(|(key, value)| Some((key.clone(), without_directives(value)?)));
            Some(map(kept.collect()))
        }
        Data::List(items) => Some(Data::List(
            items.iter().filter_map(without_directives).collect(),
        )),
        leaf => Some(leaf.clone()),
    }
}

fn unfit(directive: impl Into<String>) -> ApplicationSetError {
    Kind::Patch(PatchError::Directive(directive.into())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: &[u8] = b"metadata: {name: web, finalizers: [a, b]}
spec:
  project: default
  destination: {server: s}
  source:
    repoURL: r
    helm: {valueFiles: [a], valuesObject: {x: {a: 1}}}
  syncPolicy: {automated: {prune: true}, syncOptions: [A=true]}
";

    fn patched(patch: &str) -> String {
        let argocd = ArgoCdVersion::new(3, 6);
        let decoder = Decoder {
            folds_case: false,
            argocd,
        };
        let value = homescale_yaml::from_slice(APP).unwrap();
        let app = Data::from_value(&value).unwrap();
        let app = decoder.object(&APPLICATION, &app).unwrap();
        match apply_patch(&app, &patch.into(), argocd) {
            Ok(patched) => {
                let patched = encode(&APPLICATION, &patched, argocd).to_value();
                homescale_yaml::json::encode(&patched).unwrap()
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn maps_merge_and_lists_are_replaced() {
        let patched = patched(
            "metadata: {labels: {a: b}}\nspec: {project: other, source: {helm: {valueFiles: [c]}}, syncPolicy: {automated: null}}",
        );
        assert_eq!(
            patched,
            r#"{"metadata":{"finalizers":["a","b"],"labels":{"a":"b"},"name":"web"},"spec":{"destination":{"server":"s"},"project":"default","source":{"helm":{"valueFiles":["c"],"valuesObject":{"x":{"a":1}}},"repoURL":"r"},"syncPolicy":{"syncOptions":["A=true"]}}}"#
        );
    }

    #[test]
    fn finalizers_are_added() {
        let patched = patched("metadata: {finalizers: [b, c]}");
        assert!(
            patched.contains(r#""finalizers":["a","b","c"]"#),
            "{patched}"
        );
    }

    #[test]
    fn what_has_no_type_does_not_merge() {
        assert_eq!(
            patched("spec: {source: {helm: {valuesObject: {x: {z: 2}}}}}"),
            "spec.source.helm.valuesObject: the patch cannot merge into `x`, for which RawExtension has no type; give all of it, with `$patch: replace`"
        );
        let replaced =
            patched("spec: {source: {helm: {valuesObject: {$patch: replace, x: {z: 2}}}}}");
        assert!(
            replaced.contains(r#""valuesObject":{"x":{"z":2}}"#),
            "{replaced}"
        );
    }

    #[test]
    fn a_patch_that_is_none_says_why() {
        assert_eq!(patched("[]"), "the patch must be a mapping");
        assert_eq!(
            patched("spec: {source: 1}"),
            "spec.source: here is a number; it must be a mapping"
        );
        let unchanged = patched("");
        assert!(unchanged.contains(r#""name":"web""#), "{unchanged}");
    }
}
