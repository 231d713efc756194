//! The manufacturer reads acknowledgements: who answered, who is open, and how many packs are where.

use std::collections::BTreeMap;

use alloy_primitives::B256;
use theriac_contracts::codes::FlagSubject;

use super::{AckFault, RecallAck, is_recall};
use crate::book::Form as _;
use crate::packs::{
    Error, Partner,
    book::{PullCounts, SeenFlag},
    card::Card,
};

/// How a recall stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecallStatus {
    /// The lot.
    pub root: B256,
    /// The last acknowledgement of each place, direct buyers or not.
    pub answered: Vec<RecallAck>,
    /// Direct buyers who did not answer.
    pub open: Vec<Buyer>,
    /// Acknowledgements that do not count.
    pub rejected: Vec<Rejected>,
    /// Sums over those who answered.
    pub counts: PullCounts,
}

/// A direct buyer of a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buyer {
    /// Its organisation.
    pub organisation: u32,
    /// Its place of business.
    pub gln: String,
    /// How many packs of the lot were shipped there.
    pub packs: u64,
}

/// An acknowledgement that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its place among those given, from 0.
    pub place: usize,
    /// Why.
    pub fault: AckFault,
}

impl Partner {
    /// How the recall of a lot stands, by these acknowledgements: JSON, or encrypted to this account.
    ///
    /// # Errors
    /// `LotUnknown`, `LotAmbiguous`; those of book and ledger. An acknowledgement that does not count is part of the answer.
    pub async fn recall_status(
        &self,
        (gtin, lot): (Option<&str>, &str),
        acks: &[Vec<u8>],
    ) -> Result<RecallStatus, Error> {
        let root = self.root_of(gtin, lot)?;
        let flags = self.client.flags_of(FlagSubject::Lot, root).await?;
        let flags: Vec<_> = flags
            .iter()
            .filter_map(SeenFlag::of)
            .filter(is_recall)
            .collect();
        let (mut latest, mut rejected) = (BTreeMap::new(), Vec::new());
        for (place, bytes) in acks.iter().enumerate() {
            match self.read_ack(bytes, root, &flags).await? {
                Ok(ack) => keep_latest(&mut latest, ack),
                Err(fault) => rejected.push(Rejected { place, fault }),
            }
        }
        let mut open = self.buyers(root)?;
        open.retain(|buyer| !latest.contains_key(&(buyer.organisation, buyer.gln.clone())));
        let answered: Vec<_> = latest.into_values().collect();
        Ok(RecallStatus {
            root,
            counts: sum(&answered),
            answered,
            open,
            rejected,
        })
    }

    async fn read_ack(
        &self,
        bytes: &[u8],
        root: B256,
        flags: &[SeenFlag],
    ) -> Result<Result<RecallAck, AckFault>, Error> {
        let ack = match bytes.first() {
            Some(b'{') => RecallAck::read(bytes),
            Some(_) | None => match self.client.open_package(bytes).await {
                Ok(text) => RecallAck::read(&text),
                Err(error) if is_of_file(&error) => return Ok(Err(AckFault::DoesNotOpen)),
                Err(error) => return Err(error.into()),
            },
        };
        let ack = match ack {
            Ok(ack) => ack,
            Err(fault) => return Ok(Err(fault.into())),
        };
        if let Err(fault) = self.check_ack(&ack, root, flags) {
            return Ok(Err(fault));
        }
        let standing = self.client.standing(ack.from.account).await?;
        let organisation = ack.from.organisation;
        Ok(
            match standing.is_some_and(|one| one.organisation.0 == organisation) {
                true => Ok(ack),
                false => Err(AckFault::NotOfOrganisation(organisation)),
            },
        )
    }

    fn check_ack(&self, ack: &RecallAck, root: B256, flags: &[SeenFlag]) -> Result<(), AckFault> {
        let owner = self.book.owner();
        let differs = [
            ("network", ack.chain_id != owner.chain_id),
            ("lot", ack.root != root),
            ("manufacturer", ack.to != owner.organisation),
        ];
        if let Some((what, _)) = differs.iter().find(|(_, differs)| *differs) {
            return Err(AckFault::OfAnother(what));
        }
        if !flags.iter().any(|flag| flag.number == ack.flag) {
            return Err(AckFault::NoRecall(ack.flag));
        }
        match ack.is_signed() {
            true => Ok(()),
            false => Err(AckFault::NotSigned),
        }
    }

    /// Direct buyers of a lot, each place once.
    fn buyers(&self, root: B256) -> Result<Vec<Buyer>, Error> {
        let mut buyers: BTreeMap<(u32, String), u64> = BTreeMap::new();
        for (card, packs) in self.book.buyers_of(root)? {
            let card = Card::read(card.as_bytes())?;
            *buyers.entry((card.organisation, card.gln)).or_default() += packs;
        }
        let buyer = |((organisation, gln), packs)| Buyer {
            organisation,
            gln,
            packs,
        };
        Ok(buyers.into_iter().map(buyer).collect())
    }
}

fn is_of_file(error: &theriac_sdk::Error) -> bool {
    matches!(
        error,
        theriac_sdk::Error::Package(_)
            | theriac_sdk::Error::Wrap(_)
            | theriac_sdk::Error::Content(_)
    )
}

fn keep_latest(latest: &mut BTreeMap<(u32, String), RecallAck>, ack: RecallAck) {
    let place = (ack.from.organisation, ack.from.gln.clone());
    let is_newer = latest
        .get(&place)
        .is_none_or(|known| known.time_ms <= ack.time_ms);
    if is_newer {
        latest.insert(place, ack);
    }
}

fn sum(acks: &[RecallAck]) -> PullCounts {
    let mut counts = PullCounts::default();
    for ack in acks {
        counts.to_pull = counts.to_pull.saturating_add(ack.to_pull);
        counts.pulled = counts.pulled.saturating_add(ack.pulled);
        counts.not_found = counts.not_found.saturating_add(ack.not_found);
        counts.dispensed = counts.dispensed.saturating_add(ack.dispensed);
        counts.sent_on = counts.sent_on.saturating_add(ack.sent_on);
    }
    counts
}
