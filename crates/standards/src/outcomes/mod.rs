//! Outcomes of studies as structures, and what changed between two lists of them.
//!
//! An outcome is specified at five levels (Zarin, NEJM 2011; 364:852): domain, measurement, metric, aggregation and time point. Lists come from
//! USDM, from ClinicalTrials.gov (API v2 in JSON, and the XML before it) and from plain tables. The comparison says what was added, dropped,
//! promoted, demoted or changed, and when. Where both lists give an outcome the same id, pairs are certain; else words, numbers and time
//! points propose a pair with a confidence and its reasons, for a person to confirm.

mod change;
mod compare;
mod diff;
mod error;
mod features;
mod html;
mod limits;
mod list;
mod matching;
mod milestone;
mod moment;
mod outcome;
mod registry;
mod registry_json;
mod registry_xml;
mod structure;
mod table;
mod time_frame;
mod time_token;
mod usdm;
mod words;

pub use change::{Change, Class};
pub use diff::{OutcomeDiff, Row, Summary, diff};
pub use error::OutcomesError;
pub use html::page;
pub use limits::Limits;
pub use list::OutcomeList;
pub use matching::{By, Match};
pub use milestone::{Milestones, Phase};
pub use moment::When;
pub use outcome::{Outcome, OutcomeLevel};
pub use registry::{RegisteredBefore, RegistryRecord};
pub use registry_json::read_registry_json;
pub use registry_xml::read_registry_xml;
pub use table::read_table;
pub use time_frame::{PointKind, TimeFrame, TimePoint, TimeUnit};
pub use usdm::outcomes_of;
