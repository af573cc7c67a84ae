//! YAML that knows where each key and value was written.
