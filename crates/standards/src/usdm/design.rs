//! How a study is built.

use super::{
    Activity, Estimand, Fault, Limits, Objective, Population, Timeline, UsdmError, node::Node,
};
use serde::Serialize;

/// A code with what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coded {
    /// The code.
    pub code: String,
    /// What it says.
    pub decode: String,
}

/// Something with an id and a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is shown of it.
    pub label: Option<String>,
    /// Its kind.
    pub kind: Option<Coded>,
}

/// A visit or another contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Encounter {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is shown of it.
    pub label: Option<String>,
    /// The timing that says when it is.
    pub scheduled_at_id: Option<String>,
}

/// Which kind of design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DesignKind {
    /// Something is done to subjects.
    Interventional,
    /// Subjects are observed.
    Observational,
}

/// A design.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Design {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: DesignKind,
    /// The phase.
    pub phase: Option<Coded>,
    /// The model, such as parallel groups.
    pub model: Option<Coded>,
    /// Who does not know the treatment.
    pub blinding: Option<Coded>,
    /// The arms.
    pub arms: Vec<Named>,
    /// The epochs, in order.
    pub epochs: Vec<Named>,
    /// The visits, in order.
    pub encounters: Vec<Encounter>,
    /// What is done.
    pub activities: Vec<Activity>,
    /// When it is done.
    pub timelines: Vec<Timeline>,
    /// What the study asks.
    pub objectives: Vec<Objective>,
    /// What exactly is estimated.
    pub estimands: Vec<Estimand>,
    /// Whom it asks.
    pub population: Option<Population>,
    /// Where it stands (RFC 6901).
    pub pointer: String,
}

impl Design {
    pub(super) fn read(node: &Node<'_>, limits: &Limits) -> Result<Self, UsdmError> {
        let populations = node.each("analysisPopulations", |one| {
            Ok((one.text_of("id")?, one.text_of("text")?))
        })?;
        Ok(Self {
            id: node.text_of("id")?,
            name: node.text_of("name")?,
            kind: kind(node)?,
            phase: node.coded("studyPhase")?,
            model: node.coded("model")?,
            blinding: node.coded("blindingSchema")?,
            arms: node.each("arms", named)?,
            epochs: node.each("epochs", named)?,
            encounters: node.each("encounters", encounter)?,
            activities: node.each("activities", Activity::read)?,
            timelines: node.each("scheduleTimelines", |one| Timeline::read(one, limits))?,
            objectives: node.each("objectives", Objective::read)?,
            estimands: node.each("estimands", |one| Estimand::read(one, &populations))?,
            population: node
                .member("population")
                .map(|one| Population::read(&one))
                .transpose()?,
            pointer: node.pointer.clone(),
        })
    }

    /// All endpoints, in the order of their objectives.
    pub fn endpoints(&self) -> impl Iterator<Item = &super::Endpoint> {
        self.objectives.iter().flat_map(|one| &one.endpoints)
    }
}

fn kind(node: &Node<'_>) -> Result<DesignKind, UsdmError> {
    let kind = node.required("instanceType")?;
    let text = kind.text()?;
    match text.as_str() {
        "InterventionalStudyDesign" => Ok(DesignKind::Interventional),
        "ObservationalStudyDesign" => Ok(DesignKind::Observational),
        _ => Err(kind.error(Fault::Design(Node::excerpt(&text)))),
    }
}

fn named(node: &Node<'_>) -> Result<Named, UsdmError> {
    Ok(Named {
        id: node.text_of("id")?,
        name: node.text_of("name")?,
        label: node.maybe_text("label")?,
        kind: node.coded("type")?,
    })
}

fn encounter(node: &Node<'_>) -> Result<Encounter, UsdmError> {
    Ok(Encounter {
        id: node.text_of("id")?,
        name: node.text_of("name")?,
        label: node.maybe_text("label")?,
        scheduled_at_id: node.maybe_text("scheduledAtId")?,
    })
}
