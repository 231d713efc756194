//! How much hangs on an objective or endpoint.

use super::Coded;
use serde::Serialize;

/// The level of an objective or endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// What the study is made to answer.
    Primary,
    /// What it answers besides.
    Secondary,
    /// What may lead to other studies.
    Exploratory,
    /// A level that USDM 4 has no code for.
    Other,
}

impl Level {
    /// The level of a CDISC code for objectives or endpoints, or else of its first word.
    pub(super) fn of(coded: &Coded) -> Self {
        match coded.code.as_str() {
            "C94496" | "C85826" => Self::Primary,
            "C139173" | "C85827" => Self::Secondary,
            "C170559" | "C163559" => Self::Exploratory,
            _ => Self::of_word(coded.decode.split(' ').next().unwrap_or_default()),
        }
    }

    fn of_word(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "primary" => Self::Primary,
            "secondary" => Self::Secondary,
            "exploratory" => Self::Exploratory,
            _ => Self::Other,
        }
    }
}
