//! Go's `encoding/csv`, of which flags need the first record.

use std::fmt;

/// Why a text has no record (`csv.ParseError`). The message is Go's, with the column in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseError {
    /// There is none (`io.EOF`).
    Eof,
    /// There is a quote where none may be.
    Quote {
        /// The line on which the record starts, from 1.
        start: usize,
        /// The line of the quote, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
        /// Whether it is in a field that does not begin with one (`csv.ErrBareQuote`), or else in one that does
        /// (`csv.ErrQuote`).
        is_bare: bool,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Quote {
            start,
            line,
            column,
            is_bare,
        } = self
        else {
            return f.write_str("EOF");
        };
        if start != line {
            write!(f, "record on line {start}; ")?;
        }
        let what = if *is_bare {
            "bare \" in non-quoted-field"
        } else {
            "extraneous or missing \" in quoted-field"
        };
        write!(f, "parse error on line {line}, column {column}: {what}")
    }
}

impl std::error::Error for ParseError {}

/// The fields of the first record (`csv.Reader.Read`).
///
/// # Errors
/// A quote is where none may be, or there is no record.
///
/// ```
/// use homescale_go::csv;
///
/// assert_eq!(csv::read("a,\"b,c\"\n").unwrap(), ["a", "b,c"]);
/// let error = csv::read("a\"b").unwrap_err();
/// assert_eq!(error.to_string(), "parse error on line 1, column 2: bare \" in non-quoted-field");
/// ```
pub fn read(text: &str) -> Result<Vec<String>, ParseError> {
    // Empty lines are no records.
    let mut line = 1;
    let mut rest = text;
    while let Some(after) = rest
        .strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix('\n'))
    {
        rest = after;
        line += 1;
    }
    if rest.is_empty() {
        return Err(ParseError::Eof);
    }
    Reader {
        rest,
        start: line,
        line,
        column: 1,
    }
    .fields()
}

struct Reader<'a> {
    rest: &'a str,
    start: usize,
    line: usize,
    column: usize,
}

impl<'a> Reader<'a> {
    fn fields(&mut self) -> Result<Vec<String>, ParseError> {
        let mut fields = Vec::new();
        loop {
            let (field, is_last) = match self.rest.strip_prefix('"') {
                Some(_) => {
                    self.skip(1);
                    self.quoted()?
                }
                None => self.plain()?,
            };
            fields.push(field);
            if is_last {
                return Ok(fields);
            }
        }
    }

    /// A field without quotes, and whether it ends the record.
    fn plain(&mut self) -> Result<(String, bool), ParseError> {
        let line = self.this_line();
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content
            .strip_suffix('\r')
            .filter(|_| content.len() < line.len())
            .unwrap_or(content);
        let (field, is_last) = match content.split_once(',') {
            Some((field, _)) => (field, false),
            None => (content, true),
        };
        if let Some(at) = field.find('"') {
            return Err(self.quote(self.column + at, true));
        }
        self.skip(field.len() + usize::from(!is_last));
        Ok((field.to_owned(), is_last))
    }

    /// A field after its opening quote, which may span lines.
    fn quoted(&mut self) -> Result<(String, bool), ParseError> {
        let mut field = String::new();
        loop {
            let line = self.this_line();
            let Some(at) = line.find('"') else {
                if line.is_empty() {
                    return Err(self.quote(self.column, false));
                }
                field.push_str(line);
                let ended = line.ends_with('\n');
                self.skip(line.len());
                if ended && !self.rest.is_empty() {
                    self.line += 1;
                    self.column = 1;
                }
                continue;
            };
            field.push_str(&line[..at]);
            let after = &line[at + 1..];
            self.skip(at + 1);
            if after.starts_with('"') {
                field.push('"');
                self.skip(1);
            } else if after.starts_with(',') {
                self.skip(1);
                return Ok((field, false));
            } else if matches!(after, "" | "\n" | "\r\n") {
                return Ok((field, true));
            } else {
                return Err(self.quote(self.column - 1, false));
            }
        }
    }

    /// What is left of the line, its end included.
    fn this_line(&self) -> &'a str {
        let end = self.rest.find('\n').map_or(self.rest.len(), |at| at + 1);
        &self.rest[..end]
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
        self.column += bytes;
    }

    fn quote(&self, column: usize, is_bare: bool) -> ParseError {
        ParseError::Quote {
            start: self.start,
            line: self.line,
            column,
            is_bare,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn fields_are_between_commas() {
        for (text, fields) in [
            ("a,b", vec!["a", "b"]),
            ("a,", vec!["a", ""]),
            ("\"a,b\",c", vec!["a,b", "c"]),
            ("\"a\"\"b\"", vec!["a\"b"]),
            ("\"a\nb\",c", vec!["a\nb", "c"]),
            ("\n\na\r\nb", vec!["a"]),
        ] {
            assert_eq!(
                read(text).as_deref(),
                Ok(&fields.into_iter().map(str::to_owned).collect::<Vec<_>>()[..]),
                "{text:?}"
            );
        }
    }

    #[test]
    fn quotes_must_fit() {
        for (text, problem) in [
            (
                "a\"b",
                "parse error on line 1, column 2: bare \" in non-quoted-field",
            ),
            (
                "a,\"b\"c",
                "parse error on line 1, column 5: extraneous or missing \" in quoted-field",
            ),
            (
                "\"a",
                "parse error on line 1, column 3: extraneous or missing \" in quoted-field",
            ),
            ("", "EOF"),
            ("\n", "EOF"),
        ] {
            assert_eq!(read(text).unwrap_err().to_string(), problem, "{text:?}");
        }
    }
}
