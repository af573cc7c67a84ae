//! What is slow by design, in steps of templates.

pub(super) const BCRYPT: u64 = 100_000;
pub(super) const RSA_2048: u64 = 200_000;
pub(super) const RSA_4096: u64 = 1_000_000;
pub(super) const SCRYPT: u64 = 200_000;
