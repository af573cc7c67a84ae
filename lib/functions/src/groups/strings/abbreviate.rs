//! Shortening text with an ellipsis, counted in bytes.

use homescale_template::Context;
use homescale_value::{Str, Value};

use crate::arguments::{Outcome, take};

const ELLIPSIS: &[u8] = b"...";

pub(super) fn abbrev(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (width, text): (i64, &Str) = take(args)?;
    Ok(Value::Str(match usize::try_from(width) {
        Ok(width) if width >= 4 => abbreviate(text, 0, width).into(),
        _ => text.clone(),
    }))
}

pub(super) fn abbrevboth(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (offset, width, text): (i64, i64, &Str) = take(args)?;
    if width < 4 || offset > 0 && width < 7 {
        return Ok(Value::Str(text.clone()));
    }
    let width = usize::try_from(width).unwrap_or(usize::MAX);
    // A negative offset is taken as the start.
    let offset = usize::try_from(offset).unwrap_or_default();
    Ok(Value::Str(abbreviate(text, offset, width).into()))
}

/// Cuts to `width` (at least 4) so that the byte at `offset` stays; an offset of up to 4 leaves no room for a cut before.
fn abbreviate(text: &[u8], offset: usize, width: usize) -> Vec<u8> {
    if text.len() <= width {
        return text.to_vec();
    }
    let kept = width - ELLIPSIS.len();
    let offset = offset.min(text.len() - kept.min(text.len()));
    if offset <= 4 {
        return [&text[..kept], ELLIPSIS].concat();
    }
    if width < 7 {
        return Vec::new();
    }
    if offset + kept < text.len() {
        return [ELLIPSIS, &abbreviate(&text[offset..], 0, kept)].concat();
    }
    [ELLIPSIS, &text[text.len() - kept..]].concat()
}
