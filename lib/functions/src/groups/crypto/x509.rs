//! X.509 certificates as Go's `x509.CreateCertificate` writes them from Sprig's template.

use std::net::IpAddr;

use homescale_go::strconv;
use homescale_value::Str;
use jiff::tz::TimeZone;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::der;
use super::issuer::{Issuer, SUBJECT_KEY_ID};
use super::keys::{PrivateKey, PublicKey};
use crate::Timestamp;

const COMMON_NAME: &[u8] = &[0x06, 0x03, 0x55, 0x04, 0x03];
const KEY_USAGE: &[u8] = &[0x06, 0x03, 0x55, 0x1D, 0x0F];
const SUBJECT_ALT_NAME: &[u8] = &[0x06, 0x03, 0x55, 0x1D, 0x11];
const BASIC_CONSTRAINTS: &[u8] = &[0x06, 0x03, 0x55, 0x1D, 0x13];
const AUTHORITY_KEY_ID: &[u8] = &[0x06, 0x03, 0x55, 0x1D, 0x23];
const EXTENDED_KEY_USAGE: &[u8] = &[0x06, 0x03, 0x55, 0x1D, 0x25];
const SERVER_AUTH: &[u8] = &[0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];
const CLIENT_AUTH: &[u8] = &[0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02];

/// What Sprig asks of a new certificate.
pub(super) struct Template {
    pub(super) serial: [u8; 16],
    pub(super) common_name: Str,
    pub(super) ip_addresses: Vec<IpAddr>,
    pub(super) dns_names: Vec<Str>,
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    pub(super) is_ca: bool,
    /// Whether the identifier of an authority's key is cut from SHA-256, as Go does from 1.25 on, or SHA-1.
    pub(super) sha256_key_id: bool,
}

impl Template {
    /// The certificate of a public key, signed. Without an issuer it is signed by itself.
    pub(super) fn create(
        &self,
        public_key: impl FnOnce() -> Result<PublicKey, String>,
        issuer: Option<&Issuer>,
        signing_key: &PrivateKey,
    ) -> Result<Vec<u8>, String> {
        let algorithm = signing_key.signature_algorithm()?;
        let public_key = public_key()?;
        let subject = self.subject()?;
        let issuer_name = issuer.map_or(&subject, |issuer| &issuer.name);
        let authority_id = issuer
            .filter(|issuer| issuer.name != subject)
            .and_then(|issuer| issuer.key_id.as_deref());
        if let Some(issuer) = issuer
            && issuer.public_key.is_known()
            && issuer.public_key != signing_key.public_key()?
        {
            return Err("x509: provided PrivateKey doesn't match parent's PublicKey".to_owned());
        }
        let extensions = self.extensions(&public_key, authority_id, subject.len() == 2)?;
        let contents = der::sequence(&[
            &der::element(der::explicit(0), &[&der::integer(&[2])]),
            &der::integer(&self.serial),
            &algorithm,
            issuer_name,
            &der::sequence(&[&time(self.not_before)?, &time(self.not_after)?]),
            &subject,
            &der::sequence(&[&public_key.algorithm, &der::bit_string(&public_key.bits)]),
            &der::element(der::explicit(3), &[&extensions]),
        ]);
        let signature = signing_key.sign(&contents)?;
        Ok(der::sequence(&[
            &contents,
            &algorithm,
            &der::bit_string(&signature),
        ]))
    }

    fn subject(&self) -> Result<Vec<u8>, String> {
        if self.common_name.is_empty() {
            return Ok(der::sequence(&[]));
        }
        let tag = if self.common_name.iter().copied().all(is_printable) {
            der::PRINTABLE_STRING
        } else if std::str::from_utf8(&self.common_name).is_ok() {
            der::UTF8_STRING
        } else {
            return Err("asn1: string not valid UTF-8".to_owned());
        };
        let name = der::sequence(&[COMMON_NAME, &der::element(tag, &[&self.common_name])]);
        Ok(der::sequence(&[&der::element(der::SET, &[&name])]))
    }

    fn extensions(
        &self,
        public_key: &PublicKey,
        authority_id: Option<&[u8]>,
        subject_is_empty: bool,
    ) -> Result<Vec<u8>, String> {
        // Bits 0 and 2 are digitalSignature and keyEncipherment; bit 5 is keyCertSign.
        let (unused, usage) = if self.is_ca { (2, 0xA4) } else { (5, 0xA0) };
        let constraints: &[&[u8]] = if self.is_ca { &[der::TRUE] } else { &[] };
        let mut all = vec![
            extension(KEY_USAGE, true, &[der::BIT_STRING, 2, unused, usage]),
            extension(
                EXTENDED_KEY_USAGE,
                false,
                &der::sequence(&[SERVER_AUTH, CLIENT_AUTH]),
            ),
            extension(BASIC_CONSTRAINTS, true, &der::sequence(constraints)),
        ];
        if self.is_ca {
            let hash = if self.sha256_key_id {
                Sha256::digest(&public_key.bits)[..20].to_vec()
            } else {
                Sha1::digest(&public_key.bits).to_vec()
            };
            let id = der::element(der::OCTET_STRING, &[&hash]);
            all.push(extension(SUBJECT_KEY_ID, false, &id));
        }
        if let Some(id) = authority_id {
            let id = der::element(der::implicit(0), &[id]);
            all.push(extension(AUTHORITY_KEY_ID, false, &der::sequence(&[&id])));
        }
        if !self.dns_names.is_empty() || !self.ip_addresses.is_empty() {
            let names = self.alternative_names()?;
            all.push(extension(SUBJECT_ALT_NAME, subject_is_empty, &names));
        }
        let parts: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        Ok(der::sequence(&parts))
    }

