//! Templates: parsed, and executed with every function and all objects of a chart.

use std::rc::Rc;

use homescale_chart::{Chart, HelmVersion, Request, render};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;

use super::target::{Target, modest};

pub(super) const TARGET: Target = Target {
    name: "template",
    about: "executes a template on the values of its first line, `values {…}`, or on some of every kind",
    words: &[
        "{{ ",
        " }}",
        "{{- ",
        " -}}",
        "{{ end }}",
        "{{ else }}",
        "{{ if ",
        "{{ range $i, $e := ",
        "{{ with $x := ",
        "{{ define \"x\" }}",
        "{{ include \"x\" . }}",
        "{{ template \"x\" . }}",
        "{{ tpl ",
        "{{ break }}",
        "{{ continue }}",
        "{{/* ",
        " */}}",
        "$x := ",
        "$x = ",
        " | ",
        "(",
        ")",
        "nil",
        "true",
        ".Values.s",
        ".Values.i",
        ".Values.l",
        ".Values.m",
        ".Values.f",
        ".Values",
        ".Chart",
        ".Files",
        ".Capabilities",
        "$.Release.Name",
        "\"\"",
        "`",
        "'a'",
        "-1",
        "0",
        "1e9",
        "9223372036854775807",
        "0x7fffffff",
        "until 9999999",
        "untilStep 0 9 1",
        "seq 1 9999999",
        "repeat 99999 \"x\"",
        "printf \"%9999999d\" 1",
        "list 1 \"a\" nil",
        "dict \"a\" 1",
        "toYaml",
        "fromYaml",
        "toJson",
        "regexReplaceAll \"(a*)*\" ",
        "regexMatch \"(((a{9}){9}){9})\" ",
        "nindent 99",
        "indent 9999999",
        "merge",
        "mergeOverwrite",
        "set",
        "append",
        "concat",
        "uniq",
        "sortAlpha",
        "wrap 1",
        "trunc -1",
        "substr 0 9",
        "date \"2006\" now",
        "semverCompare \">=1-0\" ",
        "index",
        "slice",
        "call",
        "html",
        "dig \"a\" 1",
        "chunk 1",
        "round 1.5 99",
        "duration \"1h\"",
        "toToml",
        "fromToml",
        "toYamlPretty",
        "b64dec",
        "bcrypt \"x\"",
        "htpasswd \"a\" \"b\"",
        "derivePassword 1 \"long\" \"a\" \"b\" \"c\"",
        "getHostByName \"x\"",
        "lookup \"v1\" \"Pod\" \"\" \"\"",
        "deepCopy",
        "urlParse",
        "splitn \",\" 9",
        "fail \"x\"",
        "required \"x\"",
        "kindOf",
        "deepEqual",
    ],
    run,
};

const VALUES: &[u8] = b"s: text\ne: ''\ni: 3\nf: 1.5\nbig: 1e20\nb: true\nn: null\nl: [1, two, null, [3], {a: 1}]\n\
    m: {a: 1, b: {c: [x, y]}, 'k k': null}\nd: '2024-05-06'\nv: v1.2.3-rc.1+b\nt: '{{ .Values.s }}'\n";

fn run(text: &[u8]) {
    let (values, template) = parts(text);
    let mut files = FileSet::new();
    let all: [(&str, &[u8]); 5] = [
        ("Chart.yaml", b"apiVersion: v2\nname: c\nversion: 1.0.0\n"),
        ("values.yaml", values),
        ("templates/_x.tpl", b"{{ define \"x\" }}[{{ . }}]{{ end }}{{ define \"y\" }}{{ include \"x\" . | upper }}{{ end }}"),
        ("templates/NOTES.txt", template),
        ("f/a.txt", b"one\ntwo\n"),
    ];
    for (path, bytes) in all {
        if files.insert(path, bytes).is_err() {
            return;
        }
    }
    let helm = if text.len().is_multiple_of(4) {
        HelmVersion::V3_17
    } else {
        HelmVersion::V4_1
    };
    let Ok(chart) = Chart::load_as(&files, helm) else {
        return;
    };
    let request = Request { helm, ..modest() };
    let _ = render(&chart, &request, Rc::new(FixedHost::default()));
}

/// The values of the first line, and the rest.
fn parts(text: &[u8]) -> (&[u8], &[u8]) {
    let Some(rest) = text.strip_prefix(b"values ") else {
        return (VALUES, text);
    };
    let end = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
    (&rest[..end], rest.get(end + 1..).unwrap_or_default())
}
