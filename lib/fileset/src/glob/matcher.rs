//! Matching as the original does it, its faults included: on bytes, with lengths in characters where it has them so.

use homescale_go::utf8::decode_rune;

/// A part of a compiled pattern. The separator is always `/`.
#[derive(Clone, Debug)]
pub(super) enum Matcher {
    Text(String),
    Nothing,
    Super,
    Any,
    Single,
    List { chars: Vec<char>, not: bool },
    Range { low: char, high: char, not: bool },
    Prefix(String),
    Suffix(String),
    PrefixAny(String),
    SuffixAny(String),
    PrefixSuffix(String, String),
    Contains { text: String, not: bool },
    Min(usize),
    Max(usize),
    AnyOf(Vec<Matcher>),
    EveryOf(Vec<Matcher>),
    Row(usize, Vec<Matcher>),
    Branches(Box<Branches>),
}

/// A matcher, and those for what is before and after it.
#[derive(Clone, Debug)]
pub(super) struct Branches {
    pub(super) value: Matcher,
    pub(super) left: Option<Matcher>,
    pub(super) right: Option<Matcher>,
    length: Option<usize>,
    left_length: usize,
    right_length: usize,
}

/// The work that is left: a pattern that needs more of it is matched in another way.
pub(super) struct Budget(pub(super) usize);

/// A match takes too much work.
pub(super) struct Exhausted;

type Outcome<T> = Result<T, Exhausted>;

/// Where a part first matches, and how long it can be there.
type Found = Option<(usize, Vec<usize>)>;

impl Budget {
    fn spend(&mut self, work: usize) -> Outcome<()> {
        self.0 = self.0.checked_sub(work).ok_or(Exhausted)?;
        Ok(())
    }
}

impl Matcher {
    pub(super) fn branches(value: Self, left: Option<Self>, right: Option<Self>) -> Self {
        let length_of = |side: &Option<Self>| side.as_ref().map_or(Some(0), Self::length);
        let (left_length, right_length) = (length_of(&left), length_of(&right));
        let lengths = [value.length(), left_length, right_length];
        Self::Branches(Box::new(Branches {
            length: lengths.into_iter().sum(),
            left_length: left_length.unwrap_or(0),
            right_length: right_length.unwrap_or(0),
            value,
            left,
            right,
        }))
    }

    /// The length in characters, when it is always the same. Of alternatives, the first ones of unknown length are
    /// passed over: that is a fault of the original.
    pub(super) fn length(&self) -> Option<usize> {
        match self {
            Self::Text(text) => Some(text.chars().count()),
            Self::Nothing => Some(0),
            Self::Single | Self::List { .. } | Self::Range { .. } => Some(1),
            Self::AnyOf(list) => {
                let lengths = list.iter().map(Self::length);
                let mut lengths = lengths.skip_while(Option::is_none);
                let first = lengths.next().flatten()?;
                lengths.all(|length| length == Some(first)).then_some(first)
            }
            Self::Row(length, _) => Some(*length),
            Self::Branches(branches) => branches.length,
            _ => None,
        }
    }

    /// Whether the whole text matches.
    pub(super) fn is_match(&self, text: &[u8], budget: &mut Budget) -> Outcome<bool> {
        budget.spend(1)?;
        Ok(match self {
            Self::Text(wanted) => text == wanted.as_bytes(),
            Self::Nothing => text.is_empty(),
            Self::Super => true,
            Self::Any => !text.contains(&b'/'),
            Self::Single | Self::List { .. } | Self::Range { .. } => {
                let (c, width) = decode_rune(text);
                text.len() <= width && self.takes(c)
            }
            Self::Prefix(prefix) => text.starts_with(prefix.as_bytes()),
            Self::Suffix(suffix) => text.ends_with(suffix.as_bytes()),
            Self::PrefixAny(prefix) => text
                .strip_prefix(prefix.as_bytes())
                .is_some_and(|rest| !rest.contains(&b'/')),
            Self::SuffixAny(suffix) => text
                .strip_suffix(suffix.as_bytes())
                .is_some_and(|rest| !rest.contains(&b'/')),
            Self::PrefixSuffix(prefix, suffix) => {
                text.starts_with(prefix.as_bytes()) && text.ends_with(suffix.as_bytes())
            }
            Self::Contains { text: wanted, not } => {
                (find(text, wanted.as_bytes()).is_some()) != *not
            }
            Self::Min(least) => chars(text).count() >= *least,
            Self::Max(most) => chars(text).count() <= *most,
            Self::AnyOf(list) => {
                for matcher in list {
                    if matcher.is_match(text, budget)? {
                        return Ok(true);
                    }
                }
                false
            }
            Self::EveryOf(list) => {
                for matcher in list {
                    if !matcher.is_match(text, budget)? {
                        return Ok(false);
                    }
                }
                true
            }
            Self::Row(length, list) => {
                chars(text).count() == *length && row_matches(list, text, budget)?
            }
            Self::Branches(branches) => return branches.is_match(text, budget),
        })
    }

