{{- /*
What stops a render: fields that are missing, or that Argo CD would refuse. The file _fields.tpl says which fields there are.
lib/catalog says the same with file and line: helm-catalog lint.

A named template can only return text. To hand on maps and lists without printing and parsing them again, each of these
takes a dict, and sets its result in that dict. "In" and "sets" say which keys.
*/}}

{{- /* Fails where a field of an app that is on is missing or of the wrong kind. In: root, file, fields. */}}
{{- define "catalog.check" }}
{{-   $file := .file }}
{{-   $fields := .fields }}
{{-   range $field, $want := include "catalog.kinds" . | fromYaml }}
{{-     include "catalog.check-kind" (dict "what" (printf "%s: %s" $file $field) "want" $want "value" (index $fields $field)) }}
{{-   end }}
{{-   range include "catalog.required" . | fromYamlArray }}
{{-     if not (index $fields .) }}
{{-       fail (printf "%s: %s is required" $file .) }}
{{-     end }}
{{-   end }}
{{-   $defaults := .root.Values.defaults | default dict }}
{{-   range include "catalog.required-or-default" . | fromYamlArray }}
{{-     if not (or (index $fields .) (index $defaults .)) }}
{{-       fail (printf "%s: %s is required, because defaults.%s in the values is empty" $file . .) }}
{{-     end }}
{{-   end }}
{{-   $destination := $fields.destination | default $defaults.destination }}
{{-   if not (or $destination.server $destination.name) }}
{{-     fail (printf "%s: destination has neither server nor name" $file) }}
{{-   end }}
{{-   range $index, $source := $fields.extraSources }}
{{-     $what := printf "%s: extraSources[%d]" $file $index }}
{{-     range list "repoURL" "path" "chart" "ref" "targetRevision" }}
{{-       include "catalog.check-kind" (dict "what" (printf "%s.%s" $what .) "want" "a string" "value" (index $source .)) }}
{{-     end }}
{{-     if not .repoURL }}
{{-       fail (printf "%s.repoURL is required" $what) }}
{{-     end }}
{{-     if not (or .path .chart .ref) }}
{{-       fail (printf "%s has neither path, chart nor ref" $what) }}
{{-     end }}
{{-     if and .chart (not .targetRevision) }}
{{-       fail (printf "%s.targetRevision is required: the version of the chart" $what) }}
{{-     end }}
{{-   end }}
{{-   include "catalog.check-hydrator" . }}
{{-   if not (has ($fields.engine | default "helm") (include "catalog.engines" . | fromYamlArray)) }}
{{-     fail (printf "%s: engine must be helm or catalog" $file) }}
{{-   end }}
{{-   range include "catalog.not-in-helm" . | fromYamlArray }}
{{-     if hasKey ($fields.helm | default dict) . }}
{{-       fail (printf "%s: helm.%s cannot be set: an app has a field of its own for it" $file .) }}
{{-     end }}
{{-   end }}
{{-   if not (kindIs "string" $fields.podSecurity) }}
{{-     include "catalog.check-kind" (dict "what" (printf "%s: podSecurity" $file) "want" "a map of strings" "value" $fields.podSecurity) }}
{{-   end }}
{{- end }}

{{- /* Fails where the hydrator of an app's source lacks what Argo CD needs. In: file, fields. */}}
{{- define "catalog.check-hydrator" }}
{{-   $what := printf "%s: sourceHydrator" .file }}
{{-   with .fields.sourceHydrator }}
{{-     if $.fields.extraSources }}
{{-       fail (printf "%s and extraSources exclude each other: Argo CD hydrates one source" $what) }}
{{-     end }}
{{-     if hasKey . "drySource" }}
{{-       fail (printf "%s.drySource cannot be set: it is the app's own source" $what) }}
{{-     end }}
{{-     $wanted := dict "syncSource" (list "path" "targetBranch") }}
{{-     if .hydrateTo }}
{{-       $_ := set $wanted "hydrateTo" (list "targetBranch") }}
{{-     end }}
{{-     range $part, $names := $wanted }}
{{-       $value := index $.fields.sourceHydrator $part }}
{{-       include "catalog.check-kind" (dict "what" (printf "%s.%s" $what $part) "want" "a map of strings" "value" $value) }}
{{-       range $names }}
{{-         if not (index ($value | default dict) .) }}
{{-           fail (printf "%s.%s.%s is required" $what $part .) }}
{{-         end }}
{{-       end }}
{{-     end }}
{{-     if eq (printf "/%s" .syncSource.path | clean) "/" }}
{{-       fail (printf "%s.syncSource.path must be a folder: Argo CD writes no manifests to the root of a branch" $what) }}
{{-     end }}
{{-   end }}
{{- end }}

{{- /* Fails unless a value is null or of the kind that is wanted. A null in a map is allowed. In: what, want, value. */}}
{{- define "catalog.check-kind" }}
{{-   $kinds := dict
        "a boolean" (list "bool")
        "a string" (list "string")
        "a map" (list "map")
        "a map of strings" (list "map" "string")
        "a list of maps" (list "slice" "map")
        "a list of strings" (list "slice" "string") }}
{{-   if eq .want "an integer" }}
{{-     include "catalog.check-integer" . }}
{{-   else }}
{{-   $kind := index $kinds .want }}
{{-   $wrong := not (has (kindOf .value) (list "invalid" (first $kind))) }}
{{-   if and (not $wrong) .value (gt (len $kind) 1) }}
{{-     $allowed := ternary (list "invalid" (last $kind)) (list (last $kind)) (kindIs "map" .value) }}
{{-     range .value }}
{{-       $wrong = or $wrong (not (has (kindOf .) $allowed)) }}
{{-     end }}
{{-   end }}
{{-   if $wrong }}
{{-     fail (printf "%s must be %s" .what .want) }}
{{-   end }}
{{-   end }}
{{- end }}

{{- /* Fails unless a value is null or a whole number: numbers in YAML are floats, those of --set integers. In: what, value. */}}
{{- define "catalog.check-integer" }}
{{-   if not (kindIs "invalid" .value) }}
{{-     if not (and (has (kindOf .value) (list "float64" "int64")) (eq (float64 .value) (float64 (int64 .value)))) }}
{{-       fail (printf "%s must be an integer" .what) }}
{{-     end }}
{{-   end }}
{{- end }}
