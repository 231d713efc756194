//! What must hold of a network at its end, whatever was done.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolEvent;

use super::{
    model::{Key, Pack},
    network::Network,
};
use crate::{
    interfaces::IPacks::{Contested, CustodyProof, CustodyStep, Left, Undone},
    packs::{holder, nullifier, state},
    testing::OneTime,
};

/// Steps of the claims that are tried.
const STEPS: usize = 12;

impl Network {
    pub(super) fn audit(&mut self) {
        self.audit_holders();
        self.audit_exits();
        self.audit_medicines();
    }

    /// Tries every proof that could be made of all hand-overs: one key holds a pack, or none.
    fn audit_holders(&mut self) {
        for pack in 0..self.model.packs() {
            let way = self.model.way(pack);
            if way.as_ref().is_some_and(|way| way.len() > STEPS) {
                continue;
            }
            let expected = way.map(|way| *way.last().expect("a key"));
            let mut holders = BTreeSet::new();
            let first = self.model.first(pack);
            self.claim((pack, first), &mut Vec::new(), &mut holders);
            let expected = expected.map(|key| OneTime(key).address());
            assert_eq!(holders, expected.into_iter().collect(), "pack {pack}");
        }
    }

    /// Follows every claim from a key on, and notes the open keys to which one leads that counts.
    fn claim(
        &mut self,
        (pack, key): (Pack, Key),
        steps: &mut Vec<CustodyStep>,
        holders: &mut BTreeSet<Address>,
    ) {
        let Some(hand_over) = self.hand_overs.get(&key) else {
            if let Some(holder) = self.proven(pack, steps.clone()) {
                holders.insert(holder);
            }
            return;
        };
        if steps.len() >= STEPS {
            return;
        }
        for (step, next) in hand_over.claims((pack, self.tags[pack]), key) {
            self.count_claims(1);
            steps.push(step);
            self.claim((pack, next), steps, holders);
            steps.pop();
        }
    }

    /// The key to which the contract would believe a proof to lead.
    fn proven(&mut self, pack: Pack, steps: Vec<CustodyStep>) -> Option<Address> {
        let tag = self.tags[pack];
        let lot = &self.lots[self.lot_of[&pack]];
        let proof = CustodyProof {
            lot: lot.root(),
            membership: lot.inclusion(tag).expect("it is in its lot").1,
            steps,
        };
        let state = &mut state::state(&mut self.world.host);
        let mut commitment = |step: &CustodyStep| {
            let closing = state::closing(state, step.key).expect("memory");
            closing.map_or(B256::ZERO, |(_, closing)| closing.commitment)
        };
        let commitments: Vec<_> = proof.steps.iter().map(&mut commitment).collect();
        let first = OneTime(self.model.first(pack)).address();
        holder(tag, &proof, first, &commitments).ok()
    }

    /// By the events alone, a pack leaves only when it is not out, and comes back only when it is.
    fn audit_exits(&mut self) {
        let mut out: BTreeMap<B256, u32> = BTreeMap::new();
        for log in self.world.host.logs() {
            if let Ok(left) = Left::decode_log(log) {
                let before = out.insert(left.nullifier, left.organisation);
                assert_eq!(before, None, "out twice");
            } else if let Ok(undone) = Undone::decode_log(log) {
                assert_eq!(out.remove(&undone.nullifier), Some(undone.organisation));
            } else if let Ok(contested) = Contested::decode_log(log) {
                let before = out.remove(&contested.nullifier).unwrap_or_default();
                assert_eq!(before, contested.guesser);
                assert_ne!(before, contested.organisation);
            }
        }
        let chain_id = self.world.host.chain_id;
        for pack in 0..self.model.packs() {
            let nullifier = nullifier(chain_id, self.tags[pack]);
            assert_eq!(out.contains_key(&nullifier), self.model.is_out(pack));
        }
    }
}
