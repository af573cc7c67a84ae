//! One run of `template`: the chart is found, loaded, rendered, and printed or written.

use homescale::{Chart, SystemHost};
use homescale_chart::command::{self, DryRun, DryRunError, Kubeconfig, Named};
use homescale_chart::{
    CommandLine, DEFAULT_NAME, ErrorKind, HelmVersion, KubeVersion, Limits, Release, Rendered,
    Request, ValueSource, merge_values, name_from_template,
};
use homescale_go::strconv;

use super::flags::Flags;
use super::locate::locate;
use super::machine::Here;
use super::output_dir::OutputDir;
use super::post_renderer::{Call, PostRenderer};
use super::values;
use crate::context::Context;
use crate::effects::{Determinism, Effects};
use crate::failure::Failure;
use crate::terminal;

/// One run of the command.
pub(super) struct Run<'a> {
    flags: Flags,
    helm: HelmVersion,
    call: Option<Call<'a>>,
    effects: Effects,
    mode: Result<DryRun, DryRunError>,
}

impl<'a> Run<'a> {
    /// A run that flags ask for, of a Helm, through a post-renderer.
    pub(super) fn new(
        context: &'a Context,
        mut flags: Flags,
        helm: HelmVersion,
        post_renderer: Option<PostRenderer>,
    ) -> Result<Self, Failure> {
        let arguments = std::mem::take(&mut flags.post_renderer_args);
        let call = post_renderer.map(|what| Call {
            what,
            arguments,
            context,
        });
        let dry_run = command::check_dry_run(flags.dry_run.as_deref(), helm.command_line());
        let mut host = SystemHost::with_dns(flags.enable_dns);
        if let Some(strategy) = dry_run
            .as_ref()
            .ok()
            .and_then(|dry_run| dry_run.asks_cluster.as_ref())
        {
            host = host.without_cluster(format!("--dry-run={strategy}"));
        }
        let effects = Effects::new(&determinism(&flags), host)?;
        Ok(Self {
            flags,
            helm,
            call,
            effects,
            mode: dry_run,
        })
    }

    /// Does it.
    pub(super) fn run(&self) -> Result<(), Failure> {
        let flags = &self.flags;
        if let Some(text) = &flags.kube_version {
            KubeVersion::parse(text, self.helm).map_err(warned)?;
        }
        match &self.mode {
            Ok(dry_run) => terminal::warn(dry_run.warning.as_slice()),
            // Helm 3 finds it only after it has loaded the chart.
            Err(error) if self.helm.command_line() == CommandLine::Helm4 => {
                return Err(Failure::input(error));
            }
            Err(_) => {}
        }
        let version = flags.version.as_deref().unwrap_or_default();
        self.debug("Original chart version", &[("version", version)]);
        if flags.devel && version.is_empty() {
            self.debug("setting version to >0.0.0-0", &[]);
        }
        let (name, path) = self.name_and_chart()?;
        let path = locate(path, self.helm)?;
        self.debug("Chart path", &[("path", &path.to_string_lossy())]);
        let values = values::sources(flags, self.helm)?;
        let mut log = Vec::new();
        let loaded = Chart::open_as(&path, self.helm, &mut log);
        if loaded.is_err() || !log.is_empty() {
            // Helm reads the values first: what is wrong with them is all that it says.
            merge_values(&values, self.helm).map_err(warned)?;
        }
        terminal::warn(&log);
        let chart = loaded?;
        let request = self.request(name, values)?;
        let printed = self.print(&chart, &request);
        // The process is about to end, and the system takes back all of its memory at once.
        std::mem::forget(chart);
        printed
    }

    /// The name of the release, and the chart.
    fn name_and_chart(&self) -> Result<(String, &str), Failure> {
        let flags = &self.flags;
        let template = flags.name_template.as_deref();
        let named = command::name_and_chart(&flags.arguments, flags.generate_name, template);
        let (name, chart) = named.map_err(Failure::input)?;
        let name = match name {
            Named::By(name) => name.to_owned(),
            Named::Nobody => DEFAULT_NAME.to_owned(),
            Named::ByTemplate(template) => {
                let effects = Effects::new(&determinism(flags), SystemHost::with_dns(true))?;
                let name = name_from_template(template, self.helm, effects.host());
                name.map_err(warned)?
            }
        };
        Ok((name, chart))
    }

    fn request(&self, name: String, values: Vec<ValueSource>) -> Result<Request, Failure> {
        let flags = &self.flags;
        let release = Release {
            name,
            namespace: command::namespace(&flags.kube, self.helm, &Here),
            is_upgrade: flags.is_upgrade,
        };
        Ok(Request {
            helm: self.helm,
            release,
            values,
            kube_version: flags.kube_version.clone(),
            api_versions: flags.api_versions.clone(),
            include_crds: flags.include_crds,
            skip_tests: flags.skip_tests,
            skip_schema_validation: flags.skip_schema_validation,
            no_hooks: flags.no_hooks,
            show_only: flags.show_only.clone(),
            labels: flags.labels.clone(),
            dry_run: flags.dry_run.clone(),
            debug: self.is_debug(),
            limits: self.limits()?,
            ..Request::default()
        })
    }

