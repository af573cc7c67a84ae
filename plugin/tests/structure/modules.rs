//! The modules of a crate: the files that are compiled, and what each of them declares, imports and names. What is compiled
//! only for tests is left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::tokens::{Kind, Token, tokens};

/// A module, in a file of its own or in braces.
pub(crate) struct Module {
    /// The file that its text is in, an index of [`Crate::files`].
    pub(crate) file: usize,
    pub(crate) parent: Option<usize>,
    /// Its modules by name, indices of [`Crate::modules`].
    pub(crate) children: Vec<(String, usize)>,
    /// The names of what it declares: functions, types, constants, macros.
    pub(crate) items: BTreeSet<String>,
    pub(crate) imports: Vec<Import>,
    /// The paths that its text names, imports apart. A single word is a path, too.
    pub(crate) paths: BTreeSet<Vec<String>>,
}

/// A leaf of a `use` declaration.
pub(crate) struct Import {
    pub(crate) path: Vec<String>,
    /// The name that it gets here, `*` for all of them.
    pub(crate) name: String,
    /// Whether others see it from here.
    pub(crate) is_export: bool,
}

/// A target of Cargo: all modules that are reached from its root, which is the first.
pub(crate) struct Crate {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) modules: Vec<Module>,
}

impl Crate {
    /// Reads the target with this root. With `tests`, what is compiled for tests counts, too.
    pub(crate) fn read(root: &Path, tests: bool) -> Self {
        let mut found = Self {
            files: Vec::new(),
            modules: Vec::new(),
        };
        let folder = root.parent().unwrap().to_owned();
        found.file(root, &folder, None, tests);
        found
    }

    /// Reads a file as a module. Its children are below `folder`.
    fn file(&mut self, path: &Path, folder: &Path, parent: Option<usize>, tests: bool) -> usize {
        let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        self.files.push(path.to_owned());
        let file = self.files.len() - 1;
        let module = self.module(file, parent);
        let reading = Reading {
            tokens: &tokens(&text),
            folder,
            tests,
        };
        reading.items(self, module);
        module
    }

    fn module(&mut self, file: usize, parent: Option<usize>) -> usize {
        self.modules.push(Module {
            file,
            parent,
            children: Vec::new(),
            items: BTreeSet::new(),
            imports: Vec::new(),
            paths: BTreeSet::new(),
        });
        self.modules.len() - 1
    }
}

/// The tokens of one module.
#[derive(Clone, Copy)]
struct Reading<'a> {
    tokens: &'a [Token],
    /// Where the files of its modules are.
    folder: &'a Path,
    tests: bool,
}

/// The words that declare something that has a name.
const DECLARING: [&str; 9] = [
    "fn", "struct", "enum", "union", "trait", "type", "const", "static", "mod",
];

/// The words that may stand before `fn`.
const QUALIFIERS: [&str; 4] = ["const", "async", "unsafe", "extern"];

