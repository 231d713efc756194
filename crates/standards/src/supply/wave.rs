//! A few lots that go through the trade together.

use std::{collections::BTreeMap, ops::Range};

use crate::gs1::{key::Sscc, pack_label::PackLabel};

use super::{
    Act, Fraud, Parameters, Parties, PartyKind, Random, Rate, Step, document::text_of,
    lot::PlannedLot,
};

pub(super) const MINUTE: u64 = 60_000;
pub(super) const HOUR: u64 = 60 * MINUTE;
pub(super) const DAY: u64 = 24 * HOUR;
/// From the start of one wave to that of the next.
const BETWEEN_WAVES: u64 = 6 * HOUR;
/// Logistic units that one wave may number.
const UNITS_PER_WAVE: u64 = 200_000;

/// The plan of a wave, as far as it is made.
pub(super) struct Wave<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) parties: &'a Parties,
    pub(super) random: Random,
    /// Cases that arrived, by wholesaler.
    pub(super) stock: BTreeMap<usize, Vec<Case>>,
    start_ms: u64,
    units: u64,
    steps: Vec<Step>,
}

/// A case with what is in it.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) unit: Sscc,
    pub(super) packs: Vec<PackLabel>,
    /// When it is where it is.
    pub(super) time_ms: u64,
}

impl<'a> Wave<'a> {
    pub(super) fn new(parameters: &'a Parameters, parties: &'a Parties, number: u64) -> Self {
        Self {
            parameters,
            parties,
            random: Random::new(parameters.seed, number),
            stock: BTreeMap::new(),
            start_ms: parameters.start_ms + number * BETWEEN_WAVES,
            units: number * UNITS_PER_WAVE,
            steps: Vec::new(),
        }
    }

    /// All steps of these lots, in the order in which they were planned.
    pub(super) fn steps(mut self, lots: Range<u64>) -> Vec<Step> {
        let year = text_of(self.start_ms)[..4]
            .parse()
            .expect("a year of four digits");
        for number in lots {
            let lot = PlannedLot::new((self.parameters, self.parties), number, year);
            let time_ms = self.start_ms + self.random.below(BETWEEN_WAVES);
            self.supply_wholesalers(&lot, time_ms);
        }
        self.supply_patients();
        self.steps
    }

    /// A step that is as the papers say.
    pub(super) fn enter(&mut self, (time_ms, party): (u64, usize), act: Act) {
        self.enter_as((time_ms, time_ms), party, (act, None));
    }

    /// A step with something wrong.
    pub(super) fn enter_fraud(&mut self, (time_ms, party): (u64, usize), act: Act, fraud: Fraud) {
        self.enter_as((time_ms, time_ms), party, (act, Some(fraud)));
    }

    /// A receipt, whose paper may say another time, at a party that may not be the addressee.
    pub(super) fn enter_receipt(
        &mut self,
        (time_ms, party): (u64, usize),
        act: Act,
        is_diverted: bool,
    ) {
        let is_back_dated = self.random.happens(self.parameters.rates.back_dated);
        let back = self.random.between(3 * DAY, 20 * DAY);
        let (stated_ms, fraud) = match (is_diverted, is_back_dated) {
            (true, _) => (time_ms, Some(Fraud::Diverted)),
            (false, true) => (time_ms.saturating_sub(back), Some(Fraud::BackDated)),
            (false, false) => (time_ms, None),
        };
        self.enter_as((time_ms, stated_ms), party, (act, fraud));
    }

    fn enter_as(
        &mut self,
        (time_ms, stated_ms): (u64, u64),
        party: usize,
        (act, fraud): (Act, Option<Fraud>),
    ) {
        self.steps.push(Step {
            number: 0,
            time_ms,
            stated_ms,
            party,
            act,
            fraud,
        });
    }

    /// A fresh unit of a party.
    pub(super) fn unit(&mut self, party: usize) -> Sscc {
        self.units += 1;
        self.parties.at(party).unit(self.units)
    }

    /// A party of this kind.
    pub(super) fn one_of(&mut self, kind: PartyKind) -> usize {
        *self.random.pick(&self.parties.of(kind))
    }

    /// A party of this kind, and not this one.
    pub(super) fn other_than(&mut self, party: usize, kind: PartyKind) -> usize {
        let mut others = self.parties.of(kind);
        others.retain(|other| *other != party);
        *self.random.pick(&others)
    }

    pub(super) fn happens(&mut self, rate: Rate) -> bool {
        self.random.happens(rate)
    }
}
