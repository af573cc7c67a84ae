//! AES-256 in CBC mode, as Sprig encrypts: the key is the password cut or filled with zeros, the vector comes first.

use aes::Aes256;
use cbc::cipher::block_padding::{NoPadding, Pkcs7};
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use data_encoding::BASE64;
use homescale_go::base64;
use homescale_template::{Context, Failure};
use homescale_value::{Str, Value};

use crate::arguments::{Outcome, take};
use crate::environment::outside;

const BLOCK: usize = 16;

pub(super) fn decrypt_aes(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (password, text): (&Str, &Str) = take(args)?;
    if text.is_empty() {
        return Ok("".into());
    }
    let encrypted = base64::decode(text).map_err(|error| Failure::Message(error.to_string()))?;
    let Some((vector, encrypted)) = encrypted.split_first_chunk::<BLOCK>() else {
        let (capacity, wanted) = (encrypted.len(), BLOCK);
        return Err(out_of_range(&format!(
            "[:{wanted}] with capacity {capacity}"
        )));
    };
    let decrypted = cbc::Decryptor::<Aes256>::new(&key(password).into(), vector.into())
        .decrypt_padded_vec::<NoPadding>(encrypted)
        .map_err(|_| Failure::new("crypto/cipher: input not full blocks"))?;
    // The last byte says how many bytes of padding there are; Sprig does not look at the others.
    let Some(padding) = decrypted.last() else {
        return Err("runtime error: index out of range [-1]".into());
    };
    let length = decrypted.len() as i64 - i64::from(*padding);
    let text = usize::try_from(length).map(|length| &decrypted[..length]);
    text.map(|text| Value::Str(text.into()))
        .map_err(|_| out_of_range(&format!("[:{length}]")))
}

pub(super) fn encrypt_aes(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (password, text): (&Str, &Str) = take(args)?;
    if text.is_empty() {
        return Ok("".into());
    }
    let mut vector = [0; BLOCK];
    outside(context)?.random(&mut vector);
    let encrypted = cbc::Encryptor::<Aes256>::new(&key(password).into(), &vector.into())
        .encrypt_padded_vec::<Pkcs7>(text);
    Ok(BASE64.encode(&[&vector[..], &encrypted].concat()).into())
}

fn key(password: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    for (slot, byte) in key.iter_mut().zip(password) {
        *slot = *byte;
    }
    key
}

fn out_of_range(range: &str) -> Failure {
    Failure::Message(format!("runtime error: slice bounds out of range {range}"))
}
