//! What is secret, and stays it: marks in the environment, in files outside and in the trees of others are in no output,
//! whatever a chart tries; and what is derived from a seed is each Application's own.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use serde_json::json;

use crate::program::{Ran, run};
use crate::server::{MARK, Server, says_nothing_of_others};

/// What a chart can write to reach for what is not its own.
const TRIES: &[&str] = &[
    r#"{{ env "MARKED" }}"#,
    r#"{{ expandenv "$MARKED" }}"#,
    r#"{{ tpl "{{ env \"MARKED\" }}" . }}"#,
    r#"{{ .Files.Get "../../../others/Chart.yaml" }}"#,
    r#"{{ .Files.Get "/proc/self/environ" }}"#,
    r#"{{ .Files.Lines "../../../others/Chart.yaml" }}"#,
    r#"{{ range $p, $_ := .Files.Glob "../../../**" }}{{ $p }}{{ end }}"#,
    r#"{{ range $p, $_ := .Files.Glob "/**" }}{{ $p }}{{ end }}"#,
    r#"{{ (.Files.Glob "**").AsConfig }}"#,
    r"{{ toYaml $ }}",
    r#"{{ printf "%+v %#v" $ .Files }}"#,
    r#"{{ lookup "v1" "Secret" "" "" }}"#,
    r#"{{ getHostByName "localhost" }}"#,
    r"{{ fail (toJson $) }}",
    r#"{{ include "../../../others/Chart.yaml" . }}"#,
    r"{{ .Values.a }}",
];

/// What an Application can say to reach for it.
const SAID: &[&str] = &[
    "{valueFiles: [../../../others/Chart.yaml]}",
    "{valueFiles: [/proc/self/environ], ignoreMissingValueFiles: true}",
    "{valueFiles: ['/../../proc/self/environ'], ignoreMissingValueFiles: true}",
    "{valueFiles: ['$MARKED/*.yaml'], ignoreMissingValueFiles: true}",
    "{valueFiles: ['${ARGOCD_APP_MARKED}.yaml']}",
    "{fileParameters: [{name: a, path: ../../../others/Chart.yaml}]}",
    "{fileParameters: [{name: a, path: /proc/self/environ}]}",
    "{parameters: [{name: a, value: '$MARKED ${ARGOCD_APP_MARKED} ${KUBE_MARKED} $HELM_CATALOG_SEED_FILE'}]}",
    "{values: 'a: $MARKED'}",
    "{releaseName: $MARKED}",
    "{releaseName: '${KUBE_MARKED}', namespace: '$ARGOCD_APP_MARKED'}",
    "{kubeVersion: '$MARKED', apiVersions: ['$MARKED']}",
];

/// A call with marks in its environment.
fn marked(server: &Server, command: &str, helm: &str) -> Ran {
    let seed = server.root().join("../seed");
    fs::write(&seed, format!("{MARK} of the seed")).unwrap();
    let mut call = server.sidecar_command(command, "apps/web", Some(helm));
    call.env("HELM_CATALOG_SEED_FILE", seed);
    for name in [
        "MARKED",
        "ARGOCD_APP_MARKED",
        "KUBE_MARKED",
        "HELM_MARKED",
        "PARAM_MARKED",
    ] {
        call.env(name, MARK);
    }
    run(&mut call, b"")
}

#[test]
fn marks_are_in_no_output() {
    let mut rendered = 0;
    for template in TRIES {
        let server = Server::new();
        server.write(
            "apps/web/templates/it.yaml",
            &format!("kind: A\na: |-\n  {template}\n"),
        );
        for ran in [
            marked(&server, "generate", "{}"),
            marked(&server, "parameters", "{}"),
            server.command("template web apps/web"),
            server.command("lint"),
            server.command("render --cluster east"),
        ] {
            says_nothing_of_others(&ran);
        }
        rendered += usize::from(marked(&server, "generate", "{}").status == 0);
    }
    // Most of them are no errors: they find nothing.
    assert!(rendered >= TRIES.len() / 2, "{rendered}");
    let server = Server::new();
    server.write(
        "apps/web/templates/it.yaml",
        "kind: A\na: {{ toJson $ | quote }}\n",
    );
    for helm in SAID {
        for command in ["generate", "parameters"] {
            says_nothing_of_others(&marked(&server, command, helm));
        }
    }
}

#[test]
fn what_a_seed_gives_an_application_no_other_gets() {
    let server = Server::new();
    let secret = "kind: Secret\npassword: {{ randAlphaNum 20 }}\nid: {{ uuidv4 }}\n"; // pragma: allowlist secret
    server.write("apps/web/templates/it.yaml", secret);
    let victim = [
        ("ARGOCD_APP_PROJECT_NAME", "db"),
        ("ARGOCD_APP_NAME", "team-a_pg"),
        ("ARGOCD_APP_NAMESPACE", "db"),
        ("ARGOCD_APP_SOURCE_REPO_URL", "https://git.example.com/a"),
    ];
    let ask = |application: &[(&str, &str)], parameters: &serde_json::Value| {
        let mut call = server.sidecar_command("generate", "apps/web", None);
        let seed = server.root().join("../seed");
        fs::write(&seed, "a seed of some length").unwrap();
        call.env("HELM_CATALOG_SEED_FILE", seed);
        call.env("ARGOCD_APP_PARAMETERS", parameters.to_string());
        call.envs(application.iter().copied());
        let ran = run(&mut call, b"");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran.stdout
    };
    let helm = json!([{"name": "helm", "string": "{releaseName: pg, namespace: db}"}]);
    let own = ask(&victim, &helm);
    assert_eq!(own, ask(&victim, &helm));
    for changed in 0..victim.len() {
        let mut other = victim;
        other[changed].1 = "other";
        let found = ask(&other, &helm);
        assert_ne!(own, found, "{}", victim[changed].0);
        assert_eq!(own.len(), found.len());
    }
}

#[test]
fn what_argo_cd_says_must_be_text() {
    let server = Server::new();
    let text = OsStr::from_bytes(b"\xff");
    for name in [
        "ARGOCD_APP_PARAMETERS",
        "ARGOCD_APP_PROJECT_NAME",
        "ARGOCD_ENV_HELM",
        "KUBE_VERSION",
    ] {
        let mut call = server.sidecar_command("generate", "apps/web", Some("{}"));
        let ran = run(call.env(name, text), b"");
        let expected = format!("Error: {name}: the value is not UTF-8\n");
        assert_eq!(
            (ran.status, ran.stdout, ran.stderr),
            (1, String::new(), expected)
        );
    }
    // What is not Argo CD's is nobody's business.
    let mut call = server.sidecar_command("generate", "apps/web", Some("{}"));
    let ran = run(call.env("OTHER", text), b"");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}
