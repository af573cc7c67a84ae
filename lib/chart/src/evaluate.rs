//! [`Evaluator`]: texts evaluated as a template of a chart evaluates them with `tpl`.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use homescale_functions::{Environment, Host};
use homescale_template::{Limits, Options, Set};
use homescale_value::{Str, Value};

use crate::chart::Chart;
use crate::error::Error;
use crate::log::Log;
use crate::objects;
use crate::render::{Render, SET, remove_no_value, templates};
use crate::request::Request;

/// Evaluates texts as `{{ tpl TEXT . }}` does in a template of a chart: with the chart's root object, its values merged
/// with those of the request, and all templates that it defines.
///
/// ```
/// use std::rc::Rc;
///
/// use homescale_chart::{Chart, Evaluator, Request};
/// use homescale_fileset::FileSet;
/// use homescale_functions::FixedHost;
///
/// let mut files = FileSet::new();
/// files.insert("Chart.yaml", *b"apiVersion: v2\nname: web\nversion: 1.0.0\n")?;
/// files.insert("values.yaml", *b"replicas: 1\n")?;
/// let chart = Chart::load(&files)?;
///
/// let evaluator = Evaluator::new(&chart, &Request::default(), "app.yaml", Rc::new(FixedHost::default()))?;
/// let text = evaluator.tpl(&"{{ .Chart.Name }} has {{ .Values.replicas }}".into())?;
/// assert_eq!(text, b"web has 1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// All texts together have the limits of the request.
#[derive(Debug)]
pub struct Evaluator {
    set: Arc<Set>,
    root: Value,
    environment: Environment,
    options: Options,
    left: RefCell<Limits>,
}

impl Evaluator {
    /// An evaluator for the template whose path below `templates/` is `template`, which need not exist.
    ///
    /// # Errors
    /// Helm's text, for what fails before the first template is executed.
    pub fn new(
        chart: &Chart,
        request: &Request,
        template: &str,
        host: Rc<dyn Host>,
    ) -> Result<Self, Error> {
        let log = Log::new(request.helm);
        let render = Render {
            request,
            log: &log,
            host,
            post_renderer: None,
        };
        let prepared = render.prepare(chart)?;
        let scopes = prepared.scopes();
        let set = render.parse(&prepared, &templates(&scopes))?;
        let environment = render.environment(&prepared);
        let root = scopes
            .into_iter()
            .next()
            .map(|scope| scope.root)
            .unwrap_or_default();
        let base = format!("{}/templates", chart.name());
        let name = format!("{base}/{template}");
        root.set("Template", objects::template(request.helm, &name, &base));
        let options = render.options();
        Ok(Self {
            set,
            root: Value::Map(root),
            environment,
            left: RefCell::new(options.limits.clone()),
            options,
        })
    }

    /// The text evaluated.
    ///
    /// # Errors
    /// Go's: the text is no template, or fails. The file of its place is `gotpl`.
    pub fn tpl(&self, text: &Str) -> Result<Vec<u8>, homescale_template::Error> {
        let mut set = Set::clone(&self.set);
        set.parse(SET, text)?;
        let mut out = Vec::new();
        let mut left = self.left.borrow_mut();
        let (environment, options) = (&self.environment, &self.options);
        set.execute_within(SET, &self.root, environment, options, &mut left, &mut out)?;
        remove_no_value(&mut out);
        Ok(out)
    }
}
