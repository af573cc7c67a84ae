//! What differs between operating systems. Everything that is Unix only is here, beside what stands for it elsewhere.

use std::fs::Metadata;
use std::process::ExitStatus;

/// Whether somebody may execute a file. Where files do not say so, each may be.
#[cfg(unix)]
pub(crate) fn is_executable(file: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.permissions().mode() & 0o111 != 0
}

/// Whether somebody may execute a file. Where files do not say so, each may be.
#[cfg(not(unix))]
pub(crate) fn is_executable(_: &Metadata) -> bool {
    true
}

/// The signal that ended a process. Where there are none, a process has an exit status.
#[cfg(unix)]
pub(crate) fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

/// The signal that ended a process. Where there are none, a process has an exit status.
#[cfg(not(unix))]
pub(crate) fn signal(_: ExitStatus) -> Option<i32> {
    None
}
