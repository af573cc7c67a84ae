//! Breaking inputs at random, with a generator whose seed is given: the same seed, the same inputs.

use crate::Target;

/// A small generator of random numbers (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator that repeats itself for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, or 0.
    pub fn below(&mut self, bound: usize) -> usize {
        match bound {
            0 => 0,
            _ => (self.number() % bound as u64) as usize,
        }
    }

    /// An element; `items` has some.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of some texts.
    pub fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }
}

/// How long a mutated input may be.
const MAX_LENGTH: usize = 16 << 10;

/// An input made of a seed by a few changes: bytes and ranges removed, repeated, replaced, words of the target inserted,
/// parts of other seeds mixed in.
pub fn mutate(target: &Target, seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = random.pick(seeds).clone();
    for _ in 0..=random.below(6) {
        change(&mut input, target, seeds, random);
    }
    input.truncate(MAX_LENGTH);
    input
}

fn change(input: &mut Vec<u8>, target: &Target, seeds: &[Vec<u8>], random: &mut Random) {
    let at = random.below(input.len() + 1);
    let end = (at + 1 + random.below(24)).min(input.len());
    match random.below(7) {
        0 => drop(input.drain(at..end.max(at))),
        1 => {
            let part = input[at..end.max(at)].to_vec();
            let times = 1 + random.below(40);
            drop(input.splice(at..at, part.repeat(times)));
        }
        2 | 3 => {
            let word = random.pick(target.words).bytes();
            drop(input.splice(at..at, word));
        }
        4 => {
            let word = random.pick(target.words).bytes();
            drop(input.splice(at..end.max(at), word));
        }
        5 => {
            if let Some(byte) = input.get_mut(at) {
                *byte = random.number() as u8;
            }
        }
        _ => {
            let other = random.pick(seeds);
            let from = random.below(other.len() + 1);
            let to = (from + random.below(200)).min(other.len());
            drop(input.splice(at..at, other[from..to].iter().copied()));
        }
    }
}
