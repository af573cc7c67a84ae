//! Bash, which splits words at `=` and `:` before it asks, and replaces only what stands after the last of them.

use clap_complete::engine::CompletionCandidate;

use super::asking::Asking;

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

pub(super) const BASH: Asking = Asking {
    name: "bash",
    script: |variable, program| {
        let script = SCRIPT.replace("VARIABLE", variable);
        Ok(script.replace("PROGRAM", program))
    },
    answer,
};

/// A line for each candidate.
fn answer(candidates: &[CompletionCandidate]) -> String {
    let mut text = String::new();
    for candidate in candidates {
        text.extend([&*candidate.get_value().to_string_lossy(), "\n"]);
    }
    text
}
