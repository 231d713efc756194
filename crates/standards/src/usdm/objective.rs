//! What a study asks, and what exactly it estimates.

use super::{Level, UsdmError, is_placeholder, node::Node, study::required_code};
use serde::Serialize;

/// An objective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Objective {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The text.
    pub text: String,
    /// Whether it is yet to be written.
    pub is_placeholder: bool,
    /// What answers it.
    pub endpoints: Vec<Endpoint>,
    /// Where it stands (RFC 6901).
    pub pointer: String,
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Endpoint {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The text.
    pub text: String,
    /// More about it.
    pub description: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// Whether it is yet to be written.
    pub is_placeholder: bool,
    /// Where it stands (RFC 6901).
    pub pointer: String,
}

/// An estimand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Estimand {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How the population is summarised.
    pub population_summary: String,
    /// The text of the analysis population, where it can be found.
    pub analysis_population: Option<String>,
    /// The ids of the interventions.
    pub intervention_ids: Vec<String>,
    /// The id of the endpoint.
    pub endpoint_id: String,
    /// What may come between.
    pub intercurrent_events: Vec<IntercurrentEvent>,
}

/// What may come between treatment and endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IntercurrentEvent {
    /// Its name.
    pub name: String,
    /// What it is.
    pub text: String,
    /// What is done about it.
    pub strategy: String,
}

impl Objective {
    pub(super) fn read(node: &Node<'_>) -> Result<Self, UsdmError> {
        let text = node.text_of("text")?;
        Ok(Self {
            id: node.text_of("id")?,
            name: node.text_of("name")?,
            level: Level::of(&required_code(node, "level")?),
            is_placeholder: is_placeholder(&text),
            text,
            endpoints: node.each("endpoints", Endpoint::read)?,
            pointer: node.pointer.clone(),
        })
    }
}

impl Endpoint {
    fn read(node: &Node<'_>) -> Result<Self, UsdmError> {
        let text = node.text_of("text")?;
        Ok(Self {
            id: node.text_of("id")?,
            name: node.text_of("name")?,
            level: Level::of(&required_code(node, "level")?),
            is_placeholder: is_placeholder(&text),
            text,
            description: node.maybe_text("description")?,
            purpose: node.maybe_text("purpose")?,
            pointer: node.pointer.clone(),
        })
    }
}

impl Estimand {
    pub(super) fn read(
        node: &Node<'_>,
        populations: &[(String, String)],
    ) -> Result<Self, UsdmError> {
        let population = node.text_of("analysisPopulationId")?;
        let mut known = populations.iter();
        let population = known.find(|(id, _)| *id == population);
        Ok(Self {
            id: node.text_of("id")?,
            name: node.text_of("name")?,
            population_summary: node.text_of("populationSummary")?,
            analysis_population: population.map(|(_, text)| text.clone()),
            intervention_ids: node.texts("interventionIds")?,
            endpoint_id: node.text_of("variableOfInterestId")?,
            intercurrent_events: node.each("intercurrentEvents", |event| {
                Ok(IntercurrentEvent {
                    name: event.text_of("name")?,
                    text: event.text_of("text")?,
                    strategy: event.text_of("strategy")?,
                })
            })?,
        })
    }
}
