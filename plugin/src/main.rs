//! The binary `helm-catalog`.

fn main() {}
