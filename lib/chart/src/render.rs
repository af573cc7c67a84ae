//! [`render`]: a chart and a request in, manifests out (Helm's `engine.go` and `action.Install`).

use std::rc::Rc;
use std::sync::Arc;

use homescale_functions::{Environment, Host, Subject};
use homescale_template::{Options, Set};
use homescale_value::{Bounds, Map, Str, Value, bounds};
use memchr::memmem;

use crate::capabilities::{KubeVersion, default_api_versions};
use crate::chart::{Chart, Loaded, Source};
use crate::check_values::check_values;
use crate::coalesce::{Coalescer, Nulls};
use crate::command::{check_dry_run, check_labels};
use crate::dependencies::{self, DependencyError};
use crate::engine_error;
use crate::error::{Error, ErrorKind};
use crate::load;
use crate::loaded::Format;
use crate::log::{Log, Message};
use crate::manifest::{self, File, Files, is_notes};
use crate::objects::{self, Scope, Shared};
use crate::output::{self, Rendered};
use crate::post_render::{self, PostRenderer};
use crate::request::Request;
use crate::resolved::ResolvedChart;
use crate::semver;
use crate::values;
use crate::version3;

/// What Helm calls the set of templates of a release, and every text that `tpl` evaluates.
pub(crate) const SET: &str = "gotpl";

/// What a missing value prints, and Helm removes.
const NO_VALUE: &[u8] = b"<no value>";

/// How long the text of a file must be for its buffer to be kept, if it fills that, instead of a copy of the right size. Most
/// files are short, or print nothing at all.
const LARGE: usize = 64 << 10;

/// Renders a chart: what `helm template` does once it has the chart and the flags.
///
/// The result depends on the arguments only. Deeply nested templates need a deep stack: run this inside
/// [`homescale_template::with_stack`] to allow all that Helm allows.
///
/// # Errors
/// Helm's text, at whatever step it fails.
pub fn render(chart: &Chart, request: &Request, host: Rc<dyn Host>) -> Result<Rendered, Error> {
    render_through(chart, request, host, None)
}

/// Renders a chart as [`render`] does, and sends the manifests through a post-renderer.
///
/// It gets the text of CRDs and manifests as they would be printed, and what it returns is printed in their place, before
/// the hooks (Helm 3's `--post-renderer`).
///
/// # Errors
/// Helm's text, at whatever step it fails; that of the post-renderer among them.
pub fn render_through(
    chart: &Chart,
    request: &Request,
    host: Rc<dyn Host>,
    post_renderer: Option<&dyn PostRenderer>,
) -> Result<Rendered, Error> {
    let log = Log::new(request.helm);
    let rendered = Render {
        request,
        log: &log,
        host,
        post_renderer,
    }
    .run(chart);
    // What a template saw nothing of is told before what came of that.
    let unread = chart
        .at(request.helm)
        .map(|loaded| loaded.root.unread.check());
    let rendered = match unread {
        Ok(Err(error)) => Err(load::unread(error)),
        _ => rendered,
    };
    match rendered {
        Ok(rendered) => Ok(rendered.after(log.take())),
        Err(error) => Err(output::shown_all_the_same(error, request).after(log.take())),
    }
}

/// A render in progress.
pub(crate) struct Render<'a> {
    pub(crate) post_renderer: Option<&'a dyn PostRenderer>,
    pub(crate) request: &'a Request,
    pub(crate) log: &'a Log,
    pub(crate) host: Rc<dyn Host>,
}

/// A chart with all that its templates see, before the first of them is parsed.
pub(crate) struct Prepared<'c> {
    loaded: &'c Loaded,
    root: ResolvedChart,
    values: Map,
    shared: Shared,
}

impl Prepared<'_> {
    /// The root objects of all charts, that of the chart itself first.
    pub(crate) fn scopes(&self) -> Vec<Scope<'_>> {
        objects::scopes(&self.root, &self.values, &self.shared)
    }
}

