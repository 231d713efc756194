//! The sponsor, who has all keys to its own copy, changes a value in it.

use super::{By, begin, caught, database_file, refuted};
use crate::commands::demo::story::trial::{Trial, evidence, parts::Parts, sample::SCORE};
use alloy_primitives::B256;
use anyhow::{Context as _, bail, ensure};
use theriac_envelope::{HeldKey, PrivateKey, Suite};
use theriac_evidence::trial::{Opening, bundle::Selection, verify::ClaimId};
use theriac_gateway::trials::{Party, book::FormRow, copy::Fault};
use theriac_sdk::packs::open_package;

/// Tries it, and gives out a bundle that was made of the copy.
pub(in super::super) async fn play(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    begin(
        trial,
        "a sponsor-only copy changed",
        "the sponsor decrypts a form of its own copy, improves the value and encrypts it again.",
    );
    let mut sponsor = trial.team.sponsor.party().await?;
    let (slot, cell) = database_file::place(trial, &sponsor)?;
    let row = sponsor
        .book()
        .forms_of(slot, cell)?
        .pop()
        .context("the form is there")?;
    let (improved, told) = improve(&sponsor, &row).await?;
    sponsor.book().replace_form(&improved)?;
    trial.narrator.detail("forged", told);
    let found = sponsor.compare().await?;
    let is_it = matches!(&found[..], [one] if (one.slot, one.cell, one.fault) == (slot, cell, Fault::Altered));
    ensure!(is_it, "other differences: {found:?}");
    caught(trial, By::Comparison, found[0]);
    let bytes = evidence::make(&mut sponsor, &Selection::Regulator).await?;
    drop(sponsor);
    refuted(
        trial,
        ("own-copy", Parts::of(&bytes)?),
        &[(ClaimId::C2, "values-differ")],
    )?;
    let site = trial.team.sites.last().context("there are sites")?;
    let kept = site.party.standing(slot, cell)?;
    let value = &kept
        .items
        .get(SCORE)
        .context("the score stands there")?
        .value;
    let line = format!("the site's own copy still says {value}");
    trial.narrator.detail("the site", line);
    database_file::mend(trial).await
}

/// The form with another score, encrypted as the book does it.
async fn improve(party: &Party, row: &FormRow) -> anyhow::Result<(FormRow, String)> {
    let key = subject_key(party, row.slot).await?;
    let associated = associated(party.study()?, row);
    let bytes = key.decrypt(&row.sealed, &associated)?;
    let Opening::Whole { secret, mut items } = Opening::decode(&bytes)? else {
        bail!("a form is not whole");
    };
    let item = items.iter_mut().find(|item| item.oid == SCORE);
    let item = item.context("the form has the score")?;
    let better = match item.value.as_str() {
        "3" => "2",
        _ => "3",
    };
    let before = std::mem::replace(&mut item.value, better.to_owned());
    let told = format!(
        "participant {}, {SCORE}: {before} becomes {better}",
        row.slot
    );
    let changed = Opening::Whole { secret, items }.encode();
    let sealed = key.encrypt(&changed, &associated, &mut rand::rng());
    let improved = FormRow {
        sealed,
        ..row.clone()
    };
    Ok((improved, told))
}

/// The key of a participant, as the sponsor's account comes to it.
async fn subject_key(party: &Party, slot: u32) -> anyhow::Result<HeldKey> {
    let (book, client) = (party.book(), party.client());
    let wrap = book
        .reader(client.address())?
        .context("the sponsor reads its book")?;
    let seed = client.open_package(&wrap).await?;
    let seed = seed.as_slice().try_into().context("a seed has 32 bytes")?;
    let own = PrivateKey::from_seed(Suite::XWing, seed);
    let owner = book.owner();
    let wraps = book.key_wraps(slot)?;
    let wrap = wraps
        .iter()
        .find(|wrap| wrap.organisation == owner.organisation);
    let key = open_package(
        owner.chain_id,
        &own,
        &wrap.context("a wrap for the sponsor")?.wrap,
    )?;
    Ok(HeldKey::from_bytes(
        key.as_slice().try_into().context("a key has 32 bytes")?,
    ))
}

/// What a form is bound to when it is encrypted.
fn associated(study: B256, row: &FormRow) -> Vec<u8> {
    let domain: &[u8] = b"theriac/trial/sealed-form/v1";
    let place = [row.slot.to_be_bytes(), row.cell.to_be_bytes()].concat();
    [domain, study.as_slice(), &place, row.root.as_slice()].concat()
}
