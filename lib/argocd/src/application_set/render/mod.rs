//! [`Renderer`]: the texts of an ApplicationSet with a set of parameters, in either language.

mod fasttemplate;
mod functions;
mod go_template;
mod names;

use go_template::GoTemplates;
use homescale_value::{Data, Map, Str};

use super::data::{flag, get_or_nil, texts};
use super::error::ApplicationSetError;
use super::inputs::GeneratorInputs;

pub(crate) use names::normalize;

/// Renders texts, in the language that an ApplicationSet says: `Render.Replace` of Argo CD.
pub(crate) struct Renderer {
    /// Without them, the language is fasttemplate.
    go: Option<GoTemplates>,
}

impl Renderer {
    /// The renderer of an ApplicationSet.
    ///
    /// # Errors
    /// There is no such option of Go templates.
    pub(crate) fn new(
        set: &Data,
        inputs: &GeneratorInputs<'_>,
    ) -> Result<Self, ApplicationSetError> {
        let spec = get_or_nil(set, "spec");
        let options = texts(spec, "goTemplateOptions");
        let go = flag(spec, "goTemplate").then(|| GoTemplates::new(&options, inputs));
        let go = go
            .transpose()
            .map_err(|error| error.inside("goTemplateOptions").inside("spec"))?;
        Ok(Self { go })
    }

    /// Whether the language is that of Go.
    pub(crate) fn is_go(&self) -> bool {
        self.go.is_some()
    }

    /// The text rendered.
    ///
    /// # Errors
    /// It is no template, or fails.
    pub(crate) fn render(&self, text: &Str, parameters: &Map) -> Result<Str, ApplicationSetError> {
        match &self.go {
            None => fasttemplate::render(text, parameters),
            Some(go) => go.render(text, parameters),
        }
    }

    /// The text rendered, or as it is if the parameters do not have all that it reaches.
    ///
    /// # Errors
    /// It is no template, or fails for another reason.
    pub(crate) fn resolve(&self, text: &Str, parameters: &Map) -> Result<Str, ApplicationSetError> {
        match &self.go {
            None => fasttemplate::render(text, parameters),
            Some(go) => go.resolve(text, parameters),
        }
    }
}
