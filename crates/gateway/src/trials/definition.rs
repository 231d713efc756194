//! The definition of a study: what a sponsor registers, in a small file.

use std::collections::BTreeSet;

use alloy_primitives::{Address, B256, FixedBytes};
use serde::{Deserialize, Serialize};
use theriac_contracts::interfaces::ITrials::{Outcome as CallOutcome, Schedule as CallSchedule};
use theriac_evidence::trial::{MAX_CELLS, MAX_VISITS, Outcome, outcome_word};

use super::{
    Refusal,
    book::{Document, DocumentKind},
    hash::sha256,
    schedule,
};
use crate::book::Form;

/// A definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Definition {
    pub(super) format: String,
    /// What the study is called.
    pub title: String,
    /// The protocol, or what names it.
    pub protocol: String,
    /// The visits in their order.
    pub visits: Vec<Visit>,
    /// The outcomes, the primary ones among them.
    pub outcomes: Vec<OutcomeText>,
    /// Accounts that may undo a lock.
    pub approvers: Vec<Address>,
    /// How many of them it takes.
    pub threshold: u8,
    /// The day until which the data are kept: `2050-12-31`.
    pub retention_until: String,
    /// OIDs of the forms whose content tells the arm: they are captured closed.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub unblinding: BTreeSet<String>,
}

/// A visit with its forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Visit {
    /// Its name.
    pub name: String,
    /// OIDs of its forms, in order; none for a visit that is retired.
    pub forms: Vec<String>,
}

/// An outcome in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(
    missing_docs,
    reason = "the fields are those of docs/protocol/trials.md, section 4"
)]
pub struct OutcomeText {
    pub level: Level,
    pub id: String,
    pub domain: String,
    pub measurement: String,
    #[serde(default)]
    pub metric: Option<String>,
    #[serde(default)]
    pub aggregation: Option<String>,
    pub time_point: String,
    #[serde(default)]
    pub population: Option<String>,
}

/// How much hangs on an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// What the study is made to answer.
    Primary = 1,
    /// What it answers besides.
    Secondary = 2,
    /// Anything else.
    Other = 3,
}

/// An outcome with the salts of its words: what opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenOutcome {
    /// Its level.
    pub level: Level,
    /// The seven fields; none where the ledger has zero.
    pub fields: Vec<Option<Salted>>,
}

/// A text with its salt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Salted {
    /// 16 random bytes.
    pub salt: FixedBytes<16>,
    /// The text.
    pub text: String,
}

impl Form for Definition {
    const FORMAT: &'static str = "theriac-study/1";

    fn format(&self) -> &str {
        &self.format
    }
}

impl Definition {
    /// A definition of these parts; the rest is empty.
    pub fn new(
        title: &str,
        protocol: &str,
        visits: Vec<Visit>,
        outcomes: Vec<OutcomeText>,
    ) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            title: title.to_owned(),
            protocol: protocol.to_owned(),
            visits,
            outcomes,
            approvers: Vec::new(),
            threshold: 1,
            retention_until: String::new(),
            unblinding: BTreeSet::new(),
        }
    }

    /// Checks what the ledger would refuse, in words.
    ///
    /// # Errors
    /// `DefinitionFaulty`.
    pub fn check(&self) -> Result<(), Refusal> {
        let faulty = |text: String| Err(Refusal::DefinitionFaulty(text));
        let forms: usize = self.visits.iter().map(|visit| visit.forms.len()).sum();
        if self.visits.is_empty() || self.visits.len() > MAX_VISITS {
            return faulty(format!(
                "got {} visits, expected 1 to {MAX_VISITS}",
                self.visits.len()
            ));
        }
        if forms == 0 || forms > MAX_CELLS as usize {
            return faulty(format!("got {forms} forms, expected 1 to {MAX_CELLS}"));
        }
        if let Some(visit) = self.visits.iter().find(|visit| visit.forms.len() > 255) {
            return faulty(format!("visit {} has more than 255 forms", visit.name));
        }
        let has = |oid: &&String| self.visits.iter().any(|visit| visit.forms.contains(*oid));
        if let Some(unknown) = self.unblinding.iter().find(|oid| !has(oid)) {
            return faulty(format!("no visit has the unblinding form {unknown}"));
        }
        if !self
            .outcomes
            .iter()
            .any(|outcome| outcome.level == Level::Primary)
        {
            return faulty("no outcome is primary".to_owned());
        }
        let placeholder = self.outcomes.iter().find_map(OutcomeText::placeholder);
        match placeholder {
            Some(field) => faulty(format!("the {field} of an outcome is yet to be written")),
            None => Ok(()),
        }
    }

    /// The schedule's document and what the ledger is told of it.
    pub fn schedule(&self) -> (Document, CallSchedule) {
        schedule(&self.visits, &self.unblinding)
    }
}

