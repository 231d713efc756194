//! Tests of `set_guardians`.
