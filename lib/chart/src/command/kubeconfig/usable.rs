//! What keeps client-go from using the current context.

use std::path::Path;

use homescale_go::Release;
use homescale_go::strconv::quote;
use homescale_go::url::Url;

use super::config::{Cluster, Config, Exec, Pem, User};
use super::error::ContextProblem;
use super::flags::Overrides;
use super::machine::Machine;

/// All that is wrong with the current context, its user and its cluster. A server there always is.
pub(super) fn problems(
    config: &Config,
    overrides: &Overrides,
    go: Release,
    machine: &dyn Machine,
) -> Vec<ContextProblem> {
    let mut problems = Vec::new();
    let found = config.context(&overrides.context);
    let name = config.context_name(&overrides.context);
    if found.is_none() && !name.is_empty() {
        problems.push(ContextProblem::NoContext(name.to_owned()));
    }
    let context = found.cloned().unwrap_or_default();
    let mut check = Check {
        owner: &context.user,
        machine,
        problems: &mut problems,
    };
    let user = config.users.get(&context.user).cloned();
    check.user(&user_with_flags(user.unwrap_or_default(), overrides));
    check.owner = &context.cluster;
    let cluster = config.clusters.get(&context.cluster).cloned();
    check.cluster(
        &cluster_with_flags(cluster.unwrap_or_default(), overrides),
        go,
    );
    problems
}

/// The user, as flags change it.
fn user_with_flags(mut user: User, overrides: &Overrides) -> User {
    if !overrides.token.is_empty() {
        user.token.clone_from(&overrides.token);
    }
    if !overrides.as_user.is_empty() {
        user.impersonated.clone_from(&overrides.as_user);
    }
    user.impersonates |= !overrides.as_groups.is_empty();
    user
}

/// The cluster, as flags change it.
fn cluster_with_flags(mut cluster: Cluster, overrides: &Overrides) -> Cluster {
    if overrides.insecure || !overrides.ca_file.is_empty() {
        cluster.authority.clone_from(&overrides.ca_file);
        cluster.has_authority_data = false;
    }
    cluster
}

struct Check<'a> {
    /// The name of the user or cluster.
    owner: &'a str,
    machine: &'a dyn Machine,
    problems: &'a mut Vec<ContextProblem>,
}

impl Check<'_> {
    fn user(&mut self, user: &User) {
        let owner = self.owner;
        self.certificate(&user.certificate, &user.key);
        if let Some(exec) = &user.exec {
            if user.has_provider {
                self.invalid(format!(
                    "authProvider cannot be provided in combination with an exec plugin for {owner}"
                ));
            }
            self.exec(exec);
        }
        let methods = [
            ("token", !user.token.is_empty()),
            ("basicAuth", user.has_password),
        ];
        if methods.iter().all(|(_, is_used)| *is_used) {
            self.invalid(format!("more than one authentication method found for {owner}; found [token basicAuth], only one is allowed"));
        }
        if user.impersonates && user.impersonated.is_empty() {
            self.invalid(format!(
                "requesting uid, groups or user-extra for {owner} without impersonating a user"
            ));
        }
    }

    fn certificate(&mut self, certificate: &Pem, key: &Pem) {
        let owner = self.owner;
        if certificate.is_nothing() {
            return;
        }
        if certificate.is_twice() {
            self.invalid(format!("client-cert-data and client-cert are both specified for {owner}. client-cert-data will override."));
        }
        if key.is_twice() {
            self.invalid(format!("client-key-data and client-key are both specified for {owner}; client-key-data will override"));
        }
        if key.is_nothing() {
            self.invalid(format!("client-key-data or client-key must be specified for {owner} to use the clientCert authentication method."));
        }
        self.readable("client-cert", &certificate.file);
        self.readable("client-key", &key.file);
    }

    fn exec(&mut self, exec: &Exec) {
        let owner = self.owner;
        let mut missing = |what: &str| {
            self.invalid(format!(
                "{what} must be specified for {owner} to use exec authentication plugin"
            ));
        };
        for (what, text) in [
            ("command", &exec.command),
            ("apiVersion", &exec.api_version),
        ] {
            if text.is_empty() {
                missing(what);
            }
        }
        for _ in exec.variables.iter().filter(|name| name.is_empty()) {
            missing("env variable name");
        }
        match exec.mode.as_str() {
            "" => missing("interactiveMode"),
            "Never" | "IfAvailable" | "Always" => {}
            mode => {
                let mode = quote(mode);
                self.invalid(format!("invalid interactiveMode for {owner}: {mode}"));
            }
        }
    }

    fn cluster(&mut self, cluster: &Cluster, go: Release) {
        let owner = self.owner;
        if let Some(problem) = proxy_problem(&cluster.proxy, go) {
            let (proxy, cluster) = (quote(&cluster.proxy), quote(owner));
            self.invalid(format!(
                "invalid 'proxy-url' {proxy} for cluster {cluster}: {problem}"
            ));
        }
        if !cluster.authority.is_empty() && cluster.has_authority_data {
            self.invalid(format!("certificate-authority-data and certificate-authority are both specified for {owner}. certificate-authority-data will override."));
        }
        self.readable("certificate-authority", &cluster.authority);
    }

    /// Makes sure that a file can be opened, if one is named.
    fn readable(&mut self, what: &'static str, path: &str) {
        if path.is_empty() {
            return;
        }
        // A directory opens like a file.
        if let Err(cause) = self.machine.read(Path::new(path))
            && cause.kind() != std::io::ErrorKind::IsADirectory
        {
            self.problems.push(ContextProblem::Unreadable {
                what,
                path: path.to_owned(),
                owner: self.owner.to_owned(),
                cause,
            });
        }
    }

    fn invalid(&mut self, text: String) {
        self.problems.push(ContextProblem::Invalid(text));
    }
}

/// What is wrong with the address of a proxy.
fn proxy_problem(proxy: &str, go: Release) -> Option<String> {
    if proxy.is_empty() {
        return None;
    }
    let Ok(url) = Url::parse(proxy.as_bytes(), go) else {
        return Some(format!("could not parse: {proxy}"));
    };
    let known = [&b"http"[..], b"https", b"socks5"];
    if known.contains(&&url.scheme[..]) {
        return None;
    }
    let scheme = quote(&url.scheme);
    Some(format!(
        "unsupported scheme {scheme}, must be http, https, or socks5"
    ))
}
