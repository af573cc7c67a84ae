//! Sprig's and Helm's template functions, one family a file.
