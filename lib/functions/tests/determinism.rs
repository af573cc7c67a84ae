//! Seeds and the report: what repeats, what does not, and what is told of it.

mod levels;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use homescale_functions::{
    Environment, FixedHost, GROUPS, Host, Recorder, SeededHost, Subject, Timestamp,
};
use homescale_template::{Functions, Options, Set, with_stack};
use homescale_value::{Map, Value};

const SEED: &[u8] = b"the seed of these tests, not secret";

const WEB: Subject<'static> = Subject {
    release: "web",
    namespace: "default",
    chart: "web",
};

/// What the first of these templates prints.
fn render(host: Rc<dyn Host>, files: &[(&str, &str)]) -> String {
    let mut set = Set::new("gotpl", Arc::new(Functions::new(GROUPS)));
    for (name, text) in files {
        set.parse(name, &(*text).into())
            .expect("the template is one");
    }
    let (_, newest) = levels::LEVELS.last().expect("there are levels");
    let environment = Environment::new(host, *newest);
    let dot = Value::Map(Map::new());
    let mut out = Vec::new();
    set.execute(
        files[0].0,
        &dot,
        &environment,
        &Options::default(),
        &mut out,
    )
    .expect("the template renders");
    String::from_utf8(out).expect("the text is UTF-8")
}

fn seeded(seed: &[u8], subject: Subject<'_>, files: &[(&str, &str)]) -> String {
    let host = SeededHost::new(
        Rc::new(FixedHost::default()),
        seed,
        SeededHost::DEFAULT_TIME,
    );
    host.rendering(subject);
    render(Rc::new(host), files)
}

/// A host with a monotonic clock, which stands still as its other clock does.
struct Monotonic(FixedHost);

impl Host for Monotonic {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn monotonic(&self) -> Option<i64> {
        Some(105_577_061)
    }

    fn local_zone(&self) -> &str {
        self.0.local_zone()
    }

    fn local_zone_name(&self) -> &str {
        self.0.local_zone_name()
    }

    fn random(&self, bytes: &mut [u8]) {
        self.0.random(bytes);
    }

    fn host_by_name(&self, name: &str) -> Option<String> {
        self.0.host_by_name(name)
    }
}

/// As Helm 3.17.3, 4.1.4 and 4.3.1 print them, but for the digits.
#[test]
fn the_monotonic_clock_is_printed_as_long_as_a_time_keeps_it() {
    const TIMES: &[(&str, &str)] = &[
        ("now", "1970-01-01 00:00:00 +0000 UTC m=+0.105577061"),
        (
            "now | quote",
            "\"1970-01-01 00:00:00 +0000 UTC m=+0.105577061\"",
        ),
        ("list now", "[1970-01-01 00:00:00 +0000 UTC m=+0.105577061]"),
        (
            "now | dateModify \"1h\"",
            "1970-01-01 01:00:00 +0000 UTC m=+3600.105577061",
        ),
        (
            "now | dateModify \"-1h\"",
            "1969-12-31 23:00:00 +0000 UTC m=-3599.894422939",
        ),
        (
            "now.Add (now.Sub now)",
            "1970-01-01 00:00:00 +0000 UTC m=+0.105577061",
        ),
        ("now.UTC", "1970-01-01 00:00:00 +0000 UTC"),
        ("now.Local", "1970-01-01 00:00:00 +0000 UTC"),
        ("now.In now.Location", "1970-01-01 00:00:00 +0000 UTC"),
        ("now.AddDate 0 0 1", "1970-01-02 00:00:00 +0000 UTC"),
        (
            "now.Truncate (now.Sub now)",
            "1970-01-01 00:00:00 +0000 UTC",
        ),
        ("now.Round (now.Sub now)", "1970-01-01 00:00:00 +0000 UTC"),
        ("now.Format \"15:04\"", "00:00"),
        ("now | toJson", "\"1970-01-01T00:00:00Z\""),
    ];
    for (time, shown) in TIMES {
        let file = format!("{{{{ {time} }}}}");
        let host = Rc::new(Monotonic(FixedHost::default()));
        assert_eq!(render(host.clone(), &[("t", &file)]), *shown, "{time}");
        let recorder = Rc::new(Recorder::new(host.clone()));
        assert_eq!(render(recorder, &[("t", &file)]), *shown, "{time}");
    }
    let host = Rc::new(Monotonic(FixedHost::default()));
    let seeded = SeededHost::new(host, SEED, SeededHost::DEFAULT_TIME);
    let text = render(Rc::new(seeded), &[("t", "{{ now }}")]);
    assert!(!text.contains("m="), "{text}");
}

