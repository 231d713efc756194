//! Tests of `freeze`.
