//! Squaring modulo an odd number, in Montgomery's form: the one operation that the search for primes spends its time on.
//!
//! Not in constant time. That is fine for candidates, nearly all of which are thrown away, in a program that serves nobody
//! else meanwhile; what is signed and derived with keys goes through the crate `rsa`.

/// An odd number of `N` words, the least significant first, whose highest bit is set. `W` is twice `N`.
pub(super) struct Modulus<'a, const N: usize, const W: usize> {
    words: &'a [u64; N],
    /// The negative inverse of the lowest word, modulo 2^64.
    inverse: u64,
}

impl<'a, const N: usize, const W: usize> Modulus<'a, N, W> {
    /// Prepares an odd number with its highest bit set.
    pub(super) fn new(words: &'a [u64; N]) -> Self {
        const { assert!(W == 2 * N, "a product is twice as long as its factors") };
        debug_assert!(words[0] & 1 == 1 && words[N - 1] >> 63 == 1);
        // Each step doubles the number of right bits; an odd number is its own inverse modulo 8.
        let mut inverse = words[0];
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(words[0].wrapping_mul(inverse)));
        }
        let inverse = inverse.wrapping_neg();
        Self { words, inverse }
    }

    /// Whether Fermat's little theorem holds to base 2: true for every prime, and for next to no other number.
    pub(super) fn is_probable_prime(&self) -> bool {
        // 1 in Montgomery's form is 2^(64 N) less the modulus, whose highest bit is set.
        let one = self.reduced([0; N], true);
        let mut power = self.doubled(one);
        for bit in (0..64 * N - 1).rev() {
            power = self.squared(&power);
            // The exponent is the modulus less 1: only its lowest bit is another.
            if bit > 0 && self.words[bit / 64] >> (bit % 64) & 1 == 1 {
                power = self.doubled(power);
            }
        }
        power == one
    }

    fn doubled(&self, mut number: [u64; N]) -> [u64; N] {
        let mut carry = 0;
        for word in &mut number {
            (*word, carry) = (*word << 1 | carry, *word >> 63);
        }
        self.reduced(number, carry == 1)
    }

    /// The number, or the number less the modulus if it is larger or has a bit beyond its words.
    fn reduced(&self, number: [u64; N], overflow: bool) -> [u64; N] {
        let mut less = [0; N];
        let mut borrow = false;
        for index in 0..N {
            (less[index], borrow) = number[index].borrowing_sub(self.words[index], borrow);
        }
        if overflow || !borrow { less } else { number }
    }

    /// The square, divided by 2^(64 N).
    fn squared(&self, number: &[u64; N]) -> [u64; N] {
        let mut square = [0_u64; W];
        for low in 0..N {
            let mut carry = 0;
            for high in low + 1..N {
                let slot = &mut square[low + high];
                (*slot, carry) = number[low].carrying_mul_add(number[high], *slot, carry);
            }
            square[low + N] = carry;
        }
        let (mut carry, mut top) = (0, 0);
        for index in 0..N {
            let (low, high) = (square[2 * index], square[2 * index + 1]);
            let (first, next) =
                number[index].carrying_mul_add(number[index], low << 1 | top, carry);
            let (second, overflow) = (high << 1 | low >> 63).overflowing_add(next);
            square[2 * index] = first;
            square[2 * index + 1] = second;
            (carry, top) = (u64::from(overflow), high >> 63);
        }
        let mut overflow = false;
        for start in 0..N {
            let factor = square[start].wrapping_mul(self.inverse);
            let (window, above) = square[start..].split_at_mut(N);
            let mut carry = 0;
            for (slot, word) in window.iter_mut().zip(self.words) {
                (*slot, carry) = factor.carrying_mul_add(*word, *slot, carry);
            }
            (above[0], overflow) = above[0].carrying_add(carry, overflow);
        }
        let mut high = [0; N];
        high.copy_from_slice(&square[N..]);
        self.reduced(high, overflow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest prime below 2^128, and the smallest above 2^127.
    const PRIMES: [u128; 2] = [u128::MAX - 158, (1 << 127) + 29];

    #[test]
    fn primes_are_told_from_others() {
        for prime in PRIMES {
            let is_prime = |number: u128| {
                let words = [number as u64, (number >> 64) as u64];
                Modulus::<2, 4>::new(&words).is_probable_prime()
            };
            assert!(is_prime(prime));
            for other in [2, 4, 6, 8, 10, 12] {
                assert!(!is_prime(prime - other) || PRIMES.contains(&(prime - other)));
            }
        }
    }
}
