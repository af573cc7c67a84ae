//! No file imports one that, directly or through others, imports it, but for the exceptions of `lib/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::modules::Crate;
use crate::repository;

/// The files that each file imports, and the names that it has from them.
type Imports = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Files of one crate that import each other in a circle.
type Circle = BTreeSet<String>;

/// How many exceptions there may be.
const MOST: usize = 3;

#[test]
fn no_file_is_in_a_circle_that_the_map_does_not_name() {
    let mut named = exceptions();
    let count: usize = named.values().map(Vec::len).sum();
    assert!(
        count <= MOST,
        "lib/README.md names {count} circles, more than {MOST}"
    );
    let mut report = String::new();
    for (name, root) in repository::crates() {
        let imports = imports(&Crate::read(&root, false), root.parent().unwrap());
        for circle in circles(&imports) {
            let rows = named.entry(name.clone()).or_default();
            match rows.iter().position(|row| *row == circle) {
                Some(row) => drop(rows.remove(row)),
                None => describe(&name, &circle, &imports, &mut report),
            }
        }
    }
    for (name, rows) in named {
        for row in rows {
            writeln!(report, "{name}: no circle of just these: {row:?}").unwrap();
        }
    }
    assert!(
        report.is_empty(),
        "the circles that lib/README.md names are others:\n{report}"
    );
}

/// The rows of the table under "## Circles": crate, files.
fn exceptions() -> BTreeMap<String, Vec<Circle>> {
    let mut found = BTreeMap::<String, Vec<Circle>>::new();
    for row in repository::table("## Circles") {
        let files = row[1]
            .split(", ")
            .map(|file| file.trim_matches('`').to_owned());
        found
            .entry(row[0].clone())
            .or_default()
            .push(files.collect());
    }
    found
}

fn describe(name: &str, circle: &Circle, imports: &Imports, report: &mut String) {
    writeln!(report, "{name}: a circle of {} files:", circle.len()).unwrap();
    for file in circle {
        for (other, names) in imports[file]
            .iter()
            .filter(|(other, _)| circle.contains(*other))
        {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            writeln!(report, "  {file} -> {other}: {}", names.join(", ")).unwrap();
        }
    }
}

fn imports(read: &Crate, src: &Path) -> Imports {
    let show = |file: usize| {
        let path = read.files[file].strip_prefix(src).unwrap();
        path.to_string_lossy().replace('\\', "/")
    };
    let mut found = Imports::new();
    for (index, module) in read.modules.iter().enumerate() {
        let own = found.entry(show(module.file)).or_default();
        let names: BTreeSet<&str> = module.paths.iter().map(|path| path[0].as_str()).collect();
        let used = module.imports.iter().filter(|import| {
            // What is only passed on is not used here.
            let is_used = !import.is_export || names.contains(import.name.as_str());
            import.name != "*" && is_used
        });
        let paths = used.map(|import| &import.path).chain(&module.paths);
        for path in paths {
            let target = resolve(read, index, path, &mut Vec::new());
            if let Some((file, name)) = target.filter(|(file, _)| *file != module.file) {
                own.entry(show(file)).or_default().insert(name);
            }
        }
    }
    found
}

/// The file that declares what a path leads to, if it is of this crate, and the name that it has there.
fn resolve(
    read: &Crate,
    from: usize,
    path: &[String],
    seen: &mut Vec<(usize, String)>,
) -> Option<(usize, String)> {
    let mut module = from;
    let mut words = path.iter().map(String::as_str).peekable();
    let mut is_first = true;
    while let Some(word) = words.next() {
        match word {
            "crate" | "$crate" if is_first => module = 0,
            "self" if is_first => {}
            "super" => module = read.modules[module].parent?,
            _ => {
                let here = &read.modules[module];
                if let Some((_, child)) = here.children.iter().find(|(name, _)| name == word) {
                    module = *child;
                    words.peek()?;
                } else if here.items.contains(word) {
                    return Some((here.file, word.to_owned()));
                } else {
                    return imported(read, module, word, words.map(str::to_owned).collect(), seen);
                }
            }
        }
        is_first = false;
    }
    None
}

/// What a name leads to that a module has from elsewhere, and the rest of the path behind it.
fn imported(
    read: &Crate,
    module: usize,
    word: &str,
    rest: Vec<String>,
    seen: &mut Vec<(usize, String)>,
) -> Option<(usize, String)> {
    let step = (module, word.to_owned());
    if seen.contains(&step) {
        return None;
    }
    seen.push(step);
    let imports = &read.modules[module].imports;
    if let Some(import) = imports.iter().find(|import| import.name == word) {
        // A crate of its own name, as in `use serde`, leads out.
        let path = [import.path.clone(), rest].concat();
        return resolve(read, module, &path, seen);
    }
    imports
        .iter()
        .filter(|import| import.name == "*")
        .find_map(|import| {
            let (_, base) = import.path.split_last()?;
            let path = [base, &[word.to_owned()], &rest].concat();
            resolve(read, module, &path, seen)
        })
}

/// The strongly connected components of more than one file, by Tarjan's algorithm.
fn circles(imports: &Imports) -> Vec<Circle> {
    let mut search = Search {
        imports,
        order: BTreeMap::new(),
        low: BTreeMap::new(),
        stack: Vec::new(),
        found: Vec::new(),
    };
    for file in imports.keys() {
        if !search.order.contains_key(file.as_str()) {
            search.visit(file);
        }
    }
    search.found
}

struct Search<'a> {
    imports: &'a Imports,
    order: BTreeMap<&'a str, usize>,
    /// The earliest file on the stack that each one reaches.
    low: BTreeMap<&'a str, usize>,
    stack: Vec<&'a str>,
    found: Vec<Circle>,
}

impl<'a> Search<'a> {
    fn visit(&mut self, file: &'a str) -> usize {
        let number = self.order.len();
        self.order.insert(file, number);
        self.low.insert(file, number);
        self.stack.push(file);
        let mut low = number;
        for other in self.imports[file].keys().map(String::as_str) {
            if !self.order.contains_key(other) {
                low = low.min(self.visit(other));
            } else if self.stack.contains(&other) {
                low = low.min(self.order[other]);
            }
        }
        self.low.insert(file, low);
        if low == number {
            let start = self
                .stack
                .iter()
                .position(|waiting| *waiting == file)
                .unwrap();
            let circle = self.stack.split_off(start);
            if circle.len() > 1 {
                self.found
                    .push(circle.into_iter().map(str::to_owned).collect());
            }
        }
        low
    }
}
