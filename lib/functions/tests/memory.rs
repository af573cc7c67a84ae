//! No function takes much more memory than the limit allows, whatever it is given: each is called with all mixtures of texts,
//! numbers, lists and maps that are long, or hold the same thing again and again.
//!
//! A new function takes part as soon as it is in its table. What it may make is a few times the limit: the result that it asked
//! for, a copy of it, and what the evaluator lets pass because it is short.

use std::rc::Rc;
use std::sync::Arc;

use homescale_functions::{Environment, FixedHost, GROUPS, Options};
use homescale_template::{Function, Functions, Limits, Set, with_stack};
use homescale_value::{List, Map, Str, Type, Value};
use libtest_mimic::{Arguments, Failed, Trial};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The limit on memory.
const LIMIT: u64 = 2 << 20;

/// What a call may take at its worst.
const MOST: usize = 2 * LIMIT as usize;

/// How many arguments a function gets that takes any number of them.
const MANY: usize = 200;

fn main() {
    let mut trials = Vec::new();
    for group in GROUPS
        .iter()
        .copied()
        .chain([&homescale_template::builtins::GROUP])
    {
        for function in group.functions {
            let name = format!("{}::{}", group.name, function.name);
            trials.push(Trial::test(name, || check(function)));
        }
    }
    // One at a time, because they share the allocator that counts.
    let arguments = Arguments {
        test_threads: Some(1),
        ..Arguments::from_args()
    };
    libtest_mimic::run(&arguments, trials).exit();
}

fn check(function: &'static Function) -> Result<(), Failed> {
    with_stack(|| {
        let signature = &function.signature;
        let params = signature.params.iter().chain(&signature.variadic);
        let palettes: Vec<&[&str]> = params.map(|param| palette(*param)).collect();
        let mixtures: usize = palettes.iter().map(|palette| palette.len()).product();
        let subjects = subjects();
        for mixture in 0..mixtures {
            let mut rest = mixture;
            let mut words: Vec<&str> = Vec::new();
            for palette in &palettes {
                words.push(palette[rest % palette.len()]);
                rest /= palette.len();
            }
            if let (Some(_), Some(last)) = (signature.variadic, words.last().copied()) {
                words.resize(words.len() + MANY, last);
            }
            let template = format!("{{{{ $x := {} {} }}}}", function.name, words.join(" "));
            let taken = taken(&template, &subjects);
            if taken > MOST {
                words.dedup();
                return Err(format!("{taken} bytes: {} {}", function.name, words.join(" ")).into());
            }
        }
        Ok(())
    })?
}

/// What may stand for a parameter.
fn palette(param: Type) -> &'static [&'static str] {
    match param {
        Type::Bool => &["true"],
        Type::Int | Type::Int64 | Type::Uint32 | Type::Integer(_) => &["1", "1000000"],
        Type::Float64 => &["1.5"],
        Type::String => &["\"a\"", ".a", ".lines", ".nul", ".long"],
        Type::Bytes => &[".bytes"],
        Type::List => &[".wide", ".tree"],
        Type::Strings => &[".strings"],
        Type::Map => &[".maps", ".wideMap"],
        Type::StringMap | Type::Pointer(_) => &["nil"],
        Type::Named(_) => &["now"],
        Type::Any | Type::Reflect => &[
            "1", ".a", ".nul", ".long", ".bytes", ".wide", ".tree", ".strings", ".maps", ".wideMap",
        ],
    }
}

/// What takes much, or seems to.
fn subjects() -> Map {
    let of = |text: &str, count| Value::from(text.repeat(count));
    let wide = |item: &Value, count| Value::from(vec![item.clone(); count]);
    let a = of("a ", 10_000);
    let tree = (0..60).fold(Value::Int(1), |value, _| wide(&value, 2));
    let maps = (0..60).fold(Map::new(), |map, _| {
        Map::from_iter([("a", map.clone().into()), ("b", map.into())])
    });
    let wide_map = (0..300).map(|key| (Str::from(format!("key{key}")), a.clone()));
    Map::from_iter([
        ("lines", of("<\n", 10_000)),
        ("nul", of("\0\u{1}", 10_000)),
        // As long as the evaluator lets pass.
        ("long", of("\u{1}<", 60_000)),
        ("bytes", Value::Bytes("a".repeat(20_000).as_str().into())),
        ("wide", wide(&a, 300)),
        ("tree", tree),
        (
            "strings",
            List::strings(vec!["a".repeat(10_000); 300]).into(),
        ),
        ("maps", maps.into()),
        ("wideMap", Value::Map(wide_map.collect())),
        ("a", a),
    ])
}

/// How many bytes a template takes, beside the values that it is given.
fn taken(template: &str, subjects: &Map) -> usize {
    let options = Options::LATEST;
    let functions = Functions::new(GROUPS).filtered(|name| options.has_function(name));
    let mut set = Set::new("gotpl", Arc::new(functions));
    if set.parse("t", &template.into()).is_err() {
        return 0;
    }
    let environment = Environment::new(Rc::new(FixedHost::default()), options);
    let options = homescale_template::Options {
        // Without the keys that take seconds.
        limits: Limits {
            memory: LIMIT,
            text: LIMIT / 8,
            elements: 10_000,
            fuel: 90_000,
            ..Limits::default()
        },
        ..Default::default()
    };
    // What is read for the first time stays: let it not count.
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let dot = Value::Map(subjects.clone());
    let _ = set.execute("t", &dot, &environment, &options, &mut Vec::new());
    ALLOCATOR.peak_usage().saturating_sub(before)
}
