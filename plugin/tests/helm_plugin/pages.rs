//! Runs the commands of `docs/helm-plugin.md` with each Helm at hand.
//!
//! After `sh`, `helm3` or `helm4` says that a block is run with that one only, `registry` where there is one, and `build` is
//! left to `.ci/run`, because it takes minutes.

use std::fs;

use crate::home::Home;
use crate::page::{Block, Page};
use crate::release::release;
use crate::server::Registry;
use crate::{helms, tree};

/// Where the page finds what `plugin/release` has made.
const MADE: &str = "target/release-of-plugins";

#[test]
fn the_page_of_the_plugin_does_what_it_says() {
    let page = fs::read_to_string(tree::root().join("docs/helm-plugin.md")).unwrap();
    let page = page.replace(MADE, release().folder.to_str().unwrap());
    let registry = Registry::start();
    let address = registry
        .as_ref()
        .map(|it| format!("{}/plugins", it.address));
    for helm in helms() {
        let Some(keyring) = &release().keyring else {
            return;
        };
        let home = Home::new(&helm);
        let own = if home.is_helm_4() { "helm4" } else { "helm3" };
        let other = if home.is_helm_4() { "helm3" } else { "helm4" };
        let is_run = |block: &Block| {
            let runs = !block.is(other) && !block.is("build");
            runs && (address.is_some() || !block.is("registry"))
        };
        let page = Page::new("helm-plugin.md", &page, is_run);
        assert!(page.blocks.len() > 8 && page.blocks.iter().any(|block| block.is(own)));
        let mut command = home.command("sh", &tree::root());
        command
            .env("KEYRING", keyring)
            .env("DIST", &release().folder);
        command.envs(address.iter().map(|address| ("REGISTRY", address)));
        command.env("ORAS_FLAGS", "--plain-http");
        page.run(&home.name(), &mut command);
    }
}
