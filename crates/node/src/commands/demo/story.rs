//! The story: a record travels from a hospital to a doctor of another organisation, and no further.

use super::{
    cast::{Person, enrol},
    narrator::Narrator,
    network::Network,
};
use alloy_primitives::B256;
use anyhow::{Context as _, bail, ensure};
use std::time::{SystemTime, UNIX_EPOCH};
use theriac_contracts::{
    Refusal,
    codes::{Effect, Kind, Kinds, Protection, Purpose, RequestStatus, Role},
};
use theriac_evidence::bundle::{Failure, Report, Trusted, verify};
use theriac_sdk::{
    Error,
    access::{NewRequest, Rule},
    records::NewRecord,
};

const HOSPITAL: usize = 0;
const CLINIC: usize = 1;
const INSURER: usize = 2;

/// Everybody who takes part.
struct Cast<'a> {
    network: &'a Network,
    author: Person,
    doctor: Person,
    nurse: Person,
    insurer: Person,
    patient: Person,
}

/// Plays the story.
///
/// # Errors
/// Where a step fails, or does not fail as it should.
pub(super) async fn play(
    narrator: &Narrator,
    network: &Network,
    document: &[u8],
) -> anyhow::Result<()> {
    let cast = enrol_all(narrator, network).await?;
    let (chart, record) = add_record(narrator, &cast, document).await?;
    deny_insurers(narrator, &cast, chart, record).await?;
    let request = share(narrator, &cast, (chart, record), document).await?;
    refuse_others(narrator, &cast, record, request).await?;
    revoke(narrator, &cast, record, request).await?;
    check_evidence(narrator, &cast, chart).await?;
    narrator.step("Done: shared with one doctor, refused to all others, and provable to anyone.");
    Ok(())
}

async fn enrol_all<'a>(narrator: &Narrator, network: &'a Network) -> anyhow::Result<Cast<'a>> {
    narrator.step("Organisations enrol their people; each has a key of their own.");
    let cast = Cast {
        network,
        author: enrol(network, ("author", Role::Physician, HOSPITAL)).await?,
        patient: enrol(network, ("patient", Role::Patient, HOSPITAL)).await?,
        doctor: enrol(network, ("doctor", Role::Physician, CLINIC)).await?,
        nurse: enrol(network, ("nurse", Role::Nurse, CLINIC)).await?,
        insurer: enrol(network, ("insurer", Role::InsurerAgent, INSURER)).await?,
    };
    for (who, person) in [
        ("author", &cast.author),
        ("patient", &cast.patient),
        ("doctor", &cast.doctor),
        ("nurse", &cast.nurse),
        ("insurer", &cast.insurer),
    ] {
        narrator.detail(who, person.account.address());
    }
    Ok(cast)
}

async fn add_record(
    narrator: &Narrator,
    cast: &Cast<'_>,
    document: &[u8],
) -> anyhow::Result<(B256, B256)> {
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
    Ok((chart, added.record))
}

fn request(chart: B256, record: B256, purpose: Purpose) -> NewRequest<'static> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    NewRequest {
        chart,
        record: Some(record),
        purpose,
        kinds: Kinds::default(),
        reason: "the patient is in my practice today",
        expiry: now + 3_600,
    }
}

async fn deny_insurers(
    narrator: &Narrator,
    cast: &Cast<'_>,
    chart: B256,
    record: B256,
) -> anyhow::Result<()> {
    narrator.step("The patient sets a rule: nobody reads for payment. The insurer asks and is denied at once.");
    let rule = Rule {
        effect: Effect::Deny.code(),
        purpose: Purpose::Payment.code(),
        ..Rule::default()
    };
    cast.patient
        .client
        .set_rule(chart, None, rule)
        .await
        .context("set the rule")?;
    cast.network.in_step().await?;
    let asked = request(chart, record, Purpose::Payment);
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
    (chart, record): (B256, B256),
    document: &[u8],
) -> anyhow::Result<B256> {
    narrator.step("The doctor of the clinic asks for the record, for treatment.");
    let asked = request(chart, record, Purpose::Treatment);
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
            .open(requested.request, record, &cast.doctor.keys)
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
        .open(requested.request, record, &cast.doctor.keys)
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

async fn check_evidence(narrator: &Narrator, cast: &Cast<'_>, chart: B256) -> anyhow::Result<()> {
    let network = cast.network;
    network.in_step().await?;
    narrator.step("The patient reads who asked, decided and opened.");
    for entry in cast.patient.client.chart_log(chart).await? {
        let line = format!(
            "{:<16} by {}  block {}",
            entry.kind.to_string(),
            entry.actor,
            entry.height
        );
        narrator.detail(&format!("#{}", entry.sequence), line);
    }
    narrator.step("Its evidence bundle is verified offline, with the network's one public key.");
    let bundle = cast
        .patient
        .client
        .chart_evidence(chart)
        .await
        .context("fetch the evidence")?;
    let bytes = serde_json::to_vec_pretty(&bundle)?;
    std::fs::write(network.bundle(), &bytes).context("write the evidence")?;
    let trusted = trusted(network)?;
    let report = verify(&bytes, &trusted).map_err(|failure| anyhow::anyhow!("{failure}"))?;
    tell(narrator, &report);
    narrator.step("One byte of the bundle is flipped: verification says exactly what is wrong.");
    let failure = flipped(&bytes, &trusted)?;
    narrator.detail("verify", &failure);
    narrator.detail("code", failure.code());
    Ok(())
}

fn trusted(network: &Network) -> anyhow::Result<Trusted> {
    let group_key = network.group_key();
    Ok(Trusted {
        chain_id: network.chain_id(),
        group_key: group_key
            .as_slice()
            .try_into()
            .context("the group key has 96 bytes")?,
        known: None,
    })
}

fn tell(narrator: &Narrator, report: &Report) {
    narrator.detail(
        "block",
        format!("{} {}", report.block.height, report.block.hash),
    );
    for fact in &report.facts {
        narrator.detail("proved", fact);
    }
    for line in &report.not_claimed {
        narrator.detail("NOT CLAIMED", line);
    }
}

/// Flips a bit in the middle of the first proof of the bundle.
fn flipped(bytes: &[u8], trusted: &Trusted) -> anyhow::Result<Failure> {
    let marker = b"\"lengthProof\"";
    let start = bytes
        .windows(marker.len())
        .position(|window| window == marker);
    let at = start.context("the bundle has a proof")? + marker.len() + 100;
    let mut damaged = bytes.to_vec();
    damaged[at] = if damaged[at] == b'0' { b'1' } else { b'0' };
    match verify(&damaged, trusted) {
        Ok(_) => bail!("a damaged bundle was verified"),
        Err(failure) => Ok(failure),
    }
}

/// That the ledger refused, and why.
fn expect<T>(outcome: Result<T, Error>, expected: Refusal) -> anyhow::Result<()> {
    match outcome {
        Err(Error::Refused(refusal)) if refusal == expected => Ok(()),
        Err(error) => Err(anyhow::Error::new(error).context(format!("expected {expected:?}"))),
        Ok(_) => bail!("expected {expected:?}, but it was allowed"),
    }
}