    /// Whether a matcher of one character takes this one.
    fn takes(&self, c: char) -> bool {
        match self {
            Self::Single => c != '/',
            Self::List { chars, not } => chars.contains(&c) != *not,
            Self::Range { low, high, not } => (*low..=*high).contains(&c) != *not,
            _ => false,
        }
    }

    /// The first place in the text where this matches, and its possible lengths there.
    fn find(&self, text: &[u8], budget: &mut Budget) -> Outcome<Found> {
        budget.spend(text.len() + 1)?;
        Ok(match self {
            Self::Text(wanted) => find(text, wanted.as_bytes()).map(|at| (at, vec![wanted.len()])),
            Self::Nothing => Some((0, vec![0])),
            Self::Super => Some((0, ends_from(text, 0))),
            Self::Any => {
                let end = find(text, b"/").unwrap_or(text.len());
                Some((0, ends_from(&text[..end], 0)))
            }
            Self::Single | Self::List { .. } | Self::Range { .. } => chars(text)
                .find(|(_, c, _)| self.takes(*c))
                .map(|(at, c, _)| (at, vec![c.len_utf8()])),
            Self::Prefix(prefix) => find(text, prefix.as_bytes()).map(|at| {
                let rest = &text[at + prefix.len()..];
                (at, ends_from(rest, prefix.len()))
            }),
            Self::PrefixAny(prefix) => find(text, prefix.as_bytes()).map(|at| {
                let rest = &text[at + prefix.len()..];
                let rest = &rest[..find(rest, b"/").unwrap_or(rest.len())];
                (at, ends_from(rest, prefix.len()))
            }),
            Self::Suffix(suffix) => {
                find(text, suffix.as_bytes()).map(|at| (0, vec![at + suffix.len()]))
            }
            Self::SuffixAny(suffix) => find(text, suffix.as_bytes()).map(|at| {
                let before = text[..at].iter().rposition(|&b| b == b'/');
                let start = before.map_or(0, |slash| slash + 1);
                (start, vec![at + suffix.len() - start])
            }),
            Self::PrefixSuffix(prefix, suffix) => prefix_suffix(text, prefix, suffix),
            Self::Contains { text: wanted, not } => contains(text, wanted.as_bytes(), *not),
            Self::Min(least) => {
                let ends = chars(text).map(|(at, c, _)| at + c.len_utf8());
                let ends: Vec<usize> = ends.skip(least.saturating_sub(1)).collect();
                (!ends.is_empty()).then_some((0, ends))
            }
            Self::Max(most) => {
                let ends = chars(text).map(|(at, c, _)| at + c.len_utf8());
                Some((0, std::iter::once(0).chain(ends.take(*most)).collect()))
            }
            Self::AnyOf(list) => any_of(list, text, budget)?,
            Self::EveryOf(list) => every_of(list, text, budget)?,
            Self::Row(length, list) => {
                for (at, _, _) in chars(text) {
                    if text.len() - at < *length {
                        break;
                    }
                    if row_matches(list, &text[at..], budget)? {
                        return Ok(Some((at, vec![*length])));
                    }
                }
                None
            }
            // The original has not implemented this.
            Self::Branches(_) => None,
        })
    }
}

impl Branches {
    fn is_match(&self, text: &[u8], budget: &mut Budget) -> Outcome<bool> {
        if self.length.is_some_and(|length| length > text.len()) {
            return Ok(false);
        }
        let mut offset = self.left_length;
        let limit = text.len().saturating_sub(self.right_length);
        while offset < limit {
            let Some((at, lengths)) = self.value.find(&text[offset..limit], budget)? else {
                return Ok(false);
            };
            let at = offset + at;
            if side_matches(self.left.as_ref(), &text[..at], budget)? {
                for length in lengths.into_iter().rev() {
                    let rest = text.get(at + length..).unwrap_or_default();
                    if side_matches(self.right.as_ref(), rest, budget)? {
                        return Ok(true);
                    }
                }
            }
            offset = at + decode_rune(&text[at..]).1;
        }
        Ok(false)
    }
}

