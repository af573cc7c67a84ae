//! A server with entries, in this process, which works or fails in a way.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How a server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As it should.
    Works,
    /// It takes nothing.
    ReadOnly,
    /// It answers every request with an error.
    Fails,
    /// It answers none.
    Hangs,
    /// It ends each connection before it answers.
    Closes,
    /// It answers something that is not HTTP.
    Babbles,
    /// It gives other bytes than it got.
    Lies,
    /// It ends in the middle of what it gives.
    CutsOff,
}

/// The server, and what it has.
pub(crate) struct CacheServer {
    pub(crate) url: String,
    shared: Arc<Shared>,
}

struct Shared {
    manner: Manner,
    entries: Mutex<BTreeMap<String, Vec<u8>>>,
    asked: AtomicUsize,
    given: AtomicUsize,
}

impl CacheServer {
    pub(crate) fn new(manner: Manner) -> Self {
        Self::with(manner, BTreeMap::new())
    }

    /// A server that has what another one has.
    pub(crate) fn of(manner: Manner, other: &Self) -> Self {
        Self::with(manner, other.shared.entries.lock().unwrap().clone())
    }

    fn with(manner: Manner, entries: BTreeMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/renders/", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            manner,
            entries: Mutex::new(entries),
            asked: AtomicUsize::new(0),
            given: AtomicUsize::new(0),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for connection in listener.incoming() {
                let (connection, shared) = (connection.unwrap(), Arc::clone(&serving));
                // That a client goes away is no matter of the server's.
                thread::spawn(move || shared.serve(connection).unwrap_or_default());
            }
        });
        Self { url, shared }
    }

    /// How often it was asked for an entry.
    pub(crate) fn asked(&self) -> usize {
        self.shared.asked.load(Ordering::SeqCst)
    }

    /// How often it was given one.
    pub(crate) fn given(&self) -> usize {
        self.shared.given.load(Ordering::SeqCst)
    }

    pub(crate) fn len(&self) -> usize {
        self.shared.entries.lock().unwrap().len()
    }
}

impl Shared {
    fn serve(&self, mut connection: TcpStream) -> io::Result<()> {
        let mut requests = BufReader::new(connection.try_clone()?);
        loop {
            let mut line = String::new();
            requests.read_line(&mut line)?;
            let mut words = line.split(' ');
            let (Some(method), Some(path)) = (words.next(), words.next()) else {
                return Ok(());
            };
            let (method, path) = (method.to_owned(), path.to_owned());
            let body = read_body(&mut requests)?;
            let count = if method == "GET" {
                &self.asked
            } else {
                &self.given
            };
            count.fetch_add(1, Ordering::SeqCst);
            let (status, body) = match self.manner {
                Manner::Fails => (500, b"a page about an error".to_vec()),
                Manner::ReadOnly if method == "PUT" => (405, Vec::new()),
                Manner::Hangs => {
                    thread::sleep(Duration::from_secs(30));
                    return Ok(());
                }
                Manner::Closes => return Ok(()),
                Manner::Babbles => return connection.write_all(b"HELLO\r\n\r\nI am not HTTP\r\n"),
                _ => self.answer(&method, path, body),
            };
            write!(
                connection,
                "HTTP/1.1 {status} -\r\nContent-Length: {}\r\n\r\n",
                body.len()
            )?;
            if self.manner == Manner::CutsOff {
                return connection.write_all(&body[..body.len() / 2]);
            }
            connection.write_all(&body)?;
        }
    }

    fn answer(&self, method: &str, path: String, body: Vec<u8>) -> (u16, Vec<u8>) {
        let mut entries = self.entries.lock().unwrap();
        match (method, entries.get(&path)) {
            ("PUT", _) => {
                entries.insert(path, body);
                (201, Vec::new())
            }
            (_, None) => (404, b"a page about what is not there".to_vec()),
            (_, Some(_)) if self.manner == Manner::Lies => (200, b"<html>a portal".to_vec()),
            (_, Some(entry)) => (200, entry.clone()),
        }
    }
}

/// The body of a request, after its headers.
fn read_body(requests: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        requests.read_line(&mut line)?;
        let line = line.trim_end().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(said) = line.strip_prefix("content-length:") {
            length = said.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    requests.read_exact(&mut body)?;
    Ok(body)
}
