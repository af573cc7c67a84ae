{{- /*
From files to the fields of an app: the values of the catalog, and the layers that are merged.

A named template can only return text. To hand on maps and lists without printing and parsing them again, each of these
takes a dict, and sets its result in that dict. "In" and "sets" say which keys.
*/}}

{{- /* Fails unless the values say which cluster to render, and what to print. In: the root context. */}}
{{- define "catalog.check-values" }}
{{-   $name := index (.Values.cluster | default dict) "name" }}
{{-   if not (and $name (kindIs "string" $name)) }}
{{-     fail "cluster.name is required, and must be a string: the name of the cluster to render" }}
{{-   end }}
{{-   if not (or (kindIs "invalid" .Values.output) (has .Values.output (list "" "applications" "catalog"))) }}
{{-     fail "output must be applications or catalog" }}
{{-   end }}
{{-   range $section, $kinds := include "catalog.kinds-of-values" . | fromYaml }}
{{-     $values := index $.Values $section }}
{{-     include "catalog.check-kind" (dict "what" $section "want" "a map" "value" $values) }}
{{-     range $name, $kind := $kinds }}
{{-       include "catalog.check-kind" (dict "what" (printf "%s.%s" $section $name) "want" $kind "value" (index ($values | default dict) $name)) }}
{{-     end }}
{{-   end }}
{{-   range include "catalog.required-values" . | fromYamlArray }}
{{-     $value := index (index $.Values (first .) | default dict) (last .) }}
{{-     if or (kindIs "invalid" $value) (eq (toString $value) "") }}
{{-       fail (printf "%s is required" (join "." .)) }}
{{-     end }}
{{-   end }}
{{-   $version := index (.Values.argocd | default dict) "version" | default "3.0" }}
{{-   if not (regexMatch "^v?0*([3-9]|[1-9][0-9]+)[.][0-9]+([.][0-9]+)?$" $version) }}
{{-     fail "argocd.version must be a version of Argo CD from 3.0 on, such as 3.5" }}
{{-   end }}
{{-   include "catalog.check-kind" (dict "what" "apps" "want" "a map" "value" .Values.apps) }}
{{-   include "catalog.check-kind" (dict "what" "fields" "want" "a list of strings" "value" .Values.fields) }}
{{- end }}

{{- /* Merges the layers of an app. In: root, path. Sets: name, file (for messages), fields, on. */}}
{{- define "catalog.load" }}
{{-   $name := dir .path }}
{{-   $file := printf "%s/%s" .root.Chart.Name .path }}
{{-   $fields := .root.Files.Get .path | fromYaml }}
{{-   if hasKey $fields "Error" }}
{{-     fail (printf "%s: %s" $file $fields.Error) }}
{{-   end }}
{{-   $cluster := .root.Values.cluster.name }}
{{-   $clusters := $fields.clusters }}
{{-   include "catalog.check-kind" (dict "what" (printf "%s: clusters" $file) "want" "a map" "value" $clusters) }}
{{-   $layers := list
        (dict "what" (printf "%s: clusters.%s" $file $cluster) "value" (index ($clusters | default dict) $cluster))
        (dict "what" (printf "%s: apps.%s in the values" $file $name) "value" (index (.root.Values.apps | default dict) $name)) }}
{{-   $fields = omit $fields "clusters" }}
{{-   range $layers }}
{{-     include "catalog.check-kind" (merge (dict "want" "a map") .) }}
{{-     $fields = mergeOverwrite $fields (.value | default dict) }}
{{-   end }}
{{-   range list "deploy" "defaultDeploy" }}
{{-     include "catalog.check-kind" (dict "what" (printf "%s: %s" $file .) "want" "a boolean" "value" (index $fields .)) }}
{{-   end }}
{{-   $_ := set . "name" $name }}
{{-   $_ := set . "file" $file }}
{{-   $_ := set . "fields" $fields }}
{{-   $_ := set . "on" (ternary $fields.defaultDeploy $fields.deploy (kindIs "invalid" $fields.deploy)) }}
{{- end }}
