//! Values between commas: the first record of a CSV text, as Go's `encoding/csv` reads it.

/// The fields of the first record; of an empty text none.
///
/// # Errors
/// Go's message, with line and column (in bytes).
pub(super) fn record(text: &str) -> Result<Vec<String>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
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
        return Err("EOF".to_owned());
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
    fn fields(&mut self) -> Result<Vec<String>, String> {
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
    fn plain(&mut self) -> Result<(String, bool), String> {
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
            return Err(self.problem(self.column + at, "bare \" in non-quoted-field"));
        }
        self.skip(field.len() + usize::from(!is_last));
        Ok((field.to_owned(), is_last))
    }

    /// A field after its opening quote, which may span lines.
    fn quoted(&mut self) -> Result<(String, bool), String> {
        let mut field = String::new();
        loop {
            let line = self.this_line();
            let Some(at) = line.find('"') else {
                if line.is_empty() {
                    return Err(
                        self.problem(self.column, "extraneous or missing \" in quoted-field")
                    );
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
                return Err(
                    self.problem(self.column - 1, "extraneous or missing \" in quoted-field")
                );
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

    fn problem(&self, column: usize, what: &str) -> String {
        let (start, line) = (self.start, self.line);
        if start == line {
            return format!("parse error on line {line}, column {column}: {what}");
        }
        format!("record on line {start}; parse error on line {line}, column {column}: {what}")
    }
}

#[cfg(test)]
mod tests {
    use super::record;

    #[test]
    fn fields_are_between_commas() {
        for (text, fields) in [
            ("a,b", vec!["a", "b"]),
            ("a,", vec!["a", ""]),
            ("\"a,b\",c", vec!["a,b", "c"]),
            ("\"a\"\"b\"", vec!["a\"b"]),
            ("\"a\nb\",c", vec!["a\nb", "c"]),
            ("\n\na\r\nb", vec!["a"]),
            ("", vec![]),
        ] {
            assert_eq!(
                record(text).as_deref(),
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
            ("\n", "EOF"),
        ] {
            assert_eq!(record(text), Err(problem.to_owned()), "{text:?}");
        }
    }
}
