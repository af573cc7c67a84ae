{{- /*
The rules of docs/catalog.md, in the order in which applications.yaml uses them.

A named template can only return text. To hand on maps and lists without printing and parsing them again, each of
these takes a dict, and sets its result in that dict. "In" and "sets" say which keys.
*/}}

{{- /* Fails unless the values say which cluster to render, and what to print. In: the root context. */}}
{{- define "catalog.check-values" }}
{{-   $name := index (.Values.cluster | default dict) "name" }}
{{-   if not (and $name (kindIs "string" $name)) }}
{{-     fail "cluster.name is required, and must be a string: the name of the cluster to render" }}
{{-   end }}
{{-   if not (has .Values.output (list "applications" "catalog")) }}
{{-     fail "output must be applications or catalog" }}
{{-   end }}
{{-   include "catalog.check-integer" (dict "what" "namespaces.syncWave" "value" .Values.namespaces.syncWave) }}
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

{{- /* The kinds of an app's fields, but for syncWave and podSecurity. null is allowed for all of them. */}}
{{- define "catalog.kinds" }}
annotations: a map of strings
destination: a map
extraSources: a list of maps
ignoreDifferences: a list of maps
namespace: a string
path: a string
project: a string
releaseName: a string
repoURL: a string
syncOptions: a list of strings
syncPolicy: a map
targetRevision: a string
valueFiles: a list of strings
values: a map
{{- end }}

{{- /* Fails where a field of an app that is on is missing or of the wrong kind. In: file, fields. */}}
{{- define "catalog.check" }}
{{-   $file := .file }}
{{-   $fields := .fields }}
{{-   range $field, $want := include "catalog.kinds" . | fromYaml }}
{{-     include "catalog.check-kind" (dict "what" (printf "%s: %s" $file $field) "want" $want "value" (index $fields $field)) }}
{{-   end }}
{{-   range list "path" "namespace" }}
{{-     if not (index $fields .) }}
{{-       fail (printf "%s: %s is required" $file .) }}
{{-     end }}
{{-   end }}
{{-   include "catalog.check-integer" (dict "what" (printf "%s: syncWave" $file) "value" $fields.syncWave) }}
{{-   if not (kindIs "string" $fields.podSecurity) }}
{{-     include "catalog.check-kind" (dict "what" (printf "%s: podSecurity" $file) "want" "a map of strings" "value" $fields.podSecurity) }}
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
{{- end }}

{{- /* Fails unless a value is null or a whole number: numbers in YAML are floats, those of --set integers. In: what, value. */}}
{{- define "catalog.check-integer" }}
{{-   if not (kindIs "invalid" .value) }}
{{-     if not (and (has (kindOf .value) (list "float64" "int64")) (eq (float64 .value) (float64 (int64 .value)))) }}
{{-       fail (printf "%s must be an integer" .what) }}
{{-     end }}
{{-   end }}
{{- end }}

{{- /*
Evaluates every template among the strings and keys of a value, at any depth. In: root, file, value. Sets: value.
Helm's errors quote the template, so a comment in front of it tells the user which app it belongs to.
*/}}
{{- define "catalog.evaluate" }}
{{-   $root := .root }}
{{-   $file := .file }}
{{-   if kindIs "string" .value }}
{{-     if contains "{{" .value }}
{{-       $_ := set . "value" (tpl (printf "{{/* %s */}}%s" $file .value) $root) }}
{{-     end }}
{{-   else if kindIs "slice" .value }}
{{-     $items := list }}
{{-     range .value }}
{{-       $item := dict "root" $root "file" $file "value" . }}
{{-       include "catalog.evaluate" $item }}
{{-       $items = append $items $item.value }}
{{-     end }}
{{-     $_ := set . "value" $items }}
{{-   else if kindIs "map" .value }}
{{-     $entries := dict }}
{{-     range $name, $value := .value }}
{{-       $key := dict "root" $root "file" $file "value" $name }}
{{-       $entry := dict "root" $root "file" $file "value" $value }}
{{-       include "catalog.evaluate" $key }}
{{-       include "catalog.evaluate" $entry }}
{{-       $_ := set $entries $key.value $entry.value }}
{{-     end }}
{{-     $_ := set . "value" $entries }}
{{-   end }}
{{- end }}

{{- /* Builds the Application of an app. In: root, name, file, fields. Sets: object, and local: whether it deploys where the others do. */}}
{{- define "catalog.application" }}
{{-   $root := .root }}
{{-   $file := .file }}
{{-   $fields := .fields }}
{{-   $application := .root.Values.application }}
{{-   $defaults := .root.Values.defaults }}

{{-   $evaluated := dict }}
{{-   range list "annotations" "ignoreDifferences" "values" }}
{{-     $field := dict "root" $root "file" $file "value" (index $fields .) }}
{{-     include "catalog.evaluate" $field }}
{{-     $_ := set $evaluated . $field.value }}
{{-   end }}

{{-   $annotations := deepCopy ($application.annotations | default dict) }}
{{-   range $key, $value := $evaluated.annotations }}
{{-     if kindIs "string" $value }}
{{-       $_ := set $annotations $key $value }}
{{-     else }}
{{-       $_ := unset $annotations $key }}
{{-     end }}
{{-   end }}
{{-   $_ := set $annotations "argocd.argoproj.io/sync-wave" (int64 $fields.syncWave | toString) }}

