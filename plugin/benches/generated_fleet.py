"""A repository with a fleet: so many apps, of the charts of charts.txt in turn, on so many clusters.

    charts/CHART/                  the charts
    apps/APP.yaml                  the values of an app on all clusters
    clusters/CLUSTER/APP.yaml      what differs on one
    fleet/                         the app of apps: a chart that makes an Application of each app
    roots/CLUSTER.yaml             an Application of that chart for each cluster
    homescale.yaml                 the clusters
"""
import os, re, shutil

REPOSITORY = "https://git.example.com/team/fleet.git"

ROOT_APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {cluster}, namespace: argocd}}
spec:
  project: default
  destination: {{server: https://kubernetes.default.svc, namespace: argocd}}
  source:
    repoURL: {repository}
    path: fleet
    helm: {{valuesObject: {{cluster: {cluster}}}}}
"""

APPLICATIONS = """\
{{- range .Values.apps }}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{ .name }}-{{ $.Values.cluster }}
  namespace: argocd
spec:
  project: default
  destination: {name: {{ $.Values.cluster }}, namespace: {{ .name }}}
  source:
    repoURL: REPOSITORY
    path: charts/{{ .chart }}
    helm:
      releaseName: {{ .name }}
      valueFiles: [/apps/{{ .name }}.yaml, /clusters/{{ $.Values.cluster }}/{{ .name }}.yaml]
      {{- with .parameters }}
      parameters: {{- toYaml . | nindent 8 }}
      {{- end }}
  syncPolicy: {automated: {prune: true}, syncOptions: [CreateNamespace=true]}
{{- end }}
""".replace("REPOSITORY", REPOSITORY)


def put(path, text):
    """Writes a file and the directories above it."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def own_values(chart, app, cluster):
    """Values that a chart's schema allows, and that differ from one cluster to the next if it allows any such."""
    path = os.path.join(chart, "values.yaml")
    defaults = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
    if re.search(r"^nameOverride:", defaults, re.MULTILINE):
        return f"nameOverride: {app[:20]}-{cluster}\n"
    if not os.path.exists(os.path.join(chart, "values.schema.json")):
        return f"cluster: {{name: {cluster}, domain: {cluster}.example.com}}\n"
    return f"# Nothing is different on {cluster}.\n"


def generate(into, charts, directory, apps, clusters, argocd):
    """Writes the repository. Gives the renders: app, chart, arguments of the chart, cluster; all apps of a cluster together."""
    names = [f"c{number:02}" for number in range(1, clusters + 1)]
    for chart in charts:
        shutil.copytree(os.path.join(directory, chart["name"]), os.path.join(into, "charts", chart["name"]))
    listed = [(f"{charts[number % len(charts)]['name']}-{number:03}", charts[number % len(charts)]) for number in range(apps)]
    lines = []
    for app, chart in listed:
        pairs = [word.partition("=") for flag, word in zip(chart["args"], chart["args"][1:]) if flag == "--set"]
        parameters = ", ".join(f'{{name: {key}, value: "{value}"}}' for key, _, value in pairs)
        lines.append(f"- {{name: {app}, chart: {chart['name']}, parameters: [{parameters}]}}\n")
        put(os.path.join(into, "apps", app + ".yaml"), f"# The values of {app} on all clusters.\n")
        for cluster in names:
            values = own_values(os.path.join(into, "charts", chart["name"]), app, cluster)
            put(os.path.join(into, "clusters", cluster, app + ".yaml"), values)
    put(os.path.join(into, "fleet/Chart.yaml"), "apiVersion: v2\nname: fleet\nversion: 1.0.0\n")
    put(os.path.join(into, "fleet/values.yaml"), "apps:\n" + "".join(lines))
    put(os.path.join(into, "fleet/templates/applications.yaml"), APPLICATIONS)
    for cluster in names:
        put(os.path.join(into, "roots", cluster + ".yaml"), ROOT_APPLICATION.format(cluster=cluster, repository=REPOSITORY))
    known = "".join(f"- name: {cluster}\n" for cluster in names)
    put(os.path.join(into, "homescale.yaml"), f'argocd: "{argocd}"\nroots: [{{path: roots}}]\nclusters:\n{known}'
        f"repositories:\n- {{url: {REPOSITORY}, path: .}}\n")
    return [(app, chart["name"], chart["args"], cluster) for cluster in names for app, chart in listed]
