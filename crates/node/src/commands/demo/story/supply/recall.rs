//! A lot is recalled and found.

use super::{
    Trade,
    copy::told,
    lot::{commission, of_lot},
};
use crate::commands::demo::{narrator::Narrator, story::Cast};
use anyhow::{Context as _, ensure};
use std::time::Instant;
use theriac_contracts::codes::FlagKind;
use theriac_gateway::packs::Target;

const LOT: &str = "H2612";
const MADE: usize = 300;
const AT_THE_WHOLESALER: usize = 200;
const AT_THE_PHARMACY: usize = 50;

/// Plays the chapter.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    trade: &mut Trade,
) -> anyhow::Result<()> {
    narrator.step("Another lot is out when its manufacturer finds a fault: a recall of class I.");
    let Trade {
        maker,
        wholesaler,
        pharmacy,
        chemist,
    } = trade;
    commission(maker, LOT, MADE).await?;
    cast.network.in_step().await?;
    let selection = of_lot(LOT, AT_THE_WHOLESALER);
    maker
        .send(wholesaler, (cast.network, selection, None))
        .await?;
    let selection = of_lot(LOT, AT_THE_PHARMACY);
    wholesaler
        .send(pharmacy, (cast.network, selection, None))
        .await?;
    let scan = pharmacy
        .held(LOT)?
        .first()
        .context("packs are held")?
        .bracketed();
    pharmacy.verify_fit(&scan).await?;
    let target = Target::Lot {
        gtin: None,
        lot: LOT.to_owned(),
    };
    let begun = Instant::now();
    maker.partner.flag(&target, FlagKind::RecallClass1).await?;
    cast.network.in_step().await?;
    for (firm, expected) in [
        (&mut *wholesaler, AT_THE_WHOLESALER - AT_THE_PHARMACY),
        (&mut *pharmacy, AT_THE_PHARMACY),
        (&mut *chemist, 0),
    ] {
        let watched = firm.partner.watch().await?;
        let of_lot = watched.alarms.iter().flat_map(|alarm| &alarm.packs);
        let found = of_lot.filter(|label| label.lot() == LOT).count();
        ensure!(found == expected, "{} found {found} packs", firm.name);
        narrator.detail(&firm.name, format!("{found} packs to pull"));
    }
    narrator.detail(
        "took",
        format!(
            "{} ms from the recall to the last list",
            begun.elapsed().as_millis()
        ),
    );
    narrator.detail("scan", told(&pharmacy.verify(&scan).await?));
    Ok(())
}
