//! Tests of evidence: the pinned vectors alone, and against the engine that makes such evidence.

mod bundle;
mod engine;
mod engine_bundle;
mod engine_certificate;
mod engine_reshare;
mod engine_state;
mod pinned;
mod trial;
