//! Tests of `cancel`.
