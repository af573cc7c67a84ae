//! Sprig's certificates: an authority, certificates that it signs, and certificates that sign themselves.

use std::net::IpAddr;

use homescale_go::{base64, pem};
use homescale_template::{Context, Failure};
use homescale_value::{Field, Str, Struct, StructType, Value};

use super::issuer::{Issuer, parse};
use super::keys::{PrivateKey, new_for_certificate};
use super::x509::Template;
use crate::Timestamp;
use crate::arguments::{Outcome, take};
use crate::environment::{environment, outside};

/// Sprig's `certificate`: the certificate and its private key, both as PEM.
static CERTIFICATE: StructType = StructType {
    pointer: "*sprig.certificate",
    fields: &[Field::of("Cert"), Field::of("Key")],
    methods: &[],
};

fn certificate(cert: Str, key: Str) -> Value {
    Struct::value(&CERTIFICATE, [cert, key].map(Value::Str))
}

pub(super) fn build_custom_cert(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (cert, key): (&Str, &Str) = take(args)?;
    let cert = base64::decode(cert).map_err(|_| "unable to decode base64 certificate")?;
    let key = base64::decode(key).map_err(|_| "unable to decode base64 private key")?;
    issuer(&cert, "decodedCert")?;
    PrivateKey::from_pem(&key).map_err(|e| format!("error parsing private key: {e}"))?;
    let (cert, key) = (cert.into(), key.into());
    Ok(certificate(cert, key))
}

pub(super) fn gen_ca(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (name, days): (&Str, i64) = take(args)?;
    let template = authority(context, name, days)?;
    let key = new_for_certificate(context)?;
    signed(context, &template, &key, None)
}

pub(super) fn gen_ca_with_key(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (name, days, key): (&Str, i64, &Str) = take(args)?;
    let key = given_key(key)?;
    signed(context, &authority(context, name, days)?, &key, None)
}

pub(super) fn gen_self_signed_cert(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let template = template(context, take(args)?)?;
    let key = new_for_certificate(context)?;
    signed(context, &template, &key, None)
}

pub(super) fn gen_self_signed_cert_with_key(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (request, key): (Request<'_>, &Str) = take(args)?;
    let key = given_key(key)?;
    signed(context, &template(context, request)?, &key, None)
}

pub(super) fn gen_signed_cert(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (request, authority): (Request<'_>, &Value) = take(args)?;
    let (issuer, issuer_key) = signer(authority)?;
    let template = template(context, request)?;
    let key = new_for_certificate(context)?;
    signed(context, &template, &key, Some((&issuer, &issuer_key)))
}

pub(super) fn gen_signed_cert_with_key(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (request, authority, key): (Request<'_>, &Value, &Str) = take(args)?;
    let key = given_key(key)?;
    let (issuer, issuer_key) = signer(authority)?;
    signed(
        context,
        &template(context, request)?,
        &key,
        Some((&issuer, &issuer_key)),
    )
}

fn given_key(text: &[u8]) -> Outcome<PrivateKey> {
    PrivateKey::from_pem(text)
        .map_err(|error| Failure::Message(format!("parsing private key: {error}")))
}

fn authority(context: &dyn Context, name: &Str, days: i64) -> Outcome<Template> {
    let request = ((name, &Value::Nil), (&Value::Nil, days));
    Ok(Template {
        is_ca: true,
        ..template(context, request)?
    })
}

/// The certificate and key of an authority.
fn signer(authority: &Value) -> Outcome<(Issuer, PrivateKey)> {
    let part = |name| match authority {
        Value::Object(authority) => authority.field(name)?.as_str().cloned(),
        _ => None,
    };
    let issuer = issuer(&part("Cert").unwrap_or_default(), "decodedSignerCert")?;
    let key = PrivateKey::from_pem(&part("Key").unwrap_or_default())
        .map_err(|error| format!("error parsing private key: {error}"))?;
    Ok((issuer, key))
}

fn issuer(text: &[u8], variable: &str) -> Outcome<Issuer> {
    let block = pem::decode(text).ok_or("unable to decode certificate")?;
    let issuer = parse(&block.bytes);
    issuer.map_err(|error| {
        Failure::Message(format!(
            "error parsing certificate: {variable}.Bytes: {error}"
        ))
    })
}

/// A common name, addresses, names, and days.
type Request<'a> = ((&'a Str, &'a Value), (&'a Value, i64));

/// Sprig's `getBaseCertTemplate`. Every certificate comes by here, once.
fn template(
    context: &dyn Context,
    ((common_name, ip_addresses), (dns_names, days)): Request<'_>,
) -> Outcome<Template> {
    let ip_addresses = each(ip_addresses, |address| {
        let Some(text) = address.as_str() else {
            return Err(format!("error parsing ip: {address} is not a string"));
        };
        let text = text.to_text();
        let address = text.parse::<IpAddr>();
        address.map_err(|_| format!("error parsing ip: {text}"))
    })?;
    let dns_names = each(dns_names, |name| {
        name.as_str()
            .cloned()
            .ok_or_else(|| format!("error processing alternate dns name: {name} is not a string"))
    })?;
    let host = outside(context)?;
    let mut serial = [0; 16];
    host.random(&mut serial);
    let now = host.now();
    Ok(Template {
        serial,
        common_name: common_name.clone(),
        ip_addresses,
        dns_names,
        not_before: now,
        not_after: after(now, days),
        is_ca: false,
        sha256_key_id: environment(context)?.options().go.key_ids_are_sha256(),
    })
}

fn each<T>(list: &Value, read: impl Fn(&Value) -> Result<T, String>) -> Outcome<Vec<T>> {
    let Value::List(list) = list else {
        return Ok(Vec::new());
    };
    let items = list.items();
    let read = items
        .iter()
        .map(|item| read(item).map_err(Failure::Message));
    read.collect()
}

/// The moment some days later. Go's duration has 64 bits of nanoseconds: beyond 292 years it wraps around.
pub(super) fn after(now: Timestamp, days: i64) -> Timestamp {
    const SECOND: i64 = 1_000_000_000;
    let duration = days.wrapping_mul(24 * 60 * 60 * SECOND);
    let nanoseconds = i64::from(now.nanoseconds) + duration.rem_euclid(SECOND);
    Timestamp {
        seconds: now.seconds + duration.div_euclid(SECOND) + nanoseconds / SECOND,
        nanoseconds: (nanoseconds % SECOND) as u32,
    }
}

fn signed(
    context: &dyn Context,
    template: &Template,
    key: &PrivateKey,
    issuer: Option<(&Issuer, &PrivateKey)>,
) -> Outcome {
    let (issuer, signing_key) = issuer.map_or((None, key), |(issuer, key)| (Some(issuer), key));
    let bytes = template
        .create(|| key.public_key(), issuer, signing_key)
        .map_err(|error| format!("error creating certificate: {error}"))?;
    environment(context)?.host().certified(template.not_after);
    let cert = pem::encode("CERTIFICATE", &bytes).into();
    let key = key.to_pem().into();
    Ok(certificate(cert, key))
}