{{-   $metadata := dict
        "name" (printf "%s%s" $application.namePrefix .name)
        "namespace" $application.namespace
        "annotations" $annotations }}
{{-   with $application.finalizers }}{{ $_ := set $metadata "finalizers" . }}{{ end }}
{{-   with $application.labels }}{{ $_ := set $metadata "labels" . }}{{ end }}

{{-   $helm := dict "releaseName" ($fields.releaseName | default .name) }}
{{-   with $fields.valueFiles }}{{ $_ := set $helm "valueFiles" . }}{{ end }}
{{-   with $evaluated.values }}{{ $_ := set $helm "valuesObject" . }}{{ end }}
{{-   $source := dict
        "repoURL" ($fields.repoURL | default $defaults.repoURL)
        "targetRevision" ($fields.targetRevision | default $defaults.targetRevision)
        "path" $fields.path
        "helm" $helm }}

{{-   $destination := deepCopy ($fields.destination | default $defaults.destination) }}
{{-   $_ := set . "local" (deepEqual $destination $defaults.destination) }}
{{-   $spec := dict
        "project" ($fields.project | default $defaults.project)
        "destination" (set $destination "namespace" $fields.namespace) }}
{{-   if $fields.extraSources }}
{{-     $_ := set $spec "sources" (prepend $fields.extraSources $source) }}
{{-   else }}
{{-     $_ := set $spec "source" $source }}
{{-   end }}
{{-   with $evaluated.ignoreDifferences }}{{ $_ := set $spec "ignoreDifferences" . }}{{ end }}
{{-   include "catalog.sync-policy" . }}
{{-   with .syncPolicy }}{{ $_ := set $spec "syncPolicy" . }}{{ end }}

{{-   $_ := set . "object" (dict "apiVersion" "argoproj.io/v1alpha1" "kind" "Application" "metadata" $metadata "spec" $spec) }}
{{- end }}

{{- /* Merges the sync policy of an app over the default one. In: root, file, fields. Sets: syncPolicy, unless there is none. */}}
{{- define "catalog.sync-policy" }}
{{-   $defaults := .root.Values.defaults }}
{{-   if not (and (hasKey .fields "syncPolicy") (kindIs "invalid" .fields.syncPolicy)) }}
{{-     $policy := mergeOverwrite (deepCopy ($defaults.syncPolicy | default dict)) (.fields.syncPolicy | default dict) }}
{{-     include "catalog.check-kind" (dict "what" (printf "%s: syncPolicy.syncOptions" .file) "want" "a list of strings" "value" $policy.syncOptions) }}
{{-     $options := list }}
{{-     range list $defaults.syncOptions $policy.syncOptions .fields.syncOptions }}
{{-       $options = concat $options (. | default list) }}
{{-     end }}
{{-     $policy = omit $policy "syncOptions" }}
{{-     with uniq $options }}{{ $_ := set $policy "syncOptions" . }}{{ end }}
{{-     $_ := set . "syncPolicy" $policy }}
{{-   end }}
{{- end }}

{{- /* Builds a Namespace. In: root, name, podSecurity (a level, or a map of mode to level). Sets: object. */}}
{{- define "catalog.namespace" }}
{{-   $namespaces := .root.Values.namespaces }}
{{-   $annotations := deepCopy ($namespaces.annotations | default dict) }}
{{-   $_ := set $annotations "argocd.argoproj.io/sync-wave" (int64 $namespaces.syncWave | toString) }}
{{-   $metadata := dict "name" .name "annotations" $annotations }}
{{-   $labels := deepCopy ($namespaces.labels | default dict) }}
{{-   $podSecurity := .podSecurity }}
{{-   if kindIs "string" $podSecurity }}
{{-     $podSecurity = dict "enforce" $podSecurity }}
{{-   end }}
{{-   range $mode, $level := $podSecurity }}
{{-     with $level }}{{ $_ := set $labels (printf "pod-security.kubernetes.io/%s" $mode) . }}{{ end }}
{{-   end }}
{{-   with $labels }}{{ $_ := set $metadata "labels" . }}{{ end }}
{{-   $_ := set . "object" (dict "apiVersion" "v1" "kind" "Namespace" "metadata" $metadata) }}
{{- end }}

{{- /* Builds the Catalog, which has all that the post-renderer needs to make the same objects. In: root. Sets: object. */}}
{{- define "catalog.document" }}
{{-   $root := .root }}
{{-   $files := dict }}
{{-   range $path, $_ := $root.Files.Glob "*/app.yaml" }}
{{-     $_ := set $files $path ($root.Files.Get $path) }}
{{-   end }}
{{-   $spec := dict
        "release" (dict "name" $root.Release.Name "namespace" $root.Release.Namespace)
        "values" (omit $root.Values "output")
        "files" $files }}
{{-   $_ := set . "object" (dict "apiVersion" "homescale.cloud/v1alpha1" "kind" "Catalog" "metadata" (dict "name" $root.Release.Name) "spec" $spec) }}
{{- end }}

{{- /* Prints an object as one document. toYaml gives nothing for text that YAML cannot hold. In: what, object. */}}
{{- define "catalog.print" }}
{{-   $text := toYaml .object }}
{{-   if not $text }}
{{-     fail (printf "%s cannot be written as YAML: a string in it has a control character" .what) }}
{{-   end }}
---
{{ $text }}
{{- end }}
