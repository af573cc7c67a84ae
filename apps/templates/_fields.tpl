{{- /*
What the other templates know of the fields of app.yaml. Made from lib/catalog/src/fields/table.rs by
`INSTA_UPDATE=always cargo test -p homescale-catalog`; a test fails where it is old.
*/}}

{{- /* What the fields hold, but for podSecurity. null is allowed for all of them. */}}
{{- define "catalog.kinds" }}
annotations: a map of strings
defaultDeploy: a boolean
deploy: a boolean
destination: a map
engine: a string
extraSources: a list of maps
helm: a map
ignoreDifferences: a list of maps
info: a list of maps
labels: a map of strings
namespace: a string
patches: a list of maps
path: a string
project: a string
releaseName: a string
repoURL: a string
revisionHistoryLimit: an integer
sourceHydrator: a map
syncOptions: a list of strings
syncPolicy: a map
syncWave: an integer
targetRevision: a string
valueFiles: a list of strings
values: a map
{{- end }}

{{- /* The fields without which there is no Application. */}}
{{- define "catalog.required" }}
- path
- namespace
{{- end }}

{{- /* Those that `defaults` in the values may say in their place. */}}
{{- define "catalog.required-or-default" }}
- repoURL
- targetRevision
- project
- destination
{{- end }}

{{- /* Who may render the chart of an app. */}}
{{- define "catalog.engines" }}
- helm
- catalog
{{- end }}

{{- /* What `helm` must not say, because an app has a field of its own for it. */}}
{{- define "catalog.not-in-helm" }}
- releaseName
- valueFiles
- values
- valuesObject
{{- end }}

{{- /* What `helm` may say, and what that holds. */}}
{{- define "catalog.kinds-of-helm" }}
apiVersions: a list of strings
fileParameters: a list of maps
ignoreMissingValueFiles: a boolean
kubeVersion: a string
namespace: a string
parameters: a list of maps
passCredentials: a boolean
releaseName: a string
skipCrds: a boolean
skipSchemaValidation: a boolean
skipTests: a boolean
valueFiles: a list of strings
values: a string
valuesObject: a map
version: a string
{{- end }}

{{- /* What the items of lists in `helm` may say. */}}
{{- define "catalog.kinds-in-helm" }}
fileParameters: {name: a string, path: a string}
parameters: {forceString: a boolean, name: a string, value: a string}
{{- end }}

{{- /* What is inside of fields, or each of their items: what holds strings, what must be there, and of which one must be. */}}
{{- define "catalog.parts" }}
- {at: [destination], kind: a map, optional: true, texts: [server, name], oneOf: [server, name]}
- {at: [extraSources], kind: a map, each: true, texts: [repoURL, path, chart, ref, targetRevision], required: [repoURL], oneOf: [path, chart, ref], beside: {with: chart, wanted: targetRevision, why: the version of the chart}}
- {at: [ignoreDifferences], kind: a map, each: true, mayBeEmpty: true, texts: [kind], required: [kind]}
- {at: [info], kind: a map, each: true, mayBeEmpty: true, texts: [name, value], required: [name, value]}
- {at: [sourceHydrator, syncSource], kind: a map of strings, texts: [path, targetBranch, repoURL], required: [path, targetBranch]}
- {at: [sourceHydrator, hydrateTo], kind: a map of strings, optional: true, texts: [targetBranch], required: [targetBranch]}
{{- end }}

{{- /* What the sections of the values hold. */}}
{{- define "catalog.kinds-of-values" }}
application: {namespace: a string, namePrefix: a string, finalizers: a list of strings, annotations: a map of strings, labels: a map of strings}
defaults: {repoURL: a string, targetRevision: a string, project: a string, destination: a map, syncPolicy: a map, syncOptions: a list of strings}
namespaces: {system: a list of strings, syncWave: an integer, annotations: a map of strings, labels: a map of strings}
argocd: {version: a string, plugin: a string}
lint: {allow: a list of maps}
{{- end }}

{{- /* What the values must say. */}}
{{- define "catalog.required-values" }}
- [application, namespace]
- [namespaces, syncWave]
{{- end }}
