//! The cache of renders: it is faster, and never another answer.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod fleet;
#[path = "../program/mod.rs"]
mod program;
mod ready;
mod server;
mod shared;

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, SystemTime};

use fleet::{APPLICATIONS, Fleet, KEPT, Render, files, tree};
use program::run;

#[test]
fn the_second_run_renders_nothing_and_prints_the_same() {
    let fleet = Fleet::new();
    let without = fleet.render(&["--no-cache"]);
    assert_eq!(fleet.entries().len(), 0);
    let first = fleet.render(&[]);
    assert_eq!((first.kept, &first.notes), (0, &String::new()));
    assert_eq!(first.manifests, without.manifests);
    let second = fleet.render(&[]);
    assert_eq!(second.kept, KEPT);
    assert_eq!(second.manifests, first.manifests);
    assert_eq!(fleet.entries().len(), KEPT);
    assert_eq!(fleet.render(&["--no-cache"]).kept, 0);
}

#[test]
fn what_is_random_is_not_kept() {
    let fleet = Fleet::new();
    let all = |seed: Option<&str>| {
        let mut command = fleet.command(&["manifests"]);
        command.envs(seed.map(|seed| ("HELM_CATALOG_SEED_FILE", seed)));
        Render::of(&run(&mut command, b""))
    };
    let (first, second) = (all(None), all(None));
    assert_eq!((first.kept, second.kept), (0, KEPT));
    assert_ne!(first.manifests, second.manifests);
    assert!(
        second.notes.contains("different each time"),
        "{}",
        second.notes
    );
    fleet.write("seed", &"seed".repeat(16));
    let (third, fourth) = (all(Some("seed")), all(Some("seed")));
    assert_eq!((third.kept, fourth.kept), (0, KEPT));
    assert_eq!(third.manifests, fourth.manifests);
    assert_eq!(fourth.notes, "");
    // What does not ask for the time still depends on the zone, which is another one with a seed.
    assert_eq!(fleet.entries().len(), 2 * KEPT);
    assert_eq!(
        fourth.manifests.matches("# Application: ").count(),
        APPLICATIONS
    );
}

#[test]
fn all_that_a_render_depends_on_is_in_its_key() {
    let fleet = Fleet::new();
    fleet.render(&[]);
    for (path, text, changed) in [
        ("values/blue.yaml", "color: navy\n", 2),
        (
            "web/templates/a.yaml",
            "kind: A\napiVersion: v1\nmetadata: {name: a}\n",
            5,
        ),
        ("web/templates/b.yaml", "{{/* a new file */}}", 5),
        (
            "raw/a.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: new}\n",
            1,
        ),
        (
            "homescale.yaml",
            "clusters:\n- {name: east, server: https://east.example.com, kubernetes: \"1.31.0\"}\n\
             - {name: west, server: https://west.example.com, kubernetes: \"1.34.0\"}\n",
            3,
        ),
        ("elsewhere/a.yaml", "a: 1\n", 0),
    ] {
        fleet.write(path, text);
        let run = fleet.render(&[]);
        assert_eq!(KEPT - run.kept, changed, "{path}");
        assert_eq!(
            run.manifests,
            fleet.render(&["--no-cache"]).manifests,
            "{path}"
        );
        assert_eq!(fleet.render(&[]).kept, KEPT, "{path}");
    }
    let path = fleet.root().join("apps/west/web-3.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("green", "grey")).unwrap();
    let run = fleet.render(&[]);
    assert_eq!(run.kept, KEPT - 1);
    assert_eq!(run.manifests, fleet.render(&["--no-cache"]).manifests);
    assert_eq!(fleet.render(&[]).kept, KEPT);
    fs::remove_file(fleet.root().join("web/templates/b.yaml")).unwrap();
    assert_eq!(
        fleet.render(&[]).manifests,
        fleet.render(&["--no-cache"]).manifests
    );
}

#[test]
fn an_entry_that_is_not_as_it_was_written_is_rendered_anew() {
    let fleet = Fleet::new();
    let right = fleet.render(&[]).manifests;
    let entries = fleet.entries();
    let place = &entries[0];
    let good = fs::read(place).unwrap();
    let newline = good.iter().position(|byte| *byte == b'\n').unwrap();
    let changed = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 0x20;
        bytes
    };
    let bad = [
        Vec::new(),
        b"\n".to_vec(),
        good[..newline].to_vec(),
        good[..=newline].to_vec(),
        good[..good.len() - 1].to_vec(),
        [&good[..], b"\n"].concat(),
        changed(0),
        changed(newline - 1),
        changed(newline),
        changed(newline + 1),
        changed(good.len() - 1),
        fs::read(&entries[1]).unwrap(),
        vec![0; good.len()],
        vec![0xff; 1 << 20],
    ];
    for bytes in bad {
        fs::write(place, &bytes).unwrap();
        let run = fleet.render(&[]);
        assert_eq!(
            (run.kept, &run.manifests, &run.notes),
            (KEPT - 1, &right, &String::new())
        );
        assert_eq!(fs::read(place).unwrap(), good, "it is replaced");
    }
    // What is no file of ours is not read, nor written through.
    let elsewhere = fleet.root().join("elsewhere");
    fs::write(&elsewhere, &good).unwrap();
    fs::remove_file(place).unwrap();
    symlink(&elsewhere, place).unwrap();
    assert_eq!(fleet.render(&[]).kept, KEPT - 1);
    assert!(place.symlink_metadata().unwrap().is_file());
    fs::remove_file(place).unwrap();
    fs::create_dir(place).unwrap();
    assert_eq!(fleet.render(&[]).manifests, right);
}

