//! Go's standard library, as far as charts can see it, under Go's own package names.
