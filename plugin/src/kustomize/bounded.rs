//! [`Bounded`]: a program whose time and output are bounded. What it started ends with it.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use homescale_argocd::ToolError;
use homescale_go::os::error_text;

/// How much may be printed: what Argo CD's repo-server hands on at most, `ARGOCD_GRPC_MAX_SIZE_MB` by default.
const MOST_OUTPUT: usize = 100 << 20;

/// How much of a message is kept.
const MOST_MESSAGE: usize = 64 << 10;

/// How often is looked whether a program has ended that has closed its output.
const PAUSE: Duration = Duration::from_millis(2);

/// A program whose time and output are bounded.
pub(super) struct Bounded<'a> {
    /// The program.
    pub(super) program: &'a Path,
    /// Where it runs.
    pub(super) directory: &'a Path,
    /// What messages call `.`.
    pub(super) root: &'a Path,
    /// All that it sees of the environment.
    pub(super) environment: Vec<(OsString, OsString)>,
    /// When it must have ended.
    pub(super) deadline: Instant,
    /// How long that was.
    pub(super) timeout: Duration,
}

/// What was read of a pipe.
enum Piece {
    Output(Vec<u8>),
    Message(Vec<u8>),
    TooMuch,
}

impl Bounded<'_> {
    /// Runs the program, and gives what it printed.
    ///
    /// # Errors
    /// It cannot be started, fails, takes too long, or prints too much.
    pub(super) fn run(
        &self,
        arguments: &[OsString],
        environment: &BTreeMap<String, String>,
    ) -> Result<Vec<u8>, ToolError> {
        let mut command = Command::new(self.program);
        command
            .args(arguments)
            .current_dir(self.directory)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .envs(environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        group(&mut command);
        let mut child = command.spawn().map_err(|error| ToolError::NotStarted {
            program: self.program.display().to_string(),
            cause: error_text(&error),
        })?;
        let ended = self.wait(&mut child, arguments);
        if ended.is_err() {
            kill(&mut child);
        }
        let (status, output, message) = ended?;
        if status.success() {
            return Ok(output);
        }
        let message = String::from_utf8_lossy(&message);
        let message = message.trim().trim_start_matches("Error: ");
        let lines = message.lines().map(str::trim).collect::<Vec<_>>();
        let message = self.relative(&lines.join(" "));
        Err(ToolError::Failed {
            command: self.shown(arguments),
            message: if message.is_empty() {
                status.to_string()
            } else {
                message
            },
        })
    }

    fn wait(
        &self,
        child: &mut Child,
        arguments: &[OsString],
    ) -> Result<(ExitStatus, Vec<u8>, Vec<u8>), ToolError> {
        let (tell, told) = mpsc::channel();
        if let Some(pipe) = child.stdout.take() {
            read(pipe, tell.clone(), output);
        }
        if let Some(pipe) = child.stderr.take() {
            read(pipe, tell.clone(), message);
        }
        drop(tell);
        let timed_out = || ToolError::TimedOut {
            command: self.shown(arguments),
            after: self.timeout,
        };
        let (mut output, mut message) = (Vec::new(), Vec::new());
        loop {
            let left = self.deadline.saturating_duration_since(Instant::now());
            match told.recv_timeout(left) {
                Ok(Piece::Output(bytes)) => output = bytes,
                Ok(Piece::Message(bytes)) => message = bytes,
                Ok(Piece::TooMuch) => {
                    return Err(ToolError::TooMuchOutput {
                        command: self.shown(arguments),
                        most: MOST_OUTPUT,
                    });
                }
                Err(RecvTimeoutError::Timeout) => return Err(timed_out()),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok((status, output, message)),
                Ok(None) if Instant::now() < self.deadline => thread::sleep(PAUSE),
                Ok(None) | Err(_) => return Err(timed_out()),
            }
        }
    }

    /// What is run, for messages.
    fn shown(&self, arguments: &[OsString]) -> String {
        let mut words = vec![name_of(self.program)];
        let arguments = arguments.iter().map(|it| it.to_string_lossy());
        words.extend(arguments.map(|it| self.relative(&it)));
        words.join(" ")
    }

    /// A text in which the directory of the build is `.`.
    fn relative(&self, text: &str) -> String {
        let root = self.root.to_string_lossy();
        text.replace(&format!("{root}/"), "").replace(&*root, ".")
    }
}

/// The name of a program, for messages.
fn name_of(program: &Path) -> String {
    let name = program.file_name().unwrap_or(OsStr::new("kustomize"));
    name.to_string_lossy().into_owned()
}

/// Reads a pipe on a thread of its own. It ends when the pipe does.
fn read(
    pipe: impl Read + Send + 'static,
    tell: Sender<Piece>,
    read: impl FnOnce(Box<dyn Read>) -> Piece + Send + 'static,
) {
    // Where no thread can be started, nothing is read, and the program waits until its time is up.
    let _ = thread::Builder::new().spawn(move || tell.send(read(Box::new(pipe))));
}

fn output(pipe: Box<dyn Read>) -> Piece {
    let mut bytes = Vec::new();
    let limit = MOST_OUTPUT as u64 + 1;
    // What cannot be read ends the output.
    let _ = pipe.take(limit).read_to_end(&mut bytes);
    if bytes.len() > MOST_OUTPUT {
        Piece::TooMuch
    } else {
        Piece::Output(bytes)
    }
}

fn message(mut pipe: Box<dyn Read>) -> Piece {
    let mut bytes = Vec::new();
    let limit = MOST_MESSAGE as u64;
    let _ = pipe.by_ref().take(limit).read_to_end(&mut bytes);
    // The rest is read, so that the program is not held up, and forgotten.
    let _ = io::copy(&mut pipe, &mut io::sink());
    Piece::Message(bytes)
}

/// Makes a program the first of a group of processes.
#[cfg(unix)]
fn group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn group(_: &mut Command) {}

/// Ends a program with all that it started.
fn kill(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, timeout: Duration) -> Result<Vec<u8>, ToolError> {
        let here = std::env::temp_dir();
        let bounded = Bounded {
            program: Path::new("/bin/sh"),
            directory: &here,
            root: &here,
            environment: vec![("PATH".into(), std::env::var_os("PATH").unwrap_or_default())],
            deadline: Instant::now() + timeout,
            timeout,
        };
        let environment = BTreeMap::from([("NAME".to_owned(), "web".to_owned())]);
        bounded.run(&["-c".into(), script.into()], &environment)
    }

    #[test]
    fn what_a_program_prints_comes_back() {
        let minute = Duration::from_mins(1);
        assert_eq!(shell("echo $NAME $HOME", minute), Ok(b"web\n".to_vec()));
        let failed = shell("echo 'Error: no' >&2; exit 3", minute).unwrap_err();
        assert!(failed.to_string().ends_with("failed: no"), "{failed}");
        let silent = shell("exit 3", minute).unwrap_err();
        assert!(silent.to_string().contains("exit status: 3"), "{silent}");
    }

    #[test]
    fn what_does_not_end_is_ended_with_all_that_it_started() {
        let started = Instant::now();
        for script in ["sleep 60", "sleep 60 & sleep 60", "exec >&- 2>&-; sleep 60"] {
            let error = shell(script, Duration::from_millis(200)).unwrap_err();
            assert!(matches!(error, ToolError::TimedOut { .. }), "{error}");
        }
        assert!(started.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn what_prints_without_end_is_ended() {
        let error = shell("cat /dev/zero", Duration::from_mins(1)).unwrap_err();
        assert!(matches!(error, ToolError::TooMuchOutput { .. }), "{error}");
    }
}
