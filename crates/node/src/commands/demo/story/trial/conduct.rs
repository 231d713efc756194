//! Participants consent, their data are captured, asked about, corrected and signed.

use super::{
    Trial,
    copy::copies_to_sponsor,
    sample::{SCORE, VISITS},
    team::Site,
};
use crate::commands::demo::story::refused::now;
use alloy_primitives::Address;
use anyhow::{Context as _, ensure};
use futures::future::try_join_all;
use std::collections::BTreeSet;
use theriac_contracts::codes::{CorrectionReason, Meaning, MissedReason, QueryState};
use theriac_evidence::trial::ItemKind;
use theriac_gateway::trials::{
    NewConsent, NewCorrection, NewMiss, Signing,
    source::{Value, gather},
};

const CONSENT: &[u8] = b"Consent document, version 1: this is a demo, and nobody is treated.";

/// Everyone consents, site after site.
pub(super) async fn enrol(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let narrator = trial.narrator;
    narrator.step("Participants consent. Each gets the next slot from the ledger, and a key of their own; no name or label is on the ledger.");
    let mut last = 0;
    for site in &mut trial.team.sites {
        for label in trial.sample.labels(&site.name) {
            let signed = format!("{label}: the same document, signed");
            let new = NewConsent {
                site: site.number,
                document: CONSENT,
                version: 1,
                signed: signed.as_bytes(),
                participant: Address::ZERO,
                label: Some(&label),
                observed: 0,
            };
            last = site.party.consent(&new).await.context("consent")?;
        }
    }
    narrator.detail(
        "consented",
        format!("{last} participants, slots 1 to {last} without a gap"),
    );
    Ok(())
}

/// All visits are captured, one value with a typing error; what was not done is declared missed.
pub(super) async fn capture(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let narrator = trial.narrator;
    narrator.step("The visits are captured: many forms in one transaction, one root for each; a form that was due and not done is declared missed.");
    let (mut forms, mut missed) = (0, 0);
    for site in &mut trial.team.sites {
        let mut values = trial.sample.of_site(&site.name);
        if site.number == 1 {
            mistype(&mut values)?;
        }
        let gathered = gather(&site.party, &site.party.schedule()?, values)?;
        site.party
            .capture(&gathered.fresh)
            .await
            .context("capture")?;
        forms += gathered.fresh.len();
        let misses = misses(
            site,
            &gathered
                .fresh
                .iter()
                .map(|form| (form.slot, form.cell))
                .collect(),
        )?;
        if !misses.is_empty() {
            site.party
                .miss(&misses)
                .await
                .context("declare what was missed")?;
        }
        missed += misses.len();
    }
    let received = copies_to_sponsor(trial).await?;
    let sums = sums(trial).await?;
    narrator.detail(
        "captured",
        format!(
            "{forms} forms with {} values, {missed} forms missed",
            sums.items
        ),
    );
    narrator.detail(
        "sponsor",
        format!("received {received} forms in encrypted copies and compared each with the ledger"),
    );
    Ok(())
}

/// The first score at the second visit, as someone typed it.
fn mistype(values: &mut [Value]) -> anyhow::Result<()> {
    let is_it = |value: &&mut Value| value.item == SCORE && value.visit == VISITS[1];
    let value = values
        .iter_mut()
        .find(is_it)
        .context("there is a second visit")?;
    value.text.push('0');
    Ok(())
}

fn misses(site: &Site, captured: &BTreeSet<(u32, u32)>) -> anyhow::Result<Vec<NewMiss>> {
    let schedule = site.party.schedule()?;
    let mut misses = Vec::new();
    for subject in site.party.book().subjects()? {
        let slot = subject.slot;
        let absent = schedule
            .cells()
            .filter(|(cell, _, _)| !captured.contains(&(slot, *cell)));
        misses.extend(absent.map(|(cell, _, _)| NewMiss {
            slot,
            cell,
            reason_code: MissedReason::LostToFollowUp.code(),
            reason: "did not come".to_owned(),
        }));
    }
    Ok(misses)
}

async fn sums(trial: &Trial<'_>) -> anyhow::Result<theriac_sdk::trials::Sums> {
    let party = &trial.team.sites[0].party;
    Ok(party.client().trial_sums(party.study()?).await?)
}

/// The data manager asks about the odd value; the site corrects it with a reason and answers.
pub(super) async fn query(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let narrator = trial.narrator;
    narrator.step("The data manager asks about an odd value. The site corrects it, with a reason; what stood before stays.");
    let site = &mut trial.team.sites[0];
    let is_it = |value: &&Value| value.item == SCORE && value.visit == VISITS[1];
    let values = trial.sample.of_site(&site.name);
    let truth = values
        .iter()
        .find(is_it)
        .context("there is a second visit")?;
    let slot = site.party.slot(&truth.subject)?;
    let cell = site.party.schedule()?.cell(VISITS[1], "QS")?;
    let mut manager = trial.team.manager.party().await?;
    let query = manager
        .open_query((slot, cell), "is the score above 70?")
        .await
        .context("query")?;
    let correction = NewCorrection {
        slot,
        cell,
        items: vec![(SCORE.to_owned(), ItemKind::Value, truth.text.clone())],
        reason_code: CorrectionReason::Query.code(),
        reason: "typing error".to_owned(),
        observed: 0,
    };
    let corrected = site.party.correct(&[correction]).await.context("correct")?;
    site.party
        .move_query(query, QueryState::Answered, "a zero too many")
        .await
        .context("answer")?;
    manager
        .move_query(query, QueryState::Closed, "")
        .await
        .context("close the query")?;
    let standing = site.party.standing(slot, cell)?;
    let version = standing
        .items
        .get(SCORE)
        .context("the score stands there")?
        .version;
    ensure!(version == 2, "the correction is not a second version");
    let entry = corrected
        .first()
        .context("a correction has an entry")?
        .entry
        .number;
    narrator.detail("query", format!("{query}: opened, answered, closed"));
    narrator.detail(
        "corrected",
        format!(
            "participant {slot}, {SCORE} of {}: version 2, entry {entry}; version 1 stays",
            VISITS[1]
        ),
    );
    Ok(())
}

/// Both investigators sign their participants' data.
pub(super) async fn sign(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let narrator = trial.narrator;
    narrator.step("The investigators sign, participant by participant, with two keys each: name, time and meaning are bound to the data.");
    let sites = trial.team.sites.iter_mut();
    let counts = try_join_all(sites.map(sign_all)).await?;
    narrator.detail(
        "signed",
        format!("{} times, for responsibility", counts.iter().sum::<usize>()),
    );
    let unsigned = sums(trial).await?.unsigned;
    ensure!(unsigned == 0, "{unsigned} participants are unsigned");
    copies_to_sponsor(trial).await?;
    Ok(())
}

async fn sign_all(site: &mut Site) -> anyhow::Result<usize> {
    let subjects = site.party.book().subjects()?;
    let name = format!("Dr. Demo of site {}", site.name);
    for subject in &subjects {
        let meaning = (Meaning::Responsibility, name.as_str());
        let keys = (&site.factor, now() * 1_000);
        let what = Signing::Subject(subject.slot);
        site.party.sign(what, meaning, keys).await.context("sign")?;
    }
    Ok(subjects.len())
}