/// The document of a schedule and what the ledger is told of it.
pub(super) fn schedule(
    visits: &[Visit],
    unblinding: &BTreeSet<String>,
) -> (Document, CallSchedule) {
    let content = schedule::to_bytes(visits, unblinding);
    let root = sha256(&[&content]);
    let cells: Vec<u8> = visits
        .iter()
        .map(|visit| u8::try_from(visit.forms.len()).unwrap_or(u8::MAX))
        .collect();
    let document = Document {
        hash: root,
        kind: DocumentKind::Schedule,
        salt: B256::ZERO,
        content,
    };
    let cells = cells.into();
    (document, CallSchedule { root, cells })
}

impl OutcomeText {
    fn placeholder(&self) -> Option<&'static str> {
        let fields = [
            ("id", &self.id),
            ("domain", &self.domain),
            ("measurement", &self.measurement),
            ("time point", &self.time_point),
        ];
        let is_empty = |text: &str| text.trim().is_empty() || text.contains("To be determined");
        let found = fields.iter().find(|(_, text)| is_empty(text));
        found.map(|(name, _)| *name)
    }

    /// The outcome with fresh salts.
    pub fn salted(&self) -> OpenOutcome {
        let required = |text: &String| Some(text.clone());
        let fields = [
            required(&self.id),
            required(&self.domain),
            required(&self.measurement),
            self.metric.clone(),
            self.aggregation.clone(),
            required(&self.time_point),
            self.population.clone(),
        ];
        let salted = |text: String| Salted {
            salt: FixedBytes::new(crate::random::random()),
            text,
        };
        OpenOutcome {
            level: self.level,
            fields: fields.into_iter().map(|text| text.map(salted)).collect(),
        }
    }
}

impl OpenOutcome {
    /// What the ledger is told of it.
    pub fn call(&self) -> CallOutcome {
        let word = |field: u8| match self.fields.get(usize::from(field) - 1) {
            Some(Some(Salted { salt, text })) => outcome_word(field, &salt.0, text),
            Some(None) | None => B256::ZERO,
        };
        CallOutcome {
            level: self.level as u8,
            id: word(1),
            domain: word(2),
            measurement: word(3),
            metric: word(4),
            aggregation: word(5),
            timePoint: word(6),
            population: word(7),
        }
    }

    /// The same outcome in words.
    pub fn text(&self) -> OutcomeText {
        let field = |place: usize| {
            let field = self.fields.get(place)?.as_ref()?;
            Some(field.text.clone())
        };
        OutcomeText {
            level: self.level,
            id: field(0).unwrap_or_default(),
            domain: field(1).unwrap_or_default(),
            measurement: field(2).unwrap_or_default(),
            metric: field(3),
            aggregation: field(4),
            time_point: field(5).unwrap_or_default(),
            population: field(6),
        }
    }
}

