//! One network: the contracts, the model, and what people remember off the ledger.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolCall;

use super::{
    hand_over::HandOver,
    medicines::Medicines,
    model::{Key, Model, PARTIES, Pack, Party},
};
use crate::{
    Refusal, Stop,
    packs::Trie,
    testing::{Dice, Who, World},
};

/// What the walks came to: operations that were done, and refusals, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) done: BTreeMap<&'static str, u64>,
    pub(super) refused: BTreeMap<&'static str, u64>,
    pub(super) replays: u64,
    pub(super) claims: u64,
}

/// Contracts and model side by side.
pub(super) struct Network {
    pub(super) world: World,
    pub(super) dice: Dice,
    pub(super) model: Model,
    pub(super) tags: Vec<B256>,
    /// The lot of each pack.
    pub(super) lots: Vec<Trie>,
    pub(super) lot_of: BTreeMap<Pack, usize>,
    pub(super) hand_overs: BTreeMap<Key, HandOver>,
    /// Keys that someone made so far.
    pub(super) keys: Vec<Key>,
    pub(super) medicines: Medicines,
    seconds: u64,
    tally: Tally,
}

impl Network {
    pub(super) fn new(seed: u64) -> Self {
        let mut world = World::with_supply();
        let medicines = Medicines::begin(&mut world);
        let mut model = Model::default();
        model.time_ms = world.host.time_ms;
        Self {
            world,
            dice: Dice::new(seed),
            model,
            tags: Vec::new(),
            lots: Vec::new(),
            lot_of: BTreeMap::new(),
            hand_overs: BTreeMap::new(),
            keys: vec![1],
            medicines,
            seconds: 0,
            tally: Tally::default(),
        }
    }

    /// One act of somebody, and now and then time goes by.
    pub(super) fn step(&mut self) {
        if self.dice.roll(6) == 0 {
            self.seconds += match self.dice.roll(12) {
                0 => 864_000,
                _ => self.dice.roll(20_000),
            };
            self.world.after(self.seconds);
            self.model.time_ms = self.world.host.time_ms;
        }
        match self.dice.roll(20) {
            0..2 => self.commission(),
            2..6 => self.close(),
            6..9 => self.leave(),
            9..11 => self.undo(),
            11..14 => self.contest(),
            14 => self.flag(),
            15 => self.clear(),
            16..18 => self.move_item(),
            18 => self.count_item(),
            _ => self.prescriptions(),
        }
    }

    pub(super) fn party(&mut self) -> Party {
        self.dice.pick(&PARTIES)
    }

    /// A key: mostly a fresh one.
    pub(super) fn key(&mut self) -> Key {
        if self.dice.roll(10) == 0 {
            return self.dice.pick(&self.keys);
        }
        let key = self.keys.len() as u64 + 1;
        self.keys.push(key);
        key
    }

    /// Sends a call that must come to what the model says, and again where it was done: that must change nothing.
    #[track_caller]
    pub(super) fn send<C: SolCall>(
        &mut self,
        (who, contract): (Who, Address),
        call: &C,
        expected: Result<(), Refusal>,
    ) -> Option<C::Return> {
        let input = call.abi_encode();
        let told = self.world.host.logs().len();
        let outcome = self.world.raw(who.address(), contract, &input);
        let name = C::SIGNATURE.split('(').next().expect("a name");
        match (outcome, expected) {
            (Ok(output), Ok(())) => {
                *self.tally.done.entry(name).or_default() += 1;
                self.replay((who, contract), &input);
                Some(C::abi_decode_returns(&output).expect("the output has the ABI's form"))
            }
            (Err(Stop::Revert(data)), Err(refusal)) => {
                assert_eq!(
                    Refusal::from_revert(&data),
                    Some(refusal),
                    "{name} by {who:?}"
                );
                assert_eq!(
                    self.world.host.logs().len(),
                    told,
                    "it wrote before it refused"
                );
                *self.tally.refused.entry(refusal.name()).or_default() += 1;
                None
            }
            (outcome, expected) => {
                let got = match &outcome {
                    Err(Stop::Revert(data)) => Refusal::from_revert(data),
                    Err(Stop::Halt(_)) | Ok(_) => None,
                };
                panic!("{name} by {who:?}: expected {expected:?}, got {got:?} of {outcome:?}")
            }
        }
    }

    fn replay(&mut self, (who, contract): (Who, Address), input: &[u8]) {
        if self.dice.roll(8) != 0 {
            return;
        }
        let before = self.world.host.snapshot();
        let _refused_or_not = self.world.raw(who.address(), contract, input);
        assert!(
            self.world.host.snapshot() == before,
            "sent twice, it changed state"
        );
        self.tally.replays += 1;
    }

    pub(super) fn count_claims(&mut self, claims: u64) {
        self.tally.claims += claims;
    }

    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        for (name, count) in &other.done {
            *self.done.entry(name).or_default() += count;
        }
        for (name, count) in &other.refused {
            *self.refused.entry(name).or_default() += count;
        }
        self.replays += other.replays;
        self.claims += other.claims;
    }

    /// Whether every operation was done, and every refusal met that a walk can meet.
    pub(super) fn is_rich(&self) -> bool {
        let done = [
            "commission",
            "close",
            "dispense",
            "decommission",
            "undo",
            "contest",
            "flag",
            "clear",
            "record",
            "count",
            "explain",
            "prescribe",
            "fill",
            "cancel",
        ];
        let refused = [
            Refusal::KeyUsed,
            Refusal::KeyClosed,
            Refusal::NotSignedByKey,
            Refusal::AlreadyDispensed,
            Refusal::AlreadyDecommissioned,
            Refusal::PackFlagged,
            Refusal::PackReserved,
            Refusal::UndoTooLate,
            Refusal::SecretDiffers,
            Refusal::NotYourExit,
            Refusal::CustodyNotProven,
            Refusal::ExitByTheHolder,
            Refusal::NotConserved,
            Refusal::CountNotProven,
            Refusal::FillTaken,
            Refusal::QuantityNotConserved,
        ];
        done.iter().all(|name| self.done.contains_key(name))
            && refused
                .iter()
                .all(|refusal| self.refused.contains_key(refusal.name()))
            && self.replays > 0
            && self.claims > 0
    }
}
