//! `lib/clippy.toml` closes each way to the outside world: files, environment, programs, sockets, clock, terminal.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::repository;

/// A call through each door. What stands before the parenthesis is what the lint must know.
const DOORS: &str = r#"
std::env::args()
std::env::args_os()
std::env::current_dir()
std::env::current_exe()
std::env::home_dir()
std::env::set_current_dir("x")
std::env::temp_dir()
std::env::var("x")
std::env::var_os("x")
std::env::vars()
std::env::vars_os()
std::fs::DirBuilder::new()
std::fs::File::create("x")
std::fs::File::create_new("x")
std::fs::File::open("x")
std::fs::File::options()
std::fs::OpenOptions::new()
std::fs::canonicalize("x")
std::fs::copy("x", "y")
std::fs::create_dir("x")
std::fs::create_dir_all("x")
std::fs::exists("x")
std::fs::hard_link("x", "y")
std::fs::metadata("x")
std::fs::read("x")
std::fs::read_dir("x")
std::fs::read_link("x")
std::fs::read_to_string("x")
std::fs::remove_dir("x")
std::fs::remove_dir_all("x")
std::fs::remove_file("x")
std::fs::rename("x", "y")
std::fs::set_permissions("x", todo!())
std::fs::soft_link("x", "y")
std::fs::symlink_metadata("x")
std::fs::write("x", "y")
std::io::stderr()
std::io::stdin()
std::io::stdout()
std::net::TcpListener::bind("x")
std::net::TcpStream::connect("x")
std::net::TcpStream::connect_timeout(todo!(), todo!())
std::net::ToSocketAddrs::to_socket_addrs("x")
std::net::UdpSocket::bind("x")
std::os::unix::fs::symlink("x", "y")
std::os::unix::net::UnixDatagram::bind("x")
std::os::unix::net::UnixListener::bind("x")
std::os::unix::net::UnixStream::connect("x")
std::path::Path::canonicalize("x".as_ref())
std::path::Path::exists("x".as_ref())
std::path::Path::is_dir("x".as_ref())
std::path::Path::is_file("x".as_ref())
std::path::Path::is_symlink("x".as_ref())
std::path::Path::metadata("x".as_ref())
std::path::Path::read_dir("x".as_ref())
std::path::Path::read_link("x".as_ref())
std::path::Path::symlink_metadata("x".as_ref())
std::path::Path::try_exists("x".as_ref())
std::process::Command::new("x")
std::process::abort()
std::process::exit(0)
std::time::Instant::now()
std::time::SystemTime::now()
std::dbg!("x")
std::eprint!("x")
std::eprintln!("x")
std::print!("x")
std::println!("x")
"#;

#[test]
fn the_libraries_have_no_way_out() {
    let mut program = String::from("fn main() {\n");
    let mut doors = BTreeSet::new();
    for call in DOORS.lines().filter(|line| !line.is_empty()) {
        writeln!(program, "    if true {{ let _ = {call}; }}").unwrap();
        doors.insert(call.split(['(', '!']).next().unwrap().to_owned());
    }
    program.push_str("}\n");

    let settings = repository::root().join("lib");
    let text = fs::read_to_string(settings.join("clippy.toml")).unwrap();
    let banned = text.lines().filter_map(|line| {
        let rest = line.trim().strip_prefix("{ path = \"")?;
        Some(rest.split('"').next().unwrap().to_owned())
    });
    let banned: BTreeSet<String> = banned.collect();
    assert_eq!(banned, doors, "lib/clippy.toml bans these");

    // A crate of its own, with the settings of the libraries.
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    fs::create_dir(path.join("src")).unwrap();
    fs::write(path.join("src/main.rs"), program).unwrap();
    let manifest = "[package]\nname = \"doors\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(path.join("Cargo.toml"), manifest).unwrap();
    let ran = Command::new(env!("CARGO"))
        .args(["clippy", "--offline", "--quiet", "--color=never"])
        .current_dir(path)
        .env("CLIPPY_CONF_DIR", settings)
        .env("CARGO_TARGET_DIR", path.join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    for door in doors {
        let is_refused = ["method", "macro"]
            .iter()
            .any(|kind| said.contains(&format!("disallowed {kind} `{door}`")));
        assert!(is_refused, "{door} is open:\n{said}");
    }
}
