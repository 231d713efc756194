//! The packs of a lot.

use sha2::{Digest, Sha256};

use crate::gs1::{
    key::{Expiry, Lot, Serial},
    pack_label::PackLabel,
    serial_generator::{ALPHABET, SerialGenerator},
};

use super::{Parameters, Parties, PartyKind, Random};

/// Characters of a serial number: 70 bits.
const SERIAL_LENGTH: usize = 14;

/// A lot to be made.
pub(super) struct PlannedLot {
    pub(super) maker: usize,
    pub(super) lot: Lot,
    pub(super) expiry: Expiry,
    pub(super) packs: Vec<PackLabel>,
}

impl PlannedLot {
    /// The lot of this number, made in this year.
    pub(super) fn new(
        (parameters, parties): (&Parameters, &Parties),
        number: u64,
        year: u64,
    ) -> Self {
        let mut random = Random::new(parameters.seed, number ^ u64::MAX);
        let maker = *random.pick(&parties.of(PartyKind::Maker));
        let gtin = parties.at(maker).product(random.below(u64::MAX));
        let (lot, expiry) = (lot_number(&mut random, number), expiry(&mut random, year));
        let packs = parameters.counts.packs;
        let generator = SerialGenerator::new(key(parameters.seed, number), SERIAL_LENGTH, packs)
            .expect("70 bits are enough for a lot");
        let pack = |counter| PackLabel {
            gtin,
            serial: generator
                .serial(counter)
                .expect("the counter is below the packs"),
            lot,
            expiry,
        };
        Self {
            maker,
            lot,
            expiry,
            packs: (0..packs).map(pack).collect(),
        }
    }
}

/// A serial number as a forger makes it up.
pub(super) fn guessed(random: &mut Random) -> Serial {
    let letters = (0..SERIAL_LENGTH).map(|_| char::from(*random.pick(ALPHABET)));
    Serial::parse(&letters.collect::<String>()).expect("the alphabet is of character set 82")
}

/// A label with other values than the pack was made with.
pub(super) fn relabelled(pack: PackLabel, random: &mut Random) -> (PackLabel, bool) {
    let is_lot = random.below(2) == 0;
    let changed = match is_lot {
        true => PackLabel {
            lot: lot_number(random, 99_999),
            ..pack
        },
        false => PackLabel {
            expiry: later(&pack.expiry),
            ..pack
        },
    };
    (changed, is_lot)
}

fn lot_number(random: &mut Random, number: u64) -> Lot {
    let mut letter = |first: u8| char::from(first + random.below(26) as u8);
    let (first, second, last) = (letter(b'A'), letter(b'A'), letter(b'a'));
    Lot::parse(&format!("{first}{second}{number:05}{last}")).expect("letters and digits")
}

/// Two to four years on; one in five names no day.
fn expiry(random: &mut Random, year: u64) -> Expiry {
    let (year, month) = (year + random.between(2, 4), random.between(1, 12));
    let day = match random.below(5) {
        0 => 0,
        _ => random.between(1, 28),
    };
    let digits = format!("{:02}{month:02}{day:02}", year % 100);
    Expiry::parse(&digits).expect("every month has 28 days")
}

/// The same day two years on; 28 is a day of every month.
fn later(expiry: &Expiry) -> Expiry {
    let (year, rest) = expiry.as_str().split_at(2);
    let year: u32 = year.parse().expect("two digits");
    let rest = rest.replace("0229", "0228");
    Expiry::parse(&format!("{:02}{rest}", (year + 2) % 100)).expect("a day of every year")
}

fn key(seed: u64, number: u64) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"theriac/supply/serials")
        .chain_update(seed.to_be_bytes())
        .chain_update(number.to_be_bytes())
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_expiry_is_a_later_day_that_exists() {
        for (from, to) in [("280229", "300228"), ("991200", "011200")] {
            assert_eq!(later(&Expiry::parse(from).unwrap()).as_str(), to);
        }
    }
}
