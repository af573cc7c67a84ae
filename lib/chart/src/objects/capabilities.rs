//! `.Capabilities`: Go structs with fields and methods.

use std::any::Any;

use homescale_value::{
    CallError, List, ListType, Method, Object, Signature, Str, Type, Value, object,
};

use crate::capabilities::KubeVersion;
use crate::helm_version::{HelmVersion, ValuesPackage};

/// `.Capabilities`.
pub(crate) fn value(kube: &KubeVersion, api_versions: Vec<String>, helm: HelmVersion) -> Value {
    let api_versions = api_versions.into_iter().map(Value::from).collect();
    object(Capabilities {
        version: helm,
        kube: object(Kube {
            version: kube.clone(),
            helm,
        }),
        api_versions: Value::List(List::typed(version_set(helm), api_versions)),
        helm: object(Helm(helm)),
    })
}

#[derive(Debug)]
struct Capabilities {
    version: HelmVersion,
    kube: Value,
    api_versions: Value,
    helm: Value,
}

impl Object for Capabilities {
    fn type_name(&self) -> &'static str {
        match self.version.row().major.values_package {
            ValuesPackage::Chartutil => "*chartutil.Capabilities",
            ValuesPackage::Common => "*common.Capabilities",
        }
    }

    /// Helm prints a different address each time.
    fn print(&self) -> String {
        "0xc000000000".to_owned()
    }

    fn field(&self, name: &str) -> Option<Value> {
        Some(match name {
            "KubeVersion" => self.kube.clone(),
            "APIVersions" => self.api_versions.clone(),
            "HelmVersion" => self.helm.clone(),
            _ => return None,
        })
    }

    fn members(&self) -> Option<Vec<(&'static str, Value)>> {
        Some(vec![
            ("KubeVersion", self.kube.clone()),
            ("APIVersions", self.api_versions.clone()),
            ("HelmVersion", self.helm.clone()),
        ])
    }

    fn equals(&self, other: &dyn Object) -> bool {
        // There is one of them in a render.
        other.as_any().is::<Self>()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Debug)]
struct Kube {
    version: KubeVersion,
    helm: HelmVersion,
}

impl Object for Kube {
    fn type_name(&self) -> &'static str {
        match self.helm.row().major.values_package {
            ValuesPackage::Chartutil => "chartutil.KubeVersion",
            ValuesPackage::Common => "common.KubeVersion",
        }
    }

    fn print(&self) -> String {
        self.version.normalized.clone()
    }

    fn field(&self, name: &str) -> Option<Value> {
        let fields = self.members()?;
        fields
            .into_iter()
            .find(|field| field.0 == name)
            .map(|f| f.1)
    }

    fn methods(&self) -> &'static [Method] {
        KUBE_METHODS
    }

    fn members(&self) -> Option<Vec<(&'static str, Value)>> {
        Some(vec![
            ("Version", self.version.version.as_str().into()),
            ("Major", self.version.major.as_str().into()),
            ("Minor", self.version.minor.as_str().into()),
        ])
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| other.version == self.version)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const KUBE_METHODS: &[Method] = &[
    Method {
        name: "GitVersion",
        signature: Signature::fixed(&[]),
        call: |kube, _| Ok(field_of(kube, "Version")),
    },
    Method {
        name: "String",
        signature: Signature::fixed(&[]),
        call: |kube, _| Ok(Value::from(kube.to_string())),
    },
];

fn field_of(value: &Value, name: &str) -> Value {
    match value {
        Value::Object(object) => object.field(name).unwrap_or_default(),
        _ => Value::Nil,
    }
}

/// The build of Helm.
#[derive(Debug)]
struct Helm(HelmVersion);

impl Helm {
    /// The fields in Go's order: name, name in JSON, value.
    fn rows(&self) -> Vec<(&'static str, &'static str, Value)> {
        let row = self.0.row();
        let version = Value::from(format!("v{}", row.recorded));
        let mut rows = vec![
            ("Version", "version", version),
            ("GitCommit", "git_commit", Value::from(row.commit)),
            ("GitTreeState", "git_tree_state", Value::from("clean")),
            ("GoVersion", "go_version", Value::from(row.go_version)),
        ];
        if row.major.shows_kube_client {
            let client = Value::from(format!("v1.{}", row.kubernetes_minor));
            rows.push(("KubeClientVersion", "kube_client_version", client));
        }
        rows
    }
}

impl Object for Helm {
    fn type_name(&self) -> &'static str {
        "version.BuildInfo"
    }

    fn print(&self) -> String {
        let values = self.rows().into_iter().map(|(.., value)| value.to_string());
        format!("{{{}}}", values.collect::<Vec<_>>().join(" "))
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let rows = self.rows().into_iter();
        rows.map(|(name, _, value)| (name, value)).collect()
    }

    fn field(&self, name: &str) -> Option<Value> {
        let mut rows = self.rows().into_iter();
        rows.find_map(|(field, _, value)| (field == name).then_some(value))
    }

    fn members(&self) -> Option<Vec<(&'static str, Value)>> {
        let rows = self.rows().into_iter();
        Some(rows.map(|(_, name, value)| (name, value)).collect())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| other.0 == self.0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn version_set(helm: HelmVersion) -> &'static ListType {
    static CHARTUTIL: ListType = ListType {
        name: "chartutil.VersionSet",
        elem: Type::String,
        methods: VERSION_SET_METHODS,
    };
    static COMMON: ListType = ListType {
        name: "common.VersionSet",
        elem: Type::String,
        methods: VERSION_SET_METHODS,
    };
    match helm.row().major.values_package {
        ValuesPackage::Chartutil => &CHARTUTIL,
        ValuesPackage::Common => &COMMON,
    }
}

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
