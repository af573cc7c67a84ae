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
{{-   include "catalog.check-parts" (dict "file" $file "fields" (set (omit $fields "destination") "destination" $destination)) }}
{{-   include "catalog.check-hydrator" . }}
{{-   if not (has ($fields.engine | default "helm") (include "catalog.engines" . | fromYamlArray)) }}
{{-     fail (printf "%s: engine must be helm or catalog" $file) }}
{{-   end }}
{{-   range include "catalog.not-in-helm" . | fromYamlArray }}
{{-     if hasKey ($fields.helm | default dict) . }}
{{-       fail (printf "%s: helm.%s cannot be set: an app has a field of its own for it" $file .) }}
{{-     end }}
{{-   end }}
{{-   include "catalog.check-kinds" (dict "what" (printf "%s: helm" $file) "kinds" "catalog.kinds-of-helm" "value" $fields.helm) }}
{{-   range $list, $kinds := include "catalog.kinds-in-helm" . | fromYaml }}
{{-     range $index, $item := index ($fields.helm | default dict) $list }}
{{-       include "catalog.check-kinds" (dict "what" (printf "%s: helm.%s[%d]" $file $list $index) "kinds" $kinds "value" $item) }}
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
{{-     if eq (printf "/%s" .syncSource.path | clean) "/" }}
{{-       fail (printf "%s.syncSource.path must be a folder: Argo CD writes no manifests to the root of a branch" $what) }}
{{-     end }}
{{-   end }}
{{- end }}

{{- /* Fails where what is inside of fields is not what Argo CD takes. In: file, fields. */}}
{{- define "catalog.check-parts" }}
{{-   range include "catalog.parts" . | fromYamlArray }}
{{-     $rule := . }}
{{-     $parent := $.fields }}
{{-     range initial .at }}
{{-       $parent = index $parent . | default dict }}
{{-     end }}
{{-     $value := index $parent (last .at) }}
{{-     $what := printf "%s: %s" $.file (join "." .at) }}
{{-     if .each }}
{{-       range $index, $item := $value }}
{{-         include "catalog.check-part" (dict "what" (printf "%s[%d]" $what $index) "rule" $rule "value" $item) }}
{{-       end }}
{{-     else if and $parent (or $value (not .optional)) }}
{{-       include "catalog.check-kind" (dict "what" $what "want" .kind "value" $value) }}
{{-       include "catalog.check-part" (dict "what" $what "rule" $rule "value" ($value | default dict)) }}
{{-     end }}
{{-   end }}
{{- end }}

{{- /* The same of one map. In: what, rule, value. */}}
{{- define "catalog.check-part" }}
{{-   range .rule.texts }}
{{-     include "catalog.check-kind" (dict "what" (printf "%s.%s" $.what .) "want" "a string" "value" (index $.value .)) }}
{{-   end }}
{{-   range .rule.required }}
{{-     $said := index $.value . }}
{{-     if ternary (kindIs "invalid" $said) (empty $said) (eq (toString $.rule.mayBeEmpty) "true") }}
{{-       fail (printf "%s.%s is required" $.what .) }}
{{-     end }}
{{-   end }}
{{-   $one := not .rule.oneOf }}
{{-   range .rule.oneOf }}
{{-     $one = or $one (index $.value .) }}
{{-   end }}
{{-   if not $one }}
{{-     fail (printf "%s has neither %s nor %s" .what (join ", " (initial .rule.oneOf)) (last .rule.oneOf)) }}
{{-   end }}
{{-   with .rule.beside }}
{{-     if and (index $.value .with) (not (index $.value .wanted)) }}
{{-       fail (printf "%s.%s is required: %s" $.what .wanted .why) }}
{{-     end }}
{{-   end }}
{{- end }}

{{- /* Fails where a map has an unknown key, or one of the wrong kind. In: what, kinds (a map, or the template that gives it), value. */}}
{{- define "catalog.check-kinds" }}
{{-   $kinds := .kinds }}
{{-   if kindIs "string" $kinds }}
{{-     $kinds = include $kinds . | fromYaml }}
{{-   end }}
{{-   range $name, $value := .value }}
{{-     if not (hasKey $kinds $name) }}
{{-       fail (printf "%s.%s is unknown" $.what $name) }}
{{-     end }}
{{-     include "catalog.check-kind" (dict "what" (printf "%s.%s" $.what $name) "want" (index $kinds $name) "value" $value) }}
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
