//! Links the program at a fixed address and with the system's libraries inside, where that is known to work, as Helm's own
//! releases are.
//!
//! A chart of usual size is rendered in a few milliseconds, and an executable that may be loaded anywhere and has to find its
//! libraries first spends a fifth of them on that. Moving it about makes memory errors harder to exploit; this program has no
//! `unsafe` code of its own. `HELM_CATALOG_DYNAMIC=1` leaves the libraries out.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The libraries that the compiler names, and the archives that stand for them.
const LIBRARIES: [(&str, &str); 7] = [
    ("libc.a", "libc.a"),
    ("libdl.a", "libdl.a"),
    ("libgcc_s.a", "libgcc_eh.a"),
    ("libm.a", "libm.a"),
    ("libpthread.a", "libpthread.a"),
    ("librt.a", "librt.a"),
    ("libutil.a", "libutil.a"),
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=HELM_CATALOG_DYNAMIC");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    if !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    let link = |argument: &str| println!("cargo::rustc-link-arg-bins={argument}");
    link("-no-pie");
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    if features.split(',').any(|feature| feature == "crt-static") {
        // `-no-pie` takes back the `-static-pie` of the compiler, of which `-static` is to stay.
        link("-static");
        return;
    }
    // With that feature, Cargo could not build procedural macros. The linker does it without, when it finds archives first.
    let is_native = env::var("HOST") == env::var("TARGET");
    if !is_native || is("HELM_CATALOG_DYNAMIC", "1") {
        return;
    }
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    if let Ok(true) = archives(&folder) {
        link("-static");
        link(&format!("-L{}", folder.display()));
        for library in ["--start-group", "-lgcc", "-lgcc_eh", "-lc", "--end-group"] {
            link(&library.replacen("--", "-Wl,--", 1));
        }
    }
}

/// Puts archives into a folder, under the names that the compiler asks for. Whether a program can be linked with them.
fn archives(folder: &Path) -> io::Result<bool> {
    for (name, archive) in LIBRARIES {
        let printed = Command::new("cc")
            .arg(format!("-print-file-name={archive}"))
            .output()?;
        let path = String::from_utf8_lossy(&printed.stdout).trim().to_owned();
        let link = folder.join(name);
        if fs::symlink_metadata(&link).is_ok() {
            fs::remove_file(&link)?;
        }
        // A file that the compiler does not know is printed as it was named.
        if !Path::new(&path).is_absolute() {
            return Ok(false);
        }
        symlink(path, link)?;
    }
    let source = folder.join("probe.c");
    fs::write(&source, "int main(void) { return 0; }\n")?;
    let status = Command::new("cc")
        .args(["-static", "-no-pie", "-o"])
        .arg(folder.join("probe"))
        .arg(&source)
        .stderr(Stdio::null())
        .status()?;
    Ok(status.success())
}
