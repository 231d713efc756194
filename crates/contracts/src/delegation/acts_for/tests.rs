//! Tests of `acts_for`.
