//! Private keys of every kind that Sprig makes: how they are made, written, read, and sign.

use ed25519_dalek::Signer;
use homescale_go::pem;
use homescale_template::Context;
use homescale_value::{Str, Value};
use p256::ecdsa::Signature;

use super::der::{self, Reader};
use super::{cost, rsa_keys};
use crate::Host;
use crate::arguments::{Outcome, take};
use crate::environment::{environment, outside};

const RSA_ENCRYPTION: &[u8] = &[
    0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01,
];
const SHA256_WITH_RSA: &[u8] = &[
    0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B,
];
const EC_PUBLIC_KEY: &[u8] = &[0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];
const ECDSA_WITH_SHA256: &[u8] = &[0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];
const P256: &[u8] = &[0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
const ED25519: &[u8] = &[0x06, 0x03, 0x2B, 0x65, 0x70];

/// A private key.
pub(super) enum PrivateKey {
    Rsa(Box<rsa::PrivateKey>),
    Ecdsa(p256::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
    /// A DSA key as it was read: it can be written again, and signs no certificates.
    Dsa(Vec<u8>),
}

/// A public key as certificates hold it.
#[derive(PartialEq, Eq)]
pub(super) struct PublicKey {
    /// `AlgorithmIdentifier`.
    pub(super) algorithm: Vec<u8>,
    /// The contents of the bit string.
    pub(super) bits: Vec<u8>,
}

impl PublicKey {
    /// Whether it is of a kind that signs certificates here.
    pub(super) fn is_known(&self) -> bool {
        let identifier = Reader(&self.algorithm)
            .expect(der::SEQUENCE)
            .and_then(|contents| Reader(contents).optional(der::OBJECT_IDENTIFIER));
        matches!(
            identifier.map(|identifier| identifier.whole),
            Some(RSA_ENCRYPTION | EC_PUBLIC_KEY | ED25519)
        )
    }
}

/// An error is the result, as in Sprig.
pub(super) fn gen_private_key(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let kind: &Str = take(args)?;
    let key = match &kind[..] {
        b"" | b"rsa" => {
            context.consume(cost::RSA_4096, 0)?;
            let key = rsa_keys::generate(outside(context)?, 4096);
            PrivateKey::Rsa(Box::new(key))
        }
        b"ecdsa" => {
            context.consume(cost::ECDSA, 0)?;
            PrivateKey::Ecdsa(new_ecdsa(outside(context)?))
        }
        b"ed25519" => {
            context.consume(cost::ED25519, 0)?;
            let mut seed = [0; 32];
            outside(context)?.random(&mut seed);
            PrivateKey::Ed25519((&seed).into())
        }
        b"dsa" => return Err("DSA keys are not made: nothing accepts them any more.".into()),
        other => return Ok(Value::Str([b"Unknown type ", other].concat().into())),
    };
    Ok(key.to_pem().into())
}

/// A new key for a certificate: RSA with 2048 bits.
pub(super) fn new_for_certificate(context: &mut dyn Context) -> Outcome<PrivateKey> {
    context.consume(cost::RSA_2048, 0)?;
    let key = rsa_keys::generate(environment(context)?.host(), 2048);
    Ok(PrivateKey::Rsa(Box::new(key)))
}

fn new_ecdsa(host: &dyn Host) -> p256::ecdsa::SigningKey {
    loop {
        let mut bytes = [0; 32];
        host.random(&mut bytes);
        // Fails for numbers beyond the order of the curve: once in 2^32 times.
        if let Ok(key) = p256::ecdsa::SigningKey::from_slice(&bytes) {
            return key;
        }
    }
}

impl PrivateKey {
    /// Sprig's `pemBlockForKey`, encoded.
    pub(super) fn to_pem(&self) -> String {
        match self {
            Self::Rsa(key) => pem::encode("RSA PRIVATE KEY", &rsa_keys::to_pkcs1(key)),
            Self::Ecdsa(key) => pem::encode("EC PRIVATE KEY", &to_sec1(key)),
            Self::Ed25519(key) => {
                let seed = der::element(der::OCTET_STRING, &[key.as_bytes()]);
                let seed = der::element(der::OCTET_STRING, &[&seed]);
                let version = der::integer(&[0]);
                let bytes = der::sequence(&[&version, &der::sequence(&[ED25519]), &seed]);
                pem::encode("PRIVATE KEY", &bytes)
            }
            Self::Dsa(bytes) => pem::encode("DSA PRIVATE KEY", bytes),
        }
    }

    /// Sprig's `parsePrivateKeyPEM`.
    pub(super) fn from_pem(text: &[u8]) -> Result<Self, String> {
        let block = pem::decode(text).ok_or("no PEM data in input")?;
        let label = String::from_utf8_lossy(&block.label);
        if label == "PRIVATE KEY" {
            return from_pkcs8(&block.bytes).map_err(|e| format!("decoding PEM as PKCS#8: {e}"));
        }
        let Some(kind) = label.strip_suffix(" PRIVATE KEY") else {
            return Err(format!("no private key data in PEM block of type {label}"));
        };
        let key = match kind {
            "RSA" => rsa_keys::from_pkcs1(&block.bytes).map(|key| Self::Rsa(Box::new(key))),
            "EC" => from_sec1(&block.bytes, None),
            "DSA" => from_dsa(&block.bytes),
            _ => return Err(format!("invalid private key type {label}")),
        };
        key.map_err(|error| format!("parsing {kind} private key from PEM: {error}"))
    }

    /// The public key, as Go's `CreateCertificate` would write it.
    pub(super) fn public_key(&self) -> Result<PublicKey, String> {
        let (algorithm, bits) = match self {
            Self::Rsa(key) => (
                der::sequence(&[RSA_ENCRYPTION, der::NULL]),
                rsa_keys::public_key(key),
            ),
            Self::Ecdsa(key) => (
                der::sequence(&[EC_PUBLIC_KEY, P256]),
                key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            ),
            Self::Ed25519(key) => (
                der::sequence(&[ED25519]),
                key.verifying_key().as_bytes().to_vec(),
            ),
            Self::Dsa(_) => {
                return Err("x509: unsupported public key type: *dsa.PublicKey".to_owned());
            }
        };
        Ok(PublicKey { algorithm, bits })
    }

    /// The `AlgorithmIdentifier` of [`sign`](Self::sign).
    pub(super) fn signature_algorithm(&self) -> Result<Vec<u8>, String> {
        Ok(match self {
            Self::Rsa(_) => der::sequence(&[SHA256_WITH_RSA, der::NULL]),
            Self::Ecdsa(_) => der::sequence(&[ECDSA_WITH_SHA256]),
            Self::Ed25519(_) => der::sequence(&[ED25519]),
            Self::Dsa(_) => {
                let error = "x509: certificate private key does not implement crypto.Signer";
                return Err(error.to_owned());
            }
        })
    }

    /// The signature of a message; the same for the same message and key. ECDSA takes its nonce from both, by RFC 6979.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, String> {
        match self {
            Self::Rsa(key) => rsa_keys::sign(key, message),
            Self::Ecdsa(key) => {
                let signature: Signature = key.sign(message);
                let (r, s) = signature.split_bytes();
                Ok(der::sequence(&[&der::integer(&r), &der::integer(&s)]))
            }
            Self::Ed25519(key) => Ok(key.sign(message).to_bytes().to_vec()),
            Self::Dsa(_) => self.signature_algorithm(),
        }
    }
}

/// `x509.ParsePKCS8PrivateKey`.
fn from_pkcs8(bytes: &[u8]) -> Result<PrivateKey, String> {
    let parts = || {
        let mut reader = Reader(Reader(bytes).expect(der::SEQUENCE)?);
        reader.integer()?;
        let mut algorithm = Reader(reader.expect(der::SEQUENCE)?);
        let identifier = algorithm.optional(der::OBJECT_IDENTIFIER)?.whole;
        Some((identifier, algorithm, reader.expect(der::OCTET_STRING)?))
    };
    let (identifier, mut parameters, key) =
        parts().ok_or("asn1: structure error: malformed PKCS#8 private key")?;
    let embedded = |kind: &'static str| {
        move |error| format!("x509: failed to parse {kind} private key embedded in PKCS#8: {error}")
    };
    match identifier {
        RSA_ENCRYPTION => rsa_keys::from_pkcs1(key)
            .map(|key| PrivateKey::Rsa(Box::new(key)))
            .map_err(embedded("RSA")),
        EC_PUBLIC_KEY => {
            let curve = parameters.optional(der::OBJECT_IDENTIFIER);
            from_sec1(key, curve.map(|curve| curve.whole)).map_err(embedded("EC"))
        }
        ED25519 => {
            let seed = Reader(key).expect(der::OCTET_STRING);
            let seed = seed.ok_or("x509: invalid Ed25519 private key: asn1: structure error")?;
            let seed: &[u8; 32] = seed
                .try_into()
                .map_err(|_| format!("x509: invalid Ed25519 private key length: {}", seed.len()))?;
            Ok(PrivateKey::Ed25519(seed.into()))
        }
        _ => Err("x509: PKCS#8 wrapping contained private key with unknown algorithm".to_owned()),
    }
}

