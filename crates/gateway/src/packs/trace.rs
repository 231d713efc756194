//! The way of a pack: who held it from when on, as proof and ledger say.

use alloy_primitives::{Address, B256};
use theriac_contracts::packs::{CustodyProof, holder, nullifier};
use theriac_sdk::{
    Client,
    packs::{Exit, Lot},
};

use super::{
    Error, Partner, Refusal,
    book::{BookError, Pack},
    evidence::{Evidence, EvidenceFault},
    label::Label,
    ledger::{Questions, Told},
};

/// The way of a pack, checked against the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The pack.
    pub label: Label,
    /// The lot as the ledger has it; `None` where it has none such.
    pub lot: Option<Lot>,
    /// Who answers for the product.
    pub product_holder: Option<u32>,
    /// Hand-overs, in order.
    pub hops: Vec<Hop>,
    /// Whether the proof leads from the lot to the last key.
    pub is_proven: bool,
    /// Whether the last key is open.
    pub is_open: bool,
    /// Whether the pack left, and how.
    pub exit: Exit,
}

/// A hand-over of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The key that was closed.
    pub key: Address,
    /// The key that held the pack from then on.
    pub next: Address,
    /// Who closed the key; 0 where it is not closed.
    pub organisation: u32,
    /// When.
    pub time_ms: u64,
    /// Salted commitment to the event.
    pub document: B256,
}

/// How far the clocks of ledger and partner may be apart.
const CLOCKS_APART_MS: u64 = 3_600_000;

impl Way {
    /// Whether its last holder can have had the pack at this time: not before it was handed over to it.
    pub fn was_held_at(&self, time_ms: u64) -> bool {
        let last = self.hops.last().map_or(0, |hop| hop.time_ms);
        time_ms.saturating_add(CLOCKS_APART_MS) >= last
    }

    /// Whether all of it holds: the lot of who answers for the product, and a proof that leads to an open key.
    pub fn holds(&self) -> bool {
        let maker = self.lot.as_ref().map(|lot| lot.organisation);
        self.is_proven && self.is_open && maker.is_some() && maker == self.product_holder
    }
}

impl Partner {
    /// The way of the pack of a scan, with the evidence that shows it to others.
    ///
    /// # Errors
    /// `PackUnknown`; those of book and ledger.
    pub async fn trace(&self, scan: &str) -> Result<(Way, Evidence), Error> {
        let evidence = self.evidence(scan)?;
        Ok((check_way(&self.client, &evidence).await?, evidence))
    }

    /// The evidence of the way of a scanned pack, from the book alone.
    ///
    /// # Errors
    /// `PackUnknown`; those of the book.
    pub fn evidence(&self, scan: &str) -> Result<Evidence, Error> {
        let label = Label::scan(scan)?.label;
        let (proof, _) = self.proof(label.tag())?;
        Ok(Evidence::new(self.book.owner().chain_id, &label, &proof))
    }

    /// The proof of a pack's way, and the key to which it leads.
    pub(super) fn proof(&self, tag: B256) -> Result<(CustodyProof, Address), Error> {
        let pack = self.book.pack(tag)?.ok_or(Refusal::PackUnknown)?;
        let proof = self.proof_of(&pack)?;
        Ok((proof, pack.key))
    }

    pub(super) fn proof_of(&self, pack: &Pack) -> Result<CustodyProof, Error> {
        let membership = match &pack.membership {
            Some(membership) => membership.clone(),
            None => {
                let trie = self.lot_trie(pack.root)?;
                let missing = BookError::Damaged("a pack is missing in its lot");
                trie.inclusion(pack.tag).ok_or(missing)?.1
            }
        };
        let steps = self.book.steps(pack.tag)?;
        Ok(CustodyProof {
            lot: pack.root,
            membership,
            steps: steps.into_iter().map(Into::into).collect(),
        })
    }
}

/// Checks evidence against the ledger; no book is needed.
///
/// # Errors
/// `Chain` and `Label` of [`EvidenceFault`]; those of the ledger.
pub async fn check_way(client: &Client, evidence: &Evidence) -> Result<Way, Error> {
    let (got, expected) = (evidence.chain_id, client.chain_id().await?);
    if got != expected {
        return Err(EvidenceFault::Chain { got, expected }.into());
    }
    let (label, proof) = (evidence.label()?, evidence.proof());
    let nullifier = nullifier(expected, label.tag());
    let mut questions = Questions::default();
    questions.lots.insert(proof.lot);
    questions.products.insert(label.gtin_number());
    questions.exits.insert(nullifier);
    for step in &proof.steps {
        questions.keys.extend([step.key, step.next]);
    }
    let first = client.lot(proof.lot).await?.map(|lot| lot.key);
    questions.keys.extend(first);
    let mut told = questions.ask(client).await?;
    let exit = told.exits.remove(&nullifier).expect("it was asked for");
    Ok(way(&told, (label, &proof), exit))
}

fn way(told: &Told, (label, proof): (Label, &CustodyProof), exit: Exit) -> Way {
    let lot = told.lots.get(&proof.lot).cloned();
    let first = lot.as_ref().map_or(Address::ZERO, |lot| lot.key);
    let last = proof.steps.last().map_or(first, |step| step.next);
    let hops = proof.steps.iter().map(|step| {
        let closing = told.closings.get(&step.key);
        Hop {
            key: step.key,
            next: step.next,
            organisation: closing.map_or(0, |closing| closing.organisation),
            time_ms: closing.map_or(0, |closing| closing.timeMs),
            document: closing.map_or(B256::ZERO, |closing| closing.document),
        }
    });
    let commitment = |key: &Address| {
        told.closings
            .get(key)
            .map_or(B256::ZERO, |closing| closing.commitment)
    };
    let commitments: Vec<_> = proof
        .steps
        .iter()
        .map(|step| commitment(&step.key))
        .collect();
    Way {
        label,
        product_holder: told
            .products
            .get(&label.gtin_number())
            .map(|product| product.holder),
        hops: hops.collect(),
        is_proven: lot.is_some() && holder(label.tag(), proof, first, &commitments) == Ok(last),
        is_open: !told.closings.contains_key(&last),
        lot,
        exit,
    }
}
