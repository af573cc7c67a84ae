// Helm's own template engine in one process, for plugin/benches/fleet, which builds this against a version of helm.sh/helm/v4 and
// takes its processor time.
//
//	engine first COUNT FOLDER [SET]     loads and renders the chart so many times
//	engine further COUNT FOLDER [SET]   loads and renders it once, and renders it so many times more
//	engine fleet LIST                   renders each line of a file: folder, name, --set, value files, with tabs between; loads each folder once
//
// What is done is what `helm template` does between the flags and the printing: dependencies, values, schemas, templates, and the
// order of the manifests.
package main

import (
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"helm.sh/helm/v4/pkg/strvals"
)

func main() {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	if os.Args[1] == "fleet" {
		fleet(os.Args[2])
		return
	}
	mode, folder := os.Args[1], os.Args[3]
	count, err := strconv.Atoi(os.Args[2])
	check(err)
	set := ""
	if len(os.Args) > 4 {
		set = os.Args[4]
	}
	values := func() map[string]any { return given(set, nil) }
	name := func(number int) string { return fmt.Sprintf("rel-%d", number) }
	switch mode {
	case "first":
		for number := range count {
			render(load(folder, values()), values(), name(number))
		}
	case "further":
		loaded := load(folder, values())
		for number := range count + 1 {
			render(loaded, values(), name(number))
		}
	default:
		check(fmt.Errorf("unknown mode %q", mode))
	}
}

func fleet(list string) {
	text, err := os.ReadFile(list)
	check(err)
	charts := map[string]*chart.Chart{}
	for line := range strings.Lines(string(text)) {
		words := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		folder, name, set, files := words[0], words[1], words[2], words[3:]
		if charts[folder] == nil {
			charts[folder] = load(folder, given(set, files))
		}
		render(charts[folder], given(set, files), name)
	}
}

// load reads the chart, and leaves out the dependencies that are not enabled: they do not depend on what differs between renders.
func load(folder string, values map[string]any) *chart.Chart {
	loaded, err := loader.Load(folder)
	check(err)
	check(chartutil.ProcessDependencies(loaded, values))
	return loaded
}

func render(loaded *chart.Chart, values map[string]any, name string) {
	options := common.ReleaseOptions{Name: name, Namespace: "default", Revision: 1, IsInstall: true}
	rendered, err := util.ToRenderValues(loaded, values, options, common.DefaultCapabilities.Copy())
	check(err)
	files, err := engine.Render(loaded, rendered)
	check(err)
	for file := range files {
		if strings.HasSuffix(file, "NOTES.txt") {
			delete(files, file)
		}
	}
	_, _, err = releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	check(err)
}

// given reads the values that a user gives.
func given(set string, files []string) map[string]any {
	values := map[string]any{}
	for _, file := range files {
		read, err := common.ReadValuesFile(file)
		check(err)
		values = loader.MergeMaps(values, read)
	}
	check(strvals.ParseInto(set, values))
	return values
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
