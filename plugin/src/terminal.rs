//! The terminal: standard input, output and error, colour.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ValueEnum;
use homescale_fileset::printable_lines;
use homescale_go::os::error_text;

use crate::failure::Failure;

/// How much is collected before it is written.
const BUFFER: usize = 64 << 10;

/// Prints to standard output, all of it.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    print_pieces(&[bytes])
}

/// Prints to standard output, one piece after the other.
pub(crate) fn print_pieces(pieces: &[&[u8]]) -> Result<(), Failure> {
    let size = pieces.iter().map(|piece| piece.len()).sum::<usize>();
    let mut out = BufWriter::with_capacity(size.min(BUFFER), io::stdout().lock());
    let written = pieces.iter().try_for_each(|piece| out.write_all(piece));
    let written = written.and_then(|()| out.flush());
    // What could not be written must not be tried again.
    drop(out.into_parts());
    written.map_err(|error| unwritten(&error))
}

/// Why something is not on standard output.
pub(crate) fn unwritten(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Failure::PipeClosed;
    }
    let error = error_text(error);
    Failure::Input(format!("standard output: cannot write: {error}"))
}

/// Tells what went wrong, if anything did. Returns the exit status.
pub(crate) fn status_of(result: Result<(), Failure>) -> i32 {
    match result {
        Ok(()) => 0,
        Err(failure) => {
            log(&failure);
            i32::from(failure.status())
        }
    }
}

/// Prints a failure to standard error.
pub(crate) fn log(failure: &Failure) {
    let report = failure.report();
    let report = match failure {
        // Where it has colours, they are ours; the rest is printable.
        Failure::Findings(_) => report.into(),
        _ => shown(&report, io::stderr().is_terminal()),
    };
    // Nobody is left to tell when standard error is closed.
    let _ = io::stderr().write_all(report.as_bytes());
}

/// Prints lines to standard error.
pub(crate) fn warn(lines: &[impl Display]) {
    let mut out = io::stderr().lock();
    for line in lines {
        let line = line.to_string();
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(out, "{}", shown(&line, out.is_terminal()));
    }
}

/// A text with names and values of others in it, for a terminal, which it must not rule, or as it is, for a program.
fn shown(text: &str, is_terminal: bool) -> Cow<'_, str> {
    if is_terminal {
        printable_lines(text)
    } else {
        text.into()
    }
}

/// Reads all of standard input.
pub(crate) fn read_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes)?;
    Ok(bytes)
}

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard output.
    Output,
    /// Standard error.
    Error,
}

impl Stream {
    /// Whether it is a terminal that understands more than text: `TERM=dumb` is none.
    pub(crate) fn takes_escapes(self) -> bool {
        let is_terminal = match self {
            Self::Output => io::stdout().is_terminal(),
            Self::Error => io::stderr().is_terminal(),
        };
        is_terminal && anstyle_query::term_supports_ansi_color()
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set or TERM is `dumb`
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ColorChoice {
    /// Whether what goes to this stream is coloured.
    pub(crate) fn holds_for(self, stream: Stream) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => stream.takes_escapes() && !anstyle_query::no_color(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_not_ruled_by_what_others_wrote() {
        let text = "Error: a\x1b[2J\r: it failed\n";
        assert_eq!(shown(text, true), "Error: a\\u{1b}[2J\\r: it failed\n");
        assert_eq!(shown(text, false), text);
    }
}
