//! A copy of a pack, and a second dispensing.

use super::{Trade, firm::now_ms, lot::LOT};
use crate::commands::demo::{narrator::Narrator, story::Cast};
use anyhow::{Context as _, bail, ensure};
use std::time::Instant;
use theriac_gateway::packs::{Cause, Dispensed, Error, Refusal, Verification};

/// Plays the chapter; the scan of the pack that was dispensed.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    trade: &mut Trade,
) -> anyhow::Result<String> {
    let label = *trade
        .pharmacy
        .held(LOT)?
        .first()
        .context("packs are held")?;
    let scan = label.bracketed();
    narrator.step(
        "A copy of a box in the pharmacy at the Bridge is offered to the pharmacy at the Gate.",
    );
    let verification = trade.chemist.verify(&scan).await?;
    ensure!(!verification.is_fit(), "the copy is fit");
    narrator.detail("at the Gate", told(&verification));

    narrator.step("The Bridge verifies the true pack and dispenses it: once in the whole network.");
    let begun = Instant::now();
    trade.pharmacy.verify_fit(&scan).await?;
    narrator.detail(
        "verified",
        format!("fit, in {} ms", begun.elapsed().as_millis()),
    );
    let begun = Instant::now();
    let dispensed = trade.pharmacy.partner.dispense(&scan, now_ms()).await?;
    ensure!(
        matches!(dispensed, Dispensed::Entered { .. }),
        "the pack was not dispensed"
    );
    narrator.detail(
        "dispensed",
        format!("final in {} ms", begun.elapsed().as_millis()),
    );
    cast.network.in_step().await?;
    match trade.pharmacy.partner.dispense(&scan, now_ms()).await {
        Err(Error::Refused(refusal @ Refusal::DispensedByYou(_))) => {
            narrator.detail("again", format!("refused: {refusal}"));
        }
        other => bail!("a second dispensing was not refused: {other:?}"),
    }
    match trade.chemist.partner.dispense(&scan, now_ms()).await {
        Err(Error::Refused(refusal @ Refusal::LeftElsewhere { .. })) => {
            narrator.detail("the copy", format!("refused: {refusal}"));
        }
        other => bail!("the copy was not refused: {other:?}"),
    }
    Ok(scan)
}

/// The causes of an answer, with their classes.
pub(super) fn told(verification: &Verification) -> String {
    let cause = |cause: &Cause| format!("{} ({})", cause.code(), cause.class().word());
    let causes: Vec<_> = verification.causes.iter().map(cause).collect();
    format!("not fit: {}", causes.join(", "))
}
