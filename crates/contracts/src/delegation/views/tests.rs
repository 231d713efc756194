//! Tests of `views`.
