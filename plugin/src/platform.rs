//! What differs between operating systems. Everything that is Unix only is here, beside what stands for it elsewhere.

use std::fs::{DirBuilder, Metadata, OpenOptions};
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

/// Lets a file that is made with these options be read and written by its user alone. Where files do not say so, it is as its
/// directory.
#[cfg(unix)]
pub(crate) fn make_private(options: &mut OpenOptions) {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

/// Lets a file that is made with these options be read and written by its user alone. Where files do not say so, it is as its
/// directory.
#[cfg(not(unix))]
pub(crate) fn make_private(_: &mut OpenOptions) {}

/// Makes directories with those above them, for their user alone.
pub(crate) fn private_directories() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Whether somebody else than the user, and the system's administrator, may write there. Where files do not say so, nobody may.
#[cfg(unix)]
pub(crate) fn others_may_write(file: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let is_trusted = file.uid() == 0 || file.uid() == rustix::process::geteuid().as_raw();
    !is_trusted || file.mode() & 0o022 != 0
}

/// Whether somebody else than the user, and the system's administrator, may write there. Where files do not say so, nobody may.
#[cfg(not(unix))]
pub(crate) fn others_may_write(_: &Metadata) -> bool {
    false
}