impl Reading<'_> {
    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(text))
    }

    /// Reads all items into a module.
    fn items(self, into: &mut Crate, module: usize) {
        let mut at = 0;
        let mut attribute = None;
        let mut is_export = false;
        while at < self.tokens.len() {
            let word = self.tokens[at].word();
            if self.is(at, "#") {
                let end = self.attribute(at);
                if self.is_for_tests(at, end) && !self.tests && !self.is(at + 1, "!") {
                    at = self.end_of_item(end);
                    attribute = None;
                    continue;
                }
                attribute = self.path_attribute(at, end).or(attribute);
                at = end;
            } else if word == "pub" {
                is_export = true;
                at += 1;
                if self.is(at, "(") {
                    at = self.closing(at) + 1;
                }
            } else if word == "use" {
                let end = self.end_of_item(at);
                self.import(
                    &mut (at + 1),
                    &mut Vec::new(),
                    is_export,
                    &mut into.modules[module],
                );
                is_export = false;
                at = end;
            } else if word == "mod" && self.is_declaration(at) {
                self.child(at, attribute.take(), into, module);
                is_export = false;
                at = self.end_of_item(at);
            } else {
                if let Some(name) = self.declared(at) {
                    into.modules[module].items.insert(name);
                }
                let end = self.end_of_item(at);
                self.body(at, end, &mut into.modules[module]);
                is_export = false;
                at = end;
            }
        }
    }

    /// The name of what is declared in the head of the item that begins here.
    fn declared(&self, at: usize) -> Option<String> {
        if self.is(at, "macro_rules") {
            return Some(self.tokens[at + 2].word().to_owned());
        }
        let mut head = at;
        while self.is_one_of(head, &QUALIFIERS) && self.is_one_of(head + 1, &DECLARING) {
            head += 1;
        }
        let is_declaring = self.is_one_of(head, &DECLARING) && self.is_declaration(head);
        is_declaring.then(|| self.tokens[head + 1].word().to_owned())
    }

    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    fn is_declaration(&self, at: usize) -> bool {
        self.tokens
            .get(at + 1)
            .is_some_and(|t| !t.word().is_empty())
    }

    /// `mod name;` or `mod name { … }`.
    fn child(self, at: usize, path: Option<String>, into: &mut Crate, module: usize) {
        let name = self.tokens[at + 1].word().to_owned();
        let child = if self.is(at + 2, "{") {
            let inner = Reading {
                tokens: &self.tokens[at + 3..self.closing(at + 2)],
                folder: &self.folder.join(&name),
                tests: self.tests,
            };
            let file = into.modules[module].file;
            let child = into.module(file, Some(module));
            inner.items(into, child);
            child
        } else {
            let flat = match path {
                // The attribute's path begins beside the file that has it.
                Some(path) => {
                    let file = &into.files[into.modules[module].file];
                    file.parent().unwrap().join(path)
                }
                None => self.folder.join(format!("{name}.rs")),
            };
            let nested = self.folder.join(&name).join("mod.rs");
            let file = if flat.exists() { flat } else { nested };
            let folder = if file.ends_with("mod.rs") {
                file.parent().unwrap().to_owned()
            } else {
                file.with_extension("")
            };
            into.file(&file, &folder, Some(module), self.tests)
        };
        into.modules[module].children.push((name, child));
    }

    /// Reads one branch of a `use` declaration, up to its comma, brace or semicolon.
    fn import(&self, at: &mut usize, path: &mut Vec<String>, is_export: bool, into: &mut Module) {
        let before = path.len();
        loop {
            if self.is(*at, "{") {
                let end = self.closing(*at);
                *at += 1;
                while *at < end {
                    self.import(at, path, is_export, into);
                    *at += usize::from(self.is(*at, ","));
                }
                *at += 1;
                break;
            }
            let name = if self.is(*at, "*") {
                "*"
            } else {
                self.tokens[*at].word()
            };
            *at += 1;
            if name.is_empty() {
                // The `::` before an extern crate.
                continue;
            }
            if self.is(*at, "::") {
                path.push(name.to_owned());
                *at += 1;
                continue;
            }
            // `a::{self}` is `a`.
            if name != "self" || path.is_empty() {
                path.push(name.to_owned());
            }
            let mut shown = path.last().cloned().unwrap_or_default();
            if self.is(*at, "as") {
                self.tokens[*at + 1].word().clone_into(&mut shown);
                *at += 2;
            }
            into.imports.push(Import {
                path: path.clone(),
                name: shown,
                is_export,
            });
            break;
        }
        path.truncate(before);
    }

    /// Collects the paths between two tokens, and the imports that functions have for themselves.
    fn body(&self, from: usize, to: usize, into: &mut Module) {
        let mut at = from;
        while at < to {
            if self.is(at, "#") && (self.is(at + 1, "[") || self.is(at + 1, "!")) {
                let end = self.attribute(at);
                at = if self.is_for_tests(at, end) && !self.tests {
                    self.end_of_item(end)
                } else {
                    end
                };
                continue;
            }
            if self.is(at, "use") {
                self.import(&mut (at + 1), &mut Vec::new(), false, into);
                at = self.end_of_item(at);
                continue;
            }
            let is_member = at > 0 && self.is(at - 1, ".");
            if self.tokens[at].word().is_empty() || is_member {
                at += 1;
                continue;
            }
            let mut path = vec![self.tokens[at].word().to_owned()];
            at += 1;
            while self.is(at, "::") && self.is_declaration(at) {
                path.push(self.tokens[at + 1].word().to_owned());
                at += 2;
            }
            into.paths.insert(path);
        }
    }

    /// The index after an attribute.
    fn attribute(&self, at: usize) -> usize {
        let open = at + 1 + usize::from(self.is(at + 1, "!"));
        self.closing(open) + 1
    }

    fn is_for_tests(&self, at: usize, end: usize) -> bool {
        let words: Vec<&str> = self.tokens[at..end].iter().map(Token::word).collect();
        let has = |word: &str| words.contains(&word);
        has("cfg") && has("test") && !has("not") && !has("any")
    }

    /// The file that `#[path = "…"]` names.
    fn path_attribute(&self, at: usize, end: usize) -> Option<String> {
        let inside = &self.tokens[at..end];
        let is_path = inside.len() > 4 && inside[2].is("path");
        match &inside.get(4)?.kind {
            Kind::Text(path) if is_path => Some(path.clone()),
            _ => None,
        }
    }

    /// The index after an item: its semicolon, or its braces where it ends with these.
    fn end_of_item(&self, from: usize) -> usize {
        let mut at = from;
        while self.is(at, "#") {
            at = self.attribute(at);
        }
        if self.is(at, "pub") {
            at += 1;
            if self.is(at, "(") {
                at = self.closing(at) + 1;
            }
        }
        let is_function = (at..self.tokens.len())
            .find(|at| !self.is_one_of(*at, &QUALIFIERS))
            .is_some_and(|at| self.is_one_of(at, &["fn", "impl", "trait", "mod"]));
        // What has a value, or is an import, goes on after braces.
        if !is_function && self.is_one_of(at, &["const", "static", "type", "use"]) {
            return self.semicolon(at);
        }
        // `#[cfg(test)]` may stand before a field or an arm, that ends with a comma or its list.
        let is_item = is_function || self.is_declaration(at) || self.is(at + 1, "!");
        while at < self.tokens.len() {
            if self.is(at, ";") {
                return at + 1;
            }
            if self.is(at, "{") {
                return self.closing(at) + 1;
            }
            if !is_item && self.is_one_of(at, &[",", "}"]) {
                return at;
            }
            at = if self.is_one_of(at, &["(", "["]) {
                self.closing(at) + 1
            } else {
                at + 1
            };
        }
        at
    }

    fn semicolon(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.tokens.len() && !self.is(at, ";") {
            at = if self.is_one_of(at, &["(", "[", "{"]) {
                self.closing(at)
            } else {
                at
            } + 1;
        }
        at + 1
    }

    /// The index of the bracket that closes the one at `open`.
    fn closing(&self, open: usize) -> usize {
        let mut depth = 0;
        for at in open..self.tokens.len() {
            if self.is_one_of(at, &["(", "[", "{"]) {
                depth += 1;
            } else if self.is_one_of(at, &[")", "]", "}"]) {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
        }
        self.tokens.len() - 1
    }
}
