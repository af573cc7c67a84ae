//! Every Application of a repository on every cluster, rendered.
//!
//! A repository of Argo CD's has Applications in files, in charts and in ApplicationSets, and one brings others.