    /// How much the chart may cause.
    fn limits(&self) -> Result<Limits, Failure> {
        let text = self.flags.limit.as_deref().unwrap_or_default();
        text.parse()
            .map_err(|error| Failure::Usage(format!("--limit {text}: {error}")))
    }

    /// Renders, and prints or writes what that gave.
    fn print(&self, chart: &Chart, request: &Request) -> Result<(), Failure> {
        if let Some(path) = &self.flags.output_dir {
            return self.write(chart, request, path);
        }
        let call = self.call.as_ref().map(Call::as_dyn);
        let rendered = chart.render_through(request, self.effects.host(), call);
        let rendered = self.finish(rendered)?;
        let printed = terminal::print_pieces(&rendered.pieces());
        // As the chart in `run`.
        std::mem::forget(rendered);
        printed
    }

    /// Writes the files of `--output-dir`. Then there is nothing left to print, nor to show with `--show-only`.
    fn write(&self, chart: &Chart, request: &Request, path: &str) -> Result<(), Failure> {
        let release = request.release.name.as_str();
        let release = self.flags.release_name.then_some(release);
        let directory = OutputDir { path, release };
        let everything = Request {
            show_only: Vec::new(),
            ..request.clone()
        };
        // As Helm 4 it gets what is rendered, and its output is what is written; as Helm 3 it gets what would be printed:
        // nothing.
        let call = self.call.as_ref().map(Call::as_dyn);
        let (before, after) = match self.helm.command_line() {
            CommandLine::Helm4 => (call, None),
            CommandLine::Helm3 => (None, call),
        };
        let rendered = chart.render_through(&everything, self.effects.host(), before);
        let rendered = self.finish(rendered)?;
        directory
            .write(&rendered)
            .map_err(|failure| self.hinted(failure))?;
        let mut text = Vec::new();
        if let Some(call) = after {
            let result = call
                .run(b"")
                .map_err(|problem| format!("error while running post render on files: {problem}"));
            text = result.map_err(|problem| self.hinted(Failure::Input(problem)))?;
        }
        directory.write_hooks(&rendered.hooks)?;
        if let Some(pattern) = request.show_only.first() {
            let text = format!("could not find template {pattern} in chart");
            return Err(Failure::Input(text));
        }
        terminal::print(&[text.trim_ascii(), b"\n"].concat())
    }

    /// Helm's hint, which errors have once it has started to render.
    fn hinted(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Input(_) if !self.is_debug() => {
                failure.hinted_by_helm("Use --debug flag to render out invalid YAML")
            }
            other => other,
        }
    }

    /// Passes on warnings; with `--debug`, what is invalid is printed all the same.
    fn finish(
        &self,
        rendered: Result<Rendered, homescale_chart::Error>,
    ) -> Result<Rendered, Failure> {
        self.effects.report();
        let rendered = self.after_cluster(rendered)?;
        let error = match rendered {
            Err(error) => error,
            Ok(rendered) => {
                terminal::warn(&rendered.warnings);
                return Ok(rendered);
            }
        };
        terminal::warn(error.warnings());
        if self.flags.dependency_update && error.kind() == ErrorKind::Dependencies {
            return Err(Failure::Input(format!(
                "--dependency-update: charts are not downloaded; run `helm dependency update` first: {error}"
            )));
        }
        let unfinished = error.unfinished().filter(|_| self.is_debug());
        let Some(unfinished) = unfinished else {
            return Err(error.into());
        };
        terminal::print(unfinished)?;
        Err(Failure::Input(error.message()))
    }

    /// Gives the result of a render, unless Helm 3 finds before its templates that it could not ask a cluster.
    fn after_cluster(
        &self,
        rendered: Result<Rendered, homescale_chart::Error>,
    ) -> Result<Result<Rendered, homescale_chart::Error>, Failure> {
        let asks = self
            .mode
            .as_ref()
            .is_ok_and(|dry_run| dry_run.asks_cluster.is_some());
        let has_started = rendered.as_ref().err().is_none_or(|error| {
            !error.hints().is_empty() && error.kind() != ErrorKind::KubeVersion
        });
        if asks && has_started {
            let config = Kubeconfig::load(&self.flags.kube, self.helm, &Here);
            let checked = config.and_then(|config| config.check());
            checked.map_err(|error| self.hinted(Failure::input(error)))?;
        }
        Ok(rendered)
    }

    fn is_debug(&self) -> bool {
        let of_environment =
            || std::env::var("HELM_DEBUG").is_ok_and(|text| strconv::parse_bool(text) == Ok(true));
        self.flags.debug.unwrap_or_else(of_environment)
    }

    /// Says what Helm 4 says with `--debug`; what Helm 3 says has the time in it, and is left out.
    fn debug(&self, message: &str, fields: &[(&str, &str)]) {
        if self.is_debug() && self.helm.command_line() == CommandLine::Helm4 {
            terminal::warn(&[command::debug_line(message, fields)]);
        }
    }
}

/// What the flags say about what is random.
fn determinism(flags: &Flags) -> Determinism {
    Determinism {
        seed_file: flags.seed_file.as_ref().map(Into::into),
        seed_time: flags.seed_time.clone(),
        report: flags.report_nondeterminism,
    }
}

/// Passes on Helm's warnings, which go to standard error before its error.
fn warned(error: homescale_chart::Error) -> Failure {
    terminal::warn(error.warnings());
    error.into()
}
