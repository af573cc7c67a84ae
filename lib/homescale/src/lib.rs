//! Helm charts and Argo CD catalogs, rendered in-process.