/// The document of outcomes and what the ledger is told of them.
///
/// An outcome that was registered before, with the same words, keeps its salts, so that it is seen to be unchanged.
pub(super) fn outcomes(
    texts: &[OutcomeText],
    earlier: &[OpenOutcome],
) -> (Document, Vec<CallOutcome>) {
    let open: Vec<OpenOutcome> = texts.iter().map(|text| salted_as(text, earlier)).collect();
    let calls: Vec<CallOutcome> = open.iter().map(OpenOutcome::call).collect();
    let content = serde_json::to_vec(&open).expect("outcomes are text and lists");
    let document = Document {
        hash: outcomes_hash(&words(&calls)),
        kind: DocumentKind::Outcomes,
        salt: B256::ZERO,
        content,
    };
    (document, calls)
}

/// Salts each field as the earlier outcome of the same id has it where the words are the same.
fn salted_as(text: &OutcomeText, earlier: &[OpenOutcome]) -> OpenOutcome {
    let mut fresh = text.salted();
    let same = earlier.iter().find(|one| one.text().id == text.id);
    let Some(same) = same else { return fresh };
    for (field, before) in fresh.fields.iter_mut().zip(&same.fields) {
        let is_same = match (&*field, before) {
            (Some(now), Some(before)) => now.text == before.text,
            (None, _) | (_, None) => false,
        };
        if is_same {
            field.clone_from(before);
        }
    }
    fresh
}

/// Outcomes of a call, as the log has them.
pub(super) fn words(outcomes: &[CallOutcome]) -> Vec<Outcome> {
    let read = |outcome: &CallOutcome| Outcome {
        level: outcome.level,
        words: [
            outcome.id,
            outcome.domain,
            outcome.measurement,
            outcome.metric,
            outcome.aggregation,
            outcome.timePoint,
            outcome.population,
        ],
    };
    outcomes.iter().map(read).collect()
}

/// By what the document of outcomes is found.
pub(super) fn outcomes_hash(outcomes: &[Outcome]) -> B256 {
    let mut bytes = b"theriac/trial/outcomes/v1".to_vec();
    for outcome in outcomes {
        bytes.push(outcome.level);
        outcome
            .words
            .iter()
            .for_each(|word| bytes.extend(word.as_slice()));
    }
    sha256(&[&bytes])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(id: &str, time_point: &str) -> OutcomeText {
        OutcomeText {
            level: Level::Primary,
            id: id.to_owned(),
            domain: "cognition".to_owned(),
            measurement: "ADAS-Cog (11)".to_owned(),
            metric: Some("change from baseline".to_owned()),
            aggregation: None,
            time_point: time_point.to_owned(),
            population: None,
        }
    }

    fn definition(outcomes: Vec<OutcomeText>) -> Definition {
        let visit = Visit {
            name: "BASELINE".to_owned(),
            forms: vec!["VS".to_owned()],
        };
        Definition::new("T", "P", vec![visit], outcomes)
    }

    #[test]
    fn what_is_not_specified_is_a_zero_word_and_other_salts_give_other_words() {
        let text = outcome("O1", "week 24");
        let (first, second) = (text.salted().call(), text.salted().call());
        assert!(first.aggregation.is_zero() && first.population.is_zero());
        assert!(!first.metric.is_zero());
        assert_ne!(first.domain, second.domain);
        assert_eq!(text.salted().text(), text);
    }

    #[test]
    fn an_amended_outcome_keeps_the_words_of_the_fields_that_stay() {
        let earlier = outcome("O1", "week 24").salted();
        let (_, calls) = outcomes(&[outcome("O1", "week 16")], std::slice::from_ref(&earlier));
        let before = earlier.call();
        assert_eq!((calls[0].id, calls[0].metric), (before.id, before.metric));
        assert_ne!(calls[0].timePoint, before.timePoint);
    }

    #[test]
    fn what_is_yet_to_be_written_is_refused() {
        assert_eq!(definition(vec![outcome("O1", "week 24")]).check(), Ok(()));
        for faulty in [
            vec![],
            vec![outcome("O1", " ")],
            vec![outcome("O1", "*** To be determined from protocol ***")],
        ] {
            let refused = definition(faulty).check();
            assert!(matches!(refused, Err(Refusal::DefinitionFaulty(_))));
        }
    }
}
