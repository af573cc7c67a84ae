//! Large primes: a sieve over the numbers that follow a random one, then a quick test, then a thorough one.

use crypto_primes::{Flavor, is_prime};
use rsa::BoxedUint;

use super::montgomery::Modulus;

/// Candidates are divided by the odd primes below this: where one more division costs as much as the tests it saves.
const SIEVED: u32 = 1 << 16;

/// How many odd numbers are looked at in one go: next to always enough, for primes of up to 2048 bits.
const SPAN: usize = 1 << 13;

/// The first prime from `start` on, which is odd, with a highest bit that is set and not followed by ones only.
///
/// The first prime after a random number is not quite equally likely for all primes, which OpenSSL accepts for its keys too:
/// the loss is below two bits.
pub(super) fn next_prime<const N: usize, const W: usize>(mut start: [u64; N]) -> BoxedUint {
    let small = odd_primes();
    loop {
        let composite = sieve(&start, &small);
        for (index, _) in composite.iter().enumerate().filter(|(_, known)| !**known) {
            let candidate = plus(&start, 2 * index as u64);
            if !Modulus::<N, W>::new(&candidate).is_probable_prime() {
                continue;
            }
            let candidate = BoxedUint::from_words(candidate);
            if is_prime(Flavor::Any, &candidate) {
                return candidate;
            }
        }
        start = plus(&start, 2 * SPAN as u64);
    }
}

/// The odd primes below [`SIEVED`].
fn odd_primes() -> Vec<u32> {
    let mut composite = vec![false; SIEVED as usize];
    let mut primes = Vec::new();
    for number in (3..SIEVED).step_by(2) {
        if composite[number as usize] {
            continue;
        }
        primes.push(number);
        let multiples = (number as usize).saturating_pow(2)..composite.len();
        for multiple in multiples.step_by(2 * number as usize) {
            composite[multiple] = true;
        }
    }
    primes
}

/// Which of the numbers `start`, `start + 2`, … have a small factor.
fn sieve(start: &[u64], primes: &[u32]) -> Vec<bool> {
    let mut composite = vec![false; SPAN];
    // A remainder of two primes at once costs one long division, not two.
    for pair in primes.chunks(2) {
        let product: u64 = pair.iter().map(|prime| u64::from(*prime)).product();
        let remainder = remainder(start, product);
        for prime in pair {
            let prime = u64::from(*prime);
            let missing = (prime - remainder % prime) % prime;
            let first = if missing.is_multiple_of(2) {
                missing
            } else {
                missing + prime
            } / 2;
            for multiple in (first as usize..SPAN).step_by(prime as usize) {
                composite[multiple] = true;
            }
        }
    }
    composite
}

/// The remainder of a division by a number below 2^32.
fn remainder(words: &[u64], divisor: u64) -> u64 {
    words.iter().rev().fold(0, |rest, word| {
        let rest = (rest << 32 | word >> 32) % divisor;
        (rest << 32 | word & 0xFFFF_FFFF) % divisor
    })
}

fn plus<const N: usize>(number: &[u64; N], small: u64) -> [u64; N] {
    let mut sum = *number;
    let (first, mut carry) = sum[0].overflowing_add(small);
    sum[0] = first;
    for word in &mut sum[1..] {
        (*word, carry) = word.overflowing_add(u64::from(carry));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_primes_are_all_there() {
        let primes = odd_primes();
        assert_eq!(primes[..5], [3, 5, 7, 11, 13]);
        // There are 6,542 primes below 2^16, one of which is 2.
        assert_eq!(primes.len(), 6541);
    }

    #[test]
    fn the_first_prime_is_found() {
        let start = [1, 1 << 63];
        assert_eq!(
            next_prime::<2, 4>(start),
            BoxedUint::from((1_u128 << 127) + 29)
        );
        let start = [31, 1 << 63];
        let prime = next_prime::<2, 4>(start);
        assert!(prime > BoxedUint::from((1_u128 << 127) + 29));
        assert_eq!(next_prime::<2, 4>(start), prime);
    }

    #[test]
    fn the_sieve_marks_the_multiples_of_small_primes() {
        let start = [0xDEAD_BEEF_0000_0001, 1 << 63];
        let primes = odd_primes();
        let composite = sieve(&start, &primes);
        for (index, known) in composite.iter().enumerate().take(500) {
            let number = plus(&start, 2 * index as u64);
            let has_factor = primes
                .iter()
                .any(|prime| remainder(&number, u64::from(*prime)) == 0);
            assert_eq!(*known, has_factor, "{index}");
        }
    }
}