fn side_matches(side: Option<&Matcher>, text: &[u8], budget: &mut Budget) -> Outcome<bool> {
    match side {
        Some(matcher) => matcher.is_match(text, budget),
        None => Ok(text.is_empty()),
    }
}

/// Matchers of known lengths, one after the other, at the start of the text. The original takes the last character of
/// each for one byte long.
fn row_matches(list: &[Matcher], text: &[u8], budget: &mut Budget) -> Outcome<bool> {
    let mut start = 0;
    for matcher in list {
        let length = matcher.length().unwrap_or(0);
        let mut count = 0;
        let mut last = 0;
        for (at, _, _) in chars(&text[start..]) {
            last = at;
            count += 1;
            if count == length {
                break;
            }
        }
        let end = start + last + 1;
        let Some(part) = text.get(start..end).filter(|_| count >= length) else {
            return Ok(false);
        };
        if !matcher.is_match(part, budget)? {
            return Ok(false);
        }
        start = end;
    }
    Ok(true)
}

fn any_of(list: &[Matcher], text: &[u8], budget: &mut Budget) -> Outcome<Found> {
    let mut best: Found = None;
    for matcher in list {
        let Some((at, lengths)) = matcher.find(text, budget)? else {
            continue;
        };
        match &mut best {
            Some((known, _)) if at > *known => {}
            Some((known, all)) if at == *known => {
                all.extend(lengths);
                all.sort_unstable();
                all.dedup();
            }
            _ => best = Some((at, lengths)),
        }
    }
    Ok(best)
}

fn every_of(list: &[Matcher], text: &[u8], budget: &mut Budget) -> Outcome<Found> {
    let (mut index, mut offset) = (0usize, 0usize);
    let mut current: Vec<usize> = Vec::new();
    let mut rest = text;
    for (number, matcher) in list.iter().enumerate() {
        let Some((at, lengths)) = matcher.find(rest, budget)? else {
            return Ok(None);
        };
        if number == 0 {
            current = lengths;
        } else {
            budget.spend(current.len())?;
            let found = at + offset;
            current.retain(|length| {
                let same = (length + index).checked_sub(found);
                same.is_some_and(|same| lengths.contains(&same))
            });
            // The original keeps the lengths of the later matcher.
            for length in &mut current {
                *length = *length + index - found;
            }
            if current.is_empty() {
                return Ok(None);
            }
        }
        index = at + offset;
        rest = text.get(index..).unwrap_or_default();
        offset += at;
    }
    Ok(Some((index, current)))
}

fn prefix_suffix(text: &[u8], prefix: &str, suffix: &str) -> Found {
    let start = find(text, prefix.as_bytes())?;
    if suffix.is_empty() {
        return Some((start, vec![text.len() - start]));
    }
    let mut lengths = Vec::new();
    let mut rest = &text[start..];
    while let Some(at) = find_last(rest, suffix.as_bytes()) {
        lengths.push(at + suffix.len());
        rest = &rest[..at];
    }
    lengths.reverse();
    (!lengths.is_empty()).then_some((start, lengths))
}

fn contains(text: &[u8], wanted: &[u8], not: bool) -> Found {
    let found = find(text, wanted);
    if not {
        let end = found.unwrap_or(text.len());
        return Some((0, ends_from(&text[..end], 0)));
    }
    let offset = found? + wanted.len();
    Some((0, ends_from(&text[offset..], offset)))
}

/// The places between the characters of the text, both ends included, counted from `base`.
fn ends_from(text: &[u8], base: usize) -> Vec<usize> {
    let starts = chars(text).map(|(at, _, _)| base + at);
    starts.chain([base + text.len()]).collect()
}

/// The characters as Go ranges over a string: place, character, width; a stray byte is U+FFFD.
fn chars(text: &[u8]) -> impl Iterator<Item = (usize, char, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (c, width) = decode_rune(text.get(at..)?);
        let start = at;
        at += width;
        (width > 0).then_some((start, c, width))
    })
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.is_empty() {
        return Some(0);
    }
    text.windows(wanted.len())
        .position(|window| window == wanted)
}

fn find_last(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .rposition(|window| window == wanted)
}
