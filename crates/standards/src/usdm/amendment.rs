//! What changed from one version of a study to the next.

use super::{
    GovernanceDate, UsdmError,
    node::Node,
    study::{dates, required_code},
};
use serde::Serialize;

/// An amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Amendment {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What it changes.
    pub summary: String,
    /// Why, the main reason first.
    pub reasons: Vec<String>,
    /// Whether one of its effects is substantial; `None` where none is told.
    pub is_substantial: Option<bool>,
    /// The id of the amendment before it.
    pub previous_id: Option<String>,
    /// When.
    pub dates: Vec<GovernanceDate>,
}

impl Amendment {
    pub(super) fn read(node: &Node<'_>) -> Result<Self, UsdmError> {
        let mut reasons = vec![reason(&node.required("primaryReason")?)?];
        reasons.extend(node.each("secondaryReasons", reason)?);
        let substantial = node.each("impacts", |impact| impact.flag("isSubstantial"))?;
        let substantial: Vec<bool> = substantial.into_iter().flatten().collect();
        Ok(Self {
            id: node.text_of("id")?,
            number: node.text_of("number")?,
            summary: node.text_of("summary")?,
            reasons,
            is_substantial: match substantial.is_empty() {
                true => None,
                false => Some(substantial.contains(&true)),
            },
            previous_id: node.maybe_text("previousId")?,
            dates: dates(node)?,
        })
    }
}

fn reason(node: &Node<'_>) -> Result<String, UsdmError> {
    let other = node.maybe_text("otherReason")?;
    match other {
        Some(other) => Ok(other),
        None => Ok(required_code(node, "code")?.decode),
    }
}
