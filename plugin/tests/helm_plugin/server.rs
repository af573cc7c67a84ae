//! Where plugins are installed from: a web server, and a registry, both on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{fs, thread};

use tempfile::TempDir;

/// A web server of archives. It says that they are compressed, without which Helm 3 does not take them.
pub(crate) struct Archives {
    /// Its URL, without a slash at the end.
    pub(crate) address: String,
}

impl Archives {
    /// Serves a folder until the test ends.
    pub(crate) fn serve(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let folder = folder.to_owned();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that has gone away is no concern of the test.
                let _ = answer(stream, &folder);
            }
        });
        Self { address }
    }
}

/// Answers one request: `GET /name HTTP/1.1`, or HEAD.
fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = request.split_whitespace();
    let (method, path) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    // As in a release, no file is in a directory.
    let name = path.rsplit('/').next().unwrap_or_default();
    let found = fs::read(folder.join(name)).or_else(|_| fs::read(folder.join("bin").join(name)));
    let found = found.ok();
    let (status, body) = found.map_or(("404 Not Found", Vec::new()), |body| ("200 OK", body));
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/gzip\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    if method == "GET" {
        stream.write_all(&body)?;
    }
    Ok(())
}

/// A registry: Debian's `docker-registry`, which `.ci/install-registry` installs.
pub(crate) struct Registry {
    /// Its host and port.
    pub(crate) address: String,
    process: Child,
    _storage: TempDir,
}

impl Registry {
    /// Starts a registry; says so where the programs that are needed are missing.
    pub(crate) fn start() -> Option<Self> {
        for program in ["docker-registry", "oras"] {
            if !is_installed(program) {
                eprintln!("skipped: there is no {program}; .ci/install-registry installs it");
                return None;
            }
        }
        let storage = tempfile::tempdir().unwrap();
        let address = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let configuration = storage.path().join("registry.yaml");
        let folder = storage.path().display();
        let text = format!(
            "version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\n\
             storage: {{filesystem: {{rootdirectory: {folder}/data}}}}\nhttp: {{addr: \"{address}\"}}\n"
        );
        fs::write(&configuration, text).unwrap();
        let process = Command::new("docker-registry")
            .arg("serve")
            .arg(&configuration)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let registry = Self {
            address: address.to_string(),
            process,
            _storage: storage,
        };
        let answers = (0..200).any(|_| {
            thread::sleep(Duration::from_millis(50));
            TcpStream::connect(address).is_ok()
        });
        assert!(answers, "docker-registry does not answer on {address}");
        Some(registry)
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // It may have died by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Whether a program is in a folder of PATH.
pub(crate) fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path);
    folders.any(|folder: PathBuf| folder.join(program).is_file())
}
