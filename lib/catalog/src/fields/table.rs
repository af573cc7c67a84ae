//! [`FIELDS`]: the table of the fields of `app.yaml`, from which the checks, the JSON Schema, the reference and the kinds in
//! the chart's templates are made.
//!
//! Editors show what a row says about its field, and the reference lists it, so it speaks to the author of a file.

use homescale_located::Shape;

/// A field of an app.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) content: Content,
    /// What it is, in sentences.
    pub(crate) about: &'static str,
    pub(crate) absence: Absence,
    /// A value that it may have, as JSON.
    pub(crate) example: &'static str,
    /// What it becomes in the Application.
    pub(crate) application: Option<&'static str>,
    /// What it becomes in the Namespace.
    pub(crate) namespace: Option<&'static str>,
}

/// What a field may hold; null is always allowed, and says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Plain(Shape),
    /// `server` or `name`.
    Destination,
    /// A level, or a map of modes.
    PodSecurity,
    /// A map from clusters to fields.
    Clusters,
    Patches,
    /// `helm` or `catalog`.
    Engine,
    /// What `source.helm` of the Application has besides.
    Helm,
    /// What `sourceHydrator` of the Application has besides its `drySource`.
    Hydrator,
    /// Names and values.
    Info,
}

/// What holds where no layer says anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// Nothing: the field is left out.
    Nothing,
    /// The app cannot be rendered.
    Refused,
    /// The value of the catalog of that name, below `defaults`, without which the app cannot be rendered.
    OfCatalog,
    /// This, in words.
    Default(&'static str),
}

impl Field {
    pub(crate) const fn new(name: &'static str, content: Content) -> Self {
        Self {
            name,
            content,
            about: "",
            absence: Absence::Nothing,
            example: "null",
            application: None,
            namespace: None,
        }
    }

    pub(crate) const fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    pub(crate) const fn required(mut self) -> Self {
        self.absence = Absence::Refused;
        self
    }

    const fn default_of_catalog(mut self) -> Self {
        self.absence = Absence::OfCatalog;
        self
    }

    pub(crate) const fn default(mut self, default: &'static str) -> Self {
        self.absence = Absence::Default(default);
        self
    }

    const fn example(mut self, json: &'static str) -> Self {
        self.example = json;
        self
    }

    pub(crate) const fn becomes(mut self, path: &'static str) -> Self {
        self.application = Some(path);
        self
    }

    pub(crate) const fn becomes_in_namespace(mut self, path: &'static str) -> Self {
        self.namespace = Some(path);
        self
    }

    /// Whether an app must have it.
    pub(crate) fn is_required(&self) -> bool {
        self.absence == Absence::Refused
    }
}

impl Content {
    /// What values are, in words: `a list of strings`.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Plain(shape) => shape.name(),
            Self::Destination | Self::Clusters | Self::Helm | Self::Hydrator => Shape::Map.name(),
            Self::PodSecurity => "a level, or a map of modes",
            Self::Patches | Self::Info => Shape::Maps.name(),
            Self::Engine => Shape::Text.name(),
        }
    }
}

