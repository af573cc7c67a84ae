//! The cache that a team shares over HTTP.

use std::fs;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::fleet::{Fleet, KEPT};
use crate::program::run;
use crate::server::{CacheServer, Manner};

#[test]
fn what_one_machine_renders_another_has() {
    let (one, server) = (Fleet::new(), CacheServer::new(Manner::Works));
    let url = ["--cache-url", &server.url];
    let first = one.render(&url);
    assert_eq!(
        (first.kept, server.asked(), server.given()),
        (0, KEPT, KEPT)
    );
    assert_eq!(first.notes, "");
    // It is another machine, with no entry.
    fs::remove_dir_all(one.cache()).unwrap();
    let second = one.render(&url);
    assert_eq!(
        (second.kept, server.asked(), server.given()),
        (KEPT, 2 * KEPT, KEPT)
    );
    assert_eq!(second.manifests, first.manifests);
    // What the server had is in the directory, and the server is not asked again.
    assert_eq!(one.entries().len(), KEPT);
    assert_eq!((one.render(&url).kept, server.asked()), (KEPT, 2 * KEPT));
    // Nor is a directory needed.
    let mut command = one.command(&["manifests", "--app", "web*", "--cache-url", &server.url]);
    let third = run(command.env_remove("HELM_CATALOG_CACHE"), b"");
    assert!(
        third.stderr.ends_with("; 5 from the cache\n"),
        "{}",
        third.stderr
    );
}

#[test]
fn the_environment_names_the_server_and_a_flag_keeps_it_as_it_is() {
    let (fleet, server) = (Fleet::new(), CacheServer::new(Manner::Works));
    let render = |arguments: &[&str]| {
        let arguments = [&["manifests", "--app", "raw"], arguments].concat();
        let mut command = fleet.command(&arguments);
        let ran = run(command.env("HELM_CATALOG_CACHE_URL", &server.url), b"");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    };
    render(&["--no-cache"]);
    assert_eq!((server.asked(), server.given()), (0, 0));
    render(&["--cache-read-only"]);
    assert_eq!((server.asked(), server.given()), (1, 0));
    fs::remove_dir_all(fleet.cache()).unwrap();
    render(&[]);
    assert_eq!((server.asked(), server.given(), server.len()), (2, 1, 1));
}

#[test]
fn a_server_that_fails_is_only_slower() {
    let full = CacheServer::new(Manner::Works);
    let fleet = Fleet::new();
    let right = fleet.render(&["--cache-url", &full.url]).manifests;
    for (manner, note) in [
        (Manner::Fails, "is not asked any more: it answers 500"),
        (Manner::Hangs, "is not asked any more: timeout"),
        (Manner::Closes, "is not asked any more: "),
        (Manner::Babbles, "is not asked any more: "),
        (Manner::CutsOff, "is not asked any more: "),
        (Manner::Lies, ""),
    ] {
        fs::remove_dir_all(fleet.cache()).unwrap();
        let server = CacheServer::of(manner, &full);
        let began = Instant::now();
        let run = fleet.render(&["--cache-url", &server.url]);
        assert!(began.elapsed() < Duration::from_mins(1), "{manner:?}");
        assert_eq!((run.kept, &run.manifests), (0, &right), "{manner:?}");
        assert!(run.notes.contains(note), "{manner:?}: {}", run.notes);
        assert_eq!(
            run.notes.is_empty(),
            note.is_empty(),
            "{manner:?}: {}",
            run.notes
        );
        assert_eq!(
            fleet.render(&[]).kept,
            KEPT,
            "{manner:?}: the directory works"
        );
    }
}

#[test]
fn a_server_that_takes_nothing_is_still_asked() {
    let full = CacheServer::new(Manner::Works);
    let fleet = Fleet::new();
    let url = |server: &CacheServer| ["--cache-url".to_owned(), server.url.clone()];
    let render = |server: &CacheServer| fleet.render(&url(server).each_ref().map(String::as_str));
    let right = render(&full).manifests;
    fs::remove_dir_all(fleet.cache()).unwrap();
    let empty = render(&CacheServer::new(Manner::ReadOnly));
    assert_eq!(empty.manifests, right);
    assert!(
        empty
            .notes
            .contains("is not given anything any more: it answers 405"),
        "{}",
        empty.notes
    );
    fs::remove_dir_all(fleet.cache()).unwrap();
    let run = render(&CacheServer::of(Manner::ReadOnly, &full));
    assert_eq!((run.kept, run.notes.as_str()), (KEPT, ""));
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let fleet = Fleet::new();
    let run = fleet.render(&["--cache-url", &format!("http://me:secret@{port}/a")]);
    assert_eq!(run.kept, 0);
    let note = format!("note: the cache http://{port}/a is not asked any more: ");
    assert!(run.notes.contains(&note), "{}", run.notes);
    assert!(!run.notes.contains("secret"));
}

#[test]
fn an_address_that_is_none_is_a_mistake() {
    let fleet = Fleet::new();
    let ran = run(
        &mut fleet.command(&["manifests", "--cache-url", "https://cache/"]),
        b"",
    );
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("plain HTTP only"), "{}", ran.stderr);
    let mut command = fleet.command(&["manifests"]);
    let ran = run(command.env("HELM_CATALOG_CACHE_URL", "cache"), b"");
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr
            .starts_with("Error: $HELM_CATALOG_CACHE_URL cache: expected"),
        "{}",
        ran.stderr
    );
}
