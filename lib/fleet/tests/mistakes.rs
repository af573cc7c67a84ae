//! What people get wrong in `homescale.yaml`, and what they are told: for each file of `fixtures/homescale-yaml` a snapshot.
//! `INSTA_UPDATE=always` accepts what changed.
#![expect(clippy::disallowed_methods, reason = "the cases are on the disk")]

use std::fs;

use homescale_fleet::{CONFIG_FILE, Config};

#[test]
fn each_mistake_is_told_with_its_place() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/homescale-yaml");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("../../../fixtures/homescale-yaml", "*.yaml", |path| {
            let text = fs::read(path).unwrap();
            let found = Config::read(&text, CONFIG_FILE).unwrap_err();
            assert!(found.iter().all(|it| it.file == CONFIG_FILE && it.line > 0));
            insta::assert_snapshot!("said", found.to_string());
        });
    });
}
