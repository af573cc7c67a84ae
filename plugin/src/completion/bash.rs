//! Bash, which splits words at `=` and `:` before it asks, and replaces only what stands after the last of them.

use std::ffi::OsString;
use std::io::{Error, Write};
use std::path::Path;

use clap_complete::engine;
use clap_complete::env::EnvCompleter;

/// Puts the words together again, asks, and shortens the answers to what Bash replaces.
const SCRIPT: &str = r#"_helm_catalog() {
    local IFS=$'\n' index word line words=() is_part=
    for ((index = 0; index <= COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        if [[ $word == [=:] && ${#words[@]} -gt 0 ]]; then
            words[${#words[@]}-1]+=$word
            is_part=1
        elif [[ $is_part ]]; then
            words[${#words[@]}-1]+=$word
            is_part=
        else
            words+=("$word")
        fi
    done
    line=${words[${#words[@]}-1]}
    line=${line%"${line##*[=:]}"}
    COMPREPLY=()
    while read -r word; do
        word=${word#"$line"}
        [[ $word == *[^A-Za-z0-9_./=:,@%+-]* ]] && printf -v word %q "$word"
        COMPREPLY+=("$word")
    done < <(VARIABLE=bash PROGRAM -- "${words[@]}" 2>/dev/null)
    [[ ${COMPREPLY[0]-} != *[/=] ]] || compopt -o nospace 2>/dev/null
}
complete -F _helm_catalog PROGRAM
"#;

pub(super) struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == self.name()
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        bin: &str,
        _completer: &str,
        buf: &mut dyn Write,
    ) -> Result<(), Error> {
        let script = SCRIPT.replace("VARIABLE", var).replace("PROGRAM", bin);
        buf.write_all(script.as_bytes())
    }

    fn write_complete(
        &self,
        cmd: &mut clap::Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<(), Error> {
        let last = args.len().saturating_sub(1);
        for candidate in engine::complete(cmd, args, last, current_dir)? {
            writeln!(buf, "{}", candidate.get_value().to_string_lossy())?;
        }
        Ok(())
    }
}
