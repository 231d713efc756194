//! A lot is made, labelled and delivered.

use super::{
    EXPIRY, GTIN, Trade,
    firm::{Delivered, Firm, now_ms},
};
use crate::commands::demo::{narrator::Narrator, story::Cast};
use anyhow::{Context as _, ensure};
use std::{fs, path::Path, time::Instant};
use theriac_gateway::packs::{MadeLot, NewPacks, book::Selection, events, label::Label};
use theriac_standards::gs1::datamatrix::{self, Symbol};

/// The lot of the story.
pub(super) const LOT: &str = "H2611";
const PACKS: usize = 5_200;
const PALLET: &str = "395212340000000014";
const PALLET_PACKS: usize = 5_000;
/// Labels that are drawn.
const DRAWN: usize = 4;
/// Pixels of a module of a symbol.
const MODULE_PX: usize = 8;
/// Packs for each pharmacy.
const ORDER: usize = 20;

/// The manufacturer commissions the lot; some of its labels, as read from their pictures.
pub(super) async fn make(
    narrator: &Narrator,
    cast: &Cast<'_>,
    trade: &mut Trade,
) -> anyhow::Result<Vec<Label>> {
    narrator.step("The manufacturer commissions 5,200 packs: one root on the ledger, and none of their numbers.");
    let maker = &mut trade.maker;
    let product: u64 = GTIN.parse()?;
    maker
        .partner
        .client()
        .set_product(product, maker.organisation, "")
        .await
        .context("claim the product")?;
    let begun = Instant::now();
    let made = commission(maker, LOT, PACKS).await?;
    narrator.detail("root", made.lot.root);
    narrator.detail(
        "took",
        format!("{} ms, labels to finality", begun.elapsed().as_millis()),
    );
    let folder = cast.network.directory().join("labels");
    fs::create_dir_all(&folder).context("make the folder of labels")?;
    for (number, label) in made.labels.iter().take(DRAWN).enumerate() {
        draw(&folder.join(format!("pack-{}.png", number + 1)), label)?;
    }
    narrator.detail(
        "labels",
        format!(
            "{}/pack-1.png and so on, read back as printed",
            folder.display()
        ),
    );
    let paper = maker.partner.book().paper(made.document)?;
    let event = serde_json::from_str(&paper.context("a lot has a paper")?.event)?;
    let took = maker
        .door
        .capture(&events::document(now_ms(), &[event]))
        .await?;
    narrator.detail(
        "EPCIS",
        format!("POST /capture, stored in {} ms", took.as_millis()),
    );
    cast.network.in_step().await?;
    Ok(made.labels.into_iter().take(DRAWN).collect())
}

/// A lot of the product.
pub(super) async fn commission(
    maker: &mut Firm,
    lot: &str,
    count: usize,
) -> anyhow::Result<MadeLot> {
    let packs = NewPacks {
        gtin: GTIN,
        lot,
        expiry: EXPIRY,
        count,
        serials: None,
        now_ms: now_ms(),
    };
    maker.partner.commission(packs).await.context("commission")
}

/// Draws a label, and reads the picture back.
fn draw(file: &Path, label: &Label) -> anyhow::Result<()> {
    let elements = label.values().to_elements();
    let symbol = Symbol::new(&elements)?;
    fs::write(file, symbol.to_png(MODULE_PX)?).context("write a label")?;
    let text = datamatrix::read(&symbol.to_luma(MODULE_PX)?)?;
    let read = Label::scan(&text)?.label;
    ensure!(read == *label, "the picture says something else");
    Ok(())
}

/// The lot goes to the wholesaler on a pallet, and some of it to the pharmacies.
pub(super) async fn deliver(
    narrator: &Narrator,
    cast: &Cast<'_>,
    trade: &mut Trade,
) -> anyhow::Result<()> {
    narrator.step("A pallet of 5,000 goes to the wholesaler in one entry, and 20 packs of it to each pharmacy.");
    let Trade {
        maker,
        wholesaler,
        pharmacy,
        chemist,
    } = trade;
    let selection = of_lot(LOT, PALLET_PACKS);
    let begun = Instant::now();
    let delivered = maker
        .send(wholesaler, (cast.network, selection, Some(PALLET)))
        .await?;
    all_fit(&delivered, PALLET_PACKS)?;
    narrator.detail(
        "wholesaler",
        format!(
            "{PALLET_PACKS} packs, every proof checked, {} ms",
            begun.elapsed().as_millis()
        ),
    );
    narrator.detail("entries", delivered.shipped.hand_overs);
    for firm in [pharmacy, chemist] {
        let selection = of_lot(LOT, ORDER);
        let delivered = wholesaler
            .send(firm, (cast.network, selection, None))
            .await?;
        all_fit(&delivered, ORDER)?;
        narrator.detail("delivered", format!("{ORDER} packs to {}", firm.name));
    }
    cast.network.in_step().await?;
    Ok(())
}

/// So many packs of a lot.
pub(super) fn of_lot(lot: &str, count: usize) -> Selection {
    Selection::OfLot {
        gtin: None,
        lot: lot.to_owned(),
        count,
    }
}

fn all_fit(delivered: &Delivered, packs: usize) -> anyhow::Result<()> {
    let receipt = &delivered.receipt;
    ensure!(
        receipt.packs.len() == packs && receipt.exceptions.is_empty(),
        "{} of {packs} packs came, {} exceptions",
        receipt.packs.len(),
        receipt.exceptions.len()
    );
    Ok(())
}
