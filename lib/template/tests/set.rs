//! Sets of templates: what replaces what, nested executions as `include` and `tpl` make them, limits, and deep nesting.

use std::any::Any;
use std::sync::Arc;

use homescale_template::{
    Context, Error, Exceeded, Failure, Function, Functions, Group, Limit, Limits, MAX_NESTING,
    MissingKey, Options, Set, with_stack,
};
use homescale_value::{Map, Signature, Str, Type, Value};

static GROUP: Group = Group {
    name: "tests",
    about: "Functions that execute templates, as Helm's do.",
    functions: &[
        row("fail", Signature::fixed(&[Type::String]), |_, arguments| {
            Err(Failure::Abort(arguments[0].to_string()))
        }),
        row(
            "include",
            Signature::fixed(&[Type::String, Type::Any]),
            |context, arguments| {
                let [Value::Str(name), data] = arguments else {
                    return Err("two arguments".into());
                };
                context.execute(name, data.clone()).map(Value::Str)
            },
        ),
        row(
            "tpl",
            Signature::fixed(&[Type::String, Type::Any]),
            |context, arguments| {
                let [Value::Str(text), data] = arguments else {
                    return Err("two arguments".into());
                };
                let out = context.execute_text(text, data.clone());
                out.map(Value::Str)
            },
        ),
        row("environment", Signature::fixed(&[]), |context, _| {
            let environment: &dyn Any = context.environment();
            Ok((*environment.downcast_ref::<&str>().unwrap_or(&"none")).into())
        }),
    ],
};

type Call = fn(&mut dyn Context, &[Value]) -> Result<Value, Failure>;

const fn row(name: &'static str, signature: Signature, call: Call) -> Function {
    Function {
        name,
        aliases: &[],
        signature,
        usage: "",
        about: "",
        examples: &[],
        call,
    }
}

/// A set of these files, each with its name.
fn set(files: &[(&str, &str)]) -> Set {
    let mut set = Set::new("gotpl", Arc::new(Functions::new(&[&GROUP])));
    for (file, text) in files {
        set.parse(file, &Str::from(*text))
            .expect("the template parses");
    }
    set
}

fn execute(set: &Set, name: &str, options: &Options) -> Result<String, Error> {
    let dot = Value::Map(Map::from_iter([("a", "A")].map(|(k, v)| (k, v.into()))));
    let mut out = Vec::new();
    set.execute(name, &dot, &"test", options, &mut out)?;
    Ok(String::from_utf8(out).expect("the output is text"))
}

fn exceeded(limit: Limit, value: u64) -> Option<Exceeded> {
    Some(Exceeded { limit, value })
}

