//! Apps times clusters: Applications, waves, validation.
