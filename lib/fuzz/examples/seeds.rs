//! Writes the seeds of every target into a folder, one folder a target, and the words of its dictionary beside it:
//! `cargo run -p homescale-fuzz --example seeds -- FOLDER`.

use std::fmt::Write as _;
use std::{env, fs, io};

use homescale_fuzz::{TARGETS, seeds};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| "seeds".to_owned());
    for target in TARGETS {
        let inputs = seeds::of(target.name);
        let folder_of_target = format!("{folder}/{}", target.name);
        fs::create_dir_all(&folder_of_target)?;
        for (number, input) in inputs.iter().enumerate() {
            fs::write(format!("{folder_of_target}/{number:05}"), input)?;
        }
        let mut dictionary = String::new();
        for word in target.words {
            let bytes = word.bytes().map(|b| format!("\\x{b:02x}"));
            let _ = writeln!(dictionary, "\"{}\"", bytes.collect::<String>());
        }
        fs::write(format!("{folder}/{}.dict", target.name), dictionary)?;
        println!("{}: {} seeds", target.name, inputs.len());
    }
    Ok(())
}
