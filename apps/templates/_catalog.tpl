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
{{-   $argocd := .Values.argocd | default dict }}
{{-   range list "version" "plugin" }}
{{-     include "catalog.check-kind" (dict "what" (printf "argocd.%s" .) "want" "a string" "value" (index $argocd .)) }}
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
engine: a string
extraSources: a list of maps
helm: a map
ignoreDifferences: a list of maps
info: a list of maps
namespace: a string
patches: a list of maps
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

{{- /* Fails where a field of an app that is on is missing or of the wrong kind. In: root, file, fields. */}}
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
{{-   $defaults := .root.Values.defaults | default dict }}
{{-   range list "destination" "project" "repoURL" "targetRevision" }}
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
{{-   include "catalog.check-integer" (dict "what" (printf "%s: syncWave" $file) "value" $fields.syncWave) }}
{{-   include "catalog.check-integer" (dict "what" (printf "%s: revisionHistoryLimit" $file) "value" $fields.revisionHistoryLimit) }}
{{-   if not (has ($fields.engine | default "helm") (list "helm" "catalog")) }}
{{-     fail (printf "%s: engine must be helm or catalog" $file) }}
{{-   end }}
{{-   range list "releaseName" "valueFiles" "values" "valuesObject" }}
{{-     if hasKey ($fields.helm | default dict) . }}
{{-       fail (printf "%s: helm.%s cannot be set: an app has a field of its own for it" $file .) }}
{{-     end }}
{{-   end }}
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

{{- /* Takes the nulls out of a map, at any depth: Argo CD's schema has none. In: value. Sets: value. */}}
{{- define "catalog.without-nulls" }}
{{-   if kindIs "map" .value }}
{{-     $entries := dict }}
{{-     range $key, $value := .value }}
{{-       if not (kindIs "invalid" $value) }}
{{-         $entry := dict "value" $value }}
{{-         include "catalog.without-nulls" $entry }}
{{-         $_ := set $entries $key $entry.value }}
{{-       end }}
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
{{-   $defaults := .root.Values.defaults | default dict }}

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

{{-   $helm := dict "value" ($fields.helm | default dict) }}
{{-   include "catalog.without-nulls" $helm }}
{{-   $helm = $helm.value }}
{{-   $_ := set $helm "releaseName" ($fields.releaseName | default .name) }}
{{-   with $fields.valueFiles }}{{ $_ := set $helm "valueFiles" . }}{{ end }}
{{-   with $evaluated.values }}{{ $_ := set $helm "valuesObject" . }}{{ end }}
{{-   $source := dict
        "repoURL" ($fields.repoURL | default $defaults.repoURL)
        "targetRevision" ($fields.targetRevision | default $defaults.targetRevision)
        "path" $fields.path }}
{{-   $engine := ternary "catalog" "helm" (not (empty $fields.patches)) }}
{{-   if eq ($fields.engine | default $engine) "catalog" }}
{{-     $plugin := dict "root" $root "file" $file "helm" $helm "patches" $fields.patches }}
{{-     include "catalog.plugin" $plugin }}
{{-     $_ := set $source "plugin" $plugin.object }}
{{-   else }}
{{-     $_ := set $source "helm" $helm }}
{{-   end }}
{{-   if and (not $fields.extraSources) (eq (toString $source.repoURL) (toString $defaults.repoURL)) }}
{{-     $annotation := "argocd.argoproj.io/manifest-generate-paths" }}
{{-     $said := or (hasKey ($application.annotations | default dict) $annotation) (hasKey ($evaluated.annotations | default dict) $annotation) }}
{{-     $paths := dict "folder" $fields.path "helm" $helm }}
{{-     include "catalog.generate-paths" $paths }}
{{-     if and $paths.paths (not $said) }}
{{-       $_ := set $annotations $annotation (join ";" $paths.paths) }}
{{-     end }}
{{-   end }}

