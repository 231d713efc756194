//! What people do with cabinets and prescriptions, and a plain account of it.

use std::collections::BTreeMap;

use alloy_primitives::B256;

use super::network::Network;
use crate::{
    Refusal,
    addresses::{CABINETS, PRESCRIPTIONS},
    interfaces::{
        ICabinets::{
            balancesCall, countCall, explainCall, openCall, openDiscrepanciesCall, recordCall,
        },
        IPrescriptions::{cancelCall, prescribeCall},
    },
    testing::{
        CABINET, ITEM, OneTime, Opened, Who, World, filling, movement, prescription, recording,
        witness,
    },
};

/// Keys of prescriptions, apart from those of packs.
const KEYS_FROM: u64 = 1 << 40;

/// A prescription by the amounts that only its people know.
#[derive(Clone, Debug)]
struct Course {
    whole: Opened,
    left: Opened,
    dispensed: Opened,
    fills_left: u8,
    until_ms: u64,
    cancelled: bool,
}

/// The account of one cabinet and of all prescriptions.
#[derive(Clone, Debug, Default)]
pub(super) struct Medicines {
    sums: Vec<Opened>,
    entries: u64,
    /// Whether each discrepancy is open.
    discrepancies: Vec<bool>,
    courses: Vec<Course>,
    /// The course of each key, and whether the key is spent.
    keys: BTreeMap<u64, (usize, bool)>,
    numbers: u64,
}

impl Medicines {
    /// The pharmacy opens its cabinet.
    pub(super) fn begin(world: &mut World) -> Self {
        let call = openCall {
            cabinet: CABINET,
            auditor: 9,
        };
        world.ok(Who::Pharmacist, CABINETS, &call);
        Self {
            sums: vec![Opened::NOTHING; 6],
            ..Self::default()
        }
    }

    /// Numbers that no blinding had before.
    fn numbers(&mut self) -> u64 {
        self.numbers += 10;
        self.numbers
    }

    fn next_key(&self) -> u64 {
        KEYS_FROM + self.keys.len() as u64
    }
}

impl Network {
    pub(super) fn move_item(&mut self) {
        let number = self.medicines.numbers();
        let share = |dice: &mut crate::testing::Dice| dice.roll(40) as i64 - 10;
        let shares = [(); 5].map(|()| share(&mut self.dice));
        let mut amounts = movement(shares, number);
        let who = self.dice.pick(&[
            Who::Gateway,
            Who::Gateway,
            Who::Pharmacist,
            Who::OtherPharmacist,
        ]);
        let conserved = self.dice.roll(6) != 0;
        if !conserved {
            amounts[self.dice.roll(6) as usize].amount += 1;
        }
        let expected = match (who, conserved) {
            (Who::OtherPharmacist, _) => Err(Refusal::NotYourCabinet),
            (_, false) => Err(Refusal::NotConserved),
            (_, true) => Ok(()),
        };
        let call: recordCall = recording(&amounts);
        self.send((who, CABINETS), &call, expected);
        if expected.is_ok() {
            self.medicines.entries += 1;
            for (sum, amount) in self.medicines.sums.iter_mut().zip(amounts) {
                *sum = sum.plus(amount);
            }
        }
    }