impl Render<'_> {
    fn run(&self, chart: &Chart) -> Result<Rendered, Error> {
        let request = self.request;
        // What is copied here has as many elements as the limit of values allows.
        let unbounded = Bounds {
            elements: usize::MAX,
            ..Bounds::default()
        };
        let prepared = bounds::with(unbounded, || self.prepare(chart))?;
        let mut files = self.execute(&prepared)?;
        let root = &prepared.root;
        let notes = take_notes(&mut files, root, request.subchart_notes);
        let (in_one, after) = match self.post_renderer {
            Some(_) if !request.helm.row().major.post_renders_files => (None, self.post_renderer),
            of_helm_4 => (of_helm_4, None),
        };
        if let Some(post_renderer) = in_one {
            files = post_render::through(post_renderer, &files, request.helm)
                .map_err(|error| error.with_unfinished(output::unfinished(&[], &[])))?;
        }
        let (sorted, result) = manifest::sort(&files, request.helm, self.log);
        if let Err(error) = result {
            let hooks = output::choose_hooks(sorted.hooks, request);
            return Err(error.with_unfinished(output::unfinished(&files, &hooks)));
        }
        let crds = if request.include_crds {
            output::crds(root)?
        } else {
            Vec::new()
        };
        Rendered::new(crds, sorted, notes, request, after)
    }

    /// Merges values and resolves dependencies.
    pub(crate) fn prepare<'c>(&self, chart: &'c Chart) -> Result<Prepared<'c>, Error> {
        let request = self.request;
        let helm = request.helm;
        let kube = match &request.kube_version {
            Some(text) => KubeVersion::parse(text, helm)?,
            None => KubeVersion::default_of(helm),
        };
        let user_values = values::of_user(&request.values, helm)?;
        let of_user = || request.values.iter().map(|source| source.alone(helm));
        request
            .limits
            .check_values(&user_values, "the flags", of_user)?;
        let loaded = chart.at(helm)?;
        loaded
            .warnings
            .iter()
            .for_each(|line| self.log.line(line.clone()));
        self.check(&ResolvedChart::root(&loaded.root))?;
        check_dry_run(request.dry_run.as_deref(), helm.command_line()).map_err(refused)?;
        request.release.check(helm, self.log)?;

        let coalescer = Coalescer {
            helm,
            log: self.log,
        };
        let charts = request.limits.charts;
        let root = dependencies::process(&loaded.root, &user_values, &coalescer, charts)
            .map_err(|problem| self.dependencies_failed(problem))?;
        let values = coalescer
            .chart(&root, &user_values, Nulls::Remove)
            .map_err(|problem| Error::new(ErrorKind::Values, "").because(problem))?;
        let of_chart = format!("chart {} and the flags", root.path);
        request.limits.check_values(&values, &of_chart, || {
            root.all().into_iter().map(|chart| {
                let values = chart.node.values.to_map();
                (
                    values,
                    format!("{}/values.yaml", chart.path),
                    chart.node.values_text.as_bytes(),
                )
            })
        })?;

        if !request.skip_schema_validation {
            check_values(&root, &values, self.log, request.debug)?;
        }
        check_labels(&request.labels).map_err(refused)?;

        let wanted = &root.node.metadata.kube_version;
        if !wanted.is_empty() && !semver::satisfies(&kube.normalized, wanted, helm) {
            let text = format!(
                "chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {}",
                kube.version
            );
            return Err(Error::new(ErrorKind::KubeVersion, text));
        }
        let mut api_versions: Vec<String> = default_api_versions(helm).collect();
        api_versions.extend(request.api_versions.iter().cloned());
        let shared = Shared {
            helm,
            release: objects::release(&request.release),
            capabilities: objects::capabilities(&kube, api_versions, helm),
        };
        Ok(Prepared {
            loaded,
            root,
            values,
            shared,
        })
    }

    /// What Helm makes sure of before it starts.
    fn check(&self, root: &ResolvedChart) -> Result<(), Error> {
        let metadata = &root.node.metadata;
        if !matches!(metadata.kind.as_str(), "" | "application") {
            let text = format!("{} charts are not installable", metadata.kind);
            return Err(Error::load(text));
        }
        if metadata.deprecated {
            self.log.message(&Message {
                call: "",
                plain: "WARNING: This chart is deprecated",
                severity: "WARN",
                text: "this chart is deprecated",
                fields: &[],
            });
        }
        let helm = self.request.helm;
        let checked = if root.node.format == Format::V3 {
            Err(version3::refusal(root))
        } else {
            let checked = dependencies::check_present(root);
            checked.map_err(|missing| Error::new(ErrorKind::Dependencies, "").because(missing))
        };
        checked.map_err(|error| match error.kind() {
            ErrorKind::Dependencies => {
                let an = if helm.row().major.names_failing_step { "an" } else { "An" };
                let mark = helm.row().command_quote;
                error.within(format!(
                    "{an} error occurred while checking for chart dependencies. You may need to run {mark}helm dependency build{mark} to fetch missing dependencies: "
                ))
            }
            _ => error,
        })
    }

    fn dependencies_failed(&self, problem: DependencyError) -> Error {
        if !self.request.helm.row().major.names_failing_step {
            return Error::new(ErrorKind::Dependencies, "").because(problem);
        }
        self.log.message(&Message {
            call: "",
            plain: "",
            severity: "ERROR",
            text: "chart dependencies processing failed",
            fields: &[("error", &problem.to_string())],
        });
        let error = Error::new(
            ErrorKind::Dependencies,
            "chart dependencies processing failed: ",
        );
        error.because(problem)
    }

    /// The templates of all charts, parsed in Helm's order.
    pub(crate) fn parse(
        &self,
        prepared: &Prepared<'_>,
        templates: &[Template<'_>],
    ) -> Result<Arc<Set>, Error> {
        let sources = templates.iter().map(|template| Source {
            path: template.path.clone(),
            text: template.text.clone(),
        });
        prepared.loaded.set(sources.collect(), |sources| {
            let mut set = Set::new(SET, Arc::clone(self.request.helm.function_table()));
            let files = sources
                .iter()
                .map(|source| (source.path.as_str(), &source.text));
            let files: Vec<_> = files.collect();
            let parsed = prepared.loaded.prefetch.take(&files);
            for parsed in parsed.map_err(engine_error::of_parsing)? {
                set.add(&parsed);
            }
            Ok(set)
        })
    }

    /// What the functions of this render reach.
    pub(crate) fn environment(&self, prepared: &Prepared<'_>) -> Environment {
        let release = &self.request.release;
        self.host.rendering(Subject {
            release: &release.name,
            namespace: &release.namespace,
            chart: &prepared.root.path,
        });
        Environment::new(Rc::clone(&self.host), self.request.helm.functions())
    }

    /// How templates are executed.
    pub(crate) fn options(&self) -> Options {
        self.request.helm.templates(&self.request.limits)
    }

    /// Parses and executes the templates of all charts, in Helm's order. The files are in byte order of their paths.
    fn execute(&self, prepared: &Prepared<'_>) -> Result<Vec<Arc<File>>, Error> {
        let helm = self.request.helm;
        let scopes = prepared.scopes();
        let templates = templates(&scopes);
        let set = self.parse(prepared, &templates)?;
        let environment = self.environment(prepared);
        let options = self.options();
        let mut left = options.limits.clone();
        let mut files = Files::new(helm);
        let mut buffer = Vec::new();
        for Template { path, scope, text } in templates {
            if is_partial(&path) {
                continue;
            }
            let base = format!("{}/templates", scope.chart.path);
            scope
                .root
                .set("Template", objects::template(helm, &path, &base));
            let dot = Value::Map(scope.root.clone());
            // Few templates print more than they are long.
            buffer.reserve(text.len());
            set.execute_within(&path, &dot, &environment, &options, &mut left, &mut buffer)
                .map_err(|error| engine_error::of_execution(helm, error))?;
            remove_no_value(&mut buffer);
            let is_full = buffer.len() >= LARGE && buffer.len() >= buffer.capacity() / 4 * 3;
            let text = if is_full {
                std::mem::take(&mut buffer)
            } else {
                let text = buffer.clone();
                buffer.clear();
                text
            };
            files.push(path, text);
        }
        Ok(files.sorted())
    }
}