{{-   $_ := set . "local" (deepEqual ($fields.destination | default $defaults.destination) $defaults.destination) }}
{{-   $destination := dict "value" ($fields.destination | default $defaults.destination) }}
{{-   include "catalog.without-nulls" $destination }}
{{-   $destination = $destination.value }}
{{-   $spec := dict
        "project" ($fields.project | default $defaults.project)
        "destination" (set $destination "namespace" $fields.namespace) }}
{{-   if $fields.extraSources }}
{{-     $_ := set $spec "sources" (prepend $fields.extraSources $source) }}
{{-   else }}
{{-     $_ := set $spec "source" $source }}
{{-   end }}
{{-   with $fields.info }}{{ $_ := set $spec "info" . }}{{ end }}
{{-   if not (kindIs "invalid" $fields.revisionHistoryLimit) }}
{{-     $_ := set $spec "revisionHistoryLimit" (int64 $fields.revisionHistoryLimit) }}
{{-   end }}
{{-   with $evaluated.ignoreDifferences }}{{ $_ := set $spec "ignoreDifferences" . }}{{ end }}
{{-   include "catalog.sync-policy" . }}
{{-   with .syncPolicy }}{{ $_ := set $spec "syncPolicy" . }}{{ end }}

{{-   $_ := set . "object" (dict "apiVersion" "argoproj.io/v1alpha1" "kind" "Application" "metadata" $metadata "spec" $spec) }}
{{- end }}

{{- /*
Builds the plugin of a source whose chart our sidecar renders: with these parameters, it reads nothing but the chart and its
value files. In: root, file, helm, patches. Sets: object.
*/}}
{{- define "catalog.plugin" }}
{{-   $argocd := .root.Values.argocd | default dict }}
{{-   $helm := toYaml .helm }}
{{-   if not $helm }}
{{-     fail (printf "%s: the values cannot be written as YAML: a string in them has a control character" .file) }}
{{-   end }}
{{-   $parameters := list (dict "name" "helm" "string" $helm) }}
{{-   with .patches }}
{{-     $parameters = append $parameters (dict "name" "patches" "string" (toYaml .)) }}
{{-   end }}
{{-   with $argocd.version }}
{{-     $parameters = append $parameters (dict "name" "argocd-version" "string" .) }}
{{-   end }}
{{-   $_ := set . "object" (dict "name" ($argocd.plugin | default "homescale") "parameters" $parameters) }}
{{- end }}

{{- /*
Lists what rendering a chart reads: its folder, and the files beside it that helm names. In: folder, helm. Sets: paths,
empty where a file is named by a pattern, a variable or a URL, or leads out of the repository.
*/}}
{{- define "catalog.generate-paths" }}
{{-   $folder := printf "./%s" .folder | clean }}
{{-   $base := ternary "" (printf "/%s" $folder) (eq $folder ".") }}
{{-   $paths := list ($base | default "/") }}
{{-   $known := not (regexMatch "^\\.\\.(/|$)" $folder) }}
{{-   $names := .helm.valueFiles | default list }}
{{-   range .helm.fileParameters }}
{{-     $names = append $names (toString .path) }}
{{-   end }}
{{-   range $names }}
{{-     $path := ternary (printf ".%s" .) (printf ".%s/%s" $base .) (hasPrefix "/" .) | clean }}
{{-     if or (regexMatch "[*?\\[{$;]|://" .) (regexMatch "^\\.\\.(/|$)" $path) }}
{{-       $known = false }}
{{-     end }}
{{-     $path = printf "/%s" $path }}
{{-     if not (or (hasPrefix (printf "%s/" $base) $path) (has $path $paths)) }}
{{-       $paths = append $paths $path }}
{{-     end }}
{{-   end }}
{{-   $_ := set . "paths" (ternary $paths list $known) }}
{{- end }}

{{- /* Merges the sync policy of an app over the default one. In: root, file, fields. Sets: syncPolicy, unless there is none. */}}
{{- define "catalog.sync-policy" }}
{{-   $defaults := .root.Values.defaults | default dict }}
{{-   if not (and (hasKey .fields "syncPolicy") (kindIs "invalid" .fields.syncPolicy)) }}
{{-     $policy := mergeOverwrite (deepCopy ($defaults.syncPolicy | default dict)) (.fields.syncPolicy | default dict) }}
{{-     include "catalog.check-kind" (dict "what" (printf "%s: syncPolicy.syncOptions" .file) "want" "a list of strings" "value" $policy.syncOptions) }}
{{-     $options := list }}
{{-     range list $defaults.syncOptions $policy.syncOptions .fields.syncOptions }}
{{-       $options = concat $options (. | default list) }}
{{-     end }}
{{-     $policy = dict "value" (omit $policy "syncOptions") }}
{{-     include "catalog.without-nulls" $policy }}
{{-     $policy = $policy.value }}
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