    pub(super) fn count_item(&mut self) {
        if self.medicines.entries == 0 {
            return;
        }
        if self.dice.roll(3) == 0 {
            return self.explain();
        }
        let stock = self.medicines.sums[1];
        let differs = self.dice.roll(3) == 0;
        let mut counted = Opened::new(stock.amount, self.medicines.numbers());
        counted.amount -= i64::from(differs);
        // Who says that a count differs gives no blinding, whether or not it does.
        let says_equal = self.dice.roll(3) != 0;
        let blinding = match says_equal {
            true => (stock.blinding - counted.blinding).encode(),
            false => B256::ZERO,
        };
        let number = self.medicines.entries - u64::from(self.dice.roll(8) == 0);
        let encoded = counted.encode();
        let call = countCall {
            cabinet: CABINET,
            item: ITEM,
            counted: encoded,
            blinding,
            witness: Who::SecondPharmacist.address(),
            signature: witness(Who::SecondPharmacist, encoded, number),
        };
        let expected = match (number == self.medicines.entries, says_equal && differs) {
            (false, _) => Err(Refusal::NotSignedByWitness),
            (true, true) => Err(Refusal::CountNotProven),
            (true, false) => Ok(()),
        };
        if let Some(done) = self.send((Who::Manager, CABINETS), &call, expected) {
            self.medicines.entries += 1;
            assert_eq!(done.equal, says_equal);
            if !says_equal {
                assert_eq!(done.discrepancy, self.medicines.discrepancies.len() as u64);
                self.medicines.discrepancies.push(true);
            }
        }
    }

    fn explain(&mut self) {
        let discrepancy = self
            .dice
            .roll(self.medicines.discrepancies.len() as u64 + 1);
        let who = self.dice.pick(&[
            Who::Manager,
            Who::Pharmacist,
            Who::SecondPharmacist,
            Who::Pharmacy,
        ]);
        let call = explainCall {
            discrepancy,
            outcome: self.dice.roll(4) as u8 + 1,
            document: B256::repeat_byte(1),
        };
        let found = self.medicines.discrepancies.get_mut(discrepancy as usize);
        let expected = match (found, who) {
            (None, _) => Err(Refusal::DiscrepancyUnknown),
            (Some(_), Who::Manager | Who::SecondPharmacist) => Err(Refusal::OwnDiscrepancy),
            (Some(false), _) => Err(Refusal::ExplainedAlready),
            (Some(open), _) => {
                *open = false;
                Ok(())
            }
        };
        self.send((who, CABINETS), &call, expected);
    }

    pub(super) fn prescriptions(&mut self) {
        match self.dice.roll(8) {
            0 | 1 => self.prescribe(),
            2 => self.cancel(),
            _ => self.fill(),
        }
    }

    fn prescribe(&mut self) {
        let number = self.medicines.numbers();
        let whole = Opened::new(self.dice.roll(90) as i64 + 10, number);
        let key = self.prescription_key();
        let seconds = self.world.host.time_ms / 1_000;
        let call = prescribeCall {
            key: OneTime(key).address(),
            fills: self.dice.roll(4) as u8 + 1,
            quantity: whole.encode(),
            from: seconds,
            until: seconds + 200_000,
            ..prescription()
        };
        let expected = match self.medicines.keys.contains_key(&key) {
            true => Err(Refusal::KeyUsed),
            false => Ok(()),
        };
        self.send((Who::Physician, PRESCRIPTIONS), &call, expected);
        if expected.is_ok() {
            self.medicines
                .keys
                .insert(key, (self.medicines.courses.len(), false));
            self.medicines.courses.push(Course {
                whole,
                left: whole,
                dispensed: Opened::NOTHING,
                fills_left: call.fills,
                until_ms: call.until * 1_000,
                cancelled: false,
            });
        }
    }

    /// A key of a prescription: mostly a fresh one.
    fn prescription_key(&mut self) -> u64 {
        let next = self.medicines.next_key();
        match self.dice.roll(8) {
            0 => KEYS_FROM + self.dice.roll(next - KEYS_FROM + 1),
            _ => next,
        }
    }

