//! Tests of `veto`.
