//! What an Application brings when a file is taken away: so it shows which of those that it brings a file is about.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use homescale_argocd::{LoadEach, SourceKind, SourceRequest, normalize, prepare_source};
use homescale_functions::FixedHost;
use homescale_located::{Node, from_value};
use homescale_manifest::objects;

use crate::checkouts::Checkouts;
use crate::committed::kind;
use crate::fleet::Fleet;
use crate::found::{Found, Origin};
use crate::touch::Touch;

/// Files and directories of a chart that all of it depends on, whatever its templates say.
const OF_ALL: [&str; 9] = [
    ".helmignore",
    "Chart.lock",
    "Chart.yaml",
    "charts",
    "crds",
    "requirements.lock",
    "requirements.yaml",
    "values.schema.json",
    "values.yaml",
];

/// An object of Argo CD: its kind and its name.
type Name = (String, String);

impl Fleet<'_> {
    /// Whether a file that an Application reads is about one that it brings. So it is when the object is another one without the
    /// file; and where that does not show, because without the file the chart cannot be rendered, or because what the file says may
    /// be what holds without it.
    pub(crate) fn is_about(&self, parent: &Found, file: &str) -> About {
        let own = self.inputs.checkouts.own();
        let is_there = own.contains(file);
        let sources = 0..parent.application.sources.len();
        let mut place = Place::NotRead;
        for source in sources {
            place = place.max(self.place(parent, source, file));
        }
        let other = match place {
            Place::OfAll => return About::All,
            Place::NotRead => return About::Only(BTreeSet::new()),
            // What was made of it is gone with it.
            Place::Manifest | Place::Template if !is_there => return About::Only(BTreeSet::new()),
            _ if is_there => own.filter(|path| path != file),
            _ => {
                let mut with = own.clone();
                if with.insert(file, *b"{}\n").is_err() {
                    return About::All;
                }
                with
            }
        };
        let checkouts = &self.inputs.checkouts;
        let (now, then) = (
            self.brings(parent, checkouts),
            self.brings(parent, &checkouts.with_own(other)),
        );
        let (Some(now), Some(then)) = (now, then) else {
            return About::All;
        };
        let names = now.keys().chain(then.keys());
        let differing = names.filter(|name| now.get(*name) != then.get(*name));
        let differing = differing.cloned().collect();
        match place {
            Place::Manifest => About::Written(differing),
            _ => About::Only(differing),
        }
    }

    /// What a file is to a source of an Application.
    fn place(&self, found: &Found, source: usize, file: &str) -> Place {
        let options = self.options(found);
        let prepared = prepare_source(&self.request(found, source, &options));
        let checkouts = &self.inputs.checkouts;
        let said = &found.application.sources[source];
        if !prepared.inputs.touches(file, |url| checkouts.is_own(url)) {
            return Place::NotRead;
        }
        let is_named = (prepared.inputs.files.iter()).any(|input| input.path == file);
        let directory = normalize(&said.path).unwrap_or_default();
        let below = match directory.as_str() {
            "" => Some(file),
            directory => file
                .strip_prefix(directory)
                .and_then(|rest| rest.strip_prefix('/')),
        };
        let Some(below) = below.filter(|_| !is_named) else {
            return Place::OfAll;
        };
        let first = below.split('/').next().unwrap_or(below);
        let name = below.rsplit('/').next().unwrap_or(below);
        match prepared.kind {
            _ if name.starts_with(".argocd-source") => Place::OfAll,
            Some(SourceKind::Directory) => Place::Manifest,
            Some(SourceKind::Helm | SourceKind::Plugin) => match first {
                "templates" if name.starts_with('_') => Place::OfAll,
                "templates" => Place::Template,
                first if OF_ALL.contains(&first) => Place::OfAll,
                _ => Place::File,
            },
            _ => Place::OfAll,
        }
    }

    /// The objects of Argo CD that an Application brings from these repositories; `None` where it cannot be rendered.
    fn brings(&self, found: &Found, checkouts: &Checkouts) -> Option<BTreeMap<Name, Node>> {
        let options = self.options(found);
        let mut brought = BTreeMap::new();
        for source in 0..found.application.sources.len() {
            let request = SourceRequest {
                repositories: checkouts,
                charts: &LoadEach,
                ..self.request(found, source, &options)
            };
            let rendered = prepare_source(&request).render(Rc::new(FixedHost::default()));
            for object in objects(&rendered.outcome.ok()?).ok()? {
                if let Some(node) = from_value(&object.value).filter(|node| kind(node).is_some()) {
                    brought.insert((object.id.kind, object.id.name), node);
                }
            }
        }
        Some(brought)
    }
}

/// Which of those that an Application brings a file is about.
#[derive(Debug)]
pub(crate) enum About {
    /// Perhaps all.
    All,
    /// Only these objects.
    Only(BTreeSet<Name>),
    /// Only these objects, which are written in it.
    Written(BTreeSet<Name>),
}

impl About {
    /// How the file touches an Application of those, if it is about the object that it comes of.
    pub(crate) fn touch(&self, child: &Found) -> Option<Touch> {
        let (names, touch) = match self {
            Self::All => return Some(Touch::Brings),
            Self::Only(names) => (names, Touch::Brings),
            Self::Written(names) => (names, Touch::Defines),
        };
        let (kind, name) = match &child.origin {
            Origin::Set(name, _) => ("ApplicationSet", &**name),
            _ => ("Application", child.id.name.as_str()),
        };
        (names.contains(&(kind.to_owned(), name.to_owned()))).then_some(touch)
    }
}

/// What a file is to a source, in the order of what it may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// It is not read.
    NotRead,
    /// A manifest, with objects.
    Manifest,
    /// A template, which makes objects by itself.
    Template,
    /// What templates may read through `.Files`.
    File,
    /// All may depend on it.
    OfAll,
}
