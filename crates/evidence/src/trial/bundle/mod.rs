//! The bundle of a trial: one file from which an outsider checks it. Form: `docs/protocol/trials.md`, section 9.

mod dataset;
mod make;
mod manifest;
mod openings;
pub(crate) mod stream;
pub mod zip;

pub use dataset::{Dataset, Origin, value_text};
pub use make::{Facts, History, MakeFailure, Selection, Values, make};
pub use manifest::{
    Audience, Extent, FileEntry, Format, HeadEvidence, MAX_MANIFEST, Manifest, MilestoneEvidence,
    RegisterEvidence, StudyName, canonical,
};
pub use openings::{
    Beacon, DataManifest, DatasetEntry, ListSecret, MAX_JSON, NameOpening, Openings,
    OutcomeOpening, SaltedText,
};
