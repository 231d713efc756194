//! A manufacturer makes a lot: serial numbers, labels, root, and the entry.

use std::{collections::BTreeSet, num::NonZero, ops::Range, thread};

use alloy_primitives::B256;
use theriac_contracts::packs::Trie;
use theriac_standards::gs1::{
    key::{Expiry, KeyError},
    serial_generator::SerialGenerator,
};

use super::{
    Error, Partner, Refusal,
    book::{KnownLot, NewPack, Paper},
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
        let packs = tagged(&labels);
        let key = self.book.next_key()?;
        let owner = self.book.owner().clone();
        let lot = |root| KnownLot {
            root,
            gtin: labels[0].gtin().to_owned(),
            lot: new.lot.to_owned(),
            expiry: new.expiry.to_owned(),
            organisation: owner.organisation,
            key,
        };
        let scene = Scene {
            gln: &owner.gln,
            now_ms: new.now_ms,
        };
        // The book writes the packs while another core makes root and event.
        let put = thread::scope(|scope| {
            let hashed = scope.spawn(|| (root(&packs), commissioning(&scene, &labels, &new)));
            self.book.put_lot((key, &packs), || {
                let (root, paper) = hashed.join().expect("hashing does not panic");
                (lot(root), paper)
            })
        });
        let (number, lot, paper) = put?;
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
        match &new.serials {
            Some(serials) => self.given_labels(new, serials),
            None => made_labels(new, count),
        }
    }

    fn given_labels(&self, new: &NewPacks<'_>, serials: &[String]) -> Result<Vec<Label>, Error> {
        let mut labels = Vec::with_capacity(serials.len());
        let mut seen = BTreeSet::new();
        for serial in serials {
            let label = Label::new(new.gtin, serial, new.lot, new.expiry).map_err(faulty)?;
            if self.book.has_serial(label.gtin(), serial)? || !seen.insert(serial) {
                return Err(Refusal::SerialTwice(serial.clone()).into());
            }
            labels.push(label);
        }
        Ok(labels)
    }
}

fn tagged(labels: &[Label]) -> Vec<NewPack> {
    let tagged = |label: &Label| NewPack {
        tag: label.tag(),
        label: *label,
    };
    in_parts(labels.len(), |part| {
        labels[part].iter().map(tagged).collect()
    })
}

fn root(packs: &[NewPack]) -> B256 {
    let tags: Vec<_> = packs.iter().map(|pack| pack.tag).collect();
    let trie = Trie::of(&tags);
    trie.expect("tags of different labels differ, and not in their last bits only")
        .root()
}

fn commissioning(scene: &Scene<'_>, labels: &[Label], new: &NewPacks<'_>) -> Paper {
    let expiry = last_day(&labels[0].values().expiry, new.now_ms);
    let epcs: Vec<_> = labels.iter().map(Label::epc).collect();
    events::paper(&events::commissioning(scene, &epcs, (new.lot, &expiry)))
}

/// Labels with serial numbers that cannot be guessed and, by their 80 bits, were not in use before.
fn made_labels(new: &NewPacks<'_>, count: usize) -> Result<Vec<Label>, Error> {
    let generator = SerialGenerator::new(random(), SERIAL_LENGTH, count as u64);
    let generator = generator.expect("a guess hits none of so few packs");
    let label = |counter: usize| {
        let serial = generator.serial(counter as u64);
        let serial = serial.expect("the counter is below the packs");
        Label::new(new.gtin, serial.as_str(), new.lot, new.expiry)
    };
    let labels = in_parts(count, |part| part.map(&label).collect());
    let labels: Result<_, _> = labels.into_iter().collect();
    Ok(labels.map_err(faulty)?)
}

fn faulty(error: KeyError) -> Refusal {
    Refusal::LabelFaulty {
        field: "label",
        error,
    }
}

/// Does something for all of `count` on as many cores as there are; the results are in order.
fn in_parts<T: Send>(count: usize, work: impl Fn(Range<usize>) -> Vec<T> + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let size = count.div_ceil(cores).max(1);
    thread::scope(|scope| {
        let starts = (0..count).step_by(size);
        let parts = starts.map(|first| {
            let work = &work;
            scope.spawn(move || work(first..count.min(first + size)))
        });
        // All are started before the first is waited for.
        let parts: Vec<_> = parts.collect();
        let joined = parts.into_iter().map(|part| part.join());
        let joined = joined.flat_map(|part| part.expect("making labels does not panic"));
        joined.collect()
    })
}

fn last_day(expiry: &Expiry, now_ms: u64) -> String {
    let day = expiry.last_day(super::clock::day(now_ms).year);
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}