/// `x509.MarshalECPrivateKey`.
fn to_sec1(key: &p256::ecdsa::SigningKey) -> Vec<u8> {
    let public = key.verifying_key().to_sec1_point(false);
    der::sequence(&[
        &der::integer(&[1]),
        &der::element(der::OCTET_STRING, &[&key.to_bytes()]),
        &der::element(der::explicit(0), &[P256]),
        &der::element(der::explicit(1), &[&der::bit_string(public.as_bytes())]),
    ])
}

/// `x509.ParseECPrivateKey`, for the curve P-256; inside of PKCS #8, the curve may be named outside.
fn from_sec1(bytes: &[u8], curve: Option<&[u8]>) -> Result<PrivateKey, String> {
    let parts = || {
        let mut reader = Reader(Reader(bytes).expect(der::SEQUENCE)?);
        let version = reader.integer()?;
        let key = reader.expect(der::OCTET_STRING)?;
        Some((version, key, reader.expect(der::explicit(0))))
    };
    let (version, key, own_curve) = parts().ok_or(
        "x509: failed to parse EC private key: asn1: structure error: malformed EC private key",
    )?;
    if version != [1] {
        return Err("x509: unknown EC private key version".to_owned());
    }
    match curve.or(own_curve) {
        Some(P256) => {}
        Some(P224 | P384 | P521) => {
            return Err("keys of the curves P-224, P-384 and P-521 are not supported".to_owned());
        }
        _ => return Err("x509: unknown elliptic curve".to_owned()),
    }
    // OpenSSL used to leave out leading zeros, and others add some.
    let zeros = key.len().saturating_sub(32);
    if key[..zeros].iter().any(|byte| *byte != 0) {
        return Err("x509: invalid private key length".to_owned());
    }
    let key = &key[zeros..];
    let mut padded = [0; 32];
    padded[32 - key.len()..].copy_from_slice(key);
    p256::ecdsa::SigningKey::from_slice(&padded)
        .map(PrivateKey::Ecdsa)
        .map_err(|_| "x509: invalid elliptic curve private key value".to_owned())
}

