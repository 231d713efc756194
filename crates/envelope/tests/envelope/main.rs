//! The envelope from outside: published vectors, own pinned vectors, tampering.

mod content;
mod content_id;
mod held;
mod hpke_vectors;
mod pinned;
mod seal;
mod seal_committee;
mod seal_faults;
mod support;
mod tamper;
mod wrap;
mod wycheproof;
