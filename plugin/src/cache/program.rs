//! Which program renders: the digest of its file, so that no build gives what another one kept.

use std::fs::File;
use std::io::Read;
use std::sync::LazyLock;
use std::thread;

use sha2::{Digest, Sha256};

static PROGRAM: LazyLock<Option<[u8; 32]>> = LazyLock::new(read);

/// Begins to digest the program, on a thread beside the one that reads the repository.
pub(super) fn begin() {
    // Where the system has no thread left, whoever asks for the digest makes it.
    let _ = thread::Builder::new().spawn(|| LazyLock::force(&PROGRAM).is_some());
}

/// The digest of this program. `None` where its file cannot be read.
pub(super) fn digest() -> Option<[u8; 32]> {
    *PROGRAM
}

fn read() -> Option<[u8; 32]> {
    let mut file = File::open(std::env::current_exe().ok()?).ok()?;
    let mut hasher = Sha256::new();
    hasher.update(env!("CARGO_PKG_VERSION"));
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer).ok()? {
            0 => return Some(hasher.finalize().into()),
            length => hasher.update(&buffer[..length]),
        }
    }
}
