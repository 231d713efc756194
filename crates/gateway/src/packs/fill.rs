//! A pharmacist fills a prescription: the fill is taken first, then the packs leave, then the cabinet is told.
//!
//! The fill is the lock that two pharmacies cannot both have, so it is taken before anything leaves; packs are verified before it is taken. Whatever breaks
//! off after that, the fill stays the pharmacist's: the same offer again goes on where it stopped, with the same packs or with others.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256};
use theriac_contracts::codes::ExitKind;
use theriac_standards::{
    epcis::time::Instant,
    fhir::{HandedOver, MedicationRequest, write_dispense},
};

use crate::book::Form;

use super::{
    Error, Moved, Partner, Refusal, Settled,
    book::{BookError, Entry, FillState, KnownFill, PackState},
    clock::utc,
    dispense::fit,
    events::place,
    label::Label,
    prescriptions::{Offer, check_network},
};

/// Most packs of one fill: those of one entry.
const MAX_PACKS: usize = 64;

/// A fill to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewFilling<'a> {
    /// What the patient gave.
    pub offer: &'a Offer,
    /// Scans of the packs, 1 to 64; none where the fill was begun before and is to go on with the same.
    pub scans: &'a [String],
    /// The cabinet from which they come.
    pub cabinet: Option<B256>,
    /// Whether another product than the ordered one may be handed out.
    pub substitute: bool,
    /// Unix milliseconds.
    pub now_ms: u64,
}

/// A fill that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The prescription's key that was spent.
    pub key: Address,
    /// How much, in the order's unit.
    pub amount: u64,
    /// The packs.
    pub packs: Vec<Label>,
    /// The FHIR `MedicationDispense`.
    pub document: String,
}

impl Partner {
    /// Fills a prescription with the packs of scans. The same offer again gives the same answer, or goes on where an earlier call broke off.
    ///
    /// # Errors
    /// Of the offer: `OtherNetwork`, `NotForYou`, `NotAsPrescribed`, `AmountAboveOrder`, one that cannot be honoured. Of the packs: those of
    /// [`Partner::dispense`], `NoPacks`, `PackCount`, `SerialTwice`, `OtherProduct`, `SubstitutionForbidden`. Of the ledger: `FillTaken`, ... Those of the book.
    pub async fn fill(&mut self, new: NewFilling<'_>) -> Result<Filled, Error> {
        let key = new.offer.fill.key;
        if self.book.fill(key)?.is_some() {
            self.go_on().await?;
        }
        let known = self.book.fill(key)?;
        if let Some(done) = known.filter(|known| known.state == FillState::Dispensed) {
            return self.filled(&done);
        }
        let state = self.check_offer(new.offer).await?;
        let (labels, was_substituted) = self.packs_for(&new).await?;
        let entries = self.entries(&new, state, &labels)?;
        let fill = KnownFill {
            key,
            offer: new.offer.to_json(),
            was_substituted,
            state,
            time_ms: 0,
        };
        let tags: Vec<_> = labels.iter().map(Label::tag).collect();
        let numbers = self.book.put_fill(&fill, &tags, &entries)?;
        if let Err(error) = self.settle_these(&numbers).await {
            return Err(self.why_left(&tags, error).await);
        }
        let missing = BookError::Damaged("a fill is missing");
        self.filled(&self.book.fill(key)?.ok_or(missing)?)
    }