/// One line for each function that is random.
const ALL: &str = r#"{{ randAlphaNum 20 }}
{{ randAlpha 20 }}
{{ randAscii 20 }}
{{ randNumeric 20 }}
{{ randBytes 20 }}
{{ randInt 0 1000000000000 }}
{{ shuffle "abcdefghijklmnopqrstuvwxyz" }}
{{ uuidv4 }}
{{ bcrypt "p" }}
{{ htpasswd "me" "p" }}
{{ encryptAES "k" "text" }}
{{ genPrivateKey "ecdsa" | sha256sum }}
{{ genPrivateKey "ed25519" | sha256sum }}
{{ $ca := genCA "ca" 365 }}{{ $ca.Cert | sha256sum }}
{{ (genSignedCert "a" nil (list "a.example") 365 $ca).Cert | sha256sum }}
{{ (genSelfSignedCertWithKey "a" nil nil 365 (genPrivateKey "ecdsa")).Cert | sha256sum }}"#;

#[test]
fn a_seeded_render_repeats() {
    with_stack(|| {
        let files = [("a", ALL)];
        let first = seeded(SEED, WEB, &files);
        assert_eq!(seeded(SEED, WEB, &files), first);
        let others = [
            seeded(b"another seed of some length", WEB, &files),
            seeded(
                SEED,
                Subject {
                    release: "other",
                    ..WEB
                },
                &files,
            ),
            seeded(
                SEED,
                Subject {
                    namespace: "other",
                    ..WEB
                },
                &files,
            ),
            seeded(
                SEED,
                Subject {
                    chart: "other",
                    ..WEB
                },
                &files,
            ),
            seeded(SEED, WEB, &[("b", ALL)]),
        ];
        for other in &others {
            for (line, same_line) in other.lines().zip(first.lines()) {
                assert_ne!(line, same_line);
            }
        }
    })
    .expect("a thread can be started");
}

#[test]
fn each_call_is_random_by_itself() {
    let helper = r#"{{ define "password" }}{{ randAlphaNum 16 }}{{ end }}"#;
    let text = r#"{{ range until 5 }}{{ randAlphaNum 16 }} {{ end -}}
{{ randAlphaNum 16 }} {{ randAlphaNum 16 }} {{ include "password" . }} {{ template "password" . }} {{ tpl "{{ randAlphaNum 16 }}" . }}"#;
    let printed = seeded(SEED, WEB, &[("a", text), ("_h", helper)]);
    let words: BTreeSet<&str> = printed.split(' ').collect();
    assert_eq!(words.len(), 10, "{printed}");
}

#[test]
fn a_change_elsewhere_changes_nothing_here() {
    let helper = r#"{{ define "password" }}{{ randAlphaNum 16 }}{{ end }}"#;
    let last = |text: &str| {
        let printed = seeded(SEED, WEB, &[("a", text), ("_h", helper)]);
        printed
            .lines()
            .last()
            .map(str::to_owned)
            .unwrap_or_default()
    };
    let plain = last("\n{{ include \"password\" . }}");
    assert_eq!(
        last("{{ include \"password\" . }}\n{{ include \"password\" . }}"),
        plain
    );
    assert_eq!(
        last("{{ randAlphaNum 9 }}{{ uuidv4 }}\n{{ include \"password\" . }}"),
        plain
    );
    assert_ne!(last("\n\n{{ include \"password\" . }}"), plain);
}

