//! `values.schema.json`, as each Helm checks it.
