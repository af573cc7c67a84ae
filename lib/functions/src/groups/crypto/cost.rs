//! What is slow by design, in steps of templates: measured, at 15 nanoseconds a step.

pub(super) const BCRYPT: u64 = 3_000_000;
pub(super) const ECDSA: u64 = 8_000;
pub(super) const ED25519: u64 = 2_000;
pub(super) const RSA_2048: u64 = 3_000_000;
pub(super) const RSA_4096: u64 = 25_000_000;
pub(super) const SCRYPT: u64 = 10_000_000;
