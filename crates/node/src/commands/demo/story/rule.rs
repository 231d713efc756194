//! A contract decides while the patient is offline.

use super::{
    CLINIC, Cast, Chart,
    refused::{expect, in_an_hour},
};
use crate::commands::demo::narrator::Narrator;
use alloy_primitives::{Address, Bytes};
use alloy_sol_types::{SolValue, sol};
use anyhow::{Context as _, ensure};
use theriac_contracts::{
    Refusal,
    codes::{Kind, Kinds, Purpose},
};

/// Creation code of `solidity/rules/CardiologistsOfHospital.sol`.
const CARDIOLOGISTS: &str =
    include_str!("../../../../../../solidity/rules/CardiologistsOfHospital.hex");
/// Bits of Monday to Sunday.
const EVERY_DAY: u8 = 0x7f;
const MINUTES_OF_A_DAY: u16 = 1_440;

sol! {
    /// When people work, in UTC; as in the contract.
    struct Hours {
        uint8 days_;
        uint16 opens;
        uint16 closes;
    }
}

/// Plays the chapter.
///
/// # Errors
/// Where a step fails, or does not fail as it should.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    chart: Chart,
    document: &[u8],
) -> anyhow::Result<()> {
    point(narrator, cast, chart).await?;

    narrator.step("She is offline. The cardiologist opens the record: the contract admits, the keepers answer.");
    let opened = cast
        .cardiologist
        .client
        .open_sealed(chart.id, &[chart.record], Purpose::Treatment, None)
        .await
        .context("open by the contract")?;
    let read = opened
        .documents
        .first()
        .context("one record, one document")?;
    ensure!(
        *read.bytes == document,
        "the cardiologist did not read the same bytes"
    );
    narrator.detail("opening", opened.opening);
    narrator.detail(
        "read",
        format!("{} bytes, by any three of four keepers", read.bytes.len()),
    );
    narrator.detail(
        "took",
        format!(
            "{} ms, {} of them for the block",
            opened.spent.whole.as_millis(),
            opened.spent.ledger.as_millis()
        ),
    );

    narrator.step(
        "A general practitioner of the same clinic is not on the list: the contract says no.",
    );
    let outcome = cast
        .doctor
        .client
        .open_sealed(chart.id, &[chart.record], Purpose::Treatment, None)
        .await;
    expect(outcome, Refusal::OpeningDenied)?;
    narrator.detail(
        "doctor",
        "refused: OpeningDenied, and the denial is in her log",
    );
    cast.network.in_step().await
}

async fn point(narrator: &Narrator, cast: &Cast<'_>, chart: Chart) -> anyhow::Result<()> {
    narrator.step("The patient puts a Solidity contract in charge: cardiologists of the clinic, for treatment.");
    let patient = &cast.patient.client;
    let rule = patient
        .deploy(creation_code(cast)?)
        .await
        .context("deploy the rule")?;
    cast.network.in_step().await?;
    let inspection = patient
        .inspect_rule(rule)
        .await
        .context("inspect the rule")?;
    narrator.detail("contract", rule);
    narrator.detail("code", inspection.code_hash);
    for finding in &inspection.findings {
        narrator.detail("she is told", finding.sentence());
    }
    let kinds: Kinds = [Kind::Summary].into_iter().collect();
    patient
        .point_rule(chart.id, kinds, Some(rule))
        .await
        .context("point at the rule")?;
    cast.network.in_step().await?;
    narrator.next(&format!("theriac access rule inspect {rule}"));
    Ok(())
}

fn creation_code(cast: &Cast<'_>) -> anyhow::Result<Bytes> {
    let code = hex::decode(CARDIOLOGISTS.trim()).context("the contract's code is hexadecimal")?;
    let hours = Hours {
        days_: EVERY_DAY,
        opens: 0,
        closes: MINUTES_OF_A_DAY,
    };
    let cardiologists: Vec<Address> = vec![cast.cardiologist.account.address()];
    let clinic = cast.network.admin(CLINIC).organisation;
    let arguments = (clinic, cardiologists, hours, in_an_hour()).abi_encode_params();
    Ok([code, arguments].concat().into())
}
