//! What is screened.

/// A value as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where.
    pub site: String,
    /// Of whom.
    pub subject: String,
    /// At which visit.
    pub visit: String,
    /// What.
    pub item: String,
    /// The value as it was written.
    pub value: String,
    /// The day of the observation, counted from 1970-01-01.
    pub observed_day: Option<i64>,
    /// When it was entered, in milliseconds since 1970.
    pub entered_at: Option<i64>,
    /// Who entered it, as a pseudonym.
    pub entered_by: Option<String>,
}

/// A value that was corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Where.
    pub site: String,
    /// What.
    pub item: String,
    /// The value before.
    pub before: String,
    /// The value after.
    pub after: String,
}

/// Which change of an item makes the result look better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A larger value.
    Higher,
    /// A smaller value.
    Lower,
}

/// A row of a table of baseline characteristics.
#[derive(Clone, Debug, PartialEq)]
pub struct BaselineVariable {
    /// Which.
    pub name: String,
    /// The arms.
    pub groups: Vec<BaselineGroup>,
}

/// An arm in such a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BaselineGroup {
    /// How many.
    pub count: u64,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation.
    pub standard_deviation: f64,
}

/// All that is screened. Order does not matter but for the order of equal times.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    /// Values as they stand.
    pub entries: Vec<Entry>,
    /// Corrections.
    pub corrections: Vec<Correction>,
    /// Which change of which item makes the result look better.
    pub directions: Vec<(String, Direction)>,
    /// The table of baseline characteristics.
    pub baseline: Vec<BaselineVariable>,
    /// Days on which nobody works, counted from 1970-01-01, besides Saturdays and Sundays.
    pub holidays: Vec<i64>,
}

/// How much is screened at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Values.
    pub entries: usize,
    /// Sites.
    pub sites: usize,
    /// Subjects of one site: each is compared with each.
    pub subjects: usize,
    /// Items.
    pub items: usize,
}

impl Default for Limits {
    /// Ten million values, a thousand sites, 2,000 subjects a site, a thousand items.
    fn default() -> Self {
        Self {
            entries: 10_000_000,
            sites: 1_000,
            subjects: 2_000,
            items: 1_000,
        }
    }
}
