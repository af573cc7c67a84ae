//! Pages whose commands are run, in the order of the page, in one shell.
//!
//! Blocks whose first word is `sh` are commands; further words say when they are run, and with `fails` they must fail. A
//! block of `text` after one is what it prints, among other things. A block of `yaml` is a file of the guide, which it names.

#[path = "../program/mod.rs"]
pub(crate) mod program;
#[path = "../tree/mod.rs"]
pub(crate) mod tree;

use std::process::Command;

/// A page of the guide.
pub(crate) struct Page {
    name: &'static str,
    pub(crate) blocks: Vec<Block>,
}

/// A block of commands, and what it prints.
pub(crate) struct Block {
    line: usize,
    words: Vec<String>,
    commands: String,
    prints: Vec<String>,
}

impl Block {
    /// Whether a word stands after the three backticks.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }
}

impl Page {
    /// The blocks of a text that are wanted. A block that is neither commands nor what they print ends the test.
    pub(crate) fn new(name: &'static str, text: &str, wanted: impl Fn(&Block) -> bool) -> Self {
        let mut blocks: Vec<Block> = Vec::new();
        let mut lines = text.lines().enumerate();
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
                Some("yaml") if words.len() == 2 => {
                    let file = tree::root().join("docs").join(&words[1]);
                    let is_file = std::fs::read_to_string(file).unwrap() == text;
                    assert!(is_file, "{name}:{}: not docs/{}", number + 1, words[1]);
                }
                _ => panic!("{name}:{}: neither sh, text nor yaml", number + 1),
            }
        }
        blocks.retain(wanted);
        Self { name, blocks }
    }

    /// Runs all commands in one shell, and compares what they print with what the page says of it.
    pub(crate) fn run(&self, who: &str, shell: &mut Command) {
        let ran = program::run(shell.args(["-euc", &self.script()]), b"");
        assert_eq!(ran.status, 0, "{who}: {}", ran.stdout);
        self.check(who, &ran.stdout);
    }

    /// All commands as one script, which says before each block that it runs it.
    fn script(&self) -> String {
        let run = |block: &Block| {
            let commands = &block.commands;
            let mark = self.mark(block);
            if block.is("fails") {
                format!(
                    "echo '{mark}'\nif (\n{commands}); then echo 'expected a failure'; exit 1; fi\n"
                )
            } else {
                format!("echo '{mark}'\n{commands}")
            }
        };
        let blocks: Vec<String> = self.blocks.iter().map(run).collect();
        format!("exec 2>&1\n{}", blocks.concat())
    }

    /// Compares what the script has printed with what the page says of it.
    fn check(&self, who: &str, printed: &str) {
        let Self { name, .. } = self;
        for block in &self.blocks {
            let after = printed.split_once(&format!("{}\n", self.mark(block)));
            let (_, output) = after.unwrap_or_else(|| panic!("{name}:{} was not run", block.line));
            let next = format!("== {name}:");
            let output = output.split(&next).next().unwrap_or_default();
            for prints in &block.prints {
                assert!(
                    output.contains(prints.trim_end()),
                    "{who}: {name}:{}: {output}",
                    block.line
                );
            }
        }
    }

    /// What stands before the output of a block.
    fn mark(&self, block: &Block) -> String {
        format!("== {}:{}", self.name, block.line)
    }
}
