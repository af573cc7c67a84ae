//! `.Capabilities`: Go structs with fields and methods.

use homescale_value::{
    CallError, Field, List, ListType, Method, Signature, Str, Struct, StructType, Type, Value,
};

use crate::capabilities::KubeVersion;
use crate::helm_version::{HelmVersion, ValuesPackage};

/// `.Capabilities`.
pub(crate) fn value(kube: &KubeVersion, api_versions: Vec<String>, helm: HelmVersion) -> Value {
    let types = Types::of(helm);
    let api_versions = api_versions.into_iter().map(Value::from).collect();
    let fields = [
        kube_version(kube, types),
        Value::List(List::typed(&types.versions, api_versions)),
        build_info(helm),
    ];
    Struct::pointer(&types.capabilities, fields)
}

/// The Go types of one Helm.
struct Types {
    capabilities: StructType,
    kube: StructType,
    versions: ListType,
}

static CHARTUTIL: Types = Types {
    capabilities: StructType {
        pointer: "*chartutil.Capabilities",
        fields: CAPABILITIES,
        methods: CAPABILITIES_METHODS,
    },
    kube: StructType {
        pointer: "*chartutil.KubeVersion",
        fields: &[Field::of("Version"), Field::of("Major"), Field::of("Minor")],
        methods: KUBE_METHODS,
    },
    versions: ListType {
        name: "chartutil.VersionSet",
        elem: Type::String,
        methods: VERSION_SET_METHODS,
    },
};

static COMMON: Types = Types {
    capabilities: StructType {
        pointer: "*common.Capabilities",
        fields: CAPABILITIES,
        methods: CAPABILITIES_METHODS,
    },
    kube: StructType {
        pointer: "*common.KubeVersion",
        fields: &[
            Field::of("Version"),
            Field::of(NORMALIZED),
            Field::of("Major"),
            Field::of("Minor"),
        ],
        methods: KUBE_METHODS,
    },
    versions: ListType {
        name: "common.VersionSet",
        elem: Type::String,
        methods: VERSION_SET_METHODS,
    },
};

impl Types {
    fn of(helm: HelmVersion) -> &'static Self {
        match helm.row().major.values_package {
            ValuesPackage::Chartutil => &CHARTUTIL,
            ValuesPackage::Common => &COMMON,
        }
    }
}

const CAPABILITIES: &[Field] = &[
    Field::of("KubeVersion"),
    Field::of("APIVersions"),
    Field::of("HelmVersion"),
];

const CAPABILITIES_METHODS: &[Method] = &[Method {
    name: "Copy",
    signature: Signature::fixed(&[]),
    call: |this, _| Ok(this.downcast().map(Struct::copy).into()),
}];

/// The field that Helm 4 has besides, and does not export.
const NORMALIZED: &str = "normalizedVersion";

fn kube_version(kube: &KubeVersion, types: &'static Types) -> Value {
    let fields = types.kube.fields.iter().map(|field| match field.name {
        "Version" => kube.version.as_str(),
        NORMALIZED => &kube.normalized,
        "Major" => &kube.major,
        _ => &kube.minor,
    });
    Struct::value(&types.kube, fields.map(Value::from))
}

const KUBE_METHODS: &[Method] = &[
    Method {
        name: "GitVersion",
        signature: Signature::fixed(&[]),
        call: |this, _| Ok(part(this, "Version")),
    },
    Method {
        name: "String",
        signature: Signature::fixed(&[]),
        call: |this, _| match part(this, NORMALIZED) {
            Value::Str(text) if !text.is_empty() => Ok(text.into()),
            _ => Ok(part(this, "Version")),
        },
    },
];

fn part(this: &Value, name: &str) -> Value {
    let this: Option<&Struct> = this.downcast();
    this.and_then(|this| this.part(name)).into()
}

/// The build of Helm.
fn build_info(helm: HelmVersion) -> Value {
    let row = helm.row();
    let fields = [
        format!("v{}", row.recorded),
        row.commit.to_owned(),
        "clean".to_owned(),
        row.go_version.to_owned(),
        format!("v1.{}", row.kubernetes_minor),
    ];
    let ty = if row.major.shows_kube_client {
        &BUILD_INFO_WITH_CLIENT
    } else {
        &BUILD_INFO
    };
    let fields = fields.into_iter().take(ty.fields.len());
    Struct::value(ty, fields.map(Value::from))
}

const BUILD_FIELDS: &[Field] = &[
    Field::of("Version").in_json("version").omitting_empty(),
    Field::of("GitCommit")
        .in_json("git_commit")
        .omitting_empty(),
    Field::of("GitTreeState")
        .in_json("git_tree_state")
        .omitting_empty(),
    Field::of("GoVersion")
        .in_json("go_version")
        .omitting_empty(),
    Field::of("KubeClientVersion").in_json("kube_client_version"),
];

static BUILD_INFO: StructType = StructType {
    pointer: "*version.BuildInfo",
    fields: BUILD_FIELDS.split_at(4).0,
    methods: &[],
};

static BUILD_INFO_WITH_CLIENT: StructType = StructType {
    pointer: "*version.BuildInfo",
    fields: BUILD_FIELDS,
    methods: &[],
};

const VERSION_SET_METHODS: &[Method] = &[Method {
    name: "Has",
    signature: Signature::fixed(&[Type::String]),
    call: has,
}];

fn has(set: &Value, arguments: &[Value]) -> Result<Value, CallError> {
    let wanted = arguments.first().and_then(Value::as_str);
    let found = set.as_list().is_some_and(|list| {
        let items = list.items();
        items
            .iter()
            .any(|item| item.as_str().map(Str::as_bytes) == wanted.map(Str::as_bytes))
    });
    Ok(Value::Bool(found))
}
