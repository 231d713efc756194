//! Tests of `hand_over`.
