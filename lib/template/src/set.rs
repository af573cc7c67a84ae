//! [`Set`]: templates that can call each other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;
use homescale_value::Str;

use crate::error::Error;
use crate::functions::Functions;
use crate::node::Template;
use crate::parse::{Parsed, parse_file};

/// A set of associated templates. A clone is cheap, and independent: the trees are shared, the names are not.
///
/// A set can be built on one thread and executed on others, by several of them at once.
#[derive(Clone, Debug)]
pub struct Set {
    name: Arc<str>,
    functions: Arc<Functions>,
    templates: Arc<HashMap<Str, Arc<Template>, RandomState>>,
    texts: Arc<Mutex<Texts>>,
}

impl Set {
    /// An empty set, whose templates call these functions. As in Go, it has the name of a template that all others are
    /// associated with, which need not exist; errors mention it.
    pub fn new(name: &str, functions: Arc<Functions>) -> Self {
        Self {
            name: name.into(),
            functions,
            templates: Arc::default(),
            texts: Arc::default(),
        }
    }

    /// Parses `text` as the template called `file` and adds it, with all that it defines; see [`Set::add`].
    ///
    /// On error, which has Go's text, nothing is added.
    pub fn parse(&mut self, file: &str, text: &Str) -> Result<(), Error> {
        self.add(&parse_file(&self.functions, file, text)?);
        Ok(())
    }

    /// Adds the templates of a text. They replace those of the same name, except that one that is empty, but for white
    /// space and comments, replaces nothing.
    pub fn add(&mut self, parsed: &Parsed) {
        let templates = Arc::make_mut(&mut self.templates);
        for (name, template) in &*parsed.templates {
            if !template.is_empty || !templates.contains_key(name) {
                templates.insert(name.clone(), Arc::clone(template));
            }
        }
    }

    /// The name of the set.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The functions that the templates call.
    pub fn functions(&self) -> &Arc<Functions> {
        &self.functions
    }

    /// The names of the templates, in byte order.
    pub fn names(&self) -> impl Iterator<Item = &Str> {
        let mut names: Vec<_> = self.templates.keys().collect();
        names.sort_unstable();
        names.into_iter()
    }

    /// Whether there is a template of this name.
    pub fn contains(&self, name: impl AsRef<[u8]>) -> bool {
        self.templates.contains_key(name.as_ref())
    }

    pub(crate) fn find(&self, name: &[u8]) -> Option<&Template> {
        self.templates.get(name).map(|template| &**template)
    }

    /// Parses a text that is not added to the set, or finds it parsed: charts execute the same few texts many times.
    pub(crate) fn parse_nested(&self, text: &Str) -> Result<Arc<Parsed>, Error> {
        if let Some(parsed) = self.with_texts(|texts| texts.parsed.get(text).cloned()) {
            return Ok(parsed);
        }
        let parsed = Arc::new(parse_file(&self.functions, &self.name, text)?);
        self.with_texts(|texts| texts.insert(text.clone(), Arc::clone(&parsed)));
        Ok(parsed)
    }

    fn with_texts<R>(&self, work: impl FnOnce(&mut Texts) -> R) -> R {
        // A panic elsewhere leaves the cache whole, so that a poisoned lock is as good as any.
        work(&mut self.texts.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Texts that were parsed, up to a total size. They depend on the name and the functions of a set, which all its clones share.
#[derive(Debug, Default)]
struct Texts {
    parsed: HashMap<Str, Arc<Parsed>, RandomState>,
    size: usize,
}

impl Texts {
    /// How many bytes of text are kept before all are forgotten.
    const MAX_SIZE: usize = 4 << 20;

    fn insert(&mut self, text: Str, parsed: Arc<Parsed>) {
        self.size += text.len();
        if self.size > Self::MAX_SIZE {
            self.parsed.clear();
            self.size = text.len();
        }
        self.parsed.insert(text, parsed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_go_where_they_are_needed() {
        fn is_shared<T: Send + Sync>() {}
        is_shared::<Set>();
        is_shared::<Parsed>();
    }
}
