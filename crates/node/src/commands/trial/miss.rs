//! `theriac trial miss`.

use super::{Desk, words};
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::MissedReason;
use theriac_gateway::trials::NewMiss;

/// Declare that forms which were due were not captured, and why: the study cannot be locked while a due form is merely absent.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial miss 01-701-1015 --visit 'WEEK 8' --form VS --reason declined --account coordinator.json\n  theriac trial miss 01-701-1015 --visit 'WEEK 8' --reason lost-to-follow-up --account coordinator.json\n\nNext:\n  theriac trial status --subjects"
)]
pub(super) struct Miss {
    /// The subject, by slot or label.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// The visit.
    #[arg(long, value_name = "VISIT")]
    visit: String,
    /// The form; without it, all forms of the visit that were not captured.
    #[arg(long, value_name = "FORM")]
    form: Option<String>,
    /// Why.
    #[arg(long, value_name = "REASON", value_parser = words::missed_reason())]
    reason: MissedReason,
    /// Why, in words; the ledger gets a salted commitment.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    text: String,
}

impl Miss {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.sync().await?;
        let (slot, schedule) = (party.slot(&self.subject)?, party.schedule()?);
        let mut cells = Vec::new();
        if let Some(form) = &self.form {
            cells.push(schedule.cell(&self.visit, form)?);
        }
        let of_visit = schedule
            .cells()
            .filter(|(_, visit, _)| *visit == self.visit);
        let study = party.study()?;
        for (cell, _, _) in of_visit.filter(|_| self.form.is_none()) {
            if party.client().form_entry(study, slot, cell).await? == 0 {
                cells.push(cell);
            }
        }
        let miss = |cell: &u32| NewMiss {
            slot,
            cell: *cell,
            reason_code: self.reason.code(),
            reason: self.text.clone(),
        };
        let misses: Vec<_> = cells.iter().map(miss).collect();
        party.miss(&misses).await?;
        let value = json!({ "subject": slot, "cells": cells, "reason": self.reason.word() });
        desk.output().result(
            &value,
            &format!("{} forms of subject {slot} missed", cells.len()),
        )
    }
}
