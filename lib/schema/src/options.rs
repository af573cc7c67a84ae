//! [`Options`]: which library a schema is checked by.

use homescale_go::Release;

/// The library that a schema is checked by: which drafts there are, what is valid, and in which words something is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// `xeipuuv/gojsonschema` 1.2, draft 4 to 7: `- (root): a is required`.
    Gojsonschema,
    /// `santhosh-tekuri/jsonschema` 6.0.2, up to draft 2020-12: `- at '': missing property 'a'`.
    Jsonschema6,
    /// Its version 6.0.3, which names the right places for items after the first ones and for names of properties.
    Jsonschema603,
}

/// How a schema is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The library.
    pub dialect: Dialect,
    /// How Go reads the URLs in schemas and values.
    pub go: Release,
}