    /// Settles what waits since an earlier call; the first refusal is told.
    async fn go_on(&mut self) -> Result<(), Error> {
        for (_, outcome) in self.settle_all().await? {
            match outcome {
                Settled::Done => {}
                Settled::Refused(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether the offer is for this account and says what the ledger has; and how far its fill is.
    async fn check_offer(&self, offer: &Offer) -> Result<FillState, Error> {
        check_network(&self.client, offer.chain_id).await?;
        let own = self.book.owner().account;
        if offer.fill.fill.pharmacist != own {
            return Err(Refusal::NotForYou.into());
        }
        let (_, order) = offer.order()?;
        if offer.amount == 0 || offer.amount > order.amount {
            return Err(Refusal::AmountAboveOrder(order.amount).into());
        }
        if !offer.opens()? {
            return Err(Refusal::NotAsPrescribed("amount").into());
        }
        let prescription = self.client.prescription(offer.fill.key).await?;
        if prescription.terms != offer.terms() {
            return Err(Refusal::NotAsPrescribed("order").into());
        }
        let fill = self.client.fill_of(offer.fill.key).await?;
        let is_own = fill.is_some_and(|fill| {
            fill.pharmacist == own && fill.dispensed == offer.fill.fill.dispensed
        });
        Ok(match is_own {
            true => FillState::Taken,
            false => FillState::Taking,
        })
    }

    /// The packs of the scans, each fit and of the ordered product, or of another where that may be.
    async fn packs_for(&mut self, new: &NewFilling<'_>) -> Result<(Vec<Label>, bool), Error> {
        let (request, _) = new.offer.order()?;
        let (got, most) = (new.scans.len(), MAX_PACKS);
        if got == 0 {
            return Err(Refusal::NoPacks.into());
        }
        if got > most {
            return Err(Refusal::PackCount { got, most }.into());
        }
        let (mut labels, mut was_substituted) = (Vec::new(), false);
        let mut seen = BTreeSet::new();
        for scan in new.scans {
            let verification = self.verify(scan, new.now_ms).await?;
            let label = fit(&verification)?;
            if !seen.insert(label) {
                return Err(Refusal::SerialTwice(label.serial().to_owned()).into());
            }
            was_substituted |= is_other(&request, &label, new.substitute)?;
            labels.push(label);
        }
        Ok((labels, was_substituted))
    }

    fn entries(
        &self,
        new: &NewFilling<'_>,
        state: FillState,
        labels: &[Label],
    ) -> Result<Vec<Entry>, Error> {
        let signed = new.offer.fill.clone();
        let taking = (state == FillState::Taking).then_some(Entry::Fill { signed });
        let mut entries: Vec<_> = taking.into_iter().collect();
        for label in labels {
            let pack = self.book.pack(label.tag())?.ok_or(Refusal::PackUnknown)?;
            if pack.state != PackState::Held {
                return Err(Refusal::NotHeld(pack.state.word()).into());
            }
        }
        entries.push(Entry::Leave {
            tags: labels.iter().map(Label::tag).collect(),
            kind: ExitKind::Dispensed.code(),
            time_ms: new.now_ms,
        });
        if let Some(cabinet) = new.cabinet {
            let mut counts = BTreeMap::new();
            for label in labels {
                *counts.entry(label.gtin()).or_insert(0) += 1;
            }
            for (gtin, count) in counts {
                entries.push(self.movement(cabinet, gtin, Moved::Dispensed(count))?);
            }
        }
        Ok(entries)
    }

    /// Who let one of the packs leave before, where that is why the ledger refused.
    async fn why_left(&self, tags: &[B256], error: Error) -> Error {
        for tag in tags {
            match self.client.exit(self.nullifier(*tag)).await {
                Ok(exit) if exit.kind != 0 => return self.why_refused(*tag, error).await,
                Ok(_) => {}
                Err(_) => return error,
            }
        }
        error
    }

    fn filled(&self, fill: &KnownFill) -> Result<Filled, Error> {
        let offer = Offer::read(fill.offer.as_bytes())?;
        let (request, _) = offer.order()?;
        let packs = self.book.packs_of_fill(fill.key)?;
        let packs: Vec<_> = packs.iter().map(|pack| pack.label).collect();
        let labels: Vec<_> = packs.iter().map(|label| *label.values()).collect();
        let owner = self.book.owner();
        let (performer, here) = (
            format!("did:pkh:eip155:{}:{}", owner.chain_id, owner.account),
            place(&owner.gln),
        );
        let at = Instant::parse(&utc(fill.time_ms)).expect("it is printed as it is read");
        let handed = HandedOver {
            amount: offer.amount,
            at,
            packs: &labels,
            performer: &performer,
            place: &here,
            was_substituted: fill.was_substituted,
        };
        Ok(Filled {
            key: fill.key,
            amount: offer.amount,
            document: write_dispense(&request, &handed),
            packs,
        })
    }
}

/// Whether the pack is of another product than was ordered; refused where it must not be.
fn is_other(request: &MedicationRequest, label: &Label, substitute: bool) -> Result<bool, Refusal> {
    let is_other = request.medication.names(&label.values().gtin) == Some(false);
    if !is_other {
        return Ok(false);
    }
    if request.substitution_allowed == Some(false) {
        return Err(Refusal::SubstitutionForbidden);
    }
    match substitute {
        true => Ok(true),
        false => Err(Refusal::OtherProduct(label.gtin().to_owned())),
    }
}
