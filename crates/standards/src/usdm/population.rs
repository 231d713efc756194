//! Whom a study asks.

use super::{UsdmError, node::Node};
use crate::dataset::Json;
use serde::Serialize;

/// A population.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Population {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Whether healthy people are among it.
    pub includes_healthy_subjects: bool,
    /// How many are to be enrolled.
    pub planned_enrollment: Option<Bounds>,
    /// How many are to complete.
    pub planned_completion: Option<Bounds>,
    /// Their age.
    pub planned_age: Option<Bounds>,
    /// Their sex.
    pub planned_sex: Vec<String>,
    /// The ids of its criteria.
    pub criterion_ids: Vec<String>,
}

/// A quantity, or a range of it; numbers as they were written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// The least.
    pub least: String,
    /// The most; the same as the least for a quantity.
    pub most: String,
    /// The unit.
    pub unit: Option<String>,
}

impl Population {
    pub(super) fn read(node: &Node<'_>) -> Result<Self, UsdmError> {
        let planned_sex = node.each("plannedSex", |sex| sex.text_of("decode"))?;
        Ok(Self {
            id: node.text_of("id")?,
            name: node.text_of("name")?,
            description: node.maybe_text("description")?,
            includes_healthy_subjects: node.flag("includesHealthySubjects")?.unwrap_or(false),
            planned_enrollment: bounds(node, "plannedEnrollmentNumber")?,
            planned_completion: bounds(node, "plannedCompletionNumber")?,
            planned_age: bounds(node, "plannedAge")?,
            planned_sex,
            criterion_ids: node.texts("criterionIds")?,
        })
    }
}

fn bounds(node: &Node<'_>, name: &str) -> Result<Option<Bounds>, UsdmError> {
    let Some(member) = node.member(name) else {
        return Ok(None);
    };
    if member.member("minValue").is_none() {
        let (value, unit) = quantity(&member)?;
        return Ok(Some(Bounds {
            least: value.clone(),
            most: value,
            unit,
        }));
    }
    let (least, unit) = quantity(&member.required("minValue")?)?;
    let (most, _) = quantity(&member.required("maxValue")?)?;
    Ok(Some(Bounds { least, most, unit }))
}

fn quantity(node: &Node<'_>) -> Result<(String, Option<String>), UsdmError> {
    let value = node.required("value")?;
    let Json::Number(number) = value.value else {
        return Err(value.expected("a number"));
    };
    let unit = node.coded("unit")?.map(|unit| unit.decode);
    Ok((number.as_str().to_owned(), unit))
}
