//! What functions do with the render around them: limits, the host, releases of Helm.

mod common;

use homescale_functions::{FixedHost, Host, Level, Moment, REFUSED, find};

fn prints(template: &str) -> String {
    common::render(template, "{}", Level::default()).expect("the template renders")
}

fn fails(template: &str) -> String {
    let error = common::render(template, "{}", Level::default()).expect_err("the template fails");
    error
        .chain()
        .last()
        .map(|error| error.message.clone())
        .unwrap_or_default()
}

/// Counts down from `.n`, one `include` inside the other.
fn nested(calls: usize) -> String {
    let template = r#"{{ define "deep" }}{{ if .n }}{{ include "deep" (dict "n" (sub .n 1)) }}{{ else }}end{{ end }}{{ end }}"#;
    format!(
        r#"{template}{{{{ include "deep" (dict "n" {}) }}}}"#,
        calls - 1
    )
}

#[test]
fn a_template_includes_itself_a_thousand_times() {
    assert_eq!(prints(&nested(1001)), "end");
    assert_eq!(
        fails(&nested(1002)),
        "error calling include: rendering template has a nested reference name: deep: unable to execute template"
    );
}

#[test]
fn the_limit_counts_running_calls_only() {
    let template =
        r#"{{ define "x" }}x{{ end }}{{ range until 3000 }}{{ include "x" . }}{{ end }}"#;
    assert_eq!(prints(template).len(), 3000);
}

#[test]
fn time_and_randomness_are_the_hosts() {
    assert_eq!(prints("{{ now }}"), "2024-05-06 07:08:09 +0000 UTC");
    assert_eq!(prints(r#"{{ date "2006-01-02" 1.5 }}"#), "2024-05-06");
    assert_eq!(
        prints("{{ randAlphaNum 12 }}"),
        prints("{{ randAlphaNum 12 }}")
    );
    assert_eq!(prints("{{ ago (int64 1714975689) }}"), "1h0m0s");
}

#[test]
fn a_fixed_host_repeats_itself() {
    let bytes = |seed| {
        let mut bytes = [0; 20];
        FixedHost::new(Moment::default(), "UTC", seed).random(&mut bytes);
        bytes
    };
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
}

#[test]
fn what_is_refused_parses_and_fails_when_it_is_called() {
    for (name, reason) in REFUSED {
        let parameters = find(name).unwrap().signature.params.len();
        assert!(parameters > 0, "{name}");
        assert_eq!(
            prints(&format!("{{{{ if false }}}}{{{{ {name} }}}}{{{{ end }}}}")),
            ""
        );
        assert!(reason.ends_with('.'));
    }
    if REFUSED.iter().any(|(name, _)| *name == "genCA") {
        assert!(fails(r#"{{ genCA "ca" 1 }}"#).starts_with("error calling genCA: "));
    }
}

#[test]
fn maps_that_hold_themselves_end_in_an_error() {
    let template = r#"{{ $a := dict }}{{ $_ := set $a "a" $a }}{{ $b := dict }}{{ $_ := set $b "a" $b }}{{ merge $a $b }}"#;
    assert!(fails(template).contains("nested too deeply"));
    let toml = r#"{{ $l := list }}{{ $d := dict "l" $l }}{{ $_ := set $d "d" $d }}{{ toToml $d }}"#;
    assert!(prints(toml).contains("nested too deeply"));
}

#[test]
fn a_sorted_list_is_the_same_list() {
    let template = r#"{{ $l := splitList "," "b,a" }}{{ $d := dict "l" $l }}{{ $_ := sortAlpha $l }}{{ $d.l }}"#;
    assert_eq!(prints(template), "[a b]");
}

#[test]
fn helm_3_has_no_must_to_yaml() {
    let render = |level| common::render("{{ mustToYaml 1 }}", "{}", level);
    assert_eq!(render(Level::V4_1).as_deref(), Ok("1"));
    let error = render(Level::V3_17).expect_err("the name came with Helm 4");
    assert!(
        error
            .message
            .contains(r#"function "mustToYaml" not defined"#)
    );
}

#[test]
fn yaml_has_no_form_for_complex_numbers() {
    assert_eq!(
        fails("{{ toYamlPretty (list 1i) }}"),
        "error calling toYamlPretty: cannot marshal type: complex128"
    );
    assert_eq!(prints("{{ toYaml (list 1i) }}"), "");
}