const P224: &[u8] = &[0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x21];
const P384: &[u8] = &[0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22];
const P521: &[u8] = &[0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23];

/// A DSA key in the form of OpenSSL: a version and five numbers.
fn from_dsa(bytes: &[u8]) -> Result<PrivateKey, String> {
    let mut outer = Reader(bytes);
    let is_whole = outer.optional(der::SEQUENCE).is_some_and(|element| {
        let mut reader = Reader(element.contents);
        (0..6).all(|_| reader.integer().is_some())
    });
    if is_whole {
        let length = bytes.len() - outer.0.len();
        return Ok(PrivateKey::Dsa(bytes[..length].to_vec()));
    }
    Err("asn1: structure error: malformed DSA private key".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::signature::Verifier;

    use crate::FixedHost;

    #[test]
    fn keys_are_read_as_they_were_written() {
        let host = FixedHost::default();
        let rsa = rsa_keys::generate(&host, 2048);
        for key in [
            PrivateKey::Rsa(Box::new(rsa)),
            PrivateKey::Ecdsa(new_ecdsa(&host)),
            PrivateKey::Ed25519((&[7; 32]).into()),
            // Five small numbers stand for a key.
            PrivateKey::Dsa(der::sequence(&[
                &[2, 1, 0],
                &[2, 1, 23],
                &[2, 1, 11],
                &[2, 1, 2],
                &[2, 1, 4],
                &[2, 1, 2],
            ])),
        ] {
            let text = key.to_pem();
            let read = PrivateKey::from_pem(text.as_bytes()).map(|key| key.to_pem());
            assert_eq!(read, Ok(text));
        }
    }

    #[test]
    fn signatures_are_valid_and_the_same_each_time() {
        use rsa::traits::PublicKeyParts;
        use sha2::{Digest, Sha256};

        let host = FixedHost::default();
        let key = rsa_keys::generate(&host, 2048);
        assert_eq!(key.size(), 2048 / 8);
        let signature = rsa_keys::sign(&key, b"message").expect("it is signed");
        assert_eq!(rsa_keys::sign(&key, b"message").as_ref(), Ok(&signature));
        let padding = rsa::Pkcs1v15Sign::new::<Sha256>();
        let verified = key
            .to_public_key()
            .verify(padding, &Sha256::digest(b"message"), &signature);
        assert_eq!(verified, Ok(()));

        let key = new_ecdsa(&host);
        let public = *key.verifying_key();
        let key = PrivateKey::Ecdsa(key);
        let signature = key.sign(b"message").expect("it is signed");
        assert_eq!(key.sign(b"message").as_ref(), Ok(&signature));
        let mut numbers = Reader(Reader(&signature).expect(der::SEQUENCE).unwrap());
        let mut bytes = [0; 64];
        for half in bytes.chunks_mut(32) {
            let number = numbers.integer().unwrap();
            half[32 - number.len()..].copy_from_slice(number);
        }
        let signature = Signature::from_slice(&bytes).unwrap();
        assert!(public.verify(b"message", &signature).is_ok());
    }

    #[test]
    fn dsa_keys_sign_nothing() {
        let key = PrivateKey::Dsa(Vec::new());
        assert_eq!(
            key.sign(b"").err().as_deref(),
            Some("x509: certificate private key does not implement crypto.Signer")
        );
        assert_eq!(
            key.public_key().err().as_deref(),
            Some("x509: unsupported public key type: *dsa.PublicKey")
        );
    }
}
