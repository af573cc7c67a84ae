//! What functions do with the render around them: limits, the host, releases of Helm.

mod common;
mod levels;

use homescale_functions::{FixedHost, Host, Timestamp};
use homescale_template::Error;

fn in_newest(template: &str) -> Result<String, Error> {
    let (_, newest) = levels::LEVELS.last().expect("there are levels");
    common::render(template, "{}", *newest)
}

fn prints(template: &str) -> String {
    in_newest(template).expect("the template renders")
}

fn fails(template: &str) -> String {
    let error = in_newest(template).expect_err("the template fails");
    error.chain().last().map(Error::message).unwrap_or_default()
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
        FixedHost::new(Timestamp::default(), "UTC", seed).random(&mut bytes);
        bytes
    };
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
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
    assert_eq!(prints("{{ mustToYaml 1 }}"), "1");
    let (_, oldest) = levels::LEVELS.first().expect("there are levels");
    let error = common::render("{{ mustToYaml 1 }}", "{}", *oldest);
    let error = error.expect_err("the name came with Helm 4");
    assert!(
        error
            .message()
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
