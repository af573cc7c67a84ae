//! Objects that are applied twice.

use std::collections::BTreeMap;

use homescale_located::Related;
use homescale_manifest::ObjectId;

use super::applications::Applications;
use super::few::few;
use super::finding::Finding;
use crate::found::Found;
use crate::rules;

/// Who applies which objects.
#[derive(Default)]
pub(super) struct Owners<'f> {
    /// By cluster and object, the first Application that applies it.
    first: BTreeMap<(&'f str, ObjectId), usize>,
    /// By the numbers of two Applications, what both apply; what one applies twice has the same number twice.
    shared: BTreeMap<(usize, usize), Vec<ObjectId>>,
    all: Vec<&'f Found>,
}

impl<'f> Owners<'f> {
    /// Adds what an Application applies.
    pub(super) fn add(&mut self, found: &'f Found, objects: Vec<ObjectId>) {
        let own = self.all.len();
        self.all.push(found);
        for id in objects {
            let key = (found.cluster.as_str(), id);
            match self.first.get(&key) {
                None => {
                    self.first.insert(key, own);
                }
                Some(first) => self.shared.entry((*first, own)).or_default().push(key.1),
            }
        }
    }

    /// What is applied twice, each with the Application that is the second to do so.
    pub(super) fn findings(&self, applications: &Applications<'_>) -> Vec<(&'f Found, Finding)> {
        let findings = self.shared.iter().map(|((first, second), objects)| {
            let (found, other) = (self.all[*second], self.all[*first]);
            let objects = shown(objects);
            if first == second {
                let cause = format!("{objects} twice among its manifests");
                let hint = "remove one of the two: Argo CD applies both, and the last one counts";
                return (
                    found,
                    Finding::new(&rules::OBJECT_TWICE, cause).hint(Some(hint)),
                );
            }
            let other_name = applications.described(other);
            let cause = format!("{objects} also applied by {other_name}");
            let mut finding = Finding::new(&rules::OBJECT_TWICE, cause);
            finding.related.push(Related {
                location: applications.location(other),
                message: other_name,
            });
            (found, finding)
        });
        findings.collect()
    }
}

/// Some objects, with the verb that fits their number.
fn shown(objects: &[ObjectId]) -> String {
    let names: Vec<String> = objects.iter().map(ToString::to_string).collect();
    let verb = if objects.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", few(&names, ", "))
}
