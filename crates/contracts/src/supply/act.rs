//! What people do with packs, rightly and wrongly.

use alloy_primitives::B256;
use alloy_sol_types::SolStruct;

use super::{
    hand_over::HandOver,
    model::{Attempt, Key, PARTIES, Pack},
    network::Network,
};
use crate::{
    addresses::PACKS,
    codes::ExitKind,
    interfaces::IPacks::{
        CustodyProof, clearCall, commissionCall, contestCall, decommissionCall, dispenseCall,
        flagCall, undoCall,
    },
    packs::{PackLabel, Trie, nullifier, undo_commitment},
    signing::{Contest, domain},
    testing::{OneTime, Who, closing},
};

impl Network {
    pub(super) fn commission(&mut self) {
        let (party, key, count) = (self.party(), self.key(), self.dice.roll(6) as usize + 1);
        let tags: Vec<_> = (self.tags.len()..self.tags.len() + count)
            .map(tag)
            .collect();
        let lot = Trie::of(&tags).expect("tags differ");
        let call = commissionCall {
            root: lot.root(),
            key: OneTime(key).address(),
            document: B256::ZERO,
        };
        let packs = self.model.commission(&party, key, count);
        self.send(
            (party.who, PACKS),
            &call,
            packs.as_ref().map(drop).map_err(|it| *it),
        );
        if let Ok(packs) = packs {
            self.lot_of
                .extend(packs.into_iter().map(|pack| (pack, self.lots.len())));
            self.lots.push(lot);
            self.tags.extend(tags);
        }
    }

    pub(super) fn close(&mut self) {
        let party = self.party();
        let mut keys = vec![self.holding_key()];
        if self.dice.roll(4) == 0 {
            let other = self.holding_key();
            keys.extend((other != keys[0]).then_some(other));
        }
        let packs: Vec<_> = keys
            .iter()
            .flat_map(|key| self.model.held_by(*key))
            .collect();
        let next: Vec<_> = (0..=self.dice.roll(3)).map(|_| self.key()).collect();
        let hand_over = HandOver::roll(&mut self.dice, (&packs, &self.tags), &next);
        let one_time: Vec<_> = keys.iter().map(|key| OneTime(*key)).collect();
        let signed = self.dice.roll(12) != 0;
        let account = if signed { party.who } else { Who::Stranger };
        let call = closing(account.address(), &one_time, hand_over.commitment());
        let expected = self.model.close(&party, &keys, (&hand_over.to, signed));
        self.send((party.who, PACKS), &call, expected);
        if expected.is_ok() {
            for key in keys {
                self.hand_overs.insert(key, hand_over.clone());
            }
        }
    }

    /// A key that holds packs, or any.
    fn holding_key(&mut self) -> Key {
        if self.model.packs() == 0 || self.dice.roll(8) == 0 {
            return self.dice.pick(&self.keys);
        }
        let pack = self.pack();
        let way = self.model.way(pack);
        way.and_then(|way| way.last().copied())
            .unwrap_or_else(|| self.model.first(pack))
    }

    fn pack(&mut self) -> Pack {
        self.dice.roll(self.model.packs() as u64) as Pack
    }

    /// A pack that is out, if one is found quickly.
    fn pack_out(&mut self) -> Pack {
        let tries: Vec<_> = (0..6).map(|_| self.pack()).collect();
        let out = tries.iter().find(|pack| self.model.is_out(**pack));
        *out.unwrap_or(&tries[0])
    }

    fn nullifier(&self, pack: Pack) -> B256 {
        nullifier(self.world.host.chain_id, self.tags[pack])
    }

    pub(super) fn leave(&mut self) {
        if self.model.packs() == 0 {
            return;
        }
        let party = self.party();
        let kind = match self.dice.roll(3) {
            0 => self.dice.pick(ExitKind::ALL),
            _ => ExitKind::Dispensed,
        };
        let mut packs: Vec<(Pack, Option<u64>)> = Vec::new();
        for _ in 0..=self.dice.roll(3) {
            let pack = self.pack();
            let secret = (self.dice.roll(2) == 0).then(|| self.dice.roll(u64::MAX));
            if !packs.iter().any(|(other, _)| *other == pack) {
                packs.push((pack, secret));
            }
        }
        let nullifiers = packs
            .iter()
            .map(|(pack, _)| self.nullifier(*pack))
            .collect();
        let commit = |(_, secret): &(Pack, Option<u64>)| {
            secret.map_or(B256::ZERO, |secret| undo_commitment(word(secret)))
        };
        let undo = packs.iter().map(commit).collect();
        let expected = self.model.leave(&party, &packs, kind);
        let by = (party.who, PACKS);
        if kind == ExitKind::Dispensed {
            self.send(by, &dispenseCall { nullifiers, undo }, expected);
        } else {
            let call = decommissionCall {
                nullifiers,
                kind: kind.code(),
                undo,
            };
            self.send(by, &call, expected);
        }
    }

