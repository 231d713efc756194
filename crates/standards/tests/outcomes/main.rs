//! Outcomes against the published registry records and study definitions.

mod bounds;
mod changes;
mod page;
mod registry;
mod sources;
mod support;
mod versions;