    /// The names, then the addresses: Go's order, whatever Sprig's.
    fn alternative_names(&self) -> Result<Vec<u8>, String> {
        let mut all = Vec::new();
        for name in &self.dns_names {
            if !name.is_ascii() {
                let name = strconv::quote(name);
                return Err(format!("x509: {name} cannot be encoded as an IA5String"));
            }
            all.push(der::element(der::implicit(2), &[name]));
        }
        for address in &self.ip_addresses {
            all.push(match address.to_canonical() {
                IpAddr::V4(address) => der::element(der::implicit(7), &[&address.octets()]),
                IpAddr::V6(address) => der::element(der::implicit(7), &[&address.octets()]),
            });
        }
        let parts: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        Ok(der::sequence(&parts))
    }
}

fn extension(identifier: &[u8], is_critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if is_critical { der::TRUE } else { &[] };
    let value = der::element(der::OCTET_STRING, &[value]);
    der::sequence(&[identifier, critical, &value])
}

/// The characters that Go puts into a `PrintableString`: without the asterisk, which certificates use as a wildcard.
fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

/// Two digits of the year, as long as they are clear.
fn time(moment: Timestamp) -> Result<Vec<u8>, String> {
    let time = jiff::Timestamp::new(moment.seconds, 0)
        .map_err(|_| "asn1: structure error: cannot represent time as GeneralizedTime")?
        .to_zoned(TimeZone::UTC);
    let (tag, format) = match time.year() {
        1950..2050 => (der::UTC_TIME, "%y%m%d%H%M%SZ"),
        _ => (der::GENERALIZED_TIME, "%Y%m%d%H%M%SZ"),
    };
    Ok(der::element(
        tag,
        &[time.strftime(format).to_string().as_bytes()],
    ))
}

#[cfg(test)]
mod tests {
    use super::super::issuer::parse;
    use super::*;
    use data_encoding::BASE64;

    fn key(seed: &[u8; 32]) -> PrivateKey {
        PrivateKey::Ed25519(seed.into())
    }

    /// The template of `fixtures/certificates/record.go`.
    fn template(name: &str, days: i64) -> Template {
        let now = Timestamp::from_rfc3339("2026-01-02T03:04:05Z").expect("that is a time");
        Template {
            serial: std::array::from_fn(|index| 0xA0 + index as u8),
            common_name: name.into(),
            ip_addresses: Vec::new(),
            dns_names: Vec::new(),
            not_before: now,
            not_after: super::super::certificates::after(now, days),
            is_ca: false,
            sha256_key_id: true,
        }
    }

    #[test]
    fn certificates_are_those_of_go() {
        let authority_key = key(b"the key of the authority, 32 byt");
        let leaf_key = key(b"the key of a certificate, 32 byt");
        let authority = Template {
            is_ca: true,
            ..template("ca", 365)
        };
        let issuer = |template: &Template| {
            let bytes = template.create(|| authority_key.public_key(), None, &authority_key);
            parse(&bytes.expect("it is signed")).expect("it is whole")
        };
        let issuer = issuer(&authority);
        let with_names = Template {
            ip_addresses: ["10.0.0.1", "::1", "::ffff:10.0.0.2"]
                .map(|ip| ip.parse().unwrap())
                .into(),
            dns_names: ["a.example", "*.b.example"].map(Str::from).into(),
            ..template("*.example", 30)
        };
        let without_a_name = Template {
            dns_names: vec!["a.example".into()],
            ..template("", 1)
        };
        let before_1_25 = Template {
            is_ca: true,
            sha256_key_id: false,
            ..template("ca", 365)
        };
        let cases = [
            ("authority", &authority, None, &authority_key),
            ("self-signed", &with_names, None, &leaf_key),
            ("signed", &with_names, Some(&issuer), &leaf_key),
            (
                "signed-with-the-name-of-the-authority",
                &template("ca", 1),
                Some(&issuer),
                &leaf_key,
            ),
            (
                "signed-without-a-name",
                &without_a_name,
                Some(&issuer),
                &leaf_key,
            ),
            (
                "signed-after-2050",
                &template("bücher & co.", 36500),
                Some(&issuer),
                &leaf_key,
            ),
            (
                "signed-for-less-than-no-time",
                &template("a'(b)+c,d-e./:=?", -40000),
                Some(&issuer),
                &leaf_key,
            ),
            (
                "signed-beyond-64-bits",
                &template("x", 365_000),
                Some(&issuer),
                &leaf_key,
            ),
            (
                "authority-before-go-1.25",
                &before_1_25,
                None,
                &authority_key,
            ),
        ];
        let recorded = include_str!("../../../../../fixtures/certificates/certificates.txt");
        assert_eq!(recorded.lines().count(), cases.len());
        for (line, (name, template, issuer, key)) in recorded.lines().zip(cases) {
            let signer = if issuer.is_some() {
                &authority_key
            } else {
                key
            };
            let bytes = template.create(|| key.public_key(), issuer, signer);
            let ours = bytes.map(|bytes| BASE64.encode(&bytes));
            assert_eq!(
                ours.map(|text| format!("{name} {text}")).as_deref(),
                Ok(line)
            );
        }
    }

    #[test]
    fn whatever_is_cut_off_is_noticed() {
        let key = key(b"the key of the authority, 32 byt");
        let bytes = template("ca", 1)
            .create(|| key.public_key(), None, &key)
            .expect("it is signed");
        for length in 0..bytes.len() {
            assert!(parse(&bytes[..length]).is_err(), "{length}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(parse(&longer).err().as_deref(), Some("x509: trailing data"));
    }
}
