//! The values that templates compute with: Go's kinds, truth, order and printing.
