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
