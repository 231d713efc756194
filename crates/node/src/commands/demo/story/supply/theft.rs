//! A pallet is stolen on its way.

use super::{
    Trade,
    copy::told,
    lot::{LOT, of_lot},
};
use crate::commands::demo::{narrator::Narrator, story::Cast};
use anyhow::{Context as _, ensure};
use theriac_contracts::codes::FlagKind;
use theriac_gateway::packs::Target;

const PALLET: &str = "395212340000000021";
const PACKS: usize = 100;

/// Plays the chapter.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    trade: &mut Trade,
) -> anyhow::Result<()> {
    narrator.step("A pallet for the Gate is stolen from the lorry; its sender flags the key, one entry for all packs.");
    let Trade { maker, chemist, .. } = trade;
    let shipped = maker
        .ship(chemist, (of_lot(LOT, PACKS), Some(PALLET)))
        .await?;
    let target = Target::Unit(PALLET.to_owned());
    let raised = maker.partner.flag(&target, FlagKind::Stolen).await?;
    narrator.detail("flag", raised.first().context("a flag was raised")?.number);
    cast.network.in_step().await?;

    narrator.step("The thief sells it to the Gate with its papers. The first scan tells.");
    let receipt = chemist.receive(&shipped).await?;
    ensure!(
        receipt.exceptions.len() == PACKS,
        "{} exceptions",
        receipt.exceptions.len()
    );
    narrator.detail(
        "received",
        format!(
            "{} exceptions: {}",
            receipt.exceptions.len(),
            receipt.exceptions[0].fault
        ),
    );
    let scan = receipt
        .packs
        .first()
        .context("packs are in the book")?
        .bracketed();
    let verification = chemist.verify(&scan).await?;
    ensure!(!verification.is_fit(), "a stolen pack is fit");
    narrator.detail("scan", told(&verification));
    Ok(())
}