/// What the only file of a set prints, or its error.
fn render(text: &str) -> String {
    match execute(&set(&[("f", text)]), "f", &Options::default()) {
        Ok(out) => out,
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_later_definition_wins_unless_it_is_empty() {
    let first = r#"{{ define "t" }}first{{ end }}"#;
    let second = r#"{{ define "t" }}second{{ end }}"#;
    let empty = "{{ define \"t\" }} {{/* nothing */}}\n{{ end }}";
    let main = ("main", r#"{{ template "t" }}"#);
    let print = |files: &[_]| execute(&set(files), "main", &Options::default()).unwrap();
    assert_eq!(print(&[("a", first), ("b", second), main]), "second");
    assert_eq!(print(&[("a", first), ("b", empty), main]), "first");
    assert_eq!(print(&[("a", empty), ("b", first), main]), "first");
}

#[test]
fn a_file_is_a_template_and_the_set_knows_all_names() {
    let set = set(&[("b", r#"{{ define "t" }}x{{ end }}"#), ("a", "y")]);
    let names: Vec<_> = set.names().map(Str::to_string).collect();
    assert_eq!(names, ["a", "b", "t"]);
    assert!(set.contains("t"));
    assert!(!set.contains("u"));
}

#[test]
fn a_clone_changes_by_itself() {
    let original = set(&[("f", "1")]);
    let mut copy = original.clone();
    copy.parse("f", &"2".into()).unwrap();
    let print = |set: &Set| execute(set, "f", &Options::default()).unwrap();
    assert_eq!((print(&original), print(&copy)), ("1".into(), "2".into()));
}

#[test]
fn an_error_of_parsing_adds_nothing() {
    let mut set = set(&[("f", "1")]);
    let error = set
        .parse("f", &"{{ define \"t\" }}{{ end }}\n{{ if }}".into())
        .unwrap_err();
    assert_eq!(error.to_string(), "template: f:2: missing value for if");
    assert!(!set.contains("t"));
    assert_eq!(execute(&set, "f", &Options::default()).unwrap(), "1");
}

#[test]
fn the_template_to_execute_must_exist() {
    let error = execute(&set(&[]), "nope", &Options::default()).unwrap_err();
    let expected = r#"template: no template "nope" associated with template "gotpl""#;
    assert_eq!(error.to_string(), expected);
    assert_eq!(
        render(r#"{{ include "nope" . }}"#),
        format!(
            r#"template: f:1:3: executing "f" at <include "nope" .>: error calling include: {expected}"#
        )
    );
}

#[test]
fn functions_reach_the_environment() {
    assert_eq!(render("{{ environment }}"), "test");
}

#[test]
fn nested_executions_have_their_own_dot_and_variables() {
    assert_eq!(
        render(
            r#"{{ define "t" }}{{ $x := 2 }}[{{ . }}{{ $ }}]{{ end }}{{ $x := 1 }}{{ include "t" .a }}{{ $x }}{{ .a }}"#
        ),
        "[AA]1A"
    );
}

#[test]
fn what_a_text_defines_is_seen_inside_it_only() {
    let over =
        r#"{{ tpl `{{ define "t" }}over{{ end }}{{ include "t" . }}{{ include "u" . }}` . }}"#;
    let text = format!(
        r#"{{{{ define "t" }}}}own{{{{ end }}}}{{{{ define "u" }}}}<{{{{ template "t" }}}}>{{{{ end }}}}{over} {{{{ include "u" . }}}}"#
    );
    assert_eq!(render(&text), "over<over> <own>");
}

#[test]
fn an_empty_definition_in_a_text_hides_nothing() {
    assert_eq!(
        render(
            r#"{{ define "t" }}own{{ end }}{{ tpl `{{ define "t" }} {{ end }}{{ include "t" . }}` . }}"#
        ),
        "own"
    );
    assert_eq!(render(r#"[{{ tpl "" . }}{{ tpl " " . }}]"#), "[ ]");
    assert_eq!(
        render(r#"{{ tpl `{{ define "gotpl" }}self{{ end }}` . }}"#),
        "self"
    );
}

#[test]
fn texts_nest_and_repeat() {
    assert_eq!(
        render(r#"{{ range 3 }}{{ tpl "{{ tpl `{{ . }}` . }}" . }}{{ end }}"#),
        "012"
    );
}

#[test]
fn errors_of_nested_executions_form_a_chain() {
    let set = set(&[(
        "f",
        "{{ define \"one\" }}\n{{ include \"two\" . }}{{ end }}{{ define \"two\" }}{{ .x.y }}{{ end }}a {{ include \"one\" . }}",
    )]);
    let error = execute(&set, "f", &Options::default()).unwrap_err();
    let chain: Vec<_> = error
        .chain()
        .map(|error| {
            let (name, node) = error.executing().unwrap();
            let position = error.position().unwrap().in_go();
            format!("{position} {name} <{node}> {}", error.message())
        })
        .collect();
    assert_eq!(
        chain,
        [
            r#"f:2:72 f <include "one" .> error calling include: "#,
            r#"f:2:3 one <include "two" .> error calling include: "#,
            "f:2:53 two <.x.y> nil pointer evaluating interface {}.y",
        ]
    );
    assert_eq!(error.abort(), None);
}

#[test]
fn an_abort_is_seen_from_outside() {
    let set = set(&[(
        "f",
        "{{ define \"t\" }}{{ fail \"no: way\" }}{{ end }}\n {{ include \"t\" . }}",
    )]);
    let error = execute(&set, "f", &Options::default()).unwrap_err();
    assert_eq!(error.abort(), Some("no: way"));
    assert_eq!(error.position().unwrap().in_go(), "f:2:4");
}

#[test]
fn a_text_that_does_not_parse_is_the_cause() {
    assert_eq!(
        render(r#"{{ tpl "{{ nope }}" . }}"#),
        "template: f:1:3: executing \"f\" at <tpl \"{{ nope }}\" .>: error calling tpl: template: gotpl:1: function \"nope\" not defined"
    );
}

#[test]
fn before_go_1_24_integers_are_no_range() {
    let options = Options {
        range_over_integers: false,
        ..Options::default()
    };
    let error = execute(&set(&[("f", "{{ range 3 }}{{ end }}")]), "f", &options).unwrap_err();
    assert_eq!(error.message(), "range can't iterate over 3");
}

#[test]
fn what_a_missing_key_gives_is_an_option() {
    let set = set(&[("f", "{{ .none.b.c }}")]);
    let with = |missing_key| {
        let options = Options {
            missing_key,
            ..Options::default()
        };
        execute(&set, "f", &options).map_err(|error| {
            assert!(missing_key == MissingKey::Zero || error.is_for_absent_field());
            error.message()
        })
    };
    assert_eq!(with(MissingKey::Invalid).unwrap(), "<no value>");
    assert_eq!(
        with(MissingKey::Zero).unwrap_err(),
        "nil pointer evaluating interface {}.b"
    );
    assert_eq!(
        with(MissingKey::Error).unwrap_err(),
        "map has no entry for key \"none\""
    );
}

#[test]
fn output_is_limited() {
    let limited = |output| Options {
        limits: Limits {
            output,
            ..Limits::default()
        },
        ..Options::default()
    };
    let set = set(&[
        ("f", r#"ab{{ "cd" }}{{ include "t" . | len }}"#),
        ("t", "ef"),
    ]);
    assert_eq!(execute(&set, "f", &limited(7)).unwrap(), "abcd2");
    let error = execute(&set, "f", &limited(6)).unwrap_err();
    assert_eq!(error.exceeded(), exceeded(Limit::Output, 6));
}

#[test]
fn fuel_is_limited() {
    let options = Options {
        limits: Limits {
            fuel: 100_000,
            ..Limits::default()
        },
        ..Options::default()
    };
    let set = set(&[("f", "{{ range 9223372036854775807 }}{{ end }}")]);
    let error = execute(&set, "f", &options).unwrap_err();
    assert_eq!(error.exceeded(), exceeded(Limit::Fuel, 100_000));
}

#[test]
fn endless_recursion_of_templates_ends_with_the_error_of_go() {
    let text = r#"{{ define "t" }}{{ if true }}{{ template "t" . }}{{ end }}{{ end }}{{ template "t" . }}"#;
    let expected = "exceeded maximum template depth (100000)";
    assert!(render(text).ends_with(expected));
    assert!(with_stack(|| render(text)).unwrap().ends_with(expected));
}

#[test]
fn what_functions_make_is_limited() {
    let options = Options {
        limits: Limits {
            memory: 1_000,
            ..Limits::default()
        },
        ..Options::default()
    };
    let set = set(&[(
        "f",
        r#"{{ $x := "0123456789" }}{{ range 99 }}{{ $x = print $x $x }}{{ end }}"#,
    )]);
    let error = execute(&set, "f", &options).unwrap_err();
    assert_eq!(error.exceeded(), exceeded(Limit::Memory, 1_000));
    assert_eq!(error.position().unwrap().to_string(), "f:1:47");
}

#[test]
fn long_arguments_take_fuel() {
    let options = Options {
        limits: Limits {
            fuel: 1_000,
            ..Limits::default()
        },
        ..Options::default()
    };
    let text = format!(
        r#"{{{{ $x := "{}" }}}}{{{{ range 99 }}}}{{{{ len $x }}}}{{{{ end }}}}"#,
        "x".repeat(9_000)
    );
    let error = execute(&set(&[("f", &text)]), "f", &options).unwrap_err();
    assert_eq!(error.exceeded(), exceeded(Limit::Fuel, 1_000));
}

#[test]
fn endless_recursion_of_nested_executions_ends() {
    for text in [
        r#"{{ define "t" }}{{ include "t" . }}{{ end }}{{ include "t" . }}"#,
        r#"{{ define "t" }}{{ tpl `{{ include "t" . }}` . }}{{ end }}{{ include "t" . }}"#,
    ] {
        let expected = exceeded(Limit::Depth, 10_000);
        // On a small stack, Go's own error comes first.
        assert!(render(text).ends_with("exceeded maximum template depth (100000)"));
        // The error is a chain of ten thousand, which is dropped on the caller's small stack.
        let error = with_stack(|| {
            let set = set(&[("f", text)]);
            execute(&set, "f", &Options::default()).unwrap_err()
        });
        assert_eq!(error.unwrap().exceeded(), expected);
    }
}

/// Helm lets each name nest 1,001 times, and the value of each level is a text of the next.
#[test]
fn includes_nest_as_deep_as_helm_lets_them() {
    let text = r#"{{ define "t" }}{{ if . }}{{ with slice . 1 }}{{ if true }}{{ include "t" . | print }}{{ end }}{{ end }}{{ end }}x{{ end }}{{ include "t" .l }}"#;
    let rendered = with_stack(|| {
        let items = vec![Value::Nil; 1_001];
        let dot = Value::Map(Map::from_iter([("l", Value::from(items))]));
        let mut out = Vec::new();
        set(&[("f", text)])
            .execute("f", &dot, &(), &Options::default(), &mut out)
            .map(|()| out.len())
    });
    assert_eq!(rendered.unwrap(), Ok(1_001));
}

#[test]
fn nesting_in_the_text_is_limited() {
    let expected = "template: f:1: max expression depth exceeded";
    let parse = |text: String| {
        let mut set = set(&[]);
        set.parse("f", &text.into())
            .map_err(|error| error.to_string())
    };
    let parens = |n| format!("{{{{ {}1{} }}}}", "(".repeat(n), ")".repeat(n));
    let blocks = |n| format!("{}{}", "{{ if 1 }}".repeat(n), "{{ end }}".repeat(n));
    let chain = |n| format!("{{{{ if 1 }}}}{}{{{{ end }}}}", "{{ else if 1 }}".repeat(n));
    for make in [
        &parens as &(dyn Fn(usize) -> String + Sync),
        &blocks,
        &chain,
    ] {
        assert_eq!(parse(make(100_000)).unwrap_err(), expected);
        let large = with_stack(|| (parse(make(MAX_NESTING - 1)), parse(make(MAX_NESTING + 1))));
        assert_eq!(large.unwrap(), (Ok(()), Err(expected.to_owned())));
    }
    assert_eq!(
        parse("{{ (".repeat(100_000)).unwrap_err(),
        r#"template: f:1: unexpected "{" in parenthesized pipeline"#
    );
}

#[test]
fn the_deepest_nesting_that_parses_also_executes_and_prints() {
    let depth = MAX_NESTING - 1;
    let parens = format!("{{{{ {}.a.b.c{} }}}}", "(".repeat(depth), ")".repeat(depth));
    let blocks = format!(
        "{}x{}",
        "{{ if 1 }}".repeat(depth),
        "{{ end }}".repeat(depth)
    );
    let (parens, blocks) = with_stack(|| (render(&parens), render(&blocks))).unwrap();
    assert!(parens.ends_with("can't evaluate field b in type interface {}"));
    assert_eq!(blocks, "x");
}
