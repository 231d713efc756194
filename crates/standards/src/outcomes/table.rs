//! Outcomes from a plain table, as a reviewer types them from a publication.

use super::{
    Limits, Outcome, OutcomeLevel, OutcomesError,
    structure::{given_aggregation, given_metric},
};
use crate::{
    epcis::Excerpt,
    table::{Table, TableLimits},
};

/// The columns that a table may have; the first two it must.
const COLUMNS: [&str; 10] = [
    "level",
    "title",
    "description",
    "time_frame",
    "id",
    "domain",
    "measurement",
    "metric",
    "aggregation",
    "population",
];

/// Reads a table (RFC 4180) with a header of these columns in any order: `level` and `title`, and where they are known `description`,
/// `time_frame`, `id`, `domain`, `measurement`, `metric`, `aggregation` and `population`.
///
/// # Errors
/// The text is no such table, passes a limit, or a level is none.
pub fn read_table(bytes: &[u8], limits: &Limits) -> Result<Vec<Outcome>, OutcomesError> {
    let bounds = TableLimits {
        bytes: limits.bytes as u64,
        rows: limits.outcomes as u64,
        ..TableLimits::default()
    };
    let mut table = Table::open(bytes, bounds)?;
    let places = table.columns(&COLUMNS, 2)?;
    let mut outcomes = Vec::new();
    while let Some(row) = table.next_row()? {
        let cell = |name: &str| {
            let column = COLUMNS.iter().position(|column| *column == name)?;
            let text = row.cell(places[column]?)?.trim();
            (!text.is_empty()).then_some(text)
        };
        let word = cell("level").unwrap_or_default();
        let level = OutcomeLevel::parse(word).ok_or_else(|| OutcomesError::Level {
            line: row.line(),
            got: Excerpt::new(word),
        })?;
        let title = cell("title").unwrap_or_default();
        let outcome = Outcome::new(level, title, cell("description"), cell("time_frame"));
        let owned = |name| cell(name).map(str::to_owned);
        outcomes.push(Outcome {
            id: owned("id"),
            domain: owned("domain"),
            measurement: owned("measurement"),
            metric: cell("metric").and_then(given_metric).or(outcome.metric),
            aggregation: cell("aggregation")
                .and_then(given_aggregation)
                .or(outcome.aggregation),
            population: owned("population"),
            ..outcome
        });
    }
    Ok(outcomes)
}
