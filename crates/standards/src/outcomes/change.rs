//! What may change in an outcome.

use serde::Serialize;

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// In the later list alone.
    Added,
    /// In the earlier list alone.
    Dropped,
    /// To a level on which more hangs.
    Promoted,
    /// To a level on which less hangs.
    Demoted,
    /// Something else, or another instrument, is measured.
    MeasurementChanged,
    /// It is expressed otherwise.
    MetricChanged,
    /// People are summed up otherwise.
    AggregationChanged,
    /// At another time.
    TimePointChanged,
    /// In other people.
    PopulationChanged,
    /// Other words, and nothing of the above.
    Reworded,
    /// Nothing.
    Unchanged,
}

impl Class {
    /// All classes in their order.
    pub const ALL: [Self; 11] = [
        Self::Added,
        Self::Dropped,
        Self::Promoted,
        Self::Demoted,
        Self::MeasurementChanged,
        Self::MetricChanged,
        Self::AggregationChanged,
        Self::TimePointChanged,
        Self::PopulationChanged,
        Self::Reworded,
        Self::Unchanged,
    ];

    /// The class in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Dropped => "dropped",
            Self::Promoted => "promoted",
            Self::Demoted => "demoted",
            Self::MeasurementChanged => "measurement changed",
            Self::MetricChanged => "metric changed",
            Self::AggregationChanged => "aggregation changed",
            Self::TimePointChanged => "time point changed",
            Self::PopulationChanged => "population changed",
            Self::Reworded => "reworded",
            Self::Unchanged => "unchanged",
        }
    }
}

/// A change, with what stood before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its kind.
    pub class: Class,
    /// Before, where there was something.
    pub from: Option<String>,
    /// After, where there is something.
    pub to: Option<String>,
}

impl Change {
    pub(super) fn new(class: Class, from: Option<&str>, to: Option<&str>) -> Self {
        Self {
            class,
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        }
    }
}
