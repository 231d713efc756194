//! From wholesalers to those who dispense: whole cases to hospitals, totes to pharmacies.

use crate::gs1::pack_label::PackLabel;

use super::{
    Act, Fraud, Item, PartyKind,
    wave::{Case, DAY, HOUR, MINUTE, Wave},
};

impl Wave<'_> {
    /// Brings all that arrived at wholesalers to those who dispense it.
    pub(super) fn supply_patients(&mut self) {
        for (wholesaler, cases) in std::mem::take(&mut self.stock) {
            let mut pool = Vec::new();
            let mut ready_ms = 0;
            for case in cases {
                match self.happens(self.parameters.rates.whole_cases) {
                    true => self.supply_hospital(wholesaler, case),
                    false => {
                        ready_ms = ready_ms.max(case.time_ms);
                        pool.extend(self.open((case.time_ms + HOUR, wholesaler), &case));
                    }
                }
            }
            self.pick_totes((ready_ms + DAY, wholesaler), pool);
        }
    }

    fn open(&mut self, at: (u64, usize), case: &Case) -> Vec<PackLabel> {
        let items = case.packs.iter().copied().map(Item::Pack).collect();
        let unit = case.unit;
        self.enter(at, Act::Unpack { unit, items });
        case.packs.clone()
    }

    fn supply_hospital(&mut self, wholesaler: usize, case: Case) {
        let hospital = self.one_of(PartyKind::Hospital);
        let (ship_ms, items) = (case.time_ms + DAY, vec![Item::Unit(case.unit)]);
        let arrival = self.send((ship_ms, wholesaler), hospital, items);
        for pack in self.open((arrival + HOUR, hospital), &case) {
            self.shelve((arrival + 2 * HOUR, hospital), pack, wholesaler);
        }
    }

    /// Totes of what lies together, or of whatever was ordered: the lots of a wave mix there.
    fn pick_totes(&mut self, (time_ms, wholesaler): (u64, usize), mut pool: Vec<PackLabel>) {
        let size = self.parameters.counts.packs_per_tote as usize;
        let mut tote_ms = time_ms;
        while !pool.is_empty() {
            let is_mixed = self.happens(self.parameters.rates.mixed);
            let mut packs = Vec::with_capacity(size);
            while packs.len() < size && !pool.is_empty() {
                let place = match is_mixed {
                    true => self.random.place(pool.len()),
                    false => pool.len() - 1,
                };
                packs.push(pool.swap_remove(place));
            }
            self.supply_pharmacy((tote_ms, wholesaler), packs);
            tote_ms += 2 * MINUTE;
        }
    }

    fn supply_pharmacy(&mut self, (time_ms, wholesaler): (u64, usize), packs: Vec<PackLabel>) {
        let pharmacy = self.one_of(PartyKind::Pharmacy);
        let unit = self.unit(wholesaler);
        let rates = &self.parameters.rates;
        let (unannounced, ghosts) = (rates.unannounced, rates.ghosts);
        let hidden = usize::from(packs.len() > 1 && self.happens(unannounced));
        let items: Vec<_> = packs[hidden..].iter().copied().map(Item::Pack).collect();
        let contents = items.clone();
        self.enter((time_ms, wholesaler), Act::Pack { unit, items });
        if self.happens(ghosts) {
            self.sell_papers((time_ms + HOUR, wholesaler), pharmacy, contents.clone());
        }
        let arrival = self.send(
            (time_ms + HOUR, wholesaler),
            pharmacy,
            vec![Item::Unit(unit)],
        );
        let unpack = Act::Unpack {
            unit,
            items: contents,
        };
        self.enter((arrival + HOUR, pharmacy), unpack);
        for pack in packs.iter().take(hidden) {
            self.offer((arrival + HOUR, pharmacy), *pack, Fraud::Unannounced);
        }
        for pack in &packs[hidden..] {
            self.shelve((arrival + 2 * HOUR, pharmacy), *pack, wholesaler);
        }
    }

    /// The papers of a tote, to another pharmacy: data without product.
    fn sell_papers(&mut self, at: (u64, usize), pharmacy: usize, items: Vec<Item>) {
        let (time_ms, wholesaler) = at;
        let to = self.other_than(pharmacy, PartyKind::Pharmacy);
        let unit = self.unit(wholesaler);
        let pack = Act::Pack { unit, items };
        let items = vec![Item::Unit(unit)];
        let ship = Act::Ship {
            to,
            items: items.clone(),
        };
        let from = wholesaler;
        let ghost = Fraud::GhostShipment;
        self.enter_fraud(at, pack, ghost);
        self.enter_fraud((time_ms + MINUTE, wholesaler), ship, ghost);
        self.enter_fraud((time_ms + DAY, to), Act::Receive { from, items }, ghost);
    }

    /// Ships and receives; when it arrived.
    pub(super) fn send(
        &mut self,
        (time_ms, from): (u64, usize),
        to: usize,
        items: Vec<Item>,
    ) -> u64 {
        let ship = Act::Ship {
            to,
            items: items.clone(),
        };
        self.enter((time_ms, from), ship);
        let arrival = time_ms + self.random.between(4 * HOUR, 30 * HOUR);
        self.enter_receipt((arrival, to), Act::Receive { from, items }, false);
        arrival
    }
}
