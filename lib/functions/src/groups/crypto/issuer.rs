//! [`Issuer`]: what a new certificate takes from the one that signs it.

use super::der::{self, Reader};
use super::keys::PublicKey;

pub(super) const SUBJECT_KEY_ID: &[u8] = &[0x06, 0x03, 0x55, 0x1D, 0x0E];

/// The certificate that signs another one.
pub(super) struct Issuer {
    /// The subject, whole.
    pub(super) name: Vec<u8>,
    /// The identifier of its key, if the certificate has one.
    pub(super) key_id: Option<Vec<u8>>,
    pub(super) public_key: PublicKey,
}

/// `x509.ParseCertificate`, for what is needed of an issuer.
pub(super) fn parse(bytes: &[u8]) -> Result<Issuer, String> {
    let error = |what: &str| format!("x509: {what}");
    let malformed = |what: &str| format!("x509: malformed {what}");
    let mut outer = Reader(bytes);
    let mut certificate = Reader(
        outer
            .expect(der::SEQUENCE)
            .ok_or_else(|| malformed("certificate"))?,
    );
    let mut contents = Reader(
        certificate
            .expect(der::SEQUENCE)
            .ok_or_else(|| malformed("tbs certificate"))?,
    );
    let version = match contents.optional(der::explicit(0)) {
        Some(version) => match Reader(version.contents).integer() {
            Some([]) => 1,
            Some([1]) => 2,
            Some([2]) => 3,
            Some(_) => return Err(error("invalid version")),
            None => return Err(malformed("version")),
        },
        None => 1,
    };
    let serial = contents
        .expect(der::INTEGER)
        .filter(|serial| !serial.is_empty());
    match serial {
        None => return Err(malformed("serial number")),
        Some([0x80..=0xFF, ..]) => return Err(error("negative serial number")),
        Some(_) => {}
    }
    let inner = contents
        .expect(der::SEQUENCE)
        .ok_or_else(|| malformed("signature algorithm identifier"))?;
    let outside = certificate
        .expect(der::SEQUENCE)
        .ok_or_else(|| malformed("algorithm identifier"))?;
    if inner != outside {
        return Err(error(
            "inner and outer signature algorithm identifiers don't match",
        ));
    }
    contents
        .expect(der::SEQUENCE)
        .ok_or_else(|| malformed("issuer"))?;
    contents
        .expect(der::SEQUENCE)
        .ok_or_else(|| malformed("validity"))?;
    // Go says issuer here, too.
    let name = contents
        .optional(der::SEQUENCE)
        .ok_or_else(|| malformed("issuer"))?
        .whole
        .to_vec();
    let key = contents
        .expect(der::SEQUENCE)
        .ok_or_else(|| malformed("spki"))?;
    let mut key = Reader(key);
    let algorithm = key
        .optional(der::SEQUENCE)
        .ok_or_else(|| malformed("public key algorithm identifier"))?;
    let bits = key
        .bit_string()
        .ok_or_else(|| malformed("subjectPublicKey"))?;
    let public_key = PublicKey {
        algorithm: algorithm.whole.to_vec(),
        bits: bits.to_vec(),
    };
    let mut key_id = None;
    if version > 1 {
        contents.optional(der::implicit(1));
        contents.optional(der::implicit(2));
    }
    if version == 3
        && let Some(extensions) = contents.optional(der::explicit(3))
    {
        let extensions = Reader(extensions.contents).expect(der::SEQUENCE);
        let mut extensions = Reader(extensions.ok_or_else(|| malformed("extensions"))?);
        while !extensions.is_empty() {
            let extension = extensions.expect(der::SEQUENCE);
            let mut extension = Reader(extension.ok_or_else(|| malformed("extension"))?);
            let identifier = extension
                .optional(der::OBJECT_IDENTIFIER)
                .ok_or_else(|| malformed("extension OID field"))?;
            extension.optional(der::TRUE[0]);
            let value = extension
                .expect(der::OCTET_STRING)
                .ok_or_else(|| malformed("extension value field"))?;
            if identifier.whole == SUBJECT_KEY_ID {
                let id = Reader(value).expect(der::OCTET_STRING);
                key_id = Some(
                    id.ok_or_else(|| error("invalid subject key identifier"))?
                        .to_vec(),
                );
            }
        }
    }
    certificate
        .bit_string()
        .ok_or_else(|| malformed("signature"))?;
    if !outer.is_empty() {
        return Err(error("trailing data"));
    }
    let key_id = key_id.filter(|id| !id.is_empty());
    Ok(Issuer {
        name,
        key_id,
        public_key,
    })
}
