//! What a screening finds.

use serde::{Serialize, Serializer};

/// Thresholds of a screening.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
    /// Subjects below which a site is not tested.
    pub least_subjects: usize,
    /// The share of false leads among all that is borne.
    #[serde(serialize_with = "shown")]
    pub false_discovery_rate: f64,
}

impl Default for Parameters {
    /// Ten subjects, 5 %.
    fn default() -> Self {
        Self {
            least_subjects: 10,
            false_discovery_rate: 0.05,
        }
    }
}

/// A test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// Whether last digits are as at other sites.
    TerminalDigit,
    /// Whether subjects are copies of each other more often than at other sites.
    Duplicates,
    /// Whether visits repeat each other more often than at other sites.
    DuplicateRows,
    /// Whether an item spreads as at other sites.
    Variance,
    /// Whether subjects lie nearer to the middle of all items together than at other sites.
    Inliers,
    /// Whether more subjects are entered in one sitting than at other sites.
    Sittings,
    /// Whether values are entered faster than one can type more often than at other sites.
    TypingSpeed,
    /// Whether values are entered as soon after the observation as at other sites.
    Lateness,
    /// Whether observations fall on days of rest as often as at other sites.
    DaysOfRest,
    /// Whether corrections make the result look better as often as at other sites.
    Corrections,
    /// Whether arms differ at baseline as chance makes them differ (Carlisle).
    Baseline,
}

impl Test {
    /// The test in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::TerminalDigit => "terminal digits",
            Self::Duplicates => "duplicates",
            Self::DuplicateRows => "duplicate visits",
            Self::Variance => "variance",
            Self::Inliers => "inliers",
            Self::Sittings => "sittings",
            Self::TypingSpeed => "typing speed",
            Self::Lateness => "lateness",
            Self::DaysOfRest => "days of rest",
            Self::Corrections => "corrections",
            Self::Baseline => "baseline",
        }
    }
}

/// How large a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// In which measure.
    pub measure: &'static str,
    /// How large.
    #[serde(serialize_with = "shown")]
    pub value: f64,
    /// Whether it is large enough to matter.
    pub matters: bool,
}

/// The result of a test.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Which test.
    pub test: Test,
    /// Of which site; `None` for the study as a whole.
    pub site: Option<String>,
    /// Of which item, where the test is of one.
    pub item: Option<String>,
    /// How many values, subjects or events of the site were tested.
    pub count: u64,
    /// The p-value.
    #[serde(serialize_with = "shown")]
    pub p: f64,
    /// The p-value adjusted for all tests of the report.
    #[serde(serialize_with = "shown")]
    pub q: f64,
    /// How large the difference is.
    pub effect: Effect,
    /// Whether it is worth a look: the adjusted value is small, and the effect matters.
    pub is_lead: bool,
}

/// A screening.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// What a reader must know.
    pub note: &'static str,
    /// The thresholds.
    pub parameters: Parameters,
    /// Sites that were tested.
    pub sites: Vec<String>,
    /// Sites with too few subjects.
    pub suppressed: Vec<String>,
    /// Values that are no numbers, and were left out of tests of numbers.
    pub not_numbers: u64,
    /// All results, by test, site and item.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The findings that are worth a look, the smallest adjusted value first.
    pub fn leads(&self) -> Vec<&Finding> {
        let mut leads: Vec<_> = self.findings.iter().filter(|one| one.is_lead).collect();
        leads.sort_by(|one, other| one.q.total_cmp(&other.q));
        leads
    }
}

/// Six digits as a text: enough to read, and the same wherever the last bits of a sum differ.
fn shown<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format!("{value:.5e}"))
}
