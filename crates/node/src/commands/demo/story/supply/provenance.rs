//! The patient checks where her pack comes from.

use super::Trade;
use crate::{
    arguments::utc,
    commands::demo::{cast::Person, narrator::Narrator, story::Cast},
};
use anyhow::{Context as _, ensure};
use theriac_gateway::packs::{check_way, label::Label};

/// Plays the chapter.
pub(super) async fn play(
    narrator: &Narrator,
    (cast, patient): (&Cast<'_>, &Person),
    trade: &Trade,
    scan: &str,
) -> anyhow::Result<()> {
    narrator.step("The patient gets the way of her pack as a file and checks it herself.");
    let (_, evidence) = trade.pharmacy.partner.trace(scan).await?;
    let file = cast.network.directory().join("way.json");
    let text = serde_json::to_vec(&evidence)?;
    std::fs::write(&file, &text).context("write the file")?;
    narrator.detail("file", format!("{}, {} bytes", file.display(), text.len()));
    let way = check_way(&patient.client, &evidence).await?;
    ensure!(way.holds(), "the way does not hold");
    ensure!(way.exit.kind != 0, "the pack was not dispensed");
    let lot = way.lot.as_ref().context("the lot is on the ledger")?;
    narrator.detail("made by", format!("organisation {}", lot.organisation));
    for hop in &way.hops {
        let time = utc(hop.time_ms);
        narrator.detail(
            "handed over",
            format!("by organisation {}, {time}", hop.organisation),
        );
    }
    narrator.detail(
        "dispensed",
        format!(
            "by organisation {}, {}",
            way.exit.organisation,
            utc(way.exit.timeMs)
        ),
    );
    let epc = Label::scan(scan)?.label.epc();
    let steps = trade.pharmacy.door.steps_of(&epc).await?;
    ensure!(
        !steps.is_empty(),
        "the pharmacy's gateway has no event of the pack"
    );
    narrator.detail(
        "EPCIS",
        format!("the pharmacy's gateway has: {}", steps.join(", ")),
    );
    narrator.next(&format!("theriac pack trace --check {}", file.display()));
    Ok(())
}
