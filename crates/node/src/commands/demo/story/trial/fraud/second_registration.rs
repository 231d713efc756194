//! The sponsor registers the same trial a second time, to report the better one.

use super::{By, begin, caught, refused, refuted};
use crate::commands::demo::story::trial::{
    Trial, evidence,
    parts::Parts,
    team::{Member, register},
};
use anyhow::{Context as _, ensure};
use theriac_contracts::interfaces::ITrials::registerCall;
use theriac_evidence::trial::{bundle::Selection, verify::ClaimId};
use theriac_gateway::trials::definition::OutcomeText;

/// Tries the number of the first study, then the next, then to hide it.
pub(in super::super) async fn play(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    begin(
        trial,
        "a second registration",
        "the trial is registered again, so that the better of two can be shown as the only one.",
    );
    let client = trial.team.sponsor.client.clone();
    let call = again(trial);
    let outcome = client.enter_trial(&call).await;
    trial
        .narrator
        .detail("tried", "the number of the first study");
    refused(trial, outcome.map_err(Into::into), "StudyRegistered")?;
    let twin = Member {
        client,
        book: trial.folder.join("second"),
    };
    register(&twin, &trial.sample).await?;
    let mut sponsor = trial.team.sponsor.party().await?;
    let bytes = evidence::make(&mut sponsor, &Selection::Public).await?;
    let report = evidence::write(trial, "after-second-registration", &bytes)?;
    ensure!(report.holds(), "the bundle fails:\n{report}");
    let claim = report.claim(ClaimId::C5);
    let note = claim.notes.iter().find(|note| note.code == "registration");
    let note = note.context("the registrations are counted")?;
    ensure!(
        report.figures.studies_of_sponsor == 2,
        "the second registration is not counted"
    );
    caught(trial, By::Count, note);
    let mut parts = Parts::of(&bytes)?;
    parts.manifest.register.count = 1;
    trial
        .narrator
        .detail("forged", "the bundle says that it was the only one");
    refuted(
        trial,
        ("second-registration", parts),
        &[(ClaimId::C5, "register-differs")],
    )
}

/// The registration with the number of the first study.
fn again(trial: &Trial<'_>) -> registerCall {
    let definition = &trial.sample.definition;
    let outcomes = definition.outcomes.iter().map(OutcomeText::salted);
    let (document, schedule) = definition.schedule();
    registerCall {
        number: 1,
        protocol: document.hash,
        schedule,
        outcomes: outcomes.map(|outcome| outcome.call()).collect(),
        approvers: vec![trial.team.sponsor.client.address()],
        threshold: 1,
        retention: u64::MAX,
    }
}
