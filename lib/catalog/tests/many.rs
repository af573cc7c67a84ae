//! Many entries of a list or map take time in proportion to how many there are: twenty thousand of each are read, looked at and
//! rendered while the suite runs. Comparing each with each would take minutes.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use homescale_catalog::Catalog;
use homescale_fileset::FileSet;

const MANY: usize = 20_000;

const BOOTSTRAP: &str = "\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: apps, namespace: argocd}
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: argocd}
  source:
    repoURL: https://git.example.com/fleet.git
    targetRevision: main
    path: apps
    helm:
      valuesObject:
        cluster: {name: c}
        defaults: {repoURL: https://git.example.com/fleet.git}
";

const APP: &str = "path: apps/web\nnamespace: web\ndefaultDeploy: true\n";

/// The lines that a pattern makes: `@` stands for the number of each.
fn lines(pattern: &str, many: usize) -> String {
    let lines = (0..many).map(|number| pattern.replace('@', &number.to_string()) + "\n");
    lines.collect()
}

/// How many findings there are of a catalog whose bootstrap file and app go on like this.
fn findings(bootstrap: &str, app: &str, others: &[(&str, &str)]) -> usize {
    let mut files = FileSet::new();
    let chart = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
    let own = [
        ("clusters/c/apps.yaml", BOOTSTRAP.to_owned() + bootstrap),
        ("apps/web/app.yaml", APP.to_owned() + app),
        ("apps/web/Chart.yaml", chart.to_owned()),
    ];
    let others = others
        .iter()
        .map(|(path, text)| (*path, (*text).to_owned()));
    for (path, text) in own.into_iter().chain(others) {
        files.insert(path, text.into_bytes()).unwrap();
    }
    let catalog = Catalog::load(&files).unwrap();
    catalog.lint().len()
}

#[test]
fn of_an_app() {
    // What stands before the lines, the lines, and whether something is to be said of each.
    for (head, pattern, is_wrong) in [
        ("", "unknown@: 1", true),
        ("", "syncWav@: 1", true),
        ("clusters:", "  c@: {deploy: true}", true),
        ("syncOptions:", "- A@=true", true),
        ("valueFiles:", "- v@.yaml", true),
        ("labels:", "  a@: b", false),
        ("annotations:", "  a@: b", false),
        ("values:", "  a@: '{{ .Values.nobody }}'", true),
        ("values:\n  a: |", "    {{ .Values.n@ }}", true),
        ("helm:\n  parameters:", "  - {name: a@, value: b}", false),
        (
            "ignoreDifferences:",
            "- {kind: K@, jsonPointers: [/a]}",
            false,
        ),
        (
            "extraSources:",
            "- {repoURL: https://a.example.com/@, path: a, ref: r@}",
            false,
        ),
        ("", "# helm-catalog: allow unknown-field: a reason @", true),
        (
            "",
            "unknown@: 1 # helm-catalog: allow unknown-field: a reason",
            false,
        ),
    ] {
        let app = format!("{head}\n{}", lines(pattern, MANY));
        let found = findings("", &app, &[]);
        assert_eq!(found > MANY / 2, is_wrong, "{head} {pattern}: {found}");
    }
}

#[test]
fn of_a_list_that_replaces_one() {
    let list = lines("    - a@", MANY);
    let over = lines("        - a@", MANY);
    let app = format!("values:\n  l:\n{list}clusters:\n  c:\n    values:\n      l:\n{over}");
    // The longer list keeps all items of the shorter one.
    assert!(findings("", &app, &[]) < 10);
}

#[test]
fn of_a_bootstrap_application() {
    let files = [("apps/v.yaml", "a: 1\n")];
    for (head, pattern) in [
        ("      parameters:", "      - {name: k@.a, value: b}"),
        ("      fileParameters:", "      - {name: k@, path: v.yaml}"),
        ("      valueFiles:", "      - ./v.yaml # number"),
        ("      apiVersions:", "      - a@/v1"),
        (
            "        apps:\n          web:\n            values:",
            "              a@: b",
        ),
    ] {
        let bootstrap = format!("{head}\n{}", lines(pattern, MANY));
        let found = findings(&bootstrap, "", &files);
        assert!(found < 10, "{head}: {found}");
    }
    let wrong = lines("      unknown@: 1", MANY);
    assert!(findings(&wrong, "", &[]) > MANY / 2);
    let list = lines("      - {name: 'z[65535]', value: a@}", 100);
    assert!(findings(&format!("      parameters:\n{list}"), "", &[]) < 10);
}

#[test]
fn of_value_files() {
    let paths: Vec<String> = (0..MANY / 10)
        .map(|number| format!("apps/v/{number}.yaml"))
        .collect();
    let texts: Vec<String> = (0..MANY / 10)
        .map(|number| format!("k{number}: 1\n"))
        .collect();
    let files: Vec<(&str, &str)> = (paths.iter().zip(&texts))
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    assert!(findings("      valueFiles: ['v/*.yaml']\n", "", &files) < 10);
}

#[test]
fn a_parameter_that_cannot_be_set_is_found_among_many() {
    let mut bootstrap = format!(
        "      parameters:\n{}",
        lines("      - {name: k@, value: b}", MANY)
    );
    bootstrap += "      - {name: 'k1[x]', value: b}\n";
    bootstrap += &lines("      - {name: l@, value: b}", MANY);
    let mut files = FileSet::new();
    files
        .insert("apps/web/app.yaml", APP.as_bytes().to_vec())
        .unwrap();
    files
        .insert(
            "clusters/c/apps.yaml",
            (BOOTSTRAP.to_owned() + &bootstrap).into_bytes(),
        )
        .unwrap();
    let found = Catalog::load(&files).unwrap().lint();
    let line = BOOTSTRAP.lines().count() + 1 + MANY + 1;
    let of_parameter = found.iter().find(|it| it.message.contains("cannot be set"));
    assert_eq!(of_parameter.unwrap().line, line);
}
