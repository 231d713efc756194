//! Tests of `move_charts`.
