//! The limits on what a repository leads to.

use std::fs::{self, File};
use std::os::unix::fs::symlink;

use crate::sidecar::Sent;

/// A file of that size, which takes no room on the disk.
fn large(sent: &Sent, path: &str, size: u64) {
    let file = File::create(sent.path(path)).unwrap();
    file.set_len(size).unwrap();
}

#[test]
fn sizes_of_files() {
    for (path, size, bound) in [
        ("values.yaml", (5 << 20) + 1, "more than 5242880 bytes"),
        ("large.bin", (100 << 20) + 1, "more than 104857600 bytes"),
    ] {
        let sent = Sent::chart(&[]);
        large(&sent, path, size);
        sent.generate_chart().by(bound);
    }
}

#[test]
fn links_one_leading_to_the_next() {
    let sent = Sent::chart(&[("link41", "a: 1\n")]);
    for index in 0..41 {
        symlink(
            format!("link{}", index + 1),
            sent.path(&format!("link{index}")),
        )
        .unwrap();
    }
    sent.generate_chart()
        .by("more than 40 symbolic links, one leading to the next");
}

#[test]
fn what_is_reached_through_links() {
    let sent = Sent::chart(&[("e29/f", "a: 1\n")]);
    for level in 0..29 {
        for name in ["a", "b"] {
            symlink(
                format!("../e{}", level + 1),
                sent.path(&format!("e{level}/{name}")),
            )
            .unwrap();
        }
    }
    let bound = "more than 10000 files and directories are reached through symbolic links";
    sent.generate_chart().by(bound);
}

#[test]
fn nested_directories() {
    let sent = Sent::chart(&[]);
    fs::create_dir_all(sent.path(&"d/".repeat(70)).join("d")).unwrap();
    sent.generate_chart().by("more than 64 directories deep");
}

#[test]
fn files_and_directories() {
    let sent = Sent::chart(&[]);
    for index in 0..=200_000 {
        File::create(sent.path(&format!("f/{index}"))).unwrap();
    }
    sent.generate_chart()
        .by("more than 200000 files and directories");
}

#[test]
fn patterns() {
    let sent = Sent::chart(&[("values.yaml", "a: 1\n")]);
    let braces = "{a,b}".repeat(12);
    let helm = format!("valueFiles: ['*{braces}.yaml']");
    let ended = sent.generate(&[("helm", &helm)], &[]);
    ended.by("too many alternatives in braces");
    sent.write(&format!("{}a.txt", "d/".repeat(50)), "");
    let stars = "**/d/".repeat(10);
    let helm = format!("valueFiles: ['{stars}*.yaml']");
    let ended = sent.generate(&[("helm", &helm)], &[]);
    ended.by("looks into more than 50000 directories");
}
