//! Diagnostics as commands of GitHub's workflows, which shows them at the lines of a pull request.

use std::fmt::Write;

use homescale_located::{Diagnostic, Severity};

/// One diagnostic as a workflow command: `::error file=apps/web/app.yaml,line=7,col=3,title=missing-field::…`, and a line
/// end.
pub(crate) fn of(finding: &Diagnostic) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut out = format!("::{command} ");
    // Writing to a string cannot fail.
    if !finding.file.is_empty() {
        let _ = write!(out, "file={},", property(&finding.file));
    }
    for (name, number) in [("line", finding.line), ("col", finding.column)] {
        if number > 0 {
            let _ = write!(out, "{name}={number},");
        }
    }
    let _ = write!(out, "title={}::", property(finding.rule));
    let _ = writeln!(out, "{}", data(&finding.explanation()));
    out
}

/// The text of a command, in which a line must not end.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which also ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use homescale_located::{Location, rule};

    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let location = Location {
            file: "apps/a,b/app.yaml".to_owned(),
            line: 2,
            column: 0,
        };
        let mut finding = Diagnostic::new(&rule::YAML, location, "100% wrong");
        finding.hint = Some("mend it".to_owned());
        assert_eq!(
            of(&finding),
            "::error file=apps/a%2Cb/app.yaml,line=2,title=yaml::100%25 wrong%0Ahint: mend it\n"
        );
    }
}