#[test]
fn links_are_not_followed() {
    let fleet = Fleet::new();
    let right = fleet.render(&[]).manifests;
    let part = fleet.entries()[0].parent().unwrap().to_owned();
    let elsewhere = fleet.root().join("elsewhere");
    fs::rename(&part, &elsewhere).unwrap();
    symlink(&elsewhere, &part).unwrap();
    let before = files(&elsewhere);
    let run = fleet.render(&[]);
    assert_eq!(run.manifests, right);
    assert!(run.kept < KEPT);
    let pruned = program::run(
        &mut fleet.command(&["cache", "prune", "--max-size", "1"]),
        b"",
    );
    assert_eq!(pruned.status, 0, "{}", pruned.stderr);
    assert_eq!(files(&elsewhere), before);
}

#[test]
fn a_run_that_is_killed_leaves_nothing_bad() {
    let fleet = Fleet::new();
    // More to write than is written at once.
    let long = "x".repeat(200_000);
    fleet.write(
        "web/templates/long.yaml",
        &format!("apiVersion: v1\nkind: A\nmetadata: {{name: {long}}}\n"),
    );
    let right = fleet.render(&["--no-cache"]).manifests;
    let arguments = ["manifests", "--app", "web*", "--app", "raw"];
    for delay in 0..40 {
        let mut command = fleet.command(&arguments);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        child.wait().unwrap();
        if delay % 8 == 7 {
            assert_eq!(fleet.render(&[]).manifests, right);
            assert_eq!(fleet.render(&[]).kept, KEPT);
            fs::remove_dir_all(fleet.cache()).unwrap();
        }
    }
}

#[test]
fn several_runs_share_a_cache() {
    let fleet = Fleet::new();
    let right = fleet.render(&["--no-cache"]).manifests;
    for _ in 0..3 {
        thread::scope(|scope| {
            let runs = [(); 4].map(|()| scope.spawn(|| fleet.render(&[]).manifests));
            for run in runs {
                assert_eq!(run.join().unwrap(), right);
            }
        });
        assert_eq!(fleet.render(&[]).kept, KEPT);
        assert_eq!(fleet.entries().len(), KEPT);
        fs::remove_dir_all(fleet.cache()).unwrap();
    }
}

#[test]
fn files_are_the_users_alone() {
    let fleet = Fleet::new();
    fleet.render(&[]);
    let mode = |path: &std::path::Path| path.metadata().unwrap().mode() & 0o777;
    for entry in fleet.entries() {
        assert_eq!(mode(&entry), 0o600);
        assert_eq!(mode(entry.parent().unwrap()), 0o700);
    }
    assert_eq!(mode(&fleet.cache()), 0o700);
}

#[test]
fn a_directory_of_others_is_refused() {
    let fleet = Fleet::new();
    let right = fleet.render(&[]).manifests;
    for part in ["", "renders", "renders/1"] {
        let directory = fleet.cache().join(part);
        let was = directory.metadata().unwrap().permissions();
        fs::set_permissions(&directory, Permissions::from_mode(0o777)).unwrap();
        let run = fleet.render(&[]);
        assert_eq!((run.kept, &run.manifests), (0, &right));
        assert!(
            run.notes.contains("other users may write into it"),
            "{}",
            run.notes
        );
        fs::set_permissions(&directory, was).unwrap();
    }
    assert_eq!(fleet.render(&[]).kept, KEPT);
    fs::remove_dir_all(fleet.cache()).unwrap();
    fs::write(fleet.cache(), "").unwrap();
    let run = fleet.render(&[]);
    assert_eq!(run.manifests, right);
    assert!(run.notes.contains("it is no directory"), "{}", run.notes);
}

