//! A manufacturer makes a lot: serial numbers, labels, root, and the entry.

use std::collections::BTreeSet;

use alloy_primitives::B256;
use theriac_contracts::packs::Trie;
use theriac_standards::gs1::{key::Expiry, serial_generator::SerialGenerator};

use super::{
    Error, Partner, Refusal,
    book::{KnownLot, Pack, PackState},
    events::{self, Scene},
    label::Label,
    random,
};

/// Packs of one lot at most.
pub const MAX_LOT: usize = 100_000;
/// Characters of a serial number that is made: 80 bits.
const SERIAL_LENGTH: usize = 16;

/// A lot to be made.
#[derive(Clone, Debug)]
pub struct NewPacks<'a> {
    /// The product: a GTIN.
    pub gtin: &'a str,
    /// The lot's number.
    pub lot: &'a str,
    /// YYMMDD, with 00 for no day.
    pub expiry: &'a str,
    /// How many packs, where their serial numbers are to be made.
    pub count: usize,
    /// The serial numbers, where they are given.
    pub serials: Option<Vec<String>>,
    /// Unix milliseconds.
    pub now_ms: u64,
}

/// A lot that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeLot {
    /// The lot.
    pub lot: KnownLot,
    /// Its packs.
    pub labels: Vec<Label>,
    /// The salted commitment to the commissioning event.
    pub document: B256,
}

impl Partner {
    /// Makes a lot and enters it.
    ///
    /// # Errors
    /// `Refused` by own rules or the ledger; those of book and ledger. What is in the book and not on the ledger is sent by
    /// [`Partner::settle_all`].
    pub async fn commission(&mut self, new: NewPacks<'_>) -> Result<MadeLot, Error> {
        let labels = self.labels(&new)?;
        let tags: Vec<_> = labels.iter().map(Label::tag).collect();
        let trie = Trie::of(&tags)
            .expect("tags of different labels differ, and not in their last bits only");
        let key = self.book.next_key()?;
        let lot = KnownLot {
            root: trie.root(),
            gtin: labels[0].gtin().to_owned(),
            lot: new.lot.to_owned(),
            expiry: new.expiry.to_owned(),
            organisation: self.book.owner().organisation,
            key,
        };
        let packs: Vec<_> = labels
            .iter()
            .zip(&tags)
            .map(|(label, tag)| made(*label, *tag, &lot))
            .collect();
        let scene = Scene {
            gln: &self.book.owner().gln,
            now_ms: new.now_ms,
        };
        let epcs: Vec<_> = labels.iter().map(Label::epc).collect();
        let expiry = last_day(&labels[0].values().expiry, new.now_ms);
        let paper = events::paper(&events::commissioning(&scene, &epcs, (new.lot, &expiry)));
        let number = self.book.put_lot(&lot, &packs, &paper)?;
        self.settle_these(&[number]).await?;
        Ok(MadeLot {
            lot,
            labels,
            document: paper.commitment,
        })
    }

    fn labels(&self, new: &NewPacks<'_>) -> Result<Vec<Label>, Error> {
        let count = new.serials.as_ref().map_or(new.count, Vec::len);
        if !(1..=MAX_LOT).contains(&count) {
            return Err(Refusal::PackCount {
                got: count,
                most: MAX_LOT,
            }
            .into());
        }
        let made = made_serials(new, count);
        let faulty = |error| Refusal::LabelFaulty {
            field: "label",
            error,
        };
        let mut labels = Vec::with_capacity(count);
        let mut serials = BTreeSet::new();
        for serial in new.serials.clone().unwrap_or(made) {
            let label = Label::new(new.gtin, &serial, new.lot, new.expiry).map_err(faulty)?;
            let is_known = !self.book.packs_by_serial(label.gtin(), &serial)?.is_empty();
            if is_known || !serials.insert(serial.clone()) {
                return Err(Refusal::SerialTwice(serial).into());
            }
            labels.push(label);
        }
        Ok(labels)
    }
}

/// Serial numbers that cannot be guessed, where none are given.
fn made_serials(new: &NewPacks<'_>, count: usize) -> Vec<String> {
    if new.serials.is_some() {
        return Vec::new();
    }
    let generator = SerialGenerator::new(random(), SERIAL_LENGTH, count as u64);
    let generator = generator.expect("a guess hits none of so few packs");
    let serials = (0..count as u64).map(|counter| generator.serial(counter));
    let serials = serials.map(|serial| serial.expect("the counter is below the packs"));
    serials.map(|serial| serial.as_str().to_owned()).collect()
}

fn made(label: Label, tag: B256, lot: &KnownLot) -> Pack {
    Pack {
        tag,
        label,
        root: lot.root,
        membership: None,
        key: lot.key,
        state: PackState::Made,
        sscc: None,
        exits: 0,
        kind: 0,
        left_ms: 0,
    }
}

fn last_day(expiry: &Expiry, now_ms: u64) -> String {
    let day = expiry.last_day(super::clock::day(now_ms).year);
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}
