//! A Helm chart in memory: load, merge values, render, order.
