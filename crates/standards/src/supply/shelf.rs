//! What becomes of a pack where it is dispensed.

use crate::gs1::pack_label::PackLabel;

use super::{
    Act, Fault, Fraud, Item, PartyKind, Reading,
    lot::{guessed, relabelled},
    wave::{DAY, HOUR, MINUTE, Wave},
};

/// What becomes of a pack.
enum Fate {
    Stolen,
    Destroyed,
    Kept,
    Returned,
    Sold,
}

impl Wave<'_> {
    /// A pack on the shelf of a party, whose wholesaler takes it back.
    pub(super) fn shelve(
        &mut self,
        (time_ms, party): (u64, usize),
        pack: PackLabel,
        wholesaler: usize,
    ) {
        let later = time_ms + self.random.between(DAY, 60 * DAY);
        match self.fate() {
            Fate::Stolen => self.steal((later, party), pack),
            Fate::Destroyed => {
                self.scan((later, party), pack);
                self.enter((later + MINUTE, party), Act::Destroy { pack });
            }
            Fate::Kept => {}
            Fate::Returned => self.give_back((later, party), pack, wholesaler),
            Fate::Sold => self.sell((later, party), pack),
        }
        self.forge((time_ms, party), pack);
    }

    fn fate(&mut self) -> Fate {
        let rates = &self.parameters.rates;
        let (stolen, destroyed) = (rates.thefts, rates.destroyed);
        let (kept, returned) = (rates.kept, rates.returns);
        if self.happens(stolen) {
            Fate::Stolen
        } else if self.happens(destroyed) {
            Fate::Destroyed
        } else if self.happens(kept) {
            Fate::Kept
        } else if self.happens(returned) {
            Fate::Returned
        } else {
            Fate::Sold
        }
    }

    fn scan(&mut self, (time_ms, party): (u64, usize), pack: PackLabel) {
        let faults = self.parameters.rates.faults;
        let reading = Reading::of(&pack, &mut self.random, faults);
        let is_repeated = reading.fault == Some(Fault::Repeated);
        let once = Reading {
            fault: None,
            ..reading.clone()
        };
        if is_repeated {
            let reading = once;
            self.enter((time_ms, party), Act::Scan { pack, reading });
        }
        self.enter((time_ms, party), Act::Scan { pack, reading });
    }

    fn sell(&mut self, (time_ms, party): (u64, usize), pack: PackLabel) {
        let (printed, fraud) = match self.happens(self.parameters.rates.relabelled) {
            true => {
                let (printed, is_lot) = relabelled(pack, &mut self.random);
                let fraud = match is_lot {
                    true => Fraud::RelabelledLot,
                    false => Fraud::AlteredExpiry,
                };
                (printed, Some(fraud))
            }
            false => (pack, None),
        };
        self.scan((time_ms, party), printed);
        let dispense = Act::Dispense { pack: printed };
        match fraud {
            Some(fraud) => self.enter_fraud((time_ms + MINUTE, party), dispense, fraud),
            None => self.enter((time_ms + MINUTE, party), dispense),
        }
        if fraud.is_none() && self.happens(self.parameters.rates.undone) {
            let undone = time_ms + self.random.between(HOUR, 5 * DAY);
            self.enter((undone, party), Act::Undo { pack });
            let again = undone + self.random.between(HOUR, 20 * DAY);
            self.scan((again, party), pack);
            self.enter((again + MINUTE, party), Act::Dispense { pack });
        }
    }

    /// Back to the wholesaler, and from there to another pharmacy.
    fn give_back(&mut self, (time_ms, party): (u64, usize), pack: PackLabel, wholesaler: usize) {
        self.scan((time_ms, party), pack);
        let items = vec![Item::Pack(pack)];
        let back = self.send((time_ms + HOUR, party), wholesaler, items.clone());
        self.scan((back + HOUR, wholesaler), pack);
        let pharmacy = self.other_than(party, PartyKind::Pharmacy);
        let there = self.send((back + DAY, wholesaler), pharmacy, items);
        let sold = there + self.random.between(HOUR, 30 * DAY);
        self.sell((sold, pharmacy), pack);
    }

    fn steal(&mut self, (time_ms, party): (u64, usize), pack: PackLabel) {
        let items = vec![Item::Pack(pack)];
        self.enter_fraud(
            (time_ms, party),
            Act::Vanish { items },
            Fraud::StolenFromShelf,
        );
        if self.random.below(2) == 0 {
            let pharmacy = self.other_than(party, PartyKind::Pharmacy);
            let later = time_ms + self.random.between(DAY, 20 * DAY);
            self.offer((later, pharmacy), pack, Fraud::StolenOffered);
        }
    }

    /// Copies of a pack, and packs that were made up after it.
    fn forge(&mut self, (time_ms, party): (u64, usize), pack: PackLabel) {
        if self.happens(self.parameters.rates.clones) {
            let pharmacy = self.other_than(party, PartyKind::Pharmacy);
            let later = time_ms + self.random.between(DAY, 60 * DAY);
            self.offer((later, pharmacy), pack, Fraud::Clone);
        }
        if self.happens(self.parameters.rates.guesses) {
            let serial = guessed(&mut self.random);
            let later = time_ms + self.random.between(DAY, 60 * DAY);
            let made_up = PackLabel { serial, ..pack };
            self.offer((later, party), made_up, Fraud::GuessedSerial);
        }
    }

    /// A pack without a way is offered, scanned and dispensed by whoever does not see it.
    pub(super) fn offer(&mut self, (time_ms, party): (u64, usize), pack: PackLabel, fraud: Fraud) {
        self.scan((time_ms, party), pack);
        self.enter_fraud((time_ms + MINUTE, party), Act::Dispense { pack }, fraud);
    }
}
