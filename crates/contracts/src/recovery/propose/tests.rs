//! Tests of `propose`.
