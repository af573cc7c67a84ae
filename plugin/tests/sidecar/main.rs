//! A conversation with the sidecar as Argo CD has it, once for each case of `fixtures/sidecar`: the commands are those of
//! `plugin/argocd/plugin.yaml`, the server's part is played by [`server`]. The same without a process is in [`in_process`]. The
//! guide's page of the sidecar is done, too.
#![expect(
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

mod case;
mod guide;
mod in_process;
#[path = "../program/mod.rs"]
mod program;
mod server;
#[path = "../tree/mod.rs"]
mod tree;

use std::fs;
use std::process::ExitCode;
use std::sync::Arc;

use case::Case;
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use server::Server;

fn main() -> ExitCode {
    let root = tree::root();
    let server = Arc::new(Server::new(&root.join("plugin/argocd/plugin.yaml")));
    let mut trials = Vec::new();
    for file in tree::entries(&root.join("fixtures/sidecar")) {
        if file.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let group = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let value = homescale_yaml::from_slice(&fs::read(&file).unwrap()).unwrap();
        let json = homescale_yaml::json::encode(&value).unwrap();
        let cases: Value = serde_json::from_str(&json).unwrap();
        for (name, said) in cases.as_object().unwrap() {
            let (name, said) = (name.clone(), said.clone());
            let case = Case { name, said };
            let server = Arc::clone(&server);
            let name = format!("{group}/{}", case.name);
            if case.is_pure() {
                let case = case.clone();
                trials.push(Trial::test(format!("in-process/{name}"), move || {
                    case.check_in_process().map_err(Failed::from)
                }));
            }
            trials.push(Trial::test(name, move || {
                case.check(&server).map_err(Failed::from)
            }));
        }
    }
    trials.extend(guide::trials(&server));
    assert!(
        trials.len() >= 30,
        "the cases of fixtures/sidecar are missing"
    );
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
