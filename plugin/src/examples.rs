//! What the help of each command ends with: examples that run in this repository.

use clap::Command;

/// For each command its examples: what it does, and the line for a shell, in which `@` stands for the program.
const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "",
        &[
            ("What Argo CD would get", "@ render --cluster boa1-prod"),
            ("What runs where, and why", "@ list"),
            ("Everything that is wrong, with file and line", "@ lint"),
        ],
    ),
    (
        "init",
        &[
            ("In a repository that shall have a catalog", "@ init"),
            ("A further cluster", "@ init --cluster edge"),
        ],
    ),
    (
        "render",
        &[
            ("A cluster, as YAML", "@ render --cluster boa1-prod"),
            (
                "One app of a cluster, as JSON",
                "@ render --cluster mgmt --app loki --output json",
            ),
            (
                "A file for each cluster, to compare with those of another revision",
                "@ render --output-dir after",
            ),
        ],
    ),
    (
        "applications",
        &[
            ("What goes where, and who brings it", "@ applications"),
            (
                "Those of one cluster, for a script, with the objects",
                "@ applications --cluster mgmt --output json",
            ),
        ],
    ),
    (
        "manifests",
        &[
            ("All that Argo CD would apply", "@ manifests"),
            (
                "A tree of files, which `git diff` compares with that of another revision",
                "@ manifests --output-dir manifests",
            ),
            (
                "One app of a cluster, as JSON",
                "@ manifests --cluster mgmt --app rbac -o json",
            ),
        ],
    ),
    (
        "images",
        &[
            ("Which images run where", "@ images"),
            (
                "Those of one cluster, for a scanner",
                "@ images --cluster mgmt -o name",
            ),
            (
                "Which objects name them, and where",
                "@ images --app kubelet-serving-cert-approver --places",
            ),
        ],
    ),
    (
        "charts",
        &[
            ("Which charts are used, and what they need", "@ charts"),
            (
                "Those of one cluster, one a line",
                "@ charts --cluster mgmt -o name",
            ),
        ],
    ),
    (
        "which",
        &[
            (
                "What changes when a value of a chart does",
                "@ which apps/rbac/values.yaml",
            ),
            (
                "The Applications that a branch changes",
                "git diff --name-only origin/main | @ which -",
            ),
        ],
    ),
    (
        "list",
        &[
            ("A column for each cluster", "@ list"),
            (
                "Why each app is on or off for one",
                "@ list --cluster boa1-prod",
            ),
            (
                "For scripts, with the values of each cluster",
                "@ list --output json",
            ),
        ],
    ),
    (
        "waves",
        &[
            (
                "Namespaces and apps in their order",
                "@ waves --cluster boa1-prod",
            ),
            ("The same for scripts", "@ waves -c boa1-prod -o json"),
        ],
    ),
    (
        "values",
        &[
            (
                "For `helm template apps apps -n argocd --values FILE`",
                "@ values --cluster mgmt > mgmt.values.yaml",
            ),
            (
                "What the catalog's chart makes of them, as in Helm",
                "@ values -c mgmt | @ template apps apps -n argocd --values -",
            ),
        ],
    ),
    (
        "lint",
        &[
            ("In a pipeline, where warnings fail too", "@ lint --strict"),
            (
                "Annotations of a pull request on GitHub",
                "@ lint --output github",
            ),
            (
                "What a rule is about, and what to do",
                "@ lint --explain unknown-field",
            ),
        ],
    ),
    (
        "schema",
        &[
            (
                "For an editor that completes apps/*/app.yaml",
                "@ schema > app.schema.json",
            ),
            (
                "For one that completes homescale.yaml",
                "@ schema homescale > homescale.schema.json",
            ),
            (
                "Of the document that post-render expands",
                "@ schema catalog",
            ),
        ],
    ),
    (
        "capabilities",
        &[(
            "Those of the cluster that kubectl is set to",
            "{ kubectl version -o json; kubectl api-versions; } | @ capabilities capture",
        )],
    ),
    (
        "capabilities capture",
        &[
            (
                "Of the cluster that kubectl is set to",
                "{ kubectl version -o json; kubectl api-versions; } | @ capabilities capture",
            ),
            (
                "In a file, which `capabilities` of a cluster in homescale.yaml names",
                "{ kubectl version; kubectl api-versions; } | @ capabilities capture -o mgmt.yaml",
            ),
        ],
    ),
    (
        "cache",
        &[
            ("How much there is, and where", "@ cache info"),
            ("All of it away", "rm -rf \"$(@ cache path)\""),
        ],
    ),
    (
        "cache path",
        &[("For a step of CI that keeps it", "@ cache path")],
    ),
    (
        "cache info",
        &[("For scripts", "@ cache info --output json")],
    ),
    (
        "cache prune",
        &[(
            "Before CI keeps the directory for the next run",
            "@ cache prune --max-size 512Mi",
        )],
    ),
    (
        "template",
        &[
            (
                "In place of `helm template`",
                "@ template rbac apps/rbac --namespace rbac",
            ),
            (
                "As Helm 3.17, for an older Kubernetes",
                "@ template apps/rbac --helm-version 3.17 --kube-version 1.31",
            ),
            (
                "With a list of your own as a value",
                "@ template apps/rbac --set-json 'groups.admin=[\"ops\"]'",
            ),
        ],
    ),
    (
        "post-render",
        &[
            (
                "A chart with the patches that the catalog has for an app",
                "@ template rbac apps/rbac | @ post-render --app rbac --cluster mgmt",
            ),
            (
                "What Helm renders, its Catalog documents expanded",
                "@ template rbac apps/rbac --post-renderer catalog",
            ),
        ],
    ),
    (
        "cmp",
        &[(
            "The catalog of a cluster, as the sidecar renders it",
            "cd apps && ARGOCD_ENV_CLUSTER=mgmt @ cmp generate",
        )],
    ),
    (
        "cmp generate",
        &[
            (
                "The catalog, as Argo CD asks for it",
                "cd apps && ARGOCD_ENV_CLUSTER=mgmt @ cmp generate",
            ),
            (
                "The chart of an app",
                "cd apps/rbac && ARGOCD_ENV_CLUSTER=mgmt @ cmp generate --deadline 90s",
            ),
        ],
    ),
    (
        "cmp parameters",
        &[(
            "What Argo CD shows of the catalog",
            "cd apps && ARGOCD_ENV_CLUSTER=mgmt @ cmp parameters",
        )],
    ),
    (
        "ci",
        &[("The images that a pipeline builds", "@ ci targets")],
    ),
    (
        "ci targets",
        &[
            ("All apps with an image", "@ ci targets"),
            (
                "Those that changed since main, as an output of a workflow's step",
                "@ ci targets --base origin/main --github-output apps",
            ),
        ],
    ),
    (
        "ci clusters",
        &[
            ("All clusters with an Omni template", "@ ci clusters"),
            (
                "Those that changed since main",
                "@ ci clusters --base origin/main",
            ),
        ],
    ),
    (
        "completions",
        &[
            (
                "In this shell, where it is Bash; in .bashrc for every one",
                "source <(helm-catalog completions bash)",
            ),
            (
                "In a file that fish reads by itself",
                "helm-catalog completions fish > ~/.config/fish/completions/helm-catalog.fish",
            ),
        ],
    ),
    (
        "man",
        &[(
            "Where `man` looks for them",
            "@ man ~/.local/share/man/man1",
        )],
    ),
];

/// Adds the examples to the help of a program that its user calls `name`, and of its commands.
pub(crate) fn add(program: Command, name: &str) -> Command {
    add_at(program, "", name)
}

/// The same for the command that this path leads to.
fn add_at(command: Command, path: &str, name: &str) -> Command {
    let command = command.mut_subcommands(|sub| {
        let path = format!("{path} {}", sub.get_name());
        add_at(sub, path.trim_start(), name)
    });
    let Some((_, examples)) = EXAMPLES.iter().find(|(of, _)| *of == path) else {
        return command;
    };
    let before = command.get_after_help().map(|text| format!("{text}\n\n"));
    let mut text = before.unwrap_or_default() + "Examples:";
    for (about, line) in *examples {
        let line = line.replace('@', name);
        text.extend(["\n  # ", about, "\n  ", &line]);
    }
    command.after_help(text)
}
