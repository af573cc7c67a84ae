//! What Helm tells its user besides the result: lines on standard error.

use std::cell::RefCell;
use std::fmt::Write as _;

use crate::helm_version::{HelmVersion, LogFormat};
use homescale_go::strconv::quote;
use homescale_go::unicode::is_print;

/// Collects the lines, in the form of a Helm.
#[derive(Debug)]
pub(crate) struct Log {
    helm: HelmVersion,
    lines: RefCell<Vec<String>>,
}

/// A message that Helm logs, in the forms of both majors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message<'a> {
    /// `file.go:123` of the call in Helm 3.17; the table of versions has those that moved.
    pub(crate) call: &'a str,
    /// The text of Helm 3.
    pub(crate) plain: &'a str,
    /// `INFO`, `WARN` or `ERROR` of Helm 4.
    pub(crate) severity: &'a str,
    /// The text of Helm 4.
    pub(crate) text: &'a str,
    /// What Helm 4 adds.
    pub(crate) fields: &'a [(&'a str, &'a str)],
}

impl Log {
    /// An empty log.
    pub(crate) fn new(helm: HelmVersion) -> Self {
        let lines = RefCell::default();
        Self { helm, lines }
    }

    /// Logs a message that both majors write by Go's `log` package.
    pub(crate) fn print(&self, call: &str, text: &str) {
        self.message(&Message {
            call,
            plain: text,
            severity: "INFO",
            text,
            fields: &[],
        });
    }

    /// Logs a message.
    pub(crate) fn message(&self, message: &Message<'_>) {
        let line = match self.helm.row().major.log {
            LogFormat::FileAndLine if message.call.is_empty() => message.plain.to_owned(),
            LogFormat::FileAndLine => format!("{}: {}", self.place(message.call), message.plain),
            LogFormat::Structured => structured(message),
        };
        self.line(line);
    }

    /// Logs what Helm 4 says with `--debug`. What Helm 3 says then has the time in it.
    pub(crate) fn debug(&self, text: &str, fields: &[(&str, &str)]) {
        if self.helm.row().major.log == LogFormat::Structured {
            self.message(&Message {
                call: "",
                plain: "",
                severity: "DEBUG",
                text,
                fields,
            });
        }
    }

    /// Logs bytes that Helm 4 shows with `--debug`, which are always quoted.
    pub(crate) fn debug_bytes(&self, text: &str, name: &str, bytes: &[u8]) {
        if self.helm.row().major.log == LogFormat::Structured {
            let (text, bytes) = (field(text), homescale_go::strconv::quote(bytes));
            self.line(format!("level=DEBUG msg={text} {name}={bytes}"));
        }
    }

    /// Where this Helm makes a call that Helm 3.17 makes there.
    fn place<'a>(&self, call: &'a str) -> &'a str {
        let mut moved = self.helm.row().moved_calls.iter().copied().flatten();
        let found = moved.find(|(old, _)| *old == call);
        found.map_or(call, |(_, new)| new)
    }

    /// Adds a finished line.
    pub(crate) fn line(&self, line: String) {
        self.lines.borrow_mut().push(line);
    }

    /// The lines so far, which leave the log.
    pub(crate) fn take(&self) -> Vec<String> {
        self.lines.take()
    }
}

impl HelmVersion {
    /// What Helm logs when it follows a symbolic link in the folder of a chart, given both paths.
    pub fn note_of_link(self, link: &str, target: &str) -> String {
        let log = Log::new(self);
        log.message(&Message {
            call: "walk.go:75",
            plain: &format!(
                "found symbolic link in path: {link} resolves to {target}. Contents of linked file included and used"
            ),
            severity: "INFO",
            text: "found symbolic link in path. Contents of linked file included and used",
            fields: &[("path", link), ("resolved", target)],
        });
        log.take().join("\n")
    }
}

/// The line that Helm 4 writes with `--debug`: Go's `slog` text handler, without the time.
///
/// ```
/// use homescale_chart::command::debug_line;
///
/// let line = debug_line("Chart path", &[("path", "/charts/web")]);
/// assert_eq!(line, "level=DEBUG msg=\"Chart path\" path=/charts/web");
/// ```
pub fn debug_line(text: &str, fields: &[(&str, &str)]) -> String {
    structured(&Message {
        call: "",
        plain: "",
        severity: "DEBUG",
        text,
        fields,
    })
}

/// A line of Go's `slog` text handler, without the time.
fn structured(message: &Message<'_>) -> String {
    let mut line = format!("level={} msg={}", message.severity, field(message.text));
    for (name, value) in message.fields {
        // Writing to a string cannot fail.
        let _ = write!(line, " {name}={}", field(value));
    }
    line
}

/// A value in such a line: quoted if it could be misread.
fn field(text: &str) -> String {
    let is_plain = |c: char| !matches!(c, ' ' | '=' | '"' | '\u{fffd}') && is_print(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    quote(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_when_needed() {
        assert_eq!(field("a.b"), "a.b");
        assert_eq!(field("a b"), "\"a b\"");
        assert_eq!(field(""), "\"\"");
        assert_eq!(field("\\"), "\\");
    }
}