/// The error of a request that asks for what is not there.
fn refused(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Request, "").because(cause)
}

/// A template of a chart.
pub(crate) struct Template<'a> {
    path: String,
    scope: &'a Scope<'a>,
    text: Str,
}

/// All templates in the order in which Helm parses and executes them: the deepest paths first, then the last ones.
pub(crate) fn templates<'a>(scopes: &'a [Scope<'a>]) -> Vec<Template<'a>> {
    let mut templates = Vec::new();
    // Of two with the same path the last one counts: it comes first here, and stays.
    for scope in scopes.iter().rev() {
        let chart = scope.chart;
        for file in chart.node.templates.iter().rev() {
            let path = format!("{}/{}", chart.path, file.path);
            if chart.node.is_library() && !is_partial(&path) {
                continue;
            }
            let depth = path.bytes().filter(|&b| b == b'/').count();
            let text = file.text.clone();
            templates.push((depth, Template { path, scope, text }));
        }
    }
    templates.sort_by(|(depth, a), (other, b)| (other, &b.path).cmp(&(depth, &a.path)));
    templates.dedup_by(|(_, later), (_, kept)| later.path == kept.path);
    templates
        .into_iter()
        .map(|(_, template)| template)
        .collect()
}

/// Whether a template is there for others only.
fn is_partial(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|name| name.starts_with('_'))
}

/// Takes the notes out of the files: those of the chart, and those of its subcharts if they are wanted.
fn take_notes(files: &mut Vec<Arc<File>>, root: &ResolvedChart, subcharts: bool) -> Str {
    let own = format!("{}/templates/NOTES.txt", root.path);
    let mut notes = Vec::new();
    files.retain(|file| {
        if !is_notes(&file.path) {
            return true;
        }
        if subcharts || file.path == own {
            if !notes.is_empty() {
                notes.push(b'\n');
            }
            notes.extend_from_slice(&file.text);
        }
        false
    });
    Str::from(notes)
}

/// Removes every `<no value>`.
pub(crate) fn remove_no_value(text: &mut Vec<u8>) {
    let finder = memmem::Finder::new(NO_VALUE);
    let find = |text: &[u8], from: usize| Some(from + finder.find(&text[from..])?);
    let Some(mut at) = find(text, 0) else {
        return;
    };
    let mut clean = Vec::with_capacity(text.len());
    let mut from = 0;
    loop {
        clean.extend_from_slice(&text[from..at]);
        from = at + NO_VALUE.len();
        match find(text, from) {
            Some(next) => at = next,
            None => break,
        }
    }
    clean.extend_from_slice(&text[from..]);
    *text = clean;
}
