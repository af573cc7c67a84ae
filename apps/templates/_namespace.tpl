{{- /*
The Namespace of the apps that share it.

A named template can only return text. To hand on maps and lists without printing and parsing them again, each of these
takes a dict, and sets its result in that dict. "In" and "sets" say which keys.
*/}}

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
