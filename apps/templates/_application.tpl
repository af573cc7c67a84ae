{{- /*
From the fields of an app to its Application.

A named template can only return text. To hand on maps and lists without printing and parsing them again, each of these
takes a dict, and sets its result in that dict. "In" and "sets" say which keys.
*/}}

{{- /* Builds the Application of an app. In: root, name, file, fields. Sets: object, and local: whether it deploys where the others do. */}}
{{- define "catalog.application" }}
{{-   $root := .root }}
{{-   $file := .file }}
{{-   $fields := .fields }}
{{-   $application := .root.Values.application }}
{{-   $defaults := .root.Values.defaults | default dict }}

{{-   $evaluated := dict }}
{{-   range list "annotations" "ignoreDifferences" "labels" "sourceHydrator" "values" }}
{{-     $field := dict "root" $root "file" $file "value" (index $fields .) }}
{{-     include "catalog.evaluate" $field }}
{{-     $_ := set $evaluated . $field.value }}
{{-   end }}

{{-   $own := dict }}
{{-   range list "annotations" "labels" }}
{{-     $entries := deepCopy (index $application . | default dict) }}
{{-     range $key, $value := index $evaluated . }}
{{-       if kindIs "string" $value }}
{{-         $_ := set $entries $key $value }}
{{-       else }}
{{-         $_ := unset $entries $key }}
{{-       end }}
{{-     end }}
{{-     $_ := set $own . $entries }}
{{-   end }}
{{-   $annotations := $own.annotations }}
{{-   $_ := set $annotations "argocd.argoproj.io/sync-wave" (int64 $fields.syncWave | toString) }}

{{-   $metadata := dict
        "name" (printf "%s%s" ($application.namePrefix | default "") .name)
        "namespace" $application.namespace
        "annotations" $annotations }}
{{-   with $application.finalizers }}{{ $_ := set $metadata "finalizers" . }}{{ end }}
{{-   with $own.labels }}{{ $_ := set $metadata "labels" . }}{{ end }}

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
{{-   if $evaluated.sourceHydrator }}
{{-     $hydrator := dict "value" $evaluated.sourceHydrator }}
{{-     include "catalog.without-nulls" $hydrator }}
{{-     $_ := set $spec "sourceHydrator" (set $hydrator.value "drySource" $source) }}
{{-   else if $fields.extraSources }}
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
{{-     if or (regexMatch "[*?\\[{$;]|^[a-zA-Z][a-zA-Z0-9+.-]*:" .) (regexMatch "^\\.\\.(/|$)" $path) }}
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
