//! Someone signs in the name of an investigator.

use super::{begin, refused, refuted};
use crate::commands::demo::story::{
    refused::now,
    trial::{Trial, parts::Parts},
};
use alloy_primitives::B256;
use anyhow::{Context as _, bail};
use theriac_contracts::codes::{Meaning, SignatureScope};
use theriac_evidence::trial::{Body, verify::ClaimId};
use theriac_gateway::trials::Party;
use theriac_sdk::{
    account::Account,
    trials::{NewSignature, SignedData},
};

const SIGNED: u8 = 11;

/// Tries a stolen account without its second key at the ledger, and other keys in a copy of the bundle.
pub(in super::super) async fn play(trial: &mut Trial<'_>, whole: &[u8]) -> anyhow::Result<()> {
    begin(
        trial,
        "a forged signature",
        "someone signs in the investigator's name, without the investigator's keys.",
    );
    let party = &trial.team.sites[0].party;
    let (forger, other) = (Account::generate(), Account::generate());
    let new = signature(party).await?;
    let half: SignedData = party.client().sign_data(new, &other).await?;
    let outcome = party.client().enter_trial(&half.call()).await;
    trial.narrator.detail(
        "at the ledger",
        "who stole the account signs with it, and with a second key that is not the investigator's",
    );
    refused(trial, outcome.map_err(Into::into), "NotSignedByFactor")?;
    let mut parts = Parts::of(whole)?;
    let mut entries = parts.entries()?;
    let found = entries.iter_mut().find(|(entry, _)| entry.kind == SIGNED);
    let (entry, body) = found.context("someone signed")?;
    let Body::Signed(mut signed) = Body::decode(SIGNED, body)? else {
        bail!("a signature has another body");
    };
    let forged = new.sign(&forger, &other, trial.trusted.chain_id);
    (signed.signature, signed.second) = (forged.signature.to_vec(), forged.second.to_vec());
    *body = Body::from(signed).encode();
    let number = entry.number;
    parts.forge(entries)?;
    trial.narrator.detail(
        "forged",
        format!("entry {number} has signatures by other keys"),
    );
    let expected = [(ClaimId::C10, "not-signed"), (ClaimId::C2, "log-differs")];
    refuted(trial, ("forged-signature", parts), &expected)
}

/// What the investigator would sign of the first participant.
async fn signature(party: &Party) -> anyhow::Result<NewSignature> {
    let study = party.study()?;
    let slot = party
        .book()
        .subjects()?
        .first()
        .context("the site has a participant")?
        .slot;
    let subject = party.client().trial_subject(study, slot).await?;
    Ok(NewSignature {
        study,
        slot,
        site: subject.site,
        scope: SignatureScope::Subject.code(),
        data_root: subject.tip,
        meaning: Meaning::Approval.code(),
        name: B256::repeat_byte(1),
        time: now() * 1_000,
    })
}
