//! Registered outcomes beside amended and published ones, with when each changed.

use theriac_evidence::trial::Body;
use theriac_standards::outcomes::{
    Limits, Milestones, Outcome, OutcomeDiff, OutcomeLevel, OutcomeList, TimeFrame, When, diff,
};

use super::{
    Error, Party, Refusal,
    book::Logged,
    definition::{Level, OpenOutcome},
};

/// A list of outcomes of the log.
struct Listed {
    list: OutcomeList,
}

impl Party {
    /// What each amendment and publication changed against the registration, in the order of the log.
    ///
    /// # Errors
    /// `NoStudy`, `DocumentAbsent` where the book does not have the words; those of book and ledger.
    pub async fn outcome_diffs(&mut self) -> Result<Vec<OutcomeDiff>, Error> {
        self.sync().await?;
        let mut lists = Vec::new();
        for logged in self.book.log()? {
            lists.extend(self.listed(&logged)?);
        }
        let milestones = self.milestones().await?;
        let mut lists = lists.into_iter();
        let first = lists.next().ok_or(Refusal::NoStudy)?;
        let compare = |later: Listed| {
            diff(&first.list, &later.list, &milestones, &Limits::default())
                .map_err(|_| Refusal::DefinitionFaulty("too many outcomes".to_owned()).into())
        };
        lists.map(compare).collect()
    }

    fn listed(&self, logged: &Logged) -> Result<Option<Listed>, Error> {
        let (source, outcomes) = match logged.body()? {
            Body::Registered(body) => ("registered", body.outcomes),
            Body::Amended(body) => ("amended", body.outcomes),
            Body::Published(body) => ("published", body.outcomes),
            _ => return Ok(None),
        };
        if outcomes.is_empty() {
            return Ok(None);
        }
        let opened = self.open_outcomes(&outcomes)?;
        let list = OutcomeList {
            source: format!("{source} (entry {})", logged.entry.number),
            date: Some(moment(logged.entry.time_ms)),
            outcomes: opened.iter().map(outcome).collect(),
        };
        Ok(Some(Listed { list }))
    }

    async fn milestones(&self) -> Result<Milestones, Error> {
        let study = self.study()?;
        let at = async |milestone: u8| -> Result<Option<When>, Error> {
            let told = self.client.trial_milestone(study, milestone).await?;
            Ok((told.size > 0).then(|| moment(told.timeMs)))
        };
        Ok(Milestones {
            registered: at(1).await?,
            first_consent: at(2).await?,
            lock: at(3).await?,
            unblinding: at(4).await?,
        })
    }
}

fn moment(time_ms: u64) -> When {
    When::at_millis(time_ms.cast_signed())
}

fn outcome(opened: &OpenOutcome) -> Outcome {
    let text = opened.text();
    let level = match text.level {
        Level::Primary => OutcomeLevel::Primary,
        Level::Secondary => OutcomeLevel::Secondary,
        Level::Other => OutcomeLevel::Other,
    };
    Outcome {
        id: Some(text.id),
        level,
        title: text.measurement.clone(),
        description: None,
        time: TimeFrame::parse(&text.time_point),
        time_frame: Some(text.time_point),
        domain: Some(text.domain),
        measurement: Some(text.measurement),
        metric: text.metric,
        aggregation: text.aggregation,
        population: text.population,
        is_placeholder: false,
    }
}
