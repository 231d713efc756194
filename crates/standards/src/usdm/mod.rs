//! CDISC USDM 4.0 in JSON: what a registration needs of a study's definition, and the visits and forms that it makes due.
//!
//! A definition is refused where it cannot be understood, with a JSON Pointer to the place. What can be understood and is still wrong,
//! such as a reference that leads nowhere or an endpoint that is yet to be written, is listed beside it.

mod amendment;
mod design;
mod duration;
mod error;
mod ids;
mod level;
mod limits;
mod matrix;
mod node;
mod objective;
mod offset;
mod paths;
mod placeholder;
mod population;
mod problem;
mod read;
mod schedule;
mod study;

pub use amendment::Amendment;
pub use design::{Coded, Design, DesignKind, Encounter, Named};
pub use duration::Duration;
pub use error::{Fault, UsdmError};
pub use level::Level;
pub use limits::Limits;
pub use matrix::{Cell, Matrix};
pub use objective::{Endpoint, Estimand, IntercurrentEvent, Objective};
pub use placeholder::is_placeholder;
pub use population::{Bounds, Population};
pub use problem::{Flaw, Problem};
pub use read::read;
pub use schedule::{Activity, Instance, Timeline, Timing, TimingKind};
pub use study::{GovernanceDate, Identifier, Study, StudyDefinition, StudyVersion, Title};
