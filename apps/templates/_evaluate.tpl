{{- /*
Templates in fields.

A named template can only return text. To hand on maps and lists without printing and parsing them again, each of these
takes a dict, and sets its result in that dict. "In" and "sets" say which keys.
*/}}

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
