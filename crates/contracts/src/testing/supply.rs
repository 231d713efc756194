//! A supply chain: manufacturers, a wholesaler, pharmacies and a regulator, and packs on their way.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolStruct;

use super::{OneTime, Who, World, members};
use crate::{
    GenesisOrganisation,
    addresses::PACKS,
    codes::{OrganisationKind, Role},
    interfaces::IPacks::{
        self, CustodyProof, CustodyStep, closeCall, commissionCall, dispenseCall,
    },
    packs::{PackLabel, Trie, hand_over_commitment, nullifier},
    signing::{self, Closing, Contest},
};

impl World {
    /// The usual organisations 1 to 3 and their people, then two manufacturers (4, 5), a wholesaler (6), two pharmacies (7, 8) and a
    /// regulator (9).
    pub(crate) fn with_supply() -> Self {
        let mut founded = members();
        for (who, kind) in [
            (Who::Maker, OrganisationKind::Manufacturer),
            (Who::OtherMaker, OrganisationKind::Manufacturer),
            (Who::Wholesaler, OrganisationKind::Wholesaler),
            (Who::Pharmacy, OrganisationKind::Pharmacy),
            (Who::OtherPharmacy, OrganisationKind::Pharmacy),
            (Who::Regulator, OrganisationKind::Regulator),
        ] {
            founded.organisations.push(GenesisOrganisation {
                name: format!("{who:?}"),
                kind,
                admin: who.address(),
                gas_per_block: 1_000_000,
            });
        }
        let mut world = Self::founded(&founded).with_people();
        for (who, organisation, role) in [
            (Who::Pharmacist, Who::Pharmacy, Role::Pharmacist),
            (Who::SecondPharmacist, Who::Pharmacy, Role::Pharmacist),
            (Who::OtherPharmacist, Who::OtherPharmacy, Role::Pharmacist),
            (Who::Gateway, Who::Pharmacy, Role::Gateway),
            (Who::Manager, Who::Pharmacy, Role::Administrator),
        ] {
            world.enrol(organisation, who, role);
        }
        world
    }

    /// The manufacturer enters a lot of these packs, held by its key 1.
    pub(crate) fn with_lot(tags: &[B256]) -> (Self, Shipment) {
        let mut world = Self::with_supply();
        let lot = Trie::of(tags).expect("tags differ");
        let call = commissionCall {
            root: lot.root(),
            key: OneTime(1).address(),
            document: B256::ZERO,
        };
        world.ok(Who::Maker, PACKS, &call);
        let shipment = Shipment {
            tags: tags.to_vec(),
            lot,
            steps: Vec::new(),
            holder: OneTime(1),
        };
        (world, shipment)
    }

    pub(crate) fn exit(&mut self, tag: B256) -> IPacks::Exit {
        let nullifier = nullifier(self.host.chain_id, tag);
        self.ok(Who::Stranger, PACKS, &IPacks::exitCall { nullifier })
    }
}

/// Packs of one lot that go from key to key together.
#[derive(Clone)]
pub(crate) struct Shipment {
    pub(crate) tags: Vec<B256>,
    lot: Trie,
    steps: Vec<(OneTime, B256, Trie)>,
    pub(crate) holder: OneTime,
}

impl Shipment {
    /// `who` closes the key that holds the packs, and names the next.
    pub(crate) fn hand_over(&mut self, world: &mut World, who: Who, next: OneTime) {
        let to = next.address().into_word();
        let units = self.tags.iter().map(|tag| (*tag, to)).collect();
        let hand_over = Trie::mapping(units).expect("tags differ");
        let salt = B256::repeat_byte(self.steps.len() as u8 + 1);
        let commitment = hand_over_commitment(salt, hand_over.root());
        let call = closing(who.address(), &[self.holder], commitment);
        world.ok(who, PACKS, &call);
        self.steps.push((self.holder, salt, hand_over));
        self.holder = next;
    }

    /// The way of a pack to the key that holds it.
    pub(crate) fn proof(&self, tag: B256) -> CustodyProof {
        let keys = self.steps.iter().map(|(key, ..)| *key).skip(1);
        let next = keys.chain([self.holder]);
        let step = |((key, salt, hand_over), next): (&(OneTime, B256, Trie), OneTime)| {
            let (_, outer) = hand_over.inclusion(tag).expect("it was handed over");
            CustodyStep {
                key: key.address(),
                salt: *salt,
                inner: Vec::new(),
                next: next.address(),
                outer,
            }
        };
        CustodyProof {
            lot: self.lot.root(),
            membership: self.lot.inclusion(tag).expect("it is in the lot").1,
            steps: self.steps.iter().zip(next).map(step).collect(),
        }
    }

    /// A contest of a pack's exit in the name of `who`, signed by the key that holds it.
    pub(crate) fn contest(&self, who: Who, tag: B256) -> IPacks::contestCall {
        let message = Contest {
            tag,
            account: who.address(),
        };
        IPacks::contestCall {
            tag,
            proof: self.proof(tag),
            signature: self.holder.sign(digest(&message)),
        }
    }
}

/// What is signed for the contract, on the chain of the world.
fn digest(message: &impl SolStruct) -> B256 {
    message.eip712_signing_hash(&signing::domain(1_337, PACKS))
}

/// Closes keys in the name of an account, signed by each of them.
pub(crate) fn closing(account: Address, keys: &[OneTime], commitment: B256) -> closeCall {
    let document = B256::repeat_byte(0x66);
    let sign = |key: &OneTime| {
        let message = Closing {
            key: key.address(),
            commitment,
            document,
            account,
        };
        key.sign(digest(&message))
    };
    closeCall {
        keys: keys.iter().map(|key| key.address()).collect(),
        commitment,
        document,
        signatures: keys.iter().map(sign).collect(),
    }
}

/// The tags of packs of one lot.
pub(crate) fn tags(count: u64) -> Vec<B256> {
    let tag = |number: u64| {
        let serial = format!("S{number}");
        let label = PackLabel::new("09506000134352", &serial, "LOT-7", "270131");
        label.expect("a good label").tag()
    };
    (0..count).map(tag).collect()
}

/// Dispenses packs by their tags; none can be undone.
pub(crate) fn left(tags: &[B256]) -> dispenseCall {
    dispenseCall {
        nullifiers: tags.iter().map(|tag| nullifier(1_337, *tag)).collect(),
        undo: vec![B256::ZERO; tags.len()],
    }
}
