//! What charts are made of: the definitions, lines and values that occur in most of them, in our words.

/// Lines of Chart.yaml.
pub(crate) const METADATA: &[&str] = &[
    "appVersion: 2.10\n",
    "appVersion: \"v1.0\"\n",
    "type: application\n",
    "description: A thing\n",
    "keywords: [a, b]\n",
    "home: https://example.com\n",
    "sources:\n- https://example.com/s\n",
    "maintainers:\n- name: m\n  email: m@example.com\n",
    "annotations:\n  a: b\n",
    "icon: https://example.com/i.png\n",
    "kubeVersion: \">=1.19.0-0\"\n",
];

/// Definitions that templates include.
pub(crate) const HELPERS: &[&str] = &[
    r#"{{- define "c.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
"#,
    r#"{{/*
A name.
*/}}
{{- define "c.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}
"#,
    r#"{{- define "c.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "c.labels" -}}
helm.sh/chart: {{ include "c.chart" . }}
{{ include "c.selector" . }}
{{- if .Chart.AppVersion }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "c.selector" -}}
app.kubernetes.io/name: {{ include "c.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
"#,
    r#"{{- define "c.image" -}}
{{- $registry := .image.registry | default (dig "registry" "" (.global | default dict)) -}}
{{- $tag := .image.tag | default .chart.AppVersion | toString -}}
{{- if .image.digest }}{{ printf "%s/%s@%s" $registry .image.repository .image.digest }}
{{- else }}{{ if $registry }}{{ $registry }}/{{ end }}{{ .image.repository }}:{{ $tag }}{{ end -}}
{{- end -}}
"#,
    r#"{{- define "c.render" -}}
{{- $value := typeIs "string" .value | ternary .value (.value | toYaml) }}
{{- if contains "{{" (toJson .value) }}{{ tpl $value .context }}{{ else }}{{ $value }}{{ end }}
{{- end -}}
"#,
    r#"{{- define "c.env" -}}
{{- range $key, $value := .Values.config }}
- name: {{ $key | upper | replace "-" "_" | quote }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- define "c.merged" }}{{ toYaml (mergeOverwrite (deepCopy (.Values.defaults | default dict)) (.Values.extra | default dict)) }}{{ end }}
{{ define "c.bool" }}{{ if .Values.enabled }}true{{ end }}{{ end }}
"#,
];

/// How manifests start.
pub(crate) const HEADS: &[&str] = &[
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ include \"c.fullname\" . }}\n",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ template \"c.fullname\" . }}\n  labels:\n    {{- include \"c.labels\" . | nindent 4 }}\n",
    "kind: Service\napiVersion: v1\nmetadata:\n  name: {{ $.Release.Name }}\n  namespace: {{ $.Release.Namespace | quote }}\n",
    "# A comment.\nkind: Secret\nmetadata: {name: s}\n",
    "---\nkind: Job\nmetadata:\n  name: {{ printf \"%s-job\" (include \"c.name\" $) }}\n  annotations:\n    \"helm.sh/hook\": {{ $.Values.hook | default \"pre-install\" }}\n",
    "kind: {{ $.Values.kind | default \"StatefulSet\" }}\nmetadata:\n  name: x-{{ $.Release.Revision }}\n",
    "{{- $fullName := include \"c.fullname\" $ -}}\n{{- $port := $.Values.port -}}\nkind: Ingress\nmetadata:\n  name: {{ $fullName }}-{{ $port }}\n",
    "",
];

/// Entries of a map at the top of a manifest that print one value.
pub(crate) const ENTRIES: &[&str] = &[
    "v1: {{ $.Values.replicas }}\n",
    "v2: {{ $.Values.port | int }}\n",
    "v3: {{ $.Values.image.tag | quote }}\n",
    "v4: {{ $.Values.image.tag | default $.Chart.AppVersion }}\n",
    "v5: {{ .Values.config | toJson }}\n",
    "v6: {{ $.Values.enabled | ternary \"on\" \"off\" }}\n",
    "v7: {{ $.Values.memory }}\n",
    "v8: {{ required \"a name is needed\" $.Values.needed }}\n",
    "v9: {{ $.Values.list | first | default \"none\" }}\n",
    "v10: {{ join \",\" $.Values.hosts }}\n",
    "v11: {{ $.Values.hosts | toStrings | sortAlpha | uniq | join \"-\" }}\n",
    "v12: {{ tpl $.Values.text $ | quote }}\n",
    "v13: {{ $.Values.text | b64enc }}\n",
    "v14: {{ toYaml $.Values.text }}\n",
    "v15: {{ $.Values.password | default \"fixed\" | b64enc | quote }}\n",
    "v16: {{ $.Files.Get \"files/app.conf\" | sha256sum }}\n",
    "v17: {{ include (print $.Template.BasePath \"/a.yaml\") . | sha1sum | trunc 8 }}\n",
    "v18: {{ len $.Values.hosts }}\n",
    "v19: {{ mul $.Values.replicas 2 }}\n",
    "v20: {{ div (int $.Values.port) 3 }} {{ $.Values.port | add 1 }}\n",
    "v21: {{ hasKey $.Values \"extra\" }} {{ hasKey $.Values.image \"tag\" }}\n",
    "v22: {{ if kindIs \"map\" $.Values.extra }}map{{ else if kindIs \"slice\" $.Values.extra }}list{{ else }}{{ kindOf $.Values.extra }}{{ end }}\n",
    "v23: {{ get $.Values.image \"tag\" | toString }}\n",
    "v24: {{ dig \"a\" \"b\" \"none\" $.Values.extra }}\n",
    "v25: {{ coalesce $.Values.password $.Values.text \"x\" }}\n",
    "v26: {{ printf \"%d:%s\" (int $.Values.port) $.Values.image.repository }}\n",
    "v27: {{ printf \"%v %T\" $.Values.replicas $.Values.replicas }}\n",
    "v28: {{ $.Values.image.repository | splitList \"/\" | last }}\n",
    "v29: {{ regexReplaceAll \"[^a-z0-9]+\" (lower $.Values.text) \"-\" }}\n",
    "v30: {{ eq $.Values.port 80 }}\n",
    "v31: {{ eq (int $.Values.port) 80 }} {{ ne $.Values.kind \"Deployment\" }}\n",
    "v32: {{ lt $.Values.replicas 2.0 }}\n",
    "v33: {{ and $.Values.enabled $.Values.hosts | toJson }}\n",
    "v34: {{ empty $.Values.extra }} {{ not $.Values.enabled }}\n",
    "v35: {{ (index $.Values.list 0).name }}\n",
    "v36: {{ index $.Values.config \"log-level\" }}\n",
    "v37: {{ $.Values.nope }}{{ $.Values.image.nope }}\n",
    "v38: {{ $.Values.nope.deeper }}\n",
    "v39: {{ ($.Values.nope).deeper }}\n",
    "v40: {{ $.Values.memory | toString | trimSuffix \"Mi\" | int }}\n",
    "v41: {{ $.Values.replicas | toString | quote }}\n",
    "v42: {{ float64 $.Values.replicas | mulf 1.5 }}\n",
    "v43: {{ max 1 $.Values.replicas | min 10 }}\n",
    "v44: {{ $.Values.annotations | toYaml | quote }}\n",
    "v45: {{ keys $.Values.config | sortAlpha | join \",\" }}\n",
    "v46: {{ values $.Values.config | len }}\n",
    "v47: {{ $.Values.config | values | toStrings | sortAlpha | toJson }}\n",
    "v48: {{ omit $.Values.image \"tag\" | toJson }} {{ pick $.Values.image \"tag\" | toYaml }}\n",
    "v49: {{ $.Chart.Annotations }} {{ $.Chart.Maintainers }} {{ $.Chart.Keywords }}\n",
    "v50: {{ $.Capabilities.KubeVersion.Version }} {{ $.Capabilities.KubeVersion.Major }} {{ $.Capabilities.HelmVersion.Version | trunc 3 }}\n",
    "v51: {{ lookup \"v1\" \"Secret\" \"x\" \"y\" }}\n",
    "v52: {{ until (int $.Values.replicas) }}\n",
    "v53: {{ toPrettyJson $.Values.list | indent 2 | trim }}\n",
    "v54: {{ cat \"a\" $.Values.port $.Values.enabled }}\n",
    "v55: {{ $.Values.list | toYaml | sha256sum | trunc 7 }}\n",
    "v56: {{ $.Values.text | upper | title | untitle | snakecase }}\n",
    "v57: {{ has \"a.b\" $.Values.hosts }}\n",
    "v58: {{ without $.Values.hosts \"a.b\" | toJson }}\n",
    "v59: {{ $.Values.env | toYaml | fromYamlArray | toJson }}\n",
    "v60: {{ include \"c.merged\" $ | fromYaml | toJson }}\n",
    "v61: {{ include \"c.bool\" $ | empty }}\n",
    "v62: {{ $.Values.list | default list | len }} {{ $.Values.extra | default dict | len }}\n",
    "v63: {{ . | kindOf }} {{ $ | typeOf }}\n",
    "v64: {{ $.Values.global }} {{ $.Values.AsMap }}\n",
    "v65: {{ concat $.Values.list $.Values.hosts | len }}\n",
    "v66: {{ $.Values.schedule | quote }} {{ $.Values.schedule }}\n",
    "v67: {{ toString $.Values.port | regexMatch \"^[0-9]+$\" }}\n",
    "v68: {{ $.Values.text | nindent 2 }}\n",
    "v69: {{ $.Values.image | toJson | fromJson | toYaml | quote }}\n",
    "v70: {{ semver $.Chart.Version }} {{ (semver $.Chart.Version).Metadata }}\n",
];

/// Parts of a manifest that are longer.
pub(crate) const SNIPPETS: &[&str] = &[
    "{{- with $.Values.annotations }}\nannotations:\n  {{- toYaml . | nindent 2 }}\n{{- end }}\n",
    "{{- with $.Values.resources }}\nresources:\n{{ toYaml . | indent 2 }}\n{{- end }}\n",
    "{{- if $.Values.extra }}\nextra: {{- toYaml $.Values.extra | nindent 2 }}\n{{- else }}\nextra: {}\n{{- end }}\n",
    "env:\n{{- range $.Values.env }}\n- name: {{ .name }}\n  value: {{ .value | quote }}\n{{- else }}\n[]\n{{- end }}\n",
    "config:\n{{- range $key, $value := $.Values.config }}\n  {{ $key }}: {{ $value | quote }}\n{{- end }}\n",
    "config2:\n{{- range $key := keys $.Values.config | sortAlpha }}\n  {{ $key }}: {{ get $.Values.config $key }}\n{{- end }}\n",
    "hosts:\n{{- range $i, $host := $.Values.hosts }}\n{{- if $i }}\n# next\n{{- end }}\n- {{ $host | quote }}\n{{- end }}\n",
    "rules:\n{{- range $.Values.ingress.hosts }}\n- host: {{ .host | quote }}\n  paths:\n  {{- range .paths }}\n  - path: {{ .path }}\n    type: {{ .type | default \"Prefix\" }}\n    port: {{ $.Values.port }}\n  {{- end }}\n{{- end }}\n",
    "image: \"{{ $.Values.image.repository }}:{{ $.Values.image.tag | default $.Chart.AppVersion }}\"\n",
    "image2: {{ include \"c.image\" (dict \"image\" $.Values.image \"global\" $.Values.global \"chart\" $.Chart) }}\n",
    "rendered:\n  {{- include \"c.render\" (dict \"value\" $.Values.extra \"context\" $) | nindent 2 }}\n",
    "rendered2: {{ include \"c.render\" (dict \"value\" $.Values.text \"context\" $) }}\n",
    "data:\n{{ (.Files.Glob \"files/*\").AsConfig | indent 2 }}\n",
    "secret:\n{{ ($.Files.Glob \"files/*.conf\").AsSecrets | indent 2 }}\n",
    "conf: |\n{{ tpl ($.Files.Get \"files/app.conf\") $ | indent 2 }}\n",
    "conf2: |-\n  {{- range $.Files.Lines \"files/app.conf\" }}\n  {{ . }}{{ end }}\n",
    "envs: {{- include \"c.env\" $ | nindent 2 }}\n",
    "labels:\n{{ include \"c.labels\" $ | indent 2 }}\n",
    "merged:\n  {{- include \"c.merged\" $ | nindent 2 }}\n",
    "{{- $all := merge (dict \"a\" 1) ($.Values.image | default dict) }}\nall: {{ $all | toJson }}\n",
    "{{- $list := list }}\n{{- range $.Values.hosts }}\n{{- $list = append $list (printf \"https://%s\" .) }}\n{{- end }}\nurls: {{ $list | join \" \" | quote }}\n",
    "{{- $found := false }}{{ range $.Values.list }}{{ if eq .name \"x\" }}{{ $found = true }}{{ break }}{{ end }}{{ end }}\nfound: {{ $found }}\n",
    "{{- range $i := until (int $.Values.replicas) }}\nr{{ $i }}: {{ printf \"%s-%d\" $.Release.Name $i }}\n{{- end }}\n",
    "{{- range untilStep 0 (int $.Values.port) 40 }}\np{{ . }}: x\n{{- end }}\n",
    "{{- if and $.Values.ingress.enabled (gt (len $.Values.ingress.hosts) 0) }}\ntls:\n{{ toYaml $.Values.ingress.hosts | indent 2 }}\n{{- end }}\n",
    "{{- with (first $.Values.list) }}\nfirst: {{ .name }}\n{{- else }}\nfirst: none\n{{- end }}\n",
    "{{- if eq $.Values.kind \"Deployment\" }}\nd: 1\n{{- else if eq $.Values.kind \"DaemonSet\" }}\nd: 2\n{{- else }}\nd: 3\n{{- end }}\n",
    "command: {{ toJson $.Values.args }}\nargs:\n{{- range $.Values.args }}\n  - {{ . | quote }}\n{{- end }}\n",
    "{{- if $.Values.existing }}\n{{ fail \"existing is not supported\" }}\n{{- end }}\n",
    "{{- if not (has $.Values.kind (list \"Deployment\" \"StatefulSet\" \"DaemonSet\")) }}\n{{- fail (printf \"unknown kind %q\" $.Values.kind) }}\n{{- end }}\n",
    "{{/* A note. */}}\n{{- /* Another. */ -}}\nnote: x\n",
    "script: |\n  #!/bin/sh\n  set -e\n  {{- if $.Values.enabled }}\n  run --port={{ $.Values.port }} {{ join \" \" $.Values.args }}\n  {{- end }}\n\n  exit 0\n",
    "folded: >-\n  some\n  {{ $.Values.text }}\n",
    "{{- $_ := set $.Values \"seen\" true }}\nseen: {{ $.Values.seen }}\n",
    "{{- $cfg := $.Values.text | fromYaml }}\ncfg: {{ $cfg | toJson }}\n",
    "---\nkind: Second\nmetadata:\n  name: {{ $.Release.Name }}-2\n",
    "{{- range $name, $spec := $.Values.map }}\n---\nkind: Each\nmetadata:\n  name: {{ $name }}\nspec: {{ toYaml $spec | nindent 2 }}\n{{- end }}\n",
    "items:\n{{ toYaml $.Values.list | nindent 0 }}\n",
    "items2:\n{{ toYaml $.Values.list }}\n",
    "anchor: &a\n  x: {{ $.Values.port }}\nalias: *a\n",
    "quoted: {{ quote $.Values.port $.Values.enabled $.Values.text }}\nsquoted: {{ squote $.Values.text }}\n",
    "{{- with $.Values.image }}{{ with .tag }}\ntag: {{ . }}{{ $.Values.port }}\n{{- end }}{{ end }}\n",
    "toml: |\n{{ toToml $.Values.config | indent 2 }}\n",
    "{{- define \"c.local\" }}local {{ . }}{{ end }}\nlocal: {{ include \"c.local\" $.Values.port }} {{ template \"c.local\" \"x\" }}\n",
    "{{ if $.Values.enabled }}\nafter: blank\n\n{{ end }}\n",
    "weights:\n  \"helm.sh/hook-weight\": \"{{ $.Values.replicas }}\"\n",
    "limits:\n  memory: {{ $.Values.memory }}\n  cpu: {{ $.Values.cpu | default \"100m\" }}\n",
    "{{- $top := . }}\n{{- range $k, $v := $.Values.map }}\nm-{{ $k }}: {{ $v | toJson }} {{ kindOf $top }}\n{{- end }}\n",
    "{{- if (($.Values.image).digest) }}\ndigest: {{ $.Values.image.digest }}\n{{- end }}\n",
    "{{- include \"c.nope\" . }}\n",
    "{{- $date := \"2024-05-06\" | toDate \"2006-01-02\" }}\ndate: {{ $date | date \"Jan 2\" }} {{ $date | unixEpoch }}\n",
    "probe:\n  {{- $.Values.probe | toYaml | nindent 2 }}\n  {{- omit ($.Values.probe | default dict) \"enabled\" | toYaml | nindent 2 }}\n",
    "affinity: {{- $.Values.affinity | default dict | toYaml | nindent 2 }}\ntolerations: {{ toYaml $.Values.tolerations | nindent 2 }}\n",
];

/// The values that all of these use, each with what is usual for it.
pub(crate) const VALUES: &[(&str, &[&str])] = &[
    (
        "nameOverride",
        &[
            " \"\"",
            " web",
            " a-very-long-name-that-goes-on-until-it-has-to-be-cut-off-by-trunc-",
        ],
    ),
    ("fullnameOverride", &[" \"\"", " full", ""]),
    ("enabled", &[" true", " false"]),
    ("existing", &[" false", " \"\"", ""]),
    (
        "kind",
        &[" Deployment", " StatefulSet", " DaemonSet", " Other"],
    ),
    (
        "hook",
        &[" post-install", " pre-install,pre-upgrade", " test"],
    ),
    ("replicas", &[" 1", " 2", " 3", " 0"]),
    ("port", &[" 80", " 8080", " \"80\"", " http", " 443.0"]),
    ("needed", &[" x", " \"\"", " 1"]),
    (
        "image",
        &[
            "\n  repository: example/web\n  tag: 1.10\n",
            "\n  registry: r.example.com\n  repository: a/b\n  tag: \"\"\n  pullPolicy: Always",
            " {repository: web, tag: 2, digest: \"sha256:0\"}",
            "\n  repository: web\n  tag:",
        ],
    ),
    (
        "labels",
        &[" {}", "\n  team: a\n  \"x.y/z\": \"1\"", "\n  on: off"],
    ),
    (
        "annotations",
        &[
            " {}",
            "\n  a: \"true\"\n  b/c: \"1\"",
            "\n  text: |\n    two\n    lines\n",
        ],
    ),
    (
        "resources",
        &[
            " {}",
            "\n  limits: {cpu: 100m, memory: 128Mi}\n  requests:\n    cpu: 0.5",
            "\n  limits:\n    memory: 1e3",
        ],
    ),
    (
        "extra",
        &[
            " {}",
            "\n  a:\n    b: \"{{ .Release.Name }}\"",
            " [1, \"{{ .Values.port }}\", null]",
            " plain",
            "\n  a: {b: 1}\n  c: [x]",
        ],
    ),
    ("defaults", &["\n  a: {b: 2, z: 1}", " {}", "\n  c: text"]),
    (
        "env",
        &[
            " []",
            "\n- name: A\n  value: 1\n- name: B\n  value: \"true\"\n",
            "\n  - {name: C, value: }\n  - {name: D}",
        ],
    ),
    (
        "config",
        &[
            "\n  log-level: info\n  a: 1\n  b: true\n  c: 1.5\n  d: 1000000",
            "\n  log-level: \"\"\n  empty:\n  text: \"a: b # c\"\n",
            "\n  log-level: 3\n  nested: {x: [1, 2]}",
            " {}",
        ],
    ),
    (
        "hosts",
        &[" []", " [a.b, c.d]", "\n- a.b\n- \"*.c\"", " [x, x, 1]"],
    ),
    (
        "list",
        &[
            " []",
            "\n- name: x\n  value: 1\n- name: y",
            " [{name: z}]",
            "\n- name: \"q\"\n  deep: {a: [1, {b: 2}]}",
        ],
    ),
    (
        "map",
        &[
            " {}",
            "\n  one: {a: 1}\n  two: {b: [x]}",
            "\n  b:\n  a: text",
            " {z: 1, y: 2.5, x: null}",
        ],
    ),
    (
        "ingress",
        &[
            "\n  enabled: true\n  hosts:\n  - host: a.b\n    paths:\n    - path: /\n    - {path: /x, type: Exact}",
            " {enabled: false, hosts: []}",
            "\n  enabled: true\n  hosts: []",
        ],
    ),
    (
        "text",
        &[
            " plain",
            " \"{{ .Release.Name }}-x\"",
            " |\n  a: 1\n  b: [2]",
            " \"Hello World\"",
            " >\n  folded\n  text\n",
            " 'it''s'",
            " 12",
        ],
    ),
    ("password", &[" \"\"", " secret", " 0123"]),
    ("memory", &[" 128Mi", " 1Gi", " 1000000000", " 1e9"]),
    ("cpu", &[" 100m", " 0.5", " 1", ""]),
    (
        "args",
        &[" []", " [--a, \"--b=c d\"]", "\n- -x\n- 1\n- true"],
    ),
    ("schedule", &[" \"*/5 * * * *\"", " '@daily'"]),
    (
        "global",
        &[" {}", " {registry: g.example.com}", "\n  labels: {a: b}"],
    ),
    (
        "probe",
        &[
            "\n  enabled: true\n  httpGet: {path: /, port: http}\n  periodSeconds: 10",
            " {enabled: false}",
        ],
    ),
    (
        "affinity",
        &[
            " {}",
            "\n  nodeAffinity:\n    required:\n    - {key: a, operator: In, values: [b]}",
        ],
    ),
    (
        "tolerations",
        &[
            " []",
            "\n- key: a\n  operator: Exists\n  effect: NoSchedule",
        ],
    ),
];
