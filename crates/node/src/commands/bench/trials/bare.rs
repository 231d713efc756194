//! The same transactions without a book: roots of nothing, sent one after another.

use super::{
    super::figures::Figures,
    pilot::Pilot,
    study::Conducted,
    world::{SITE, World},
};
use alloy_primitives::B256;
use std::time::Instant;
use theriac_contracts::interfaces::ITrials::{Capture, captureCall};
use theriac_gateway::trials::{FORMS_TOGETHER, NewConsent};

/// Subjects whose forms share a transaction: seven visits of a dataset each, as most of the pilot's have.
const SUBJECTS: u32 = 19;
const FORMS_OF_ONE: u32 = 7;
const TRANSACTIONS: u32 = 5;
/// Values of a form.
const ITEMS: u32 = 600;

/// Measures what captures take without values, and how much more they took with them.
///
/// # Errors
/// Where an entry is refused.
pub(super) async fn measure(
    world: &mut World,
    (pilot, book): (&Pilot, &Conducted),
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let mut study = world.begin(pilot).await?;
    for number in 0..SUBJECTS {
        let label = format!("{number}");
        let new = NewConsent {
            site: SITE,
            document: b"consent document, version 1",
            version: 1,
            signed: label.as_bytes(),
            participant: Default::default(),
            label: Some(&label),
            observed: 0,
        };
        study.site.consent(&new).await?;
    }
    let (client, id) = (study.site.client(), study.site.study()?);
    let begun = Instant::now();
    for number in 0..TRANSACTIONS {
        let when = client.beacon(0).await?;
        let places = (1..=SUBJECTS).flat_map(|slot| {
            let first = number * FORMS_OF_ONE;
            (first..first + FORMS_OF_ONE).map(move |cell| (slot, cell))
        });
        let form = |(slot, cell)| Capture {
            slot,
            cell,
            root: B256::new(rand::random()),
            items: ITEMS,
            nulls: 0,
            when: when.clone(),
        };
        let call = captureCall {
            study: id,
            captures: places.take(FORMS_TOGETHER).map(form).collect(),
        };
        client.enter_trial(&call).await?;
    }
    let alone = begun.elapsed().as_secs_f64() / f64::from(TRANSACTIONS);
    let with = book.captures / book.of_captures as f64;
    figures.tell("capture of 128 forms: without a book", (alone * 1e3, "ms"));
    figures.tell(
        "largest study: a capture of 128 forms, with reading and book",
        (with * 1e3, "ms"),
    );
    let name = "ratio of captures to the same transactions without a book";
    figures.tell(name, (with / alone, ""));
    Ok(())
}
