//! Outcomes from the endpoints of a USDM design.

use super::{Outcome, OutcomeLevel};
use crate::usdm::{Design, Level};

/// The endpoints of a design as outcomes, with their ids. An estimand tells the population of its endpoint.
pub fn outcomes_of(design: &Design) -> Vec<Outcome> {
    let outcome = |endpoint: &crate::usdm::Endpoint| {
        let level = match endpoint.level {
            Level::Primary => OutcomeLevel::Primary,
            Level::Secondary => OutcomeLevel::Secondary,
            Level::Exploratory | Level::Other => OutcomeLevel::Other,
        };
        let description = endpoint.description.as_deref();
        let mut estimands = design.estimands.iter();
        let estimand = estimands.find(|one| one.endpoint_id == endpoint.id);
        Outcome {
            id: Some(endpoint.id.clone()),
            population: estimand.and_then(|one| one.analysis_population.clone()),
            ..Outcome::new(level, &endpoint.text, description, None)
        }
    };
    design.endpoints().map(outcome).collect()
}
