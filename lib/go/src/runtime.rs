//! Go's `runtime`: what it calls the machine.

use std::env::consts;

/// The operating system that this program is built for (`runtime.GOOS`): `darwin` for what Rust calls `macos`.
pub fn goos() -> &'static str {
    match consts::OS {
        "macos" => "darwin",
        other => other,
    }
}

/// The architecture that this program is built for (`runtime.GOARCH`): `amd64` for what Rust calls `x86_64`.
pub fn goarch() -> &'static str {
    match consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
        "loongarch64" => "loong64",
        other => other,
    }
}
