//! Charts as people write them: helpers, manifests of parts that are there or not, and values that fit them, or do not.

use homescale_fuzz::mutate::Random;

use crate::bundles::{self, Bundle};
use crate::family::Family;
use crate::parts::{ENTRIES, HEADS, HELPERS, METADATA, SNIPPETS, VALUES};

pub(crate) const FAMILY: Family =
    bundles::family("manifests", |random| bundles::batch(random, text));

fn text(random: &mut Random) -> String {
    let mut bundle = Bundle::default();
    bundle.add("Chart.yaml", &metadata(random));
    bundle.add("values.yaml", &values(random, 12));
    bundle.add("templates/_helpers.tpl", &HELPERS.concat());
    bundle.add("files/app.conf", "port = {{ .Values.port }}\nname = x\n");
    bundle.add("files/more.conf", "a: 1\n");
    for name in ["a.yaml", "b.yaml", "c.yaml"]
        .iter()
        .take(1 + random.below(3))
    {
        bundle.add(&format!("templates/{name}"), &template(random));
    }
    if random.below(4) == 0 {
        bundle.add("@values", &values(random, 3));
    }
    if random.below(3) == 0 {
        let flags: Vec<&str> = (0..=random.below(2)).map(|_| random.word(FLAGS)).collect();
        bundle.add("@set", &(flags.join("\n") + "\n"));
    }
    bundle.text
}

const FLAGS: &[&str] = &[
    "--set image.tag=1.2",
    "--set replicas=3",
    "--set ingress.enabled=true",
    "--set env[0].name=A,env[0].value=1",
    "--set-string image.tag=1.20",
    "--set resources=null",
    "--set annotations.x\\.y/z=true",
    "--set hosts={a.b,c.d}",
    "--set nameOverride=other-name",
    "--set-json extra={\"a\":[1,null]}",
    "--set extra=null",
    "--set fullnameOverride=x",
    "--set config.a=1e6",
    "--set-string config.b=true",
    "--set args={--a,--b=c}",
];

fn metadata(random: &mut Random) -> String {
    let mut text = "apiVersion: v2\nname: c\nversion: 1.2.3+build.5\n".to_owned();
    for line in METADATA {
        if random.below(3) == 0 {
            text.push_str(line);
        }
    }
    text
}

/// Values for all keys but some; of so many one is not of the usual kind.
fn values(random: &mut Random, odd: usize) -> String {
    let mut text = String::new();
    for (key, usual) in VALUES {
        if random.below(8) == 0 {
            continue;
        }
        let value = match random.below(odd) {
            0 => random.word(ODD),
            _ => random.word(usual),
        };
        text.push_str(&format!("{key}:{value}\n"));
    }
    text
}

/// What people give by mistake.
const ODD: &[&str] = &[
    " null",
    " \"\"",
    " {}",
    " []",
    " true",
    " 5",
    " text",
    " [a, b]",
    " {a: b}",
    " 1.5",
    " 1e3",
    "",
    " |\n  a\n  b",
    " \"{{ .Release.Name }}\"",
    " [{a: 1}, x]",
    " {a: {b: null}}",
    " 0777",
];

fn template(random: &mut Random) -> String {
    let mut text = String::new();
    let guard = random.below(5) == 0;
    if guard {
        text.push_str(random.word(&[
            "{{- if .Values.enabled -}}\n",
            "{{- if and .Values.enabled (not .Values.existing) }}\n",
            "{{ if or .Values.enabled .Values.hosts }}\n",
            "{{- if .Capabilities.APIVersions.Has \"monitoring.coreos.com/v1\" }}\n",
            "{{- if semverCompare \">=1.19-0\" .Capabilities.KubeVersion.GitVersion -}}\n",
            "{{- if eq .Values.kind \"Deployment\" }}\n",
            "{{- if gt (int .Values.replicas) 1 }}\n",
            "{{- range $name, $host := .Values.map }}\n---\n",
            "{{- range .Values.hosts }}\n---\n",
            "{{- with .Values.ingress }}\n",
        ]));
    }
    text.push_str(random.word(HEADS));
    for _ in 0..=random.below(6) {
        if random.below(3) == 0 {
            text.push_str(random.word(ENTRIES));
        } else {
            text.push_str(random.word(SNIPPETS));
        }
    }
    if guard {
        text.push_str(random.word(&["{{- end }}\n", "{{ end }}\n", "{{- end -}}\n"]));
    }
    text
}
