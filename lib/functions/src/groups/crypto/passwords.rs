//! Hashes of passwords, and passwords that are derived from a master password.

use hmac::{Hmac, KeyInit, Mac};
use homescale_template::{Context, Failure};
use homescale_value::{Str, Value};
use sha2::Sha256;

use super::cost;
use crate::arguments::{Outcome, take};
use crate::environment::outside;

/// The work factor of Go's `bcrypt.DefaultCost`.
const COST: u32 = 10;

/// What bcrypt can hash.
const MAX_PASSWORD: usize = 72;

pub(super) fn bcrypt(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let password: &Str = take(args)?;
    hashed(context, password).map(Value::from)
}

pub(super) fn htpasswd(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (user, password): (&Str, &Str) = take(args)?;
    if user.contains(&b':') {
        return Ok(Value::Str(
            [b"invalid username: ", &user[..]].concat().into(),
        ));
    }
    let hash = hashed(context, password)?;
    Ok(Value::Str(
        [&user[..], b":", hash.as_bytes()].concat().into(),
    ))
}

/// An error is the result, as in Sprig.
fn hashed(context: &mut dyn Context, password: &[u8]) -> Outcome<String> {
    if password.len() > MAX_PASSWORD {
        return Ok(
            "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes"
                .to_owned(),
        );
    }
    context.consume(cost::BCRYPT, 0)?;
    let mut salt = [0; 16];
    outside(context)?.random(&mut salt);
    let parts = ::bcrypt::hash_with_salt(password, COST, salt).map_err(|error| {
        Failure::Message(format!("failed to encrypt string with bcrypt: {error}"))
    })?;
    Ok(parts.format_for_version(::bcrypt::Version::TwoA))
}

/// The algorithm of the password manager Master Password, version 3.
pub(super) fn derive_password(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let ((counter, kind), (password, user), site): ((u32, &Str), (&Str, &Str), &Str) = take(args)?;
    let Some((_, templates)) = TEMPLATES
        .iter()
        .find(|(name, _)| name.as_bytes() == &kind[..])
    else {
        return Ok(Value::Str(
            [b"cannot find password template ", &kind[..]]
                .concat()
                .into(),
        ));
    };
    context.consume(cost::SCRYPT, 0)?;
    let mut master_key = [0; 64];
    let params =
        ::scrypt::Params::new(15, 8, 2).map_err(|error| Failure::Message(error.to_string()))?;
    ::scrypt::scrypt(password, &seeded(user), &params, &mut master_key)
        .map_err(|error| Failure::Message(error.to_string()))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&master_key)
        .map_err(|error| Failure::Message(error.to_string()))?;
    mac.update(&seeded(site));
    mac.update(&counter.to_be_bytes());
    let seed = mac.finalize().into_bytes();
    let template = templates[usize::from(seed[0]) % templates.len()];
    let derived = template
        .bytes()
        .zip(&seed[1..])
        .filter_map(|(class, byte)| {
            let characters = characters(class);
            characters.get(usize::from(*byte) % characters.len().max(1))
        });
    Ok(Value::Str(derived.copied().collect::<Vec<u8>>().into()))
}

/// The name of the algorithm, and a text with its length in front.
fn seeded(text: &[u8]) -> Vec<u8> {
    let length = (text.len() as u32).to_be_bytes();
    [b"com.lyndir.masterpassword", &length[..], text].concat()
}

/// The shapes of passwords: each letter stands for a class of characters.
const TEMPLATES: [(&str, &[&str]); 6] = [
    ("basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    (
        "long",
        &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
    ),
    ("maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    ("medium", &["CvcnoCvc", "CvcCvcno"]),
    ("pin", &["nnnn"]),
    ("short", &["Cvcn"]),
];

fn characters(class: u8) -> &'static [u8] {
    match class {
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        b'v' => b"aeiou",
        b'x' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
        _ => b"",
    }
}
