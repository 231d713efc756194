//! Tests of `approve`.
