//! An outcome as a structure.

use super::{
    TimeFrame,
    structure::{aggregation, metric},
};
use crate::usdm::is_placeholder;
use serde::Serialize;

/// How much hangs on an outcome, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OutcomeLevel {
    /// What the study is made to answer.
    Primary,
    /// What it answers besides.
    Secondary,
    /// Exploratory, post hoc, or of no level.
    Other,
}

impl OutcomeLevel {
    /// The level of a word such as `PRIMARY`, `Secondary`, `other pre-specified`, `Post-Hoc`.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        match word.as_str() {
            "primary" => Some(Self::Primary),
            "secondary" => Some(Self::Secondary),
            _ if ["other", "post", "exploratory", "tertiary"]
                .iter()
                .any(|start| word.starts_with(start)) =>
            {
                Some(Self::Other)
            }
            _ => None,
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Other => "other",
        }
    }
}

/// An outcome. What a source does not tell is taken from its words where they are plain, else it is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// An id that stays with the outcome from one list to the next.
    pub id: Option<String>,
    /// Its level.
    pub level: OutcomeLevel,
    /// What is measured, in the source's words.
    pub title: String,
    /// More about it.
    pub description: Option<String>,
    /// When, in the source's words.
    pub time_frame: Option<String>,
    /// The area, such as anxiety.
    pub domain: Option<String>,
    /// The instrument or measure, such as a scale's name.
    pub measurement: Option<String>,
    /// How it is expressed for a person, such as `change from baseline`.
    pub metric: Option<String>,
    /// How people are summed up, such as `mean`.
    pub aggregation: Option<String>,
    /// When.
    pub time: TimeFrame,
    /// In whom.
    pub population: Option<String>,
    /// Whether it is yet to be written.
    pub is_placeholder: bool,
}

impl Outcome {
    /// An outcome from its texts; the rest is read from them.
    pub fn new(
        level: OutcomeLevel,
        title: &str,
        description: Option<&str>,
        time_frame: Option<&str>,
    ) -> Self {
        let full = format!("{title}. {}", description.unwrap_or_default());
        let of_frame = TimeFrame::parse(time_frame.unwrap_or_default());
        Self {
            id: None,
            level,
            title: title.to_owned(),
            description: description.map(str::to_owned),
            time_frame: time_frame.map(str::to_owned),
            domain: None,
            measurement: None,
            metric: metric(title).or_else(|| metric(&full)),
            aggregation: aggregation(title).or_else(|| aggregation(&full)),
            time: match of_frame.is_empty() {
                true => TimeFrame::parse(title),
                false => of_frame,
            },
            population: None,
            is_placeholder: is_placeholder(title),
        }
    }
}
