//! Links the program at a fixed address where that is known to work, as Helm's own releases are.
//!
//! An executable that may be loaded anywhere has 17,000 addresses to mend before it begins, which is a tenth of the time of a
//! small chart. Moving it about makes memory errors harder to exploit; this program has no `unsafe` code of its own.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    if !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    println!("cargo::rustc-link-arg-bins=-no-pie");
    // `-no-pie` takes back the `-static-pie` of the compiler, of which `-static` is to stay.
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    if features.split(',').any(|feature| feature == "crt-static") {
        println!("cargo::rustc-link-arg-bins=-static");
    }
}
