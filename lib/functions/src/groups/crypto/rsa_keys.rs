//! RSA: making keys, reading and writing PKCS #1, signing.

use std::num::NonZeroU32;
use std::thread;

use crypto_primes::hazmat::SmallFactorsSieve;
use crypto_primes::{Flavor, is_prime};
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BoxedUint, Pkcs1v15Sign, PrivateKey};
use sha2::{Digest, Sha256};

use super::der::{self, Reader};
use crate::Host;

/// The public exponent of every key that is made here.
const EXPONENT: u32 = 65_537;

/// A new key of so many bits.
pub(super) fn generate(host: &dyn Host, bits: u32) -> PrivateKey {
    loop {
        let starts = [random_odd(host, bits / 2), random_odd(host, bits / 2)];
        // Fails if the primes are equal, or the exponent divides one less than one of them: once in 30,000 times.
        if let [Some(p), Some(q)] = both(starts, next_prime)
            && let Ok(key) = PrivateKey::from_p_q(p, q, BoxedUint::from(EXPONENT))
        {
            return key;
        }
    }
}

/// A random odd number whose two highest bits are set, so that the product of two has all its bits.
fn random_odd(host: &dyn Host, bits: u32) -> BoxedUint {
    let mut bytes = vec![0; bits as usize / 8];
    for word in bytes.chunks_mut(8) {
        host.random(word);
    }
    if let [lowest, .., highest] = &mut bytes[..] {
        *lowest |= 1;
        *highest |= 3 << 6;
    }
    BoxedUint::from_le_slice_vartime(&bytes)
}

/// The first prime from `start` on, if there is one of as many bits.
///
/// The first prime after a random number is not quite equally likely for all primes, which OpenSSL accepts for its keys too:
/// the loss is below two bits.
fn next_prime(start: BoxedUint) -> Option<BoxedUint> {
    let bits = NonZeroU32::new(start.bit_width_vartime())?;
    let mut candidates = SmallFactorsSieve::new(start, bits, false).ok()?;
    candidates.find(|candidate| is_prime(Flavor::Any, candidate))
}

/// What `work` makes of both, on two threads if the system gives us a second one.
fn both<T: Clone + Send + Sync, R: Send>(
    [first, second]: [T; 2],
    work: impl Fn(T) -> R + Sync,
) -> [R; 2] {
    thread::scope(|scope| {
        let other = thread::Builder::new().spawn_scoped(scope, || work(second.clone()));
        let mine = work(first);
        let other = other.ok().and_then(|thread| thread.join().ok());
        [mine, other.unwrap_or_else(|| work(second.clone()))]
    })
}

/// `x509.MarshalPKCS1PrivateKey`.
pub(super) fn to_pkcs1(key: &PrivateKey) -> Vec<u8> {
    let integer = |number: Option<&BoxedUint>| {
        der::integer(&number.map(BoxedUint::to_be_bytes).unwrap_or_default())
    };
    let primes = key.primes();
    let prime = |index: usize| integer(primes.get(index).map(AsRef::as_ref));
    der::sequence(&[
        &der::integer(&[0]),
        &der::integer(&key.n_bytes()),
        &der::integer(&key.e_bytes()),
        &integer(Some(key.d())),
        &prime(0),
        &prime(1),
        &integer(key.dp()),
        &integer(key.dq()),
        &integer(key.crt_coefficient().as_ref()),
    ])
}

/// `x509.ParsePKCS1PrivateKey`, for keys of two primes.
pub(super) fn from_pkcs1(bytes: &[u8]) -> Result<PrivateKey, String> {
    let mut reader = Reader(bytes);
    let contents = reader.expect(der::SEQUENCE).ok_or(MALFORMED)?;
    if !reader.is_empty() {
        return Err("asn1: syntax error: trailing data".to_owned());
    }
    let mut reader = Reader(contents);
    let version = reader.integer().ok_or(MALFORMED)?;
    if !matches!(version, [] | [1]) {
        return Err("x509: unsupported private key version".to_owned());
    }
    let mut bytes = || reader.integer().ok_or(MALFORMED);
    let (n, e, d, p, q) = (bytes()?, bytes()?, bytes()?, bytes()?, bytes()?);
    if [n, d, p, q].iter().any(|number| number.is_empty()) {
        return Err("x509: private key contains zero or negative value".to_owned());
    }
    if n.len() > MAX_BYTES || e.len() > MAX_BYTES {
        return Err("crypto/rsa: key too large".to_owned());
    }
    // The crate wants the other numbers to have as many bits as the modulus.
    let number = |bytes: &[u8], like: &[u8]| {
        BoxedUint::from_be_slice(bytes, 8 * like.len() as u32).map_err(|_| MALFORMED)
    };
    let primes = vec![number(p, n)?, number(q, n)?];
    PrivateKey::from_components(number(n, n)?, number(e, e)?, number(d, n)?, primes)
        .map_err(|error| format!("crypto/rsa: {error}"))
}

const MALFORMED: &str = "asn1: structure error: malformed RSA private key";

/// Keys are checked in time that grows with the cube of their length: no key in use is longer than 16,384 bits.
const MAX_BYTES: usize = 2048;

/// `PublicKey` as PKCS #1 has it.
pub(super) fn public_key(key: &PrivateKey) -> Vec<u8> {
    der::sequence(&[&der::integer(&key.n_bytes()), &der::integer(&key.e_bytes())])
}

/// `SHA256WithRSA`: the same message and key give the same signature.
pub(super) fn sign(key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, String> {
    key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message))
        .map_err(|_| "rsa: internal error".to_owned())
}
