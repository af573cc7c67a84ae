//! The order in which go-yaml writes the keys of a map: letters and numbers compare as people would.
//!
//! The rule of version 2 is not transitive (`a1b < a2 < a10 < a1b`), and Go feeds the keys in random order, so for such
//! sets Helm's own output varies. Here the keys start in byte order and go through a stable merge sort, which gives one
//! of Helm's possible orders, always the same.

use std::borrow::Cow;

use homescale_go::unicode::{is_digit, is_letter};
use homescale_go::utf8;
use homescale_value::{Str, Value};

use super::dialect::Dialect;

pub(super) type Entry = (Str, Value);

/// Up to this many entries are sorted by insertion.
const FEW: usize = 16;

/// Sorts the entries from `start` to the end.
pub(super) fn sort(entries: &mut Vec<Entry>, start: usize, dialect: Dialect) {
    let less = |a: &Entry, b: &Entry| less(&a.0, &b.0, dialect);
    let slice = &mut entries[start..];
    if slice.len() <= FEW {
        for sorted in 1..slice.len() {
            let mut at = sorted;
            while at > 0 && less(&slice[at], &slice[at - 1]) {
                slice.swap(at, at - 1);
                at -= 1;
            }
        }
    } else if slice.windows(2).any(|pair| less(&pair[1], &pair[0])) {
        let order = merge_sorted(slice.len(), |a, b| less(&slice[a], &slice[b]));
        let mut unsorted: Vec<Option<Entry>> = entries.drain(start..).map(Some).collect();
        entries.extend(order.into_iter().filter_map(|at| unsorted[at].take()));
    }
}

/// The numbers below `len` in order. Tolerates a `less` that is not transitive, which the standard sorts may not.
fn merge_sorted(len: usize, less: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    let mut merged = Vec::with_capacity(len);
    let mut width = 1;
    while width < len {
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some(&a), Some(&b)) = (left.first(), right.first()) {
                if less(b, a) {
                    merged.push(b);
                    right = &right[1..];
                } else {
                    merged.push(a);
                    left = &left[1..];
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        width *= 2;
    }
    order
}

/// Whether key `a` goes before key `b` (`keyList.Less`).
fn less(a: &[u8], b: &[u8], dialect: Dialect) -> bool {
    let Some(at) = a.iter().zip(b).position(|(a, b)| a != b) else {
        return a.len() < b.len();
    };
    let digits_before = at > 0 && a[at - 1].is_ascii_digit();
    match (letter(a[at]), letter(b[at])) {
        (Some(true), Some(true)) => a[at] < b[at],
        (Some(a_letter), Some(b_letter))
            if a_letter != b_letter && (at == 0 || a[at - 1].is_ascii()) =>
        {
            if dialect == Dialect::Pretty && digits_before {
                a_letter
            } else {
                b_letter
            }
        }
        _ => less_by_characters(&text(a), &text(b), dialect),
    }
}

/// Whether an ASCII byte is a letter.
fn letter(byte: u8) -> Option<bool> {
    byte.is_ascii().then(|| byte.is_ascii_alphabetic())
}

fn text(key: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(key) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(utf8::to_valid(key)),
    }
}

fn less_by_characters(a: &str, b: &str, dialect: Dialect) -> bool {
    let Some(at) = a
        .char_indices()
        .zip(b.chars())
        .find(|((_, a), b)| a != b)
        .map(|((at, _), _)| at)
    else {
        return a.len() < b.len();
    };
    let (common, a) = a.split_at(at);
    let b = &b[at..];
    let (Some(first_a), Some(first_b)) = (a.chars().next(), b.chars().next()) else {
        return a.len() < b.len();
    };
    match (is_letter(first_a), is_letter(first_b)) {
        (true, true) => first_a < first_b,
        (false, false) => {
            // Zeros count when the number began before them.
            let zero = first_a == '0' || first_b == '0';
            let begun = zero
                && common
                    .chars()
                    .rev()
                    .take_while(|c| is_digit(*c))
                    .any(|c| c != '0');
            let (number_a, digits_a) = number(a, begun);
            let (number_b, digits_b) = number(b, begun);
            (number_a, digits_a, first_a) < (number_b, digits_b, first_b)
        }
        (a_letter, b_letter) => {
            let after_digits =
                dialect == Dialect::Pretty && common.chars().next_back().is_some_and(is_digit);
            if after_digits { a_letter } else { b_letter }
        }
    }
}

/// The decimal number at the start, as Go computes it: any digit counts by its distance from `0`, and it may wrap around.
fn number(text: &str, begun: bool) -> (i64, usize) {
    text.chars()
        .take_while(|c| is_digit(*c))
        .fold((i64::from(begun), 0), |(number, digits), c| {
            let digit = i64::from(u32::from(c)) - i64::from(b'0');
            (number.wrapping_mul(10).wrapping_add(digit), digits + 1)
        })
}