/// The fields, in the order of the documentation.
pub(crate) static FIELDS: &[Field] = &[
    Field::new("path", Content::Plain(Shape::Text))
        .about("The directory of the Helm chart, from the root of the repository.")
        .required()
        .example(r#""apps/web""#)
        .becomes("spec.source.path"),
    Field::new("namespace", Content::Plain(Shape::Text))
        .about("The namespace that the app is deployed into. The catalog makes a Namespace object for it, unless it is a system namespace or in another destination.")
        .required()
        .example(r#""front""#)
        .becomes("spec.destination.namespace")
        .becomes_in_namespace("metadata.name"),
    Field::new("releaseName", Content::Plain(Shape::Text))
        .about("Helm's release name.")
        .default("the name of the directory")
        .example(r#""website""#)
        .becomes("spec.source.helm.releaseName"),
    Field::new("repoURL", Content::Plain(Shape::Text))
        .about("The repository that holds `path`.")
        .default_of_catalog()
        .example(r#""https://git.example.com/front.git""#)
        .becomes("spec.source.repoURL"),
    Field::new("targetRevision", Content::Plain(Shape::Text))
        .about("Branch, tag or commit.")
        .default_of_catalog()
        .example(r#""v1.4.0""#)
        .becomes("spec.source.targetRevision"),
    Field::new("project", Content::Plain(Shape::Text))
        .about("The Argo CD project.")
        .default_of_catalog()
        .example(r#""front""#)
        .becomes("spec.project"),
    Field::new("destination", Content::Destination)
        .about("The cluster to deploy to, by `server` or by `name`.")
        .default_of_catalog()
        .example(r#"{"name": "edge"}"#)
        .becomes("spec.destination"),
    Field::new("values", Content::Plain(Shape::Map))
        .about("Helm values. A string that contains `{{` is a template, with the values of the catalog: `{{ .Values.cluster.name }}`. A string with `{{` for another template engine is written `{{ \"{{\" }}`.")
        .example(r#"{"replicas": 2, "host": "web.{{ .Values.cluster.name }}.example.com"}"#)
        .becomes("spec.source.helm.valuesObject"),
    Field::new("valueFiles", Content::Plain(Shape::Texts))
        .about("Helm value files, as Argo CD resolves them: relative to `path`.")
        .example(r#"["production.yaml"]"#)
        .becomes("spec.source.helm.valueFiles"),
    Field::new("engine", Content::Engine)
        .about("Who renders the chart: `helm` is Argo CD itself, `catalog` our sidecar, which gets `spec.source.plugin` in place of `spec.source.helm`.")
        .default("`catalog` for an app with `patches`, else `helm`")
        .example(r#""catalog""#),
    Field::new("helm", Content::Helm)
        .about("What `source.helm` of the Application has besides release name, value files and values.")
        .example(r#"{"skipCrds": true}"#)
        .becomes("spec.source.helm"),
    Field::new("extraSources", Content::Plain(Shape::Maps))
        .about("Further sources of the Application, as they are; the app's own is the first, and `spec.source` is left out. Each has a `repoURL` and a `path`, a `chart` with its `targetRevision`, or a `ref`.")
        .example(r#"[{"repoURL": "https://git.example.com/values.git", "targetRevision": "main", "ref": "values"}]"#)
        .becomes("spec.sources"),
    Field::new("sourceHydrator", Content::Hydrator)
        .about("Where Argo CD writes the rendered manifests, to deploy them from there; `spec.source` is left out then, and the app's source is the `drySource`. Not together with `extraSources`. Templates are evaluated as in `values`.")
        .example(r#"{"syncSource": {"targetBranch": "rendered/{{ .Values.cluster.name }}", "path": "web"}}"#)
        .becomes("spec.sourceHydrator"),
    Field::new("syncWave", Content::Plain(Shape::Integer))
        .about("Argo CD's sync wave: lower numbers come first.")
        .default("0")
        .example("-10")
        .becomes("metadata.annotations[argocd.argoproj.io/sync-wave]"),
    Field::new("syncPolicy", Content::Plain(Shape::Map))
        .about("Argo CD's sync policy, merged over `defaults.syncPolicy` of the catalog; null removes it.")
        .example(r#"{"automated": {"selfHeal": false}}"#)
        .becomes("spec.syncPolicy"),
    Field::new("syncOptions", Content::Plain(Shape::Texts))
        .about("Sync options in addition to the default ones.")
        .example(r#"["CreateNamespace=true"]"#)
        .becomes("spec.syncPolicy.syncOptions"),
    Field::new("ignoreDifferences", Content::Plain(Shape::Maps))
        .about("Differences that Argo CD ignores. Templates are evaluated as in `values`.")
        .example(r#"[{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]}]"#)
        .becomes("spec.ignoreDifferences"),
    Field::new("info", Content::Info)
        .about("What Argo CD shows with the Application: names and values.")
        .example(r#"[{"name": "owner", "value": "team-front"}]"#)
        .becomes("spec.info"),
    Field::new("revisionHistoryLimit", Content::Plain(Shape::Integer))
        .about("How many revisions of the Application Argo CD keeps.")
        .example("3")
        .becomes("spec.revisionHistoryLimit"),
    Field::new("annotations", Content::Plain(Shape::TextMap))
        .about("Annotations of the Application; null removes one that every Application has. Templates are evaluated as in `values`.")
        .example(r#"{"example.com/owner": "team-front"}"#)
        .becomes("metadata.annotations"),
    Field::new("labels", Content::Plain(Shape::TextMap))
        .about("Labels of the Application; null removes one that every Application has. Templates are evaluated as in `values`.")
        .example(r#"{"team": "front"}"#)
        .becomes("metadata.labels"),
    Field::new("podSecurity", Content::PodSecurity)
        .about("Pod security of the namespace: a level to enforce, or a map of modes. The first app of a namespace decides.")
        .example(r#""restricted""#)
        .becomes_in_namespace("metadata.labels[pod-security.kubernetes.io/enforce]"),
    Field::new("defaultDeploy", Content::Plain(Shape::Boolean))
        .about("Whether the app is on for clusters about which `deploy` is not set.")
        .default("false")
        .example("true"),
    Field::new("deploy", Content::Plain(Shape::Boolean))
        .about("Whether the app is on. Meant for `clusters`, and for the values of a cluster.")
        .example("true"),
    Field::new("clusters", Content::Clusters)
        .about("Overrides by cluster: any of these fields, merged over the others. Maps merge, all else is replaced.")
        .example(r#"{"edge": {"deploy": true, "values": {"replicas": 1}}}"#),
    Field::new("patches", Content::Patches)
        .about("Changes to the rendered manifests, made by the post-renderer and the sidecar.")
        .example(r#"[{"target": {"kind": "Deployment"}, "merge": {"spec": {"replicas": 3}}}]"#)
        .becomes("spec.source.plugin.parameters[patches]"),
];

/// The field of that name.
pub(crate) fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// The names of all fields.
pub(crate) fn field_names<'n>() -> impl Iterator<Item = &'n str> {
    FIELDS.iter().map(|field| field.name)
}
