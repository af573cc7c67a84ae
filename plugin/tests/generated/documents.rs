//! Files of documents: how they are split, which are hooks, in what order they are printed, and what is wrong with them.

use homescale_fuzz::mutate::Random;

use crate::engine::{Job, chart};
use crate::family::{Batch, Family};

pub(crate) const FAMILY: Family = Family {
    name: "documents",
    generate,
    together: None,
    alone,
    sample: 1,
};

/// What separates the files of a case.
const FILE: &str = "=====\n";

fn generate(random: &mut Random) -> Batch {
    let charts = (0..10).map(|_| {
        let files: Vec<String> = (0..=random.below(5)).map(|_| file(random)).collect();
        files.join(FILE)
    });
    Batch {
        values: "{}\n".to_owned(),
        items: charts.collect(),
    }
}

fn alone(values: &str, item: &str) -> Job {
    let mut files = chart(values.as_bytes());
    let names = [
        "b.yaml",
        "a.yaml",
        "sub/c.yaml",
        "d.yml",
        "NOTES.txt",
        "e.txt",
        "_f.tpl",
    ];
    for (name, text) in names.iter().zip(item.split(FILE)) {
        files.push((format!("templates/{name}"), text.as_bytes().to_vec()));
    }
    Job {
        files,
        ..Job::default()
    }
}

fn file(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..random.below(5) {
        text.push_str(random.word(&[
            "---\n",
            "---\n",
            "---\n",
            "---\n",
            "--- \n",
            "---\t\n",
            "\n---\n\n",
            "--- # c\n",
            "---\n---\n",
            "  ---\n",
            "---x\n",
            "----\n",
            "",
            "\n\n",
            "...\n",
            "# c\n---\n",
            "---\r\n",
            "--- kind: A\n",
            "\u{feff}---\n",
        ]));
        document(random, &mut text);
        text.push_str(random.word(&["", "", "", "", "\n", "\n\n", "  \n", " "]));
    }
    text
}

const KINDS: &[&str] = &[
    "Pod",
    "Service",
    "Deployment",
    "ConfigMap",
    "Secret",
    "Namespace",
    "CustomResourceDefinition",
    "Job",
    "Role",
    "ClusterRole",
    "Ingress",
    "Foo",
    "Bar",
    "StatefulSet",
    "ServiceAccount",
    "PriorityClass",
    "NetworkPolicy",
    "APIService",
    "List",
    "ClusterRoleBindingList",
    "",
    "~",
    "5",
    "[a]",
    "'Pod'",
    "Widget",
];

fn document(random: &mut Random, out: &mut String) {
    if random.below(12) == 0 {
        out.push_str(random.word(&[
            "# only a comment\n",
            "null\n",
            "{}\n",
            "[]\n",
            "text\n",
            "- a\n",
            "a: b: c\n",
            "a: [\n",
            "{{ \"\" }}\n",
            "~\n",
            "1\n",
            "\"a\"\n",
            "\t\n",
            "a: &x 1\nb: *x\n",
            "a: *y\n",
        ]));
        return;
    }
    let mut lines = Vec::new();
    if random.below(10) > 0 {
        lines.push(format!(
            "apiVersion: {}",
            random.pick(&["v1", "apps/v1", "x.io/v1beta1", "1", "~"])
        ));
    }
    if random.below(12) > 0 {
        lines.push(format!("kind: {}", random.pick(KINDS)));
    }
    let name = random.pick(&["a", "b", "c", "zz", "Aa", "1", "~", "[x]"]);
    match random.below(6) {
        0 => lines.push(format!("metadata: {{name: {name}}}")),
        1 | 2 => lines.push(format!(
            "metadata:\n  name: {name}\n  labels: {{x: {}}}",
            random.pick(&["y", "1", "~", "true"])
        )),
        3 | 4 => lines.push(format!(
            "metadata:\n  name: {name}\n  annotations:\n{}",
            annotations(random)
        )),
        _ => lines.push(
            (*random.pick(&[
                "metadata:",
                "metadata: []",
                "metadata: x",
                "metadata: {annotations: }",
                "metadata: {annotations: [a]}",
                "metadata: {annotations: x}",
                "data: {a: |\n    x\n\n    y\n  }",
                "data:\n  a: |\n    ---\n    b\n  c: d",
            ]))
            .to_owned(),
        ),
    }
    if random.below(4) == 0 {
        let at = random.below(lines.len() + 1);
        lines.insert(
            at,
            (*random.pick(&[
                "# c",
                "",
                "data: {a: 1}",
                "spec:\n  x: |\n    a\n    b",
                "x: 'it''s'",
                "kind: Again",
                "items: []",
            ]))
            .to_owned(),
        );
    }
    let end = *random.pick(&["\n", "\n", "\n", "", "\r\n"]);
    out.push_str(&lines.join(if end == "\r\n" { "\r\n" } else { "\n" }));
    out.push_str(end);
    if end.is_empty() && random.below(2) == 0 {
        out.push('\n');
    }
}

fn annotations(random: &mut Random) -> String {
    let hooks = [
        "pre-install",
        "post-install",
        "test",
        "test-success",
        "pre-upgrade",
        "pre-install,post-install",
        "crd-install",
        "nope",
        "pre-install, nope",
        "''",
        "PRE-INSTALL",
        "test-failure",
        " test ",
        "~",
        "5",
        "post-delete,test",
    ];
    let mut lines = Vec::new();
    if random.below(3) > 0 {
        lines.push(format!("    helm.sh/hook: {}", random.pick(&hooks)));
    }
    if random.below(2) == 0 {
        lines.push(format!(
            "    \"helm.sh/hook-weight\": {}",
            random.pick(&[
                "\"5\"",
                "\"-1\"",
                "\"0\"",
                "\"x\"",
                "\"10\"",
                "\"+2\"",
                "\" 3\"",
                "3",
                "\"\"",
                "\"9999999999999999999\""
            ])
        ));
    }
    if random.below(3) == 0 {
        lines.push(format!(
            "    helm.sh/hook-delete-policy: {}",
            random.pick(&[
                "hook-succeeded",
                "before-hook-creation,hook-failed",
                "nope",
                "''"
            ])
        ));
    }
    if random.below(4) == 0 {
        lines.push(format!(
            "    {}",
            random.pick(&[
                "x: y",
                "helm.sh/resource-policy: keep",
                "helm.sh/hook-output-log-policy: hook-failed",
                "x: 1",
                "x:"
            ])
        ));
    }
    if lines.is_empty() {
        lines.push("    z: z".to_owned());
    }
    lines.join("\n")
}
