//! Kubernetes objects in a stream of manifests.
