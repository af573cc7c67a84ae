//! The parser: template text to syntax trees.
//!
//! Recursive descent with one item of look-ahead, three after a variable. An error is reported on the line of the item
//! that was read last, as Go does, which is not always the item that is wrong.

mod control;
mod items;
mod operand;
mod pipeline;
mod scope;
mod tokens;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use homescale_go::strconv::quote;
use homescale_go::{unicode, utf8};
use homescale_value::Str;

use crate::error::{Error, Problem};
use crate::functions::Functions;
use crate::lex::Lexer;
use crate::node::{Command, Node, Operand, Source, Template};
use crate::stack::Stack;

use self::scope::{Names, Scope, Words};

/// How deep parentheses, and blocks such as `if`, may nest in one another; each link of an `else if` chain counts.
///
/// Go allows 10,000 for parentheses and any number for blocks. Real templates stay below 50.
pub const MAX_NESTING: usize = 1_000;

/// The templates of one text: the text itself, under the name of its file, and what it defines.
///
/// It can be made on any thread and added to any [`Set`](crate::Set).
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The name of the file: there is always a template of that name.
    pub(crate) file: Str,
    pub(crate) templates: Arc<BTreeMap<Str, Arc<Template>>>,
    /// Whether the text defines a template of the name of the file.
    defines_itself: bool,
}

impl Parsed {
    /// The name of the file.
    pub fn file(&self) -> &Str {
        &self.file
    }

    /// The template that the text itself is.
    pub(crate) fn main(&self) -> &Template {
        &self.templates[&self.file]
    }

    /// What parsing the same text as another file gives: syntax trees know nothing of their file, and are shared. `None` if
    /// the text defines a template of that name, because then it matters which file this is.
    pub fn renamed(&self, file: &str) -> Option<Self> {
        if self.defines_itself || self.templates.contains_key(file.as_bytes()) {
            return None;
        }
        let old = &self.main().source;
        let source = Arc::new(Source {
            file: file.to_owned(),
            text: old.text.clone(),
            variables: Arc::clone(&old.variables),
        });
        let file = Str::from(file);
        let templates = self.templates.values().map(|template| {
            let name = match &template.name {
                name if *name == self.file => file.clone(),
                name => name.clone(),
            };
            let template = Template {
                name: name.clone(),
                source: Arc::clone(&source),
                body: Arc::clone(&template.body),
                is_empty: template.is_empty,
            };
            (name, Arc::new(template))
        });
        Some(Self {
            templates: Arc::new(templates.collect()),
            file,
            defines_itself: false,
        })
    }
}

/// Parses `text`, a template called `file`.
///
/// Errors have Go's text, and name a line but no column. Nesting beyond [`MAX_NESTING`] is an error, too.
pub fn parse_file(functions: &Functions, file: &str, text: &Str) -> Result<Parsed, Error> {
    let Some(lexer) = Lexer::new(text) else {
        return Err(Error::of_parsing(file, 1, "template too large"));
    };
    let mut parser = Parser {
        functions,
        file,
        text,
        lexer,
        scope: Scope::default(),
        names: Names::default(),
        words: Words::default(),
        nodes: Vec::new(),
        commands: Vec::new(),
        operands: Vec::new(),
        fields: Vec::new(),
        defined: BTreeMap::new(),
        defines_itself: false,
        nesting: 0,
        stack: Stack::current(),
    };
    if let Err(problem) = parser.file() {
        let line = parser.lexer.line(parser.scope.tokens.last());
        return Err(Error::of_parsing(file, line, problem));
    }
    let Parser {
        names,
        defined,
        defines_itself,
        ..
    } = parser;
    let source = Arc::new(Source {
        file: file.to_owned(),
        text: text.clone(),
        variables: names.into_vec().into(),
    });
    let templates = defined.into_iter().map(|(name, definition)| {
        let template = Template {
            name: name.clone(),
            source: Arc::clone(&source),
            body: definition.body,
            is_empty: definition.is_empty,
        };
        (name, Arc::new(template))
    });
    Ok(Parsed {
        file: file.into(),
        templates: Arc::new(templates.collect()),
        defines_itself,
    })
}

/// What parsing a part gives: the part, or what is wrong, which lacks its position.
type Parse<T> = Result<T, Problem>;

/// The state of parsing one text.
struct Parser<'s> {
    functions: &'s Functions,
    file: &'s str,
    text: &'s [u8],
    lexer: Lexer<'s>,
    scope: Scope,
    names: Names<'s>,
    words: Words<'s>,
    /// The parts, not yet complete, of the lists that surround this place; those of the innermost list are last.
    nodes: Vec<Node>,
    commands: Vec<Command>,
    operands: Vec<Operand>,
    fields: Vec<Str>,
    defined: BTreeMap<Str, Definition>,
    defines_itself: bool,
    nesting: usize,
    stack: Stack,
}

/// A template before its source is complete.
struct Definition {
    body: Arc<[Node]>,
    is_empty: bool,
}

impl Parser<'_> {
    /// Adds a template to those of this text. A second one of the same name is an error, unless one of them is empty.
    fn define(&mut self, name: Str, body: Arc<[Node]>) -> Parse<()> {
        let is_empty = is_empty(&body, self.text);
        let definition = Definition { body, is_empty };
        let is_second = self.defined.contains_key(&name);
        self.defines_itself |= is_second && name == *self.file;
        match self.defined.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(definition);
            }
            Entry::Occupied(mut entry) if entry.get().is_empty => {
                entry.insert(definition);
            }
            Entry::Occupied(_) if is_empty => {}
            Entry::Occupied(entry) => {
                let name = quote(entry.key());
                return Err(format!("template: multiple definition of template {name}").into());
            }
        }
        Ok(())
    }

    /// Parses a nested construct, unless it is nested too deeply.
    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.nesting >= MAX_NESTING || self.stack.is_exhausted() {
            return Err("max expression depth exceeded".into());
        }
        self.nesting += 1;
        let result = parse(self);
        self.nesting -= 1;
        result
    }
}

/// Whether there is nothing but white space.
fn is_empty(body: &[Node], text: &[u8]) -> bool {
    body.iter().all(|node| match node {
        Node::Text(slice) => {
            let mut runes = utf8::runes(slice.of(text));
            runes.all(|(rune, _)| unicode::is_space(rune))
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_the_same_text_share_the_trees_but_not_the_names() {
        let text = Str::from("{{ define \"b\" }}{{ $x := 1 }}{{ $x }}{{ end }}text");
        let a = parse_file(&Functions::new(&[]), "a", &text).unwrap();
        // In the file of that name, the definition is a second one.
        assert!(a.renamed("b").is_none());
        let c = a.renamed("c").unwrap();
        assert!(Arc::ptr_eq(&a.main().body, &c.main().body));
        assert_eq!(
            (a.file().as_str(), c.file().as_str()),
            (Some("a"), Some("c"))
        );
        assert_eq!(c.templates[b"b".as_slice()].source.file, "c");
    }
}
