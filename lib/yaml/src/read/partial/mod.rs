//! [`entries_from_slice`]: a few entries of a large mapping, without the cost of reading all of it.
//!
//! Helm reads each manifest for its kind and name only, and most of its text is something else. A document of the plain
//! form that manifests nearly always have is checked line by line, without tokens or nodes; the wanted entries alone are
//! then read as usual. Whatever is not of that form, above all whatever might be an error, is left to the full reader.
//!
//! This exists for speed alone: apiVersion, kind and metadata of 7.6 MB of definitions take 21 ms, a full read 101 ms
//! (`cargo bench -p homescale-yaml --bench read`).

use homescale_value::Value;

use crate::error::Error;
use crate::read::from_slice;

mod line;
mod scalar;

use line::Lines;

/// Reads the first document of `text` like [`from_slice`], but of a mapping only the entries whose key `wanted` accepts
/// are promised to be there.
///
/// # Errors
/// Exactly those of [`from_slice`], also for what is wrong in the other entries.
pub fn entries_from_slice(text: &[u8], wanted: impl Fn(&[u8]) -> bool) -> Result<Value, Error> {
    if let Some(kept) = wanted_text(text, &wanted)
        && let Ok(value @ Value::Map(_)) = from_slice(&kept)
    {
        return Ok(value);
    }
    from_slice(text)
}

/// An open block collection.
#[derive(Clone, Copy, PartialEq)]
struct Block {
    indent: usize,
    is_list: bool,
}

/// Deeper nesting than this is left to the full reader.
const MAX_DEPTH: usize = 200;

/// The text of the wanted entries, if the document is of the plain form.
fn wanted_text(text: &[u8], wanted: &impl Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
    if !line::is_plain_text(text) {
        return None;
    }
    let mut reader = PartialRead {
        lines: Lines::new(text),
        blocks: Vec::new(),
        awaits_value: true,
    };
    let mut kept = Vec::new();
    // Where the wanted entry that is being read began.
    let mut since = None;
    while let Some(indent) = reader.lines.next_indent()? {
        let start = reader.lines.line_start();
        let Some(key) = reader.entry(indent)? else {
            continue;
        };
        if indent > 0 {
            continue;
        }
        if let Some(since) = since.take() {
            kept.extend_from_slice(&text[since..start]);
        }
        since = wanted(key).then_some(start);
    }
    if let Some(since) = since {
        kept.extend_from_slice(&text[since..]);
    }
    // An empty text would be nil, not an empty mapping.
    (!kept.is_empty()).then_some(kept)
}

struct PartialRead<'t> {
    lines: Lines<'t>,
    /// The collections around this line, the outermost first.
    blocks: Vec<Block>,
    /// Whether the last key or dash has no value so far.
    awaits_value: bool,
}

impl<'t> PartialRead<'t> {
    /// Reads the entry that begins in this line, which is indented that much, and its value if that is a scalar. Gives the
    /// key; `Some(None)` for an item of a list, `None` for what is left to the full reader.
    #[expect(
        clippy::option_option,
        reason = "the outer one is that of all of this module"
    )]
    fn entry(&mut self, indent: usize) -> Option<Option<&'t [u8]>> {
        if self.is_scalar_below_key(indent) {
            self.awaits_value = false;
            let around = self.blocks.last()?.indent;
            scalar::value(&mut self.lines, around)?;
            return Some(None);
        }
        let mut column = indent;
        loop {
            let rest = self.lines.rest();
            let is_item = rest.starts_with(b"- ");
            self.enter(column, is_item)?;
            if !is_item {
                break;
            }
            let blanks = rest[1..].iter().take_while(|&&byte| byte == b' ').count();
            let item = &rest[1 + blanks..];
            self.lines.skip(1 + blanks);
            // What a list item is shows in its text: another dash, a key, or a scalar.
            if !item.starts_with(b"- ") && scalar::key(item).is_none() {
                self.awaits_value = false;
                scalar::value(&mut self.lines, column)?;
                return Some(None);
            }
            self.awaits_value = true;
            column += 1 + blanks;
        }
        let rest = self.lines.rest();
        let (key, width) = scalar::key(rest)?;
        self.lines.skip(width);
        self.awaits_value = matches!(self.lines.rest(), [] | [b'#', ..]);
        if self.awaits_value {
            self.lines.next_line();
        } else {
            scalar::value(&mut self.lines, column)?;
        }
        Some((column == indent).then_some(key))
    }

    /// Whether this line, indented that much, is a scalar that belongs to the key in the line before.
    fn is_scalar_below_key(&self, indent: usize) -> bool {
        let is_inside = |block: &Block| indent > block.indent;
        let rest = self.lines.rest();
        self.awaits_value
            && self.blocks.last().is_some_and(is_inside)
            && !matches!(rest, [b'|' | b'>' | b'-', ..])
            && scalar::key(rest).is_none()
    }

    /// Makes the collection that an entry at this column belongs to the innermost one.
    fn enter(&mut self, column: usize, is_list: bool) -> Option<()> {
        let entered = Block {
            indent: column,
            is_list,
        };
        if self.awaits_value {
            let begins = match self.blocks.last() {
                None => column == 0,
                Some(around) if column > around.indent => true,
                // A list may be indented no more than the key that it belongs to.
                Some(around) => column == around.indent && is_list && !around.is_list,
            };
            if begins {
                self.blocks.push(entered);
                return (self.blocks.len() < MAX_DEPTH).then_some(());
            }
        }
        while let Some(&block) = self.blocks.last() {
            if block == entered {
                return Some(());
            }
            if block.indent < column || (block.indent == column && !block.is_list) {
                return None;
            }
            self.blocks.pop();
        }
        None
    }
}

#[cfg(test)]
mod tests;
