//! From the line of a maker to the wholesalers: packs into cases, cases onto pallets, pallets on the road.

use super::{
    Act, Fraud, Item, PartyKind,
    lot::PlannedLot,
    wave::{Case, DAY, HOUR, MINUTE, Wave},
};

/// A pallet with its cases.
struct Pallet {
    item: Item,
    cases: Vec<Case>,
}

impl Wave<'_> {
    /// Makes a lot and brings it to wholesalers, pallet by pallet.
    pub(super) fn supply_wholesalers(&mut self, lot: &PlannedLot, time_ms: u64) {
        let counts = &self.parameters.counts;
        let per_case = counts.packs_per_case as usize;
        let per_pallet = per_case * counts.cases_per_pallet as usize;
        for (place, packs) in (0..).zip(lot.packs.chunks(per_pallet)) {
            let time_ms = time_ms + place * HOUR / 4;
            let commission = Act::Commission {
                lot: lot.lot,
                expiry: lot.expiry,
                packs: packs.to_vec(),
            };
            self.enter((time_ms, lot.maker), commission);
            let pallet = self.load((time_ms + 10 * MINUTE, lot.maker), packs.chunks(per_case));
            self.drive((time_ms + DAY, lot.maker), pallet);
        }
    }

    fn load<'a>(
        &mut self,
        (time_ms, maker): (u64, usize),
        packs: impl Iterator<Item = &'a [crate::gs1::pack_label::PackLabel]>,
    ) -> Pallet {
        let mut cases = Vec::new();
        for packs in packs {
            let unit = self.unit(maker);
            let items = packs.iter().copied().map(Item::Pack).collect();
            self.enter((time_ms, maker), Act::Pack { unit, items });
            let packs = packs.to_vec();
            cases.push(Case {
                unit,
                packs,
                time_ms,
            });
        }
        let unit = self.unit(maker);
        let items = cases.iter().map(|case| Item::Unit(case.unit)).collect();
        self.enter((time_ms + MINUTE, maker), Act::Pack { unit, items });
        let item = Item::Unit(unit);
        Pallet { item, cases }
    }

    /// Ships a pallet; on the road cases may be stolen, and at its end somebody else may take it in.
    fn drive(&mut self, (time_ms, maker): (u64, usize), mut pallet: Pallet) {
        let to = self.one_of(PartyKind::Wholesaler);
        let items = vec![pallet.item];
        let ship = Act::Ship {
            to,
            items: items.clone(),
        };
        self.enter((time_ms, maker), ship);
        let contents: Vec<_> = pallet
            .cases
            .iter()
            .map(|case| Item::Unit(case.unit))
            .collect();
        pallet.cases = self.robbed((time_ms + 4 * HOUR, maker), pallet.cases);
        let is_diverted = self.happens(self.parameters.rates.diversions);
        let taker = match is_diverted {
            true => self.other_than(to, PartyKind::Wholesaler),
            false => to,
        };
        let arrival = time_ms + self.random.between(DAY, 3 * DAY);
        let receive = Act::Receive { from: maker, items };
        self.enter_receipt((arrival, taker), receive, is_diverted);
        if let Item::Unit(unit) = pallet.item {
            let items = contents;
            self.enter((arrival + 2 * HOUR, taker), Act::Unpack { unit, items });
        }
        let arrived = pallet.cases.into_iter().map(|case| Case {
            time_ms: arrival + 2 * HOUR,
            ..case
        });
        self.stock.entry(taker).or_default().extend(arrived);
    }

    /// What is left of these cases; a part of what was stolen is offered to pharmacies.
    fn robbed(&mut self, (time_ms, party): (u64, usize), cases: Vec<Case>) -> Vec<Case> {
        let mut left = Vec::with_capacity(cases.len());
        for case in cases {
            if !self.happens(self.parameters.rates.thefts) {
                left.push(case);
                continue;
            }
            let mut items = vec![Item::Unit(case.unit)];
            items.extend(case.packs.iter().copied().map(Item::Pack));
            let vanish = Act::Vanish { items };
            self.enter_fraud((time_ms, party), vanish, Fraud::StolenInTransit);
            for pack in case.packs.iter().take(2) {
                let pharmacy = self.one_of(PartyKind::Pharmacy);
                let later = time_ms + self.random.between(5 * DAY, 40 * DAY);
                self.offer((later, pharmacy), *pack, Fraud::StolenOffered);
            }
        }
        left
    }
}
