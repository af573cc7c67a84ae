//! What `lint --output json` prints.

use serde_json::{Value, json};

/// The JSON Schema of findings as JSON.
///
/// ```
/// let schema = homescale_catalog::findings_schema();
/// assert_eq!(schema["type"], "array");
/// ```
pub fn findings_schema() -> Value {
    let text = |about: &str| json!({"type": "string", "description": about});
    let number = |about: &str| json!({"type": "integer", "minimum": 0, "description": about});
    let location = json!({
        "type": "object",
        "description": "Where.",
        "additionalProperties": false,
        "required": ["file", "line", "column"],
        "properties": {
            "file": text("The path from the root of the repository; empty when no file is to blame."),
            "line": number("The line, from 1; 0 for the file as a whole."),
            "column": number("The column in characters, from 1; 0 for the line as a whole."),
        },
    });
    let related = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["location", "message"],
        "properties": {"location": location, "message": text("What is there.")},
    });
    let finding = json!({
        "type": "object",
        "additionalProperties": false,
        "required": [
            "severity", "rule", "file", "line", "column", "message", "hint", "related", "clusters",
        ],
        "properties": {
            "severity": {"enum": ["error", "warning", "note"], "description": "How bad it is."},
            "rule": text("The name of the rule: `lint --explain` says what it is about."),
            "file": location["properties"]["file"],
            "line": location["properties"]["line"],
            "column": location["properties"]["column"],
            "message": text("What is wrong: what was found, and what was expected."),
            "hint": {
                "type": ["string", "null"],
                "description": "What to do about it, where that is clear.",
            },
            "related": {
                "type": "array",
                "items": related,
                "description": "Other places that belong to it.",
            },
            "clusters": {
                "type": "array",
                "items": {"type": "string"},
                "description": "The clusters on which it is so; empty when it is so on every one, or does not depend on any.",
            },
        },
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Findings of `helm-catalog lint`",
        "description": "What is wrong with a catalog, in order of files and places.",
        "type": "array",
        "items": finding,
    })
}
