//! Tests of `appoint`.
