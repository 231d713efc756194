//! Tests of `dismiss`.