    fn fill(&mut self) {
        let keys = self.medicines.keys.len() as u64;
        let key = KEYS_FROM + keys.saturating_sub(self.dice.roll(keys.min(6) + 1));
        let next = (self.dice.roll(4) != 0).then(|| self.prescription_key());
        let number = self.medicines.numbers();
        let found = self.medicines.keys.get(&key).copied();
        let before = found.map(|(course, _)| self.medicines.courses[course].left);
        let dispensed = Opened::new(self.dice.roll(20) as i64, number);
        let mut left = before.unwrap_or(Opened::NOTHING).minus(dispensed);
        let conserved = self.dice.roll(6) != 0;
        left.amount += i64::from(!conserved);
        let who = self.dice.pick(&[Who::Pharmacist, Who::OtherPharmacist]);
        let next_key = next.map(OneTime);
        let call = filling(who, (OneTime(key), next_key), (dispensed, left));
        let expected = self.filled(key, next, conserved);
        self.send((who, PRESCRIPTIONS), &call, expected);
        if let (Ok(()), Some((course, _))) = (expected, found) {
            self.medicines.keys.insert(key, (course, true));
            if let Some(next) = next {
                self.medicines.keys.insert(next, (course, false));
            }
            let course = &mut self.medicines.courses[course];
            (course.left, course.dispensed) = (left, course.dispensed.plus(dispensed));
            course.fills_left -= 1;
        }
    }

    /// What the account says of a fill.
    fn filled(&self, key: u64, next: Option<u64>, conserved: bool) -> Result<(), Refusal> {
        let keys = &self.medicines.keys;
        let (course, spent) = *keys.get(&key).ok_or(Refusal::PrescriptionUnknown)?;
        let course = &self.medicines.courses[course];
        if spent {
            return Err(Refusal::FillTaken);
        }
        if course.cancelled {
            return Err(Refusal::PrescriptionCancelled);
        }
        if self.world.host.time_ms >= course.until_ms {
            return Err(Refusal::PrescriptionExpired);
        }
        match (course.fills_left > 1, next) {
            (true, None) => return Err(Refusal::KeyMissing),
            (false, Some(_)) => return Err(Refusal::NextNotNeeded),
            (true, Some(next)) if keys.contains_key(&next) => return Err(Refusal::KeyUsed),
            (true, Some(_)) | (false, None) => {}
        }
        match conserved {
            true => Ok(()),
            false => Err(Refusal::QuantityNotConserved),
        }
    }

    fn cancel(&mut self) {
        let key = KEYS_FROM + self.dice.roll(self.medicines.keys.len() as u64 + 1);
        let call = cancelCall {
            key: OneTime(key).address(),
        };
        let time_ms = self.world.host.time_ms;
        let found = self.medicines.keys.get(&key);
        let course = found.map(|(course, _)| &mut self.medicines.courses[*course]);
        let expected = match course {
            None => Err(Refusal::PrescriptionUnknown),
            Some(course) if course.cancelled => Err(Refusal::PrescriptionCancelled),
            Some(course) if course.fills_left == 0 => Err(Refusal::PrescriptionFilled),
            Some(course) if time_ms >= course.until_ms => Err(Refusal::PrescriptionExpired),
            Some(course) => {
                course.cancelled = true;
                Ok(())
            }
        };
        self.send((Who::Clinic, PRESCRIPTIONS), &call, expected);
    }

    pub(super) fn audit_medicines(&mut self) {
        let amounts: Vec<_> = self.medicines.sums.iter().map(|sum| sum.amount).collect();
        assert_eq!(amounts[0], amounts[1..].iter().sum::<i64>(), "conserved");
        let call = balancesCall {
            cabinet: CABINET,
            item: ITEM,
        };
        let found = self.world.ok(Who::Regulator, CABINETS, &call);
        let encoded: Vec<_> = self.medicines.sums.iter().map(Opened::encode).collect();
        assert_eq!(found.entries, self.medicines.entries);
        let told = [
            found.received,
            found.stock,
            found.dispensed,
            found.wasted,
            found.returned,
            found.lost,
        ];
        assert_eq!(told.to_vec(), encoded);
        let list = openDiscrepanciesCall {
            organisation: 7,
            from: 0,
            limit: 1,
        };
        let open = self.world.ok(Who::Pharmacist, CABINETS, &list).total;
        let expected = self.medicines.discrepancies.iter().filter(|open| **open);
        assert_eq!(open, expected.count() as u64);
        for course in &self.medicines.courses {
            let made_up = course.left.plus(course.dispensed);
            assert_eq!(made_up, course.whole, "conserved");
        }
    }
}
