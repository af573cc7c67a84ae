//! The machine as templates may see it: clock, zone, randomness, names.

use std::error::Error;
use std::net::ToSocketAddrs;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use homescale_functions::{Host, Lookup, Timestamp};
use homescale_value::{Map, Value};

/// The real clock and the system's randomness; names are resolved only when asked for, as with Helm's `--enable-dns`.
#[derive(Debug)]
pub struct SystemHost {
    zone: Zone,
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
            zone: Zone::local(),
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
        &self.zone.iana_name
    }

    fn local_zone_name(&self) -> &str {
        &self.zone.name
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

/// The local zone, as Go finds it.
#[derive(Debug, PartialEq, Eq)]
struct Zone {
    iana_name: String,
    name: String,
}

/// The file of the machine's zone, which hardly ever is anything but a link into the database.
const FILE: &str = "/etc/localtime";

impl Zone {
    /// What `$TZ` names; else that of the machine; else UTC.
    fn local() -> Self {
        match std::env::var("TZ") {
            Ok(zone) => Self::of_variable(&zone),
            Err(_) if std::fs::metadata(FILE).is_ok() => Self::of_file(FILE, "Local"),
            Err(_) => Self::of_variable(""),
        }
    }

    /// A name, or the path of a file, after a colon or none.
    fn of_variable(zone: &str) -> Self {
        match zone.strip_prefix(':').unwrap_or(zone) {
            "" => Self::called("UTC"),
            FILE => Self::of_file(FILE, "Local"),
            path if path.starts_with('/') => Self::of_file(path, path),
            name => Self::called(name),
        }
    }

    fn called(name: &str) -> Self {
        Self {
            iana_name: name.to_owned(),
            name: name.to_owned(),
        }
    }

    /// The zone of a file, which its path tells, or that of what it links to.
    fn of_file(path: &str, name: &str) -> Self {
        let target = std::fs::read_link(path).ok();
        let target = target.as_deref().and_then(|target| target.to_str());
        let zone = target.unwrap_or(path).split_once("zoneinfo/");
        Self {
            iana_name: zone.map_or("UTC", |(_, zone)| zone).to_owned(),
            name: name.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(iana_name: &str, name: &str) -> Zone {
        Zone {
            iana_name: iana_name.to_owned(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn the_variable_names_a_zone_or_a_file() {
        let cases = [
            ("", zone("UTC", "UTC")),
            ("Europe/Berlin", zone("Europe/Berlin", "Europe/Berlin")),
            (":Asia/Tokyo", zone("Asia/Tokyo", "Asia/Tokyo")),
            (
                "/nowhere/zoneinfo/Asia/Tokyo",
                zone("Asia/Tokyo", "/nowhere/zoneinfo/Asia/Tokyo"),
            ),
            ("/nowhere", zone("UTC", "/nowhere")),
        ];
        for (variable, expected) in cases {
            assert_eq!(Zone::of_variable(variable), expected, "{variable:?}");
        }
    }

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
