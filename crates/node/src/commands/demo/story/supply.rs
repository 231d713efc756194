//! Packs on their way from a manufacturer to the patient, and what is in their way.

mod copy;
mod firm;
mod lot;
mod provenance;
mod recall;
mod shortage;
mod theft;

use super::Cast;
use crate::commands::demo::{cast::Person, narrator::Narrator};
use anyhow::anyhow;
use firm::Firm;
use theriac_contracts::OrganisationKind;

/// Of GS1's range for examples.
const GTIN: &str = "09521234543213";
/// YYMMDD; the day is not printed.
const EXPIRY: &str = "291100";

/// Everybody in the trade.
struct Trade {
    maker: Firm,
    wholesaler: Firm,
    pharmacy: Firm,
    chemist: Firm,
}

/// Plays the chapter.
///
/// # Errors
/// Where a step fails, or does not fail as it should.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    patient: &Person,
) -> anyhow::Result<()> {
    let mut trade = begin(narrator, cast).await?;
    lot::make(narrator, cast, &mut trade).await?;
    lot::deliver(narrator, cast, &mut trade).await?;
    let dispensed = copy::play(narrator, cast, &mut trade).await?;
    theft::play(narrator, cast, &mut trade).await?;
    recall::play(narrator, cast, &mut trade).await?;
    shortage::play(narrator, cast, &mut trade).await?;
    provenance::play(narrator, (cast, patient), &trade, &dispensed).await?;
    trade.stop().await;
    Ok(())
}

async fn begin(narrator: &Narrator, cast: &Cast<'_>) -> anyhow::Result<Trade> {
    narrator.step("A manufacturer, a wholesaler and two pharmacies are admitted; each runs a gateway with an EPCIS door.");
    let firms = [
        (
            "Pharma of the Hill",
            OrganisationKind::Manufacturer,
            "9521234000006",
        ),
        (
            "Wholesale of the Road",
            OrganisationKind::Wholesaler,
            "9521234000013",
        ),
        (
            "Pharmacy at the Bridge",
            OrganisationKind::Pharmacy,
            "9521234000020",
        ),
        (
            "Pharmacy at the Gate",
            OrganisationKind::Pharmacy,
            "9521234000037",
        ),
    ];
    let mut begun = Vec::with_capacity(firms.len());
    for firm in firms {
        let firm = Firm::begin((narrator, cast.network), firm).await?;
        narrator.detail(&firm.name, firm.door.base());
        begun.push(firm);
    }
    let firms: [Firm; 4] = begun
        .try_into()
        .map_err(|_| anyhow!("there are four firms"))?;
    let [maker, wholesaler, pharmacy, chemist] = firms;
    Ok(Trade {
        maker,
        wholesaler,
        pharmacy,
        chemist,
    })
}

impl Trade {
    async fn stop(self) {
        for firm in [self.maker, self.wholesaler, self.pharmacy, self.chemist] {
            firm.gateway.stop().await;
        }
    }
}
