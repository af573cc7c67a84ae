//! What Argo CD does with the sources of an Application.
