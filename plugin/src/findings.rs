//! Diagnostics as a person reads them: the message, and the line of the source that it is about.

use std::fmt::Write;

use homescale_fileset::FileSet;
use homescale_located::{Diagnostic, Diagnostics, Severity};

use crate::failure::Failure;
use crate::terminal::{ColorChoice, Stream};

/// The longest line of a source that is shown.
const MAX_SHOWN: usize = 120;

/// The failure that these diagnostics make: only the errors among them are shown.
pub(crate) fn failure(found: &Diagnostics, files: &FileSet) -> Failure {
    let is_colored = ColorChoice::Auto.holds_for(Stream::Error);
    let errors = found.iter().filter(|finding| finding.is_error());
    Failure::Findings(
        errors
            .map(|finding| text(finding, files, is_colored))
            .collect(),
    )
}

/// One diagnostic with its source below it, and a line end.
pub(crate) fn text(finding: &Diagnostic, files: &FileSet, is_colored: bool) -> String {
    let text = finding.to_string();
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let mut out = if is_colored {
        paint(first, finding.severity)
    } else {
        first.to_owned()
    };
    out.push('\n');
    excerpt(&mut out, finding, files);
    if !rest.is_empty() {
        out.push_str(rest);
        out.push('\n');
    }
    out
}

/// Colours the severity in the first line.
fn paint(line: &str, severity: Severity) -> String {
    let color = match severity {
        Severity::Error => anstyle::AnsiColor::Red,
        Severity::Warning => anstyle::AnsiColor::Yellow,
        Severity::Note => anstyle::AnsiColor::Cyan,
    };
    let style = anstyle::Style::new().bold().fg_color(Some(color.into()));
    let word = format!("{severity}: ");
    let painted = format!("{}{severity}:{} ", style.render(), style.render_reset());
    line.replacen(&word, &painted, 1)
}

/// Appends the line that a finding is about, and a mark below its column.
fn excerpt(out: &mut String, finding: &Diagnostic, files: &FileSet) {
    let source = files
        .get(&finding.file)
        .ok()
        .flatten()
        .and_then(|bytes| std::str::from_utf8(bytes).ok());
    let line = finding
        .line
        .checked_sub(1)
        .and_then(|index| source?.lines().nth(index));
    let Some(line) =
        line.filter(|line| line.chars().count() <= MAX_SHOWN && !line.trim().is_empty())
    else {
        return;
    };
    let number = finding.line.to_string();
    let gutter = number.len();
    let shown: String = line
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "  {number} | {shown}");
    if finding.column > 0 {
        let _ = writeln!(
            out,
            "  {:gutter$} | {:>column$}",
            "",
            "^",
            column = finding.column
        );
    }
}
