//! What AppProjects forbid.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use homescale_argocd::{AppProject, Application, ArgoCdVersion, Subject};
use homescale_manifest::{Scopes, objects};

/// What a project forbids of an Application and its objects, in a cluster at `https://east` that is called `east`.
fn forbidden(project: &str, spec: &str, stream: &str, argocd: ArgoCdVersion) -> Vec<String> {
    let read = |text: String| homescale_yaml::from_slice(text.as_bytes()).unwrap();
    let project = AppProject::read(&read(format!("spec: {{{project}}}"))).unwrap();
    let application = read(format!("metadata: {{namespace: team}}\nspec: {{{spec}}}"));
    let application = Application::read(&application).unwrap();
    let objects = objects(stream.as_bytes()).unwrap();
    let forbidden = project.forbids(&Subject {
        application: &application,
        server: "https://east",
        cluster: "east",
        objects: &objects,
        scopes: &Scopes::default(),
        argocd,
        argocd_namespace: "argocd",
    });
    let shown = forbidden.iter().map(|it| format!("{}: {it}", it.field()));
    shown.collect()
}

const NEWEST: ArgoCdVersion = ArgoCdVersion::new(3, 6);
const ALL: &str =
    "sourceNamespaces: ['*'], sourceRepos: ['*'], destinations: [{server: '*', namespace: '*'}]";

#[test]
fn nothing_is_allowed_that_is_not_named() {
    assert_eq!(
        forbidden(
            "",
            "source: {repoURL: https://g/a.git}, destination: {namespace: web}",
            "kind: Pod\n",
            NEWEST
        ),
        [
            "sourceNamespaces: Applications in the namespace `team`",
            "sourceRepos: the repository `https://g/a.git`",
            "destinations: the namespace `web` of the cluster `east`",
        ]
    );
    assert!(forbidden(ALL, "source: {repoURL: https://g/a}", "kind: Pod\n", NEWEST).is_empty());
}

#[test]
fn repositories_are_compared_without_what_only_says_how_to_get_there() {
    let allows = |patterns: &str, url: &str| {
        let project = ALL.replace("sourceRepos: ['*']", &format!("sourceRepos: [{patterns}]"));
        forbidden(
            &project,
            &format!("source: {{repoURL: '{url}'}}"),
            "",
            NEWEST,
        )
        .is_empty()
    };
    assert!(allows("'https://g/team/*'", "https://G/team/app.git"));
    assert!(!allows("'https://g/team/*'", "https://g/team/below/app"));
    assert!(allows("'https://g/team/**'", "https://g/team/below/app"));
    assert!(allows("'git@g:team/app'", "ssh://git@g/team/app.git"));
    assert!(allows("'*', '!https://g/secret'", "https://g/a"));
    assert!(!allows("'*', '!https://g/secret'", "https://g/secret.git"));
    assert!(!allows("'!https://g/secret', '*'", "https://g/secret"));
}

#[test]
fn destinations_are_patterns_that_may_deny() {
    let allows = |destinations: &str, argocd: ArgoCdVersion| {
        let any = "destinations: [{server: '*', namespace: '*'}]";
        let project = ALL.replace(any, &format!("destinations: [{destinations}]"));
        forbidden(&project, "destination: {namespace: web-a}", "", argocd).is_empty()
    };
    assert!(allows("{name: e*, namespace: 'web-*'}", NEWEST));
    assert!(!allows("{name: w*, namespace: 'web-*'}", NEWEST));
    assert!(!allows(
        "{server: '*', namespace: '*'}, {server: '*', namespace: '!web-*'}",
        NEWEST
    ));
    assert!(!allows(
        "{server: '*', namespace: '*'}, {name: '!east', namespace: '*'}",
        NEWEST
    ));
    // Before 3.6, a name that is denied is so in every namespace.
    let elsewhere = "{server: '*', namespace: '*'}, {name: '!east', namespace: other}";
    assert!(allows(elsewhere, NEWEST));
    assert!(!allows(elsewhere, ArgoCdVersion::new(3, 5)));
}

#[test]
fn kinds_are_allowed_by_their_scope() {
    let stream = "apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n---\napiVersion: apps/v1\nkind: Deployment\n\
                  metadata: {name: a, namespace: web}\n---\nkind: Pod\nmetadata: {name: p, namespace: kube-system}\n";
    let of = |more: &str| {
        forbidden(
            &format!("{ALL}{more}"),
            "source: {repoURL: a}",
            stream,
            NEWEST,
        )
    };
    assert_eq!(of(""), ["clusterResourceWhitelist: Namespace web"]);
    assert!(
        of(", clusterResourceWhitelist: [{group: '', kind: Namespace, name: 'w*'}]").is_empty()
    );
    assert_eq!(
        of(
            ", clusterResourceWhitelist: [{group: '*', kind: '*'}], clusterResourceBlacklist: [{group: '', kind: Namespace}], \
            namespaceResourceWhitelist: [{group: apps, kind: '*'}]"
        ),
        [
            "clusterResourceWhitelist: Namespace web",
            "namespaceResourceWhitelist: Pod kube-system/p"
        ]
    );
    assert_eq!(
        of(
            ", clusterResourceWhitelist: [{group: '*', kind: '*'}], destinations: [{server: '*', namespace: '!kube-*'}, \
            {server: '*', namespace: web}, {server: '*', namespace: ''}]"
        ),
        ["destinations: Pod kube-system/p: objects in its namespace"]
    );
}
