//! Passwords, keys and certificates.

mod certificates;
mod cost;
mod der;
mod encryption;
mod issuer;
mod keys;
mod passwords;
mod rsa_keys;
mod x509;

use homescale_template::{Function, Group};
use homescale_value::{Signature, Type};

use self::certificates::{
    build_custom_cert, gen_ca, gen_ca_with_key, gen_self_signed_cert,
    gen_self_signed_cert_with_key, gen_signed_cert, gen_signed_cert_with_key,
};
use self::encryption::{decrypt_aes, encrypt_aes};
use self::keys::gen_private_key;
use self::passwords::{bcrypt, derive_password, htpasswd};
use crate::row::BLANK;

const NAME_AND_DAYS: Signature = Signature::fixed(&[Type::String, Type::Int]);
const TWO_TEXTS: Signature = Signature::fixed(&[Type::String, Type::String]);

pub(crate) const GROUP: Group = Group {
    name: "crypto",
    about: "Encrypts, hashes passwords, and makes keys and certificates.",
    functions: &[
        Function {
            name: "bcrypt",
            signature: Signature::fixed(&[Type::String]),
            usage: "bcrypt PASSWORD",
            about: "Hashes a password with bcrypt.",
            examples: &[(r#"{{ bcrypt "p" | trunc 7 }}"#, "$2a$10$")],
            call: bcrypt,
            ..BLANK
        },
        Function {
            name: "buildCustomCert",
            signature: TWO_TEXTS,
            usage: "buildCustomCert CERTIFICATE KEY",
            about: "Makes a certificate object of a certificate and a key in base 64.",
            examples: &[(
                r#"{{ $ca := genCA "ca" 1 }}{{ eq (buildCustomCert (b64enc $ca.Cert) (b64enc $ca.Key)).Key $ca.Key }}"#,
                "true",
            )],
            call: build_custom_cert,
            ..BLANK
        },
        Function {
            name: "decryptAES",
            signature: TWO_TEXTS,
            usage: "decryptAES PASSWORD TEXT",
            about: "Decrypts what `encryptAES` encrypted.",
            examples: &[(
                r#"{{ encryptAES "key" "text" | decryptAES "key" }}"#,
                "text",
            )],
            call: decrypt_aes,
            ..BLANK
        },
        Function {
            name: "derivePassword",
            signature: Signature::fixed(&[
                Type::Uint32,
                Type::String,
                Type::String,
                Type::String,
                Type::String,
            ]),
            usage: "derivePassword COUNTER TYPE PASSWORD USER SITE",
            about: "Derives the password of a site from a master password.",
            examples: &[(
                r#"{{ derivePassword 1 "long" "password" "user" "example.com" }}"#,
                "ZedaFaxcZaso9*",
            )],
            call: derive_password,
            ..BLANK
        },
        Function {
            name: "encryptAES",
            signature: TWO_TEXTS,
            usage: "encryptAES PASSWORD TEXT",
            about: "Encrypts a text with AES-256 in CBC mode.",
            examples: &[(r#"{{ encryptAES "key" "text" | b64dec | len }}"#, "32")],
            call: encrypt_aes,
            ..BLANK
        },
        Function {
            name: "genCA",
            signature: NAME_AND_DAYS,
            usage: "genCA NAME DAYS",
            about: "Makes a certificate authority.",
            examples: &[(
                r#"{{ (genCA "ca" 365).Cert | trunc 27 }}"#,
                "-----BEGIN CERTIFICATE-----",
            )],
            call: gen_ca,
            ..BLANK
        },
        Function {
            name: "genCAWithKey",
            signature: Signature::fixed(&[Type::String, Type::Int, Type::String]),
            usage: "genCAWithKey NAME DAYS KEY",
            about: "Makes a certificate authority with a given key.",
            examples: &[(
                r#"{{ $key := genPrivateKey "ed25519" }}{{ eq (genCAWithKey "ca" 365 $key).Key $key }}"#,
                "true",
            )],
            call: gen_ca_with_key,
            ..BLANK
        },
        Function {
            name: "genPrivateKey",
            signature: Signature::fixed(&[Type::String]),
            usage: "genPrivateKey TYPE",
            about: "Makes a private key.",
            examples: &[(
                r#"{{ genPrivateKey "ecdsa" | trunc 30 }}"#,
                "-----BEGIN EC PRIVATE KEY-----",
            )],
            call: gen_private_key,
            ..BLANK
        },
        Function {
            name: "genSelfSignedCert",
            signature: Signature::fixed(&[Type::String, Type::List, Type::List, Type::Int]),
            usage: "genSelfSignedCert NAME ADDRESSES NAMES DAYS",
            about: "Makes a certificate signed by its own key.",
            examples: &[(
                r#"{{ (genSelfSignedCert "web" (list "10.0.0.1") (list "web.example") 365).Key | trunc 31 }}"#,
                "-----BEGIN RSA PRIVATE KEY-----",
            )],
            call: gen_self_signed_cert,
            ..BLANK
        },
        Function {
            name: "genSelfSignedCertWithKey",
            signature: Signature::fixed(&[
                Type::String,
                Type::List,
                Type::List,
                Type::Int,
                Type::String,
            ]),
            usage: "genSelfSignedCertWithKey NAME ADDRESSES NAMES DAYS KEY",
            about: "Makes a certificate signed by a given key of its own.",
            examples: &[(
                r#"{{ $key := genPrivateKey "ecdsa" }}{{ eq (genSelfSignedCertWithKey "web" nil nil 365 $key).Key $key }}"#,
                "true",
            )],
            call: gen_self_signed_cert_with_key,
            ..BLANK
        },
        Function {
            name: "genSignedCert",
            signature: Signature::fixed(&[
                Type::String,
                Type::List,
                Type::List,
                Type::Int,
                CERTIFICATE,
            ]),
            usage: "genSignedCert NAME ADDRESSES NAMES DAYS AUTHORITY",
            about: "Makes a certificate signed by an authority.",
            examples: &[(
                r#"{{ (genSignedCert "web" nil (list "web.example") 365 (genCA "ca" 365)).Cert | trunc 27 }}"#,
                "-----BEGIN CERTIFICATE-----",
            )],
            call: gen_signed_cert,
            ..BLANK
        },
        Function {
            name: "genSignedCertWithKey",
            signature: Signature::fixed(&[
                Type::String,
                Type::List,
                Type::List,
                Type::Int,
                CERTIFICATE,
                Type::String,
            ]),
            usage: "genSignedCertWithKey NAME ADDRESSES NAMES DAYS AUTHORITY KEY",
            about: "Makes a certificate of a given key, signed by an authority.",
            examples: &[(
                r#"{{ $key := genPrivateKey "ed25519" }}{{ eq (genSignedCertWithKey "web" nil nil 365 (genCA "ca" 365) $key).Key $key }}"#,
                "true",
            )],
            call: gen_signed_cert_with_key,
            ..BLANK
        },
        Function {
            name: "htpasswd",
            signature: TWO_TEXTS,
            usage: "htpasswd USER PASSWORD",
            about: "Gives a line of a password file, hashed with bcrypt.",
            examples: &[(r#"{{ htpasswd "me" "p" | trunc 10 }}"#, "me:$2a$10$")],
            call: htpasswd,
            ..BLANK
        },
    ],
};

/// What `genCA` gives, and `genSignedCert` takes.
const CERTIFICATE: Type = Type::Named("sprig.certificate");
