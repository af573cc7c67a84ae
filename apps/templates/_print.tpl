{{- /*
From objects to text.

A named template can only return text. To hand on maps and lists without printing and parsing them again, each of these
takes a dict, and sets its result in that dict. "In" and "sets" say which keys.
*/}}

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
