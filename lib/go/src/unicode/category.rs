//! [`Category`]: the general categories of characters.

/// A general category of Unicode, by the short name that Go's `unicode.Categories` gives it.
#[expect(
    missing_docs,
    reason = "the names are Unicode's own, and say no more in more words"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Cc,
    Cf,
    Cn,
    Co,
    Cs,
    Ll,
    Lm,
    Lo,
    Lt,
    Lu,
    Mc,
    Me,
    Mn,
    Nd,
    Nl,
    No,
    Pc,
    Pd,
    Pe,
    Pf,
    Pi,
    Po,
    Ps,
    Sc,
    Sk,
    Sm,
    So,
    Zl,
    Zp,
    Zs,
}

use Category::{
    Cc, Cf, Cn, Co, Cs, Ll, Lm, Lo, Lt, Lu, Mc, Me, Mn, Nd, Nl, No, Pc, Pd, Pe, Pf, Pi, Po, Ps, Sc,
    Sk, Sm, So, Zl, Zp, Zs,
};

/// All categories.
pub(super) const ALL: [Category; 30] = [
    Cc, Cf, Cn, Co, Cs, Ll, Lm, Lo, Lt, Lu, Mc, Me, Mn, Nd, Nl, No, Pc, Pd, Pe, Pf, Pi, Po, Ps, Sc,
    Sk, Sm, So, Zl, Zp, Zs,
];

/// A set of categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Categories(u32);

impl Categories {
    pub(super) const LETTERS: Self = Self::of(&[Ll, Lm, Lo, Lt, Lu]);
    pub(super) const CASED: Self = Self::of(&[Ll, Lt, Lu]);
    pub(super) const MARKS: Self = Self::of(&[Mc, Me, Mn]);
    pub(super) const NUMBERS: Self = Self::of(&[Nd, Nl, No]);
    pub(super) const PUNCTUATION: Self = Self::of(&[Pc, Pd, Pe, Pf, Pi, Po, Ps]);
    pub(super) const SYMBOLS: Self = Self::of(&[Sc, Sk, Sm, So]);
    pub(super) const SEPARATORS: Self = Self::of(&[Zl, Zp, Zs]);
    /// What is no character to print, without those that are not assigned.
    pub(super) const CONTROLS: Self = Self::of(&[Cc, Cf, Co, Cs]);
    pub(super) const UNASSIGNED: Self = Self::of(&[Cn]);

    pub(super) const fn of(categories: &[Category]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < categories.len() {
            bits |= 1 << categories[index] as u32;
            index += 1;
        }
        Self(bits)
    }

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// All categories but these.
    pub(super) const fn inverted(self) -> Self {
        Self(!self.0)
    }

    pub(super) const fn contains(self, category: Category) -> bool {
        self.0 >> category as u32 & 1 == 1
    }
}