#[test]
fn a_directory_that_cannot_be_written_is_only_slower() {
    let fleet = Fleet::new();
    // Nothing can be made below a device, whoever asks.
    let run = |directory: &str| fleet.render(&["--cache-dir", directory]);
    let first = run("/dev/null/cache");
    assert_eq!((first.kept, &first.notes), (0, &String::new()));
    assert_eq!(run("/dev/full").kept, 0);
    fleet.render(&[]);
    let renders = fleet.cache().join("renders/1");
    fs::write(fleet.root().join("raw/b.yaml"), "apiVersion: v1\nkind: B\n").unwrap();
    fs::set_permissions(&renders, Permissions::from_mode(0o500)).unwrap();
    let second = fleet.render(&[]);
    assert_eq!((second.kept, &second.notes), (KEPT - 1, &String::new()));
    fs::set_permissions(&renders, Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn what_is_used_is_remembered_to_the_hour() {
    let fleet = Fleet::new();
    fleet.render(&[]);
    let entries = fleet.entries();
    let used = |at: usize| entries[at].metadata().unwrap().modified().unwrap();
    let set = |at: usize, hours: u64| {
        let time = SystemTime::now() - Duration::from_mins(60 * hours - 10);
        File::options()
            .write(true)
            .open(&entries[at])
            .unwrap()
            .set_modified(time)
            .unwrap();
        time
    };
    set(0, 3);
    let recent = set(1, 1);
    assert_eq!(fleet.render(&[]).kept, KEPT);
    assert!(used(0).elapsed().unwrap() < Duration::from_mins(5));
    assert_eq!(used(1), recent);
}

#[test]
fn the_commands_tell_and_take_away() {
    let fleet = Fleet::new();
    let print = |arguments: &[&str]| {
        let ran = run(&mut fleet.command(&[&["cache"], arguments].concat()), b"");
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        ran.stdout
    };
    let entries = |text: String| {
        let info: serde_json::Value = serde_json::from_str(&text).unwrap();
        info["entries"].as_u64().unwrap() as usize
    };
    assert_eq!(print(&["path"]), format!("{}\n", fleet.cache().display()));
    assert_eq!(entries(print(&["info", "--output", "json"])), 0);
    assert!(!fleet.cache().exists(), "who only asks makes nothing");
    fleet.render(&[]);
    assert_eq!(entries(print(&["info", "-o", "json"])), KEPT);
    let table = print(&["info"]);
    assert!(table.starts_with("ENTRIES  SIZE"), "{table}");
    let nothing = print(&["prune"]);
    assert!(
        nothing.starts_with("removed 0 of 6 entries, 0; 6 left, "),
        "{nothing}"
    );
    let size = fleet
        .entries()
        .iter()
        .map(|path| path.metadata().unwrap().len())
        .max()
        .unwrap();
    let pruned = print(&["prune", "--max-size", &size.to_string()]);
    assert!(
        pruned.ends_with(&format!("; {} left, {size}\n", fleet.entries().len()))
            || !fleet.entries().is_empty()
    );
    assert_eq!(
        entries(print(&["info", "-o", "json"])),
        fleet.entries().len()
    );
    assert!(fleet.entries().len() < KEPT);
    let ran = run(
        fleet
            .command(&["cache", "path"])
            .env_remove("HELM_CATALOG_CACHE"),
        b"",
    );
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--cache-dir"), "{}", ran.stderr);
}

#[test]
fn the_parts_of_a_fleet_are_the_whole() {
    let fleet = Fleet::new();
    fs::remove_file(fleet.root().join("apps/east/random.yaml")).unwrap();
    let write = |directory: &str, arguments: &[&str]| {
        let arguments = [&["manifests", "--output-dir", directory], arguments].concat();
        Render::of(&run(&mut fleet.command(&arguments), b""))
    };
    let read = |directory: &str| tree(&fleet.root().join(directory));
    write("../whole", &["--no-cache"]);
    let whole = read("../whole");
    assert!(whole.len() >= KEPT);
    for count in 1..=4 {
        let directory = format!("../parts-{count}");
        for part in 1..=count {
            write(&directory, &["--shard", &format!("{part}/{count}")]);
        }
        assert_eq!(read(&directory), whole, "{count} parts");
    }
}
