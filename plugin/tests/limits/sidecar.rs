//! The sidecar as its image runs it: as user 999, if the test may become another user, with nothing set but what Argo CD says.

use std::fs;
use std::io::{Read, Seek};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// The user of the sidecar's image.
const USER: u32 = 999;

/// How much memory a process may have had when it ends, in bytes.
const MEMORY: u64 = 300_000_000;

/// How long a process may compute until it ends: the time on the clock depends on what else the machine does. Without
/// optimisation it takes several times as long.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 });

/// A tree that Argo CD sent.
pub(crate) struct Sent(TempDir);

/// The program where the user of the sidecar can run it: a build directory may be nobody else's.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = PROGRAM.get_or_init(|| {
        let directory = tempfile::tempdir().unwrap();
        open(directory.path());
        let path = directory.path().join("helm-catalog");
        fs::copy(env!("CARGO_BIN_EXE_helm-catalog"), &path).unwrap();
        open(&path);
        (directory, path)
    });
    path
}

/// Lets everybody read and run.
fn open(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

impl Sent {
    /// A tree with these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let sent = Self(tempfile::tempdir().unwrap());
        open(sent.0.path());
        for (path, text) in files {
            sent.write(path, text);
        }
        sent
    }

    /// A tree that is a chart with these files besides its `Chart.yaml`.
    pub(crate) fn chart(files: &[(&str, &str)]) -> Self {
        let sent = Self::new(&[("Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n")]);
        for (path, text) in files {
            sent.write(path, text);
        }
        sent
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    /// Asks for manifests of the chart at the top, with these parameters of the plugin.
    pub(crate) fn generate(&self, parameters: &[(&str, &str)], arguments: &[&str]) -> Ended {
        let parameters = parameters.iter();
        let parameters =
            parameters.map(|(name, text)| serde_json::json!({"name": name, "string": text}));
        let parameters: serde_json::Value = parameters.collect();
        let mut command = Command::new(program());
        command
            .args(["cmp", "generate"])
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .env("ARGOCD_APP_NAME", "a")
            .env("ARGOCD_APP_PARAMETERS", parameters.to_string())
            .stdin(Stdio::null());
        // Only root may become another user.
        if fs::metadata("/proc/self").unwrap().uid() == 0 {
            command.uid(USER).gid(USER);
        }
        Ended::of(&mut command)
    }

    /// The same with an empty `helm`, which says that it is a chart.
    pub(crate) fn generate_chart(&self) -> Ended {
        self.generate(&[("helm", "{}")], &[])
    }
}

/// How a process ended, and what it took.
pub(crate) struct Ended {
    status: i32,
    stdout: String,
    stderr: String,
    memory: u64,
    time: Duration,
}

impl Ended {
    fn of(command: &mut Command) -> Self {
        // Files, because a pipe is full some time, and nobody reads it before the end.
        let files = [(); 2].map(|()| tempfile::tempfile().unwrap());
        let [out, err] = files.each_ref().map(|file| file.try_clone().unwrap());
        let mut child = command.stdout(out).stderr(err).spawn().unwrap();
        let process = PathBuf::from(format!("/proc/{}", child.id()));
        let (mut memory, mut time) = (0, Duration::ZERO);
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            memory = memory.max(most_memory(&process).unwrap_or_default());
            time = time.max(computed(&process).unwrap_or_default());
            thread::sleep(Duration::from_millis(2));
        };
        let [stdout, stderr] = files.map(|mut file| {
            let mut text = String::new();
            file.rewind().unwrap();
            file.read_to_string(&mut text).unwrap();
            text
        });
        Self {
            status: status.code().unwrap(),
            stdout,
            stderr,
            memory,
            time,
        }
    }

    /// Checks that it ended by the name of a bound, and took no more than it may.
    pub(crate) fn by(&self, bound: &str) {
        let Self {
            stderr,
            memory,
            time,
            ..
        } = self;
        let shown: String = stderr.chars().take(2_000).collect();
        assert_eq!((self.status, self.stdout.as_str()), (1, ""), "{shown}");
        assert!(stderr.contains(bound), "no {bound:?} in: {shown}");
        assert!(*memory < MEMORY, "{bound}: {memory} bytes");
        assert!(*time < TIME, "{bound}: {time:?}");
    }
}

/// The most memory that a process has had, in bytes.
fn most_memory(process: &Path) -> Option<u64> {
    let status = fs::read_to_string(process.join("status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// How long a process has computed, in its own code and in the system's for it.
fn computed(process: &Path) -> Option<Duration> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    // The name of the program stands in brackets, and may have blanks in it.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2);
    let ticks: u64 = ticks
        .map(|field| field.parse::<u64>().unwrap_or_default())
        .sum();
    // Linux tells it in hundredths of a second.
    Some(Duration::from_millis(ticks * 10))
}
