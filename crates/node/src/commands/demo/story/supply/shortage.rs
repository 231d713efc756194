//! A controlled medicine is short, and the ledger says since when, though not how much there was.

use super::{GTIN, Trade};
use crate::{
    arguments::utc,
    commands::demo::{
        narrator::Narrator,
        story::{Cast, REGULATOR},
    },
};
use alloy_primitives::B256;
use anyhow::{Context as _, ensure};
use theriac_contracts::{
    OrganisationId,
    codes::{DiscrepancyOutcome, Role},
};
use theriac_gateway::packs::{Moved, Partner, commit_report};
use theriac_sdk::{Client, cabinets::Counted};

/// The regulator audits the cabinet.
const AUDITOR: OrganisationId = OrganisationId(REGULATOR as u32 + 1);
const DELIVERED: i64 = 40;
const DISPENSED: i64 = 6;
const WASTED: i64 = 1;
const MISSING: i64 = 3;

/// Plays the chapter.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    trade: &mut Trade,
) -> anyhow::Result<()> {
    narrator
        .step("A cabinet of controlled medicines: every movement is on the ledger, no amount is.");
    let firm = &mut trade.pharmacy;
    let counter = firm.employ(Role::Pharmacist).await?;
    let witness = firm.employ(Role::Pharmacist).await?;
    let third = firm.employ(Role::Pharmacist).await?;
    cast.network.in_step().await?;
    let book = &mut firm.partner;
    let cabinet = book.open_cabinet(Some(AUDITOR)).await?;
    book.record_moved(cabinet, GTIN, Moved::Received(DELIVERED))
        .await?;
    book.record_moved(cabinet, GTIN, Moved::Dispensed(DISPENSED))
        .await?;
    let stock = DELIVERED - DISPENSED;
    let equal = count((book, cabinet, stock), &counter, &witness, cast).await?;
    ensure!(equal.discrepancy.is_none(), "an equal count differs");
    narrator.detail("first count", "by two people, equal");
    book.record_moved(cabinet, GTIN, Moved::Wasted(WASTED))
        .await?;

    narrator.step("Someone takes three. At the next count two people see it, and the ledger narrows it to a window.");
    let there = stock - WASTED - MISSING;
    let short = count((book, cabinet, there), &witness, &counter, cast).await?;
    let number = short.discrepancy.context("the shortage was not seen")?;
    let discrepancy = counter.discrepancy(number).await?;
    narrator.detail("from", utc(discrepancy.fromMs));
    narrator.detail("to", utc(discrepancy.timeMs));
    narrator.detail(
        "counted by",
        format!("{} and {}", discrepancy.counter, discrepancy.witness),
    );
    narrator.detail(
        "due",
        format!(
            "explained by a third until {}",
            utc(discrepancy.due * 1_000)
        ),
    );
    let report = commit_report(b"Three ampoules are missing; the police were told.");
    third
        .explain_discrepancy(number, DiscrepancyOutcome::Theft, report.commitment)
        .await
        .context("explain")?;
    cast.network.in_step().await?;
    book.record_moved(cabinet, GTIN, Moved::Lost(MISSING))
        .await?;
    let after = count((book, cabinet, there), &counter, &witness, cast).await?;
    ensure!(after.discrepancy.is_none(), "the books are not mended");
    narrator.detail(
        "explained",
        "theft, by a third person; the next count is equal",
    );
    Ok(())
}

/// Two people count.
async fn count(
    (book, cabinet, there): (&Partner, B256, i64),
    counter: &Client,
    witness: &Client,
    cast: &Cast<'_>,
) -> anyhow::Result<Counted> {
    cast.network.in_step().await?;
    let new = book.prepare_count(cabinet, GTIN, there)?;
    let signed = witness.witness_count(&new).await.context("witness")?;
    let counted = counter.enter_count(&new, &signed).await.context("count")?;
    cast.network.in_step().await?;
    Ok(counted)
}
