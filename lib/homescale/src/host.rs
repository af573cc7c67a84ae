//! The machine as templates may see it: clock, zone, randomness, names.

use std::error::Error;
use std::net::ToSocketAddrs;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use homescale_functions::{Host, Lookup, Timestamp};
use homescale_value::{Map, Value};

/// The real clock and the system's randomness; names are resolved only when asked for, as with Helm's `--enable-dns`.
#[derive(Debug)]
pub struct SystemHost {
    zone: String,
    enable_dns: bool,
    /// What wants a cluster that is not there.
    wants_cluster: Option<String>,
    began: Instant,
}

impl SystemHost {
    /// A host that resolves no names.
    pub fn new() -> Self {
        Self::with_dns(false)
    }

    /// A host that resolves names if that is wanted.
    pub fn with_dns(enable_dns: bool) -> Self {
        Self {
            zone: local_zone(),
            enable_dns,
            wants_cluster: None,
            began: Instant::now(),
        }
    }

    /// The same host, where `lookup` is an error instead of finding nothing: it should ask a cluster, since somebody wants
    /// that, who is named by this.
    #[must_use]
    pub fn without_cluster(self, wanted_by: String) -> Self {
        Self {
            wants_cluster: Some(wanted_by),
            ..self
        }
    }
}

impl Default for SystemHost {
    fn default() -> Self {
        Self::new()
    }
}

impl Host for SystemHost {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp {
            seconds: since.as_secs() as i64,
            nanoseconds: since.subsec_nanos(),
        }
    }

    fn monotonic(&self) -> Option<i64> {
        i64::try_from(self.began.elapsed().as_nanos()).ok()
    }

    fn local_zone(&self) -> &str {
        &self.zone
    }

    fn random(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("every supported system has a source of randomness");
    }

    fn host_by_name(&self, name: &str) -> Option<String> {
        let mut addresses = self.enable_dns.then(|| (name, 0).to_socket_addrs())?.ok()?;
        addresses.next().map(|address| address.ip().to_string())
    }

    fn resolves_names(&self) -> bool {
        self.enable_dns
    }

    fn lookup(&self, _: &Lookup<'_>) -> Result<Value, Box<dyn Error>> {
        match &self.wants_cluster {
            None => Ok(Value::Map(Map::new())),
            Some(by) => {
                Err(format!("{by}: it asks a cluster, and this program never talks to one").into())
            }
        }
    }
}

/// The name of the local zone: `$TZ`, else what /etc/localtime links to, else UTC.
fn local_zone() -> String {
    let of_link = || {
        let target = std::fs::read_link("/etc/localtime").ok()?;
        let target = target.to_str()?;
        Some(target.split_once("zoneinfo/")?.1.to_owned())
    };
    let zone = match std::env::var("TZ") {
        Ok(zone) => Some(zone.trim_start_matches(':').to_owned()),
        Err(_) => of_link(),
    };
    zone.filter(|zone| !zone.is_empty())
        .unwrap_or_else(|| "UTC".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_that_is_wanted_is_told_to_be_missing() {
        let query = Lookup {
            api_version: "v1",
            kind: "Secret",
            namespace: "",
            name: "",
        };
        let found = SystemHost::new().lookup(&query).unwrap();
        assert!(found.as_map().is_some_and(Map::is_empty));
        let host = SystemHost::new().without_cluster("--dry-run=server".to_owned());
        let error = host.lookup(&query).unwrap_err().to_string();
        assert_eq!(
            error,
            "--dry-run=server: it asks a cluster, and this program never talks to one"
        );
    }
}
