use super::*;

// Two spaces at the end of a line are written apart, where no editor takes them away.
const MANIFEST: &str = concat!(
    r#"# Source: a comment
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
  annotations:
    "example.com/note": 'it''s one'
spec:
  names: {}
  versions:
  - name: v1
    schema:
      description: |-
        A text: with # anything

         in it.
      properties:
        size:
          description: A size, which
            goes on: not here
          enum:
            - 1
            - -2.5
            - "a\"b"
            - - nested
              - 'two
                lines'
      empty:
      below:
        {}
      words:
        one word
      checksum: 0717e77fd3bb94
      arguments: [ "-a", 'b', c ]  # in brackets
      command:
      - --secure-port=10250
      - -ec # a shell
      columns: # of a table
      - jsonPath: .status.conditions[?(@.type=="Ready")].status
        rule: 0 < self && self <= 65535
        record: :node_memory:sum
        none: []
      escaped: "a b\
        \  c\n
        d" # the end
      indented: |2-
           three more
        two
      trailing: |"#,
    "  ",
    r#"
        x
  served: true
"#
);

fn wanted(key: &[u8]) -> bool {
    [&b"kind"[..], b"metadata"].contains(&key)
}

/// What is read in part must be what the full reader gives.
fn check(text: &[u8]) -> bool {
    let Some(kept) = wanted_text(text, &wanted) else {
        return false;
    };
    let shown = String::from_utf8_lossy(text);
    let whole = from_slice(text).unwrap_or_else(|error| panic!("{error}:\n{shown}"));
    let part = from_slice(&kept).unwrap_or_else(|error| panic!("{error} in a part:\n{shown}"));
    let (Value::Map(whole), Value::Map(part)) = (whole, part) else {
        panic!("no mapping:\n{shown}");
    };
    for key in ["kind", "metadata"] {
        let of = |map: &homescale_value::Map| format!("{:?}", map.get(key));
        assert_eq!(of(&part), of(&whole), "{shown}");
    }
    true
}

#[test]
fn an_ordinary_manifest_is_read_in_part() {
    let text = MANIFEST.replace("on: not", "on, not");
    assert!(check(text.as_bytes()));
    let kept = wanted_text(text.as_bytes(), &wanted).unwrap();
    let kept = String::from_utf8(kept).unwrap();
    assert!(
        kept.starts_with("kind: C") && kept.ends_with("one'\n"),
        "{kept}"
    );
}

#[test]
fn errors_are_those_of_the_full_reader() {
    let text = MANIFEST.as_bytes();
    assert!(!check(text));
    let error = entries_from_slice(text, wanted).unwrap_err().to_string();
    assert_eq!(error, from_slice(text).unwrap_err().to_string());
    assert!(error.contains("mapping values"), "{error}");
}

#[test]
fn a_wanted_entry_may_hold_a_list_that_is_not_indented() {
    let text = b"kind:\n- a\n- b: c\nmetadata: x\n";
    assert!(check(text));
}

/// Characters and texts that mean something, to break the manifest with.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\n",
    "-",
    "- ",
    ":",
    ": ",
    "#",
    " #",
    "'",
    "\"",
    "\\",
    "|",
    ">",
    "&a",
    "*a",
    "!!x ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "?",
    "? ",
    "---",
    "...",
    "%",
    "@",
    "`",
    "\t",
    "\r",
    "\u{e9}",
    "\u{2028}",
    "\u{85}",
    "\u{feff}",
    "\u{7}",
    ".inf",
    "1e999",
    "null",
    "<<: ",
    "~",
    "=",
    "kind:",
    "\n\n",
    "|2",
    "[a, \"b\"]",
    " # c",
    ".x",
    "-x",
    "e1",
    "\\\n",
    ">-",
    "|+\n",
    "x",
    "metadata:\n",
];

#[test]
fn a_broken_manifest_is_never_read_as_something_else() {
    let mut state = 7u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    let good = MANIFEST.replace("on: not", "on, not");
    let mut read = 0;
    for _ in 0..20_000 {
        let mut text = good.clone();
        for _ in 0..=random(2) {
            let at = text.len().min(random(text.len() + 1));
            let mut ahead = random(4);
            while !text.is_char_boundary((at + ahead).min(text.len())) {
                ahead += 1;
            }
            let end = (at + ahead).min(text.len());
            if text.is_char_boundary(at) {
                let chunk = PIECES[random(PIECES.len())];
                text.replace_range(at..end, if random(4) == 0 { "" } else { chunk });
            }
        }
        read += usize::from(check(text.as_bytes()));
    }
    assert!(read > 300, "{read}");
}
