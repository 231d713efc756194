//! A record travels from a hospital to a doctor of another organisation, and no further.

use super::{
    Cast, Chart,
    refused::{expect, in_an_hour},
};
use crate::commands::demo::narrator::Narrator;
use alloy_primitives::B256;
use anyhow::{Context as _, ensure};
use theriac_contracts::{
    Refusal,
    codes::{Effect, Kind, Kinds, Protection, Purpose, RequestStatus},
};
use theriac_sdk::{
    access::{NewRequest, Rule},
    records::NewRecord,
};

/// Plays the chapter, and returns the chart and its record.
///
/// # Errors
/// Where a step fails, or does not fail as it should.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    document: &[u8],
) -> anyhow::Result<Chart> {
    let chart = add_record(narrator, cast, document).await?;
    deny_insurers(narrator, cast, chart).await?;
    let request = share(narrator, cast, chart, document).await?;
    refuse_others(narrator, cast, chart.record, request).await?;
    revoke(narrator, cast, chart.record, request).await?;
    Ok(chart)
}

async fn add_record(
    narrator: &Narrator,
    cast: &Cast<'_>,
    document: &[u8],
) -> anyhow::Result<Chart> {
    narrator.step("The hospital encrypts the patient's record and registers it in her chart.");
    let patient = cast.patient.account.address();
    let chart = cast
        .author
        .client
        .open_chart(patient)
        .await
        .context("open the chart")?
        .chart;
    let new = NewRecord {
        chart,
        patient: Some(patient),
        kind: Kind::Summary,
        protection: Protection::Sealed,
        document,
    };
    let added = cast
        .author
        .client
        .add_record(new)
        .await
        .context("add the record")?;
    cast.network.in_step().await?;
    narrator.detail("document", format!("{} bytes of FHIR", document.len()));
    narrator.detail("chart", chart);
    narrator.detail("record", added.record);
    narrator.detail(
        "ciphertext",
        format!(
            "{} bytes, content id {}",
            added.ciphertext_bytes, added.content_id
        ),
    );
    narrator.detail("commitment", added.commitment);
    narrator.detail("block", added.height);
    narrator.next(&format!("theriac record show {}", added.record));
    Ok(Chart {
        id: chart,
        record: added.record,
    })
}

fn request(chart: Chart, purpose: Purpose) -> NewRequest<'static> {
    NewRequest {
        chart: chart.id,
        record: Some(chart.record),
        purpose,
        kinds: Kinds::default(),
        reason: "the patient is in my practice today",
        expiry: in_an_hour(),
    }
}

async fn deny_insurers(narrator: &Narrator, cast: &Cast<'_>, chart: Chart) -> anyhow::Result<()> {
    narrator.step("The patient sets a rule: nobody reads for payment. The insurer asks and is denied at once.");
    let rule = Rule {
        effect: Effect::Deny.code(),
        purpose: Purpose::Payment.code(),
        ..Rule::default()
    };
    cast.patient
        .client
        .set_rule(chart.id, None, rule)
        .await
        .context("set the rule")?;
    cast.network.in_step().await?;
    let asked = request(chart, Purpose::Payment);
    let requested = cast
        .insurer
        .client
        .request_access(asked, &cast.insurer.keys)
        .await?;
    ensure!(
        requested.status == RequestStatus::Denied,
        "the insurer was not denied"
    );
    narrator.detail("request", requested.request);
    narrator.detail("status", "denied by the patient's rule, in its own block");
    Ok(())
}

async fn share(
    narrator: &Narrator,
    cast: &Cast<'_>,
    chart: Chart,
    document: &[u8],
) -> anyhow::Result<B256> {
    narrator.step("The doctor of the clinic asks for the record, for treatment.");
    let asked = request(chart, Purpose::Treatment);
    let requested = cast
        .doctor
        .client
        .request_access(asked, &cast.doctor.keys)
        .await?;
    ensure!(
        requested.status == RequestStatus::Pending,
        "the request does not wait for the patient"
    );
    narrator.detail("request", requested.request);
    expect(
        cast.doctor
            .client
            .open(requested.request, chart.record, &cast.doctor.keys)
            .await,
        Refusal::NotYetGranted,
    )?;
    narrator.detail("before approval", "refused: NotYetGranted");
    cast.network.in_step().await?;

    narrator
        .step("The patient approves with her own key: her client wraps the data key and signs.");
    let fields = cast
        .patient
        .client
        .approval_fields(requested.request)
        .await?;
    narrator.detail(
        "she reads",
        format!("{} for {}", fields.organisation, fields.purpose),
    );
    let approved = cast
        .patient
        .client
        .approve(requested.request)
        .await
        .context("approve")?;
    cast.network.in_step().await?;
    narrator.detail("wrap", approved.wrap);
    narrator.detail("block", approved.height);

    narrator.step("The doctor opens the record and reads the same bytes.");
    let opened = cast
        .doctor
        .client
        .open(requested.request, chart.record, &cast.doctor.keys)
        .await
        .context("open the record")?;
    ensure!(
        *opened.document.bytes == document,
        "the doctor did not read the same bytes"
    );
    narrator.detail(
        "read",
        format!(
            "{} bytes, equal to the hospital's",
            opened.document.bytes.len()
        ),
    );
    narrator.detail("entry in block", opened.height);
    Ok(requested.request)
}

async fn refuse_others(
    narrator: &Narrator,
    cast: &Cast<'_>,
    record: B256,
    grant: B256,
) -> anyhow::Result<()> {
    narrator.step("A nurse of the same clinic, without a grant of her own, is refused.");
    let outcome = cast
        .nurse
        .client
        .open(grant, record, &cast.nurse.keys)
        .await;
    expect(outcome, Refusal::NotTheGrantee)?;
    narrator.detail("nurse", "refused: NotTheGrantee");
    Ok(())
}

async fn revoke(
    narrator: &Narrator,
    cast: &Cast<'_>,
    record: B256,
    grant: B256,
) -> anyhow::Result<()> {
    narrator.step("The patient revokes the grant; from that block on the doctor is refused too.");
    cast.patient.client.revoke(grant).await.context("revoke")?;
    cast.network.in_step().await?;
    let outcome = cast
        .doctor
        .client
        .open(grant, record, &cast.doctor.keys)
        .await;
    expect(outcome, Refusal::GrantRevoked)?;
    narrator.detail("doctor", "refused: GrantRevoked");
    Ok(())
}
