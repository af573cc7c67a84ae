//! Diagnostics as a person reads them: the message, and the line of the source that it is about.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use homescale_fileset::FileSet;
use homescale_located::{Diagnostic, Severity};

/// The longest line of a source that is shown.
const MAX_SHOWN: usize = 120;

/// One diagnostic with its source below it, and a line end.
pub(crate) fn of(finding: &Diagnostic, files: &FileSet, is_colored: bool) -> String {
    let excerpt = excerpt(finding, files).unwrap_or_default();
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
fn excerpt(finding: &Diagnostic, files: &FileSet) -> Option<String> {
    let source = files.get(&finding.file).ok().flatten()?;
    let source = std::str::from_utf8(source).ok()?;
    let line = source.lines().nth(finding.line.checked_sub(1)?)?;
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