#[test]
fn a_longer_text_starts_with_the_shorter_one() {
    let [short, long] = ["{{ randAlphaNum 8 }}", "{{ randAlphaNum 30 }}"]
        .map(|text| seeded(SEED, WEB, &[("a", text)]));
    assert!(long.starts_with(&short), "{long} {short}");
}

#[test]
fn characters_are_equally_likely() {
    let text = seeded(SEED, WEB, &[("a", "{{ randNumeric 20000 }}")]);
    for digit in '0'..='9' {
        let count = text.matches(digit).count();
        assert!((1800..2200).contains(&count), "{digit}: {count}");
    }
}

#[test]
fn the_clock_stands_still() {
    let printed = seeded(
        SEED,
        WEB,
        &[("a", "{{ now }} {{ now | date \"15:04 MST\" }}")],
    );
    assert_eq!(printed, "2026-01-01 00:00:00 +0000 UTC 00:00 UTC");
}

#[test]
fn certificates_that_are_expired_are_told() {
    let year = |text: &str| Timestamp::from_rfc3339(text).expect("that is a time");
    let made_in = |time: &str| {
        let clock = Rc::new(FixedHost::new(year("2026-06-01T00:00:00Z"), "UTC", 1));
        let host = Rc::new(SeededHost::new(clock, SEED, year(time)));
        let text = "\n {{ (genCAWithKey \"ca\" 365 (genPrivateKey \"ed25519\")).Cert | len }}";
        render(Rc::<SeededHost>::clone(&host), &[("a", text)]);
        let expired = host.expired();
        expired
            .iter()
            .map(|(place, until)| format!("{place} {until}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        made_in("2024-01-01T00:00:00Z"),
        ["a:2:6 2024-12-31T00:00:00Z"]
    );
    assert!(made_in("2026-01-01T00:00:00Z").is_empty());
}

#[test]
fn the_report_names_each_call_that_was_reached() {
    let text = r#"{{ if false }}{{ uuidv4 }}{{ end }}
{{ range until 3 }}{{ include "password" . }}{{ end }}
{{ template "password" . }} {{ now | date "2006" }} {{ date "2006" "" }} {{ ago now }}
{{ tpl "{{ randInt 1 9 }}{{ randInt 1 9 }}" . }}
{{ lookup "v1" "Secret" "a" "b" }}{{ getHostByName "a.example" }}{{ derivePassword 1 "pin" "a" "b" "c" }}"#;
    let helper = r#"{{ define "password" }}
  {{- randAlphaNum 16 | b64enc }}{{ end }}"#;
    let report = |host: Rc<dyn Host>| {
        let recorder = Rc::new(Recorder::new(host));
        render(
            Rc::<Recorder>::clone(&recorder),
            &[("a.yaml", text), ("_h.tpl", helper)],
        );
        let calls = recorder.calls();
        calls.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let plain = report(Rc::new(FixedHost::default()));
    assert_eq!(
        plain,
        [
            "_h.tpl:2:7: randAlphaNum, 4 times",
            "a.yaml:3:32: now, once",
            "a.yaml:3:56: date, once",
            "a.yaml:3:77: ago, once",
            "a.yaml:3:81: now, once",
            "a.yaml:4:4: randInt in a text for tpl, 2 times",
            "a.yaml:5:4: lookup, once",
            "a.yaml:5:38: getHostByName, once",
        ]
    );
    let inner = Rc::new(FixedHost::default());
    let seeded = SeededHost::new(inner, SEED, SeededHost::DEFAULT_TIME);
    assert_eq!(report(Rc::new(seeded)), plain);
}
