//! Runs the commands of `docs/helm-plugin.md` with each Helm at hand, in the order of the page, in one shell.
//!
//! Blocks whose first word is `sh` are run; further words say when: `helm3` or `helm4` with that one only, `registry` where
//! there is one, `fails` must fail, and `build` is left to `.ci/run`, because it takes minutes. A block of `text` after one
//! is what it prints, among other things.

use std::fs;

use crate::home::Home;
use crate::program::run;
use crate::release::release;
use crate::server::Registry;
use crate::{helms, tree};

/// Where the page finds what `plugin/release` has made.
const MADE: &str = "target/release-of-plugins";

/// A block of commands, and what it prints.
struct Block {
    line: usize,
    words: Vec<String>,
    commands: String,
    prints: Vec<String>,
}

impl Block {
    fn is(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    /// The commands as a part of a script, which says before what it runs.
    fn script(&self) -> String {
        let Self { line, commands, .. } = self;
        let start = format!("echo '{}'\n", mark(*line));
        if self.is("fails") {
            return format!(
                "{start}if (\n{commands}); then echo 'expected a failure'; exit 1; fi\n"
            );
        }
        start + commands
    }
}

/// What stands before the output of the block at a line.
fn mark(line: usize) -> String {
    format!("== helm-plugin.md:{line}")
}

/// The blocks of a page.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(information) = line.strip_prefix("```") else {
            continue;
        };
        let inside = lines.by_ref().map(|(_, line)| line);
        let text = inside.take_while(|line| *line != "```");
        let text: String = text.flat_map(|line| [line, "\n"]).collect();
        let words: Vec<String> = information.split_whitespace().map(str::to_owned).collect();
        match words.first().map(String::as_str) {
            Some("sh") => blocks.push(Block {
                line: number + 1,
                words,
                commands: text,
                prints: Vec::new(),
            }),
            Some("text") => blocks.last_mut().unwrap().prints.push(text),
            _ => panic!(
                "helm-plugin.md:{}: a block that is neither sh nor text",
                number + 1
            ),
        }
    }
    blocks
}

#[test]
fn the_page_of_the_plugin_does_what_it_says() {
    let page = fs::read_to_string(tree::root().join("docs/helm-plugin.md")).unwrap();
    let blocks = blocks(&page.replace(MADE, release().folder.to_str().unwrap()));
    assert!(blocks.len() > 10);
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
        let is_run = |block: &&Block| {
            let runs = !block.is(other) && !block.is("build");
            runs && (address.is_some() || !block.is("registry"))
        };
        let run_blocks: Vec<&Block> = blocks.iter().filter(is_run).collect();
        assert!(run_blocks.iter().any(|block| block.is(own)));
        let script: String = run_blocks.iter().map(|block| block.script()).collect();
        let mut command = home.command("sh", &tree::root());
        command.args(["-euc", &format!("exec 2>&1\n{script}")]);
        command
            .env("KEYRING", keyring)
            .env("DIST", &release().folder);
        command.envs(address.iter().map(|address| ("REGISTRY", address)));
        command.env("ORAS_FLAGS", "--plain-http");
        let ran = run(&mut command, b"");
        assert_eq!(ran.status, 0, "{}: {}", home.name(), ran.stdout);
        for block in run_blocks {
            let after = ran.stdout.split_once(&format!("{}\n", mark(block.line)));
            let (_, output) = after.unwrap_or_else(|| panic!("{} was not run", block.line));
            let output = output
                .split("\n== helm-plugin.md:")
                .next()
                .unwrap_or_default();
            for prints in &block.prints {
                assert!(
                    output.contains(prints.trim_end()),
                    "{}: line {}: {output}",
                    home.name(),
                    block.line
                );
            }
        }
    }
}
