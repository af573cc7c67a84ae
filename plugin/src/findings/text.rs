//! Diagnostics as a person reads them: the message, and the line of the source that it is about.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use homescale_located::{Diagnostic, Severity, SourceLines};

/// The longest line of a source that is shown.
const MAX_SHOWN: usize = 120;

/// One diagnostic with its source below it, and a line end.
pub(crate) fn of(finding: &Diagnostic, sources: &SourceLines<'_>, is_colored: bool) -> String {
    let excerpt = excerpt(finding, sources).unwrap_or_default();
    let severity = finding.severity;
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = if is_colored {
        let style = style(severity);
        finding.write(
            &mut out,
            &format_args!("{style}{severity}{style:#}"),
            &excerpt,
        )
    } else {
        finding.write(&mut out, &severity, &excerpt)
    };
    out.push('\n');
    out
}

/// How a severity is coloured.
fn style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Cyan,
    };
    color.on_default().bold()
}

/// The line that a finding is about, and a mark below its column, each with a line feed before it.
fn excerpt(finding: &Diagnostic, sources: &SourceLines<'_>) -> Option<String> {
    let lines = sources.of(&finding.file);
    let line = std::str::from_utf8(lines.get(finding.line)?).ok()?;
    if line.chars().count() > MAX_SHOWN || line.trim().is_empty() {
        return None;
    }
    let number = finding.line.to_string();
    let shown = line
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>();
    let mut out = format!("\n  {number} | {shown}");
    if finding.column > 0 {
        // Writing to a string cannot fail.
        let (gutter, column) = (number.len(), finding.column);
        let _ = write!(out, "\n  {:gutter$} | {:>column$}", "", "^");
    }
    Some(out)
}