    pub(super) fn undo(&mut self) {
        if self.model.packs() == 0 {
            return;
        }
        let (mut party, pack) = (self.party(), self.pack_out());
        if let Some(organisation) = self.model.out_by(pack).filter(|_| self.dice.roll(3) != 0) {
            let own = PARTIES
                .iter()
                .find(|party| party.organisation == organisation);
            party = *own.expect("a party let it leave");
        }
        let known = self.model.secret(pack).filter(|_| self.dice.roll(4) != 0);
        let secret = known.unwrap_or_else(|| self.dice.roll(u64::MAX));
        let call = undoCall {
            nullifier: self.nullifier(pack),
            secret: word(secret),
        };
        let expected = self.model.undo(&party, pack, secret);
        self.send((party.who, PACKS), &call, expected);
    }

    pub(super) fn contest(&mut self) {
        if self.model.packs() == 0 {
            return;
        }
        let (party, pack) = (self.party(), self.pack_out());
        let Some(mut way) = self.model.way(pack) else {
            return;
        };
        let attempts = [
            Attempt::Honest,
            Attempt::Honest,
            Attempt::Stale,
            Attempt::Forged,
            Attempt::WrongSigner,
        ];
        let mut attempt = self.dice.pick(&attempts);
        if way.len() == 1 && matches!(attempt, Attempt::Stale | Attempt::Forged) {
            attempt = Attempt::Honest;
        }
        if attempt == Attempt::Stale {
            way.pop();
        }
        let mut proof = self.proof(pack, &way);
        if attempt == Attempt::Forged {
            proof.steps.last_mut().expect("a step").salt[0] ^= 1;
        }
        let signer = match attempt {
            Attempt::WrongSigner => 0,
            Attempt::Honest | Attempt::Stale | Attempt::Forged => *way.last().expect("a key"),
        };
        let call = self.contest_call((pack, party.who), proof, OneTime(signer));
        let expected = self.model.contest(&party, pack, attempt);
        self.send((party.who, PACKS), &call, expected);
    }

    fn contest_call(
        &self,
        (pack, who): (Pack, Who),
        proof: CustodyProof,
        signer: OneTime,
    ) -> contestCall {
        let message = Contest {
            tag: self.tags[pack],
            account: who.address(),
        };
        let digest = message.eip712_signing_hash(&domain(self.world.host.chain_id, PACKS));
        contestCall {
            tag: self.tags[pack],
            proof,
            signature: signer.sign(digest),
        }
    }

    /// The proof that a pack went this way.
    fn proof(&self, pack: Pack, way: &[Key]) -> CustodyProof {
        let lot = &self.lots[self.lot_of[&pack]];
        let tag = self.tags[pack];
        let step = |keys: &[Key]| {
            let claims = self.hand_overs[&keys[0]].claims((pack, tag), keys[0]);
            let mut found = claims.into_iter().filter(|(_, next)| *next == keys[1]);
            found.next().expect("the step was made").0
        };
        CustodyProof {
            lot: lot.root(),
            membership: lot.inclusion(tag).expect("it is in its lot").1,
            steps: way.windows(2).map(step).collect(),
        }
    }

    pub(super) fn flag(&mut self) {
        if self.model.packs() == 0 {
            return;
        }
        let (party, pack) = (self.party(), self.pack());
        let call = flagCall {
            subject: 3,
            handle: self.nullifier(pack),
            kind: self.dice.roll(4) as u8 + 5,
            notice: word(self.dice.roll(u64::MAX)),
        };
        let expected = self.model.flag(&party, pack);
        let number = self.send((party.who, PACKS), &call, expected.map(drop));
        assert_eq!(number, expected.ok().map(|number| number as u64));
    }

    pub(super) fn clear(&mut self) {
        let (party, flags) = (self.party(), self.model.flags());
        let number = self.dice.roll(flags as u64 + 1);
        let call = clearCall {
            number,
            notice: B256::ZERO,
        };
        let expected = self.model.clear(&party, number as usize);
        self.send((party.who, PACKS), &call, expected);
    }
}

fn word(number: u64) -> B256 {
    B256::left_padding_from(&number.to_be_bytes())
}

fn tag(number: usize) -> B256 {
    let serial = format!("S{number}");
    let label = PackLabel::new("09506000134352", &serial, "LOT", "270131");
    label.expect("a good label").tag()
}
