//! Packs go to a partner: keys are closed, and a package tells the partner what it has from then on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use alloy_primitives::{Address, B256};
use theriac_contracts::packs::Trie;

use super::{
    Error, Partner, Refusal,
    book::{BookError, HandOver, Pack, Paper, Selection, Shipment, StealthKey},
    card::Card,
    events::{self, Delivery, Scene},
    keys::hand_over_to,
    package::{Content, KeyLine, LotLine, MAX_PACKS, Package, Sender},
    random,
};

/// Tries of lots that are kept.
const TRIES: usize = 2;

/// A shipment to be made.
#[derive(Clone, Debug)]
pub struct NewShipment<'a> {
    /// To whom.
    pub to: &'a Card,
    /// Which packs.
    pub selection: Selection,
    /// The logistic unit into which they go, where that is new: an SSCC.
    pub into: Option<String>,
    /// Numbers of business papers.
    pub papers: Papers,
    /// Where the package goes; a file that is there is not overwritten.
    pub file: &'a Path,
    /// Unix milliseconds.
    pub now_ms: u64,
}

/// A shipment, the receiver's keys, the hand-overs and the events.
type Plan = (Shipment, Vec<StealthKey>, Vec<HandOver>, Vec<Paper>);

/// Numbers of business papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// Of the despatch advice.
    pub despatch_advice: Option<String>,
    /// Of the order.
    pub order: Option<String>,
    /// Of the invoice.
    pub invoice: Option<String>,
}

impl NewShipment<'_> {
    /// The unit in which the packs travel: a new one, or that in which they are.
    fn unit(&self) -> Option<&String> {
        match (&self.into, &self.selection) {
            (Some(sscc), _) | (None, Selection::Unit(sscc)) => Some(sscc),
            (None, Selection::All | Selection::OfLot { .. } | Selection::Tags(_)) => None,
        }
    }
}

/// A shipment that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// Its identifier.
    pub shipment: B256,
    /// How many packs.
    pub packs: usize,
    /// How many entries closed keys.
    pub hand_overs: usize,
    /// The package.
    pub file: PathBuf,
}

impl Partner {
    /// Ships packs, and writes the package when all entries are final.
    ///
    /// # Errors
    /// `Refused` by own rules or the ledger; those of book, ledger and file. What was not finished is by [`Partner::settle_all`] and
    /// [`Partner::write_packages`].
    pub async fn ship(&mut self, new: NewShipment<'_>) -> Result<Shipped, Error> {
        if new.file.exists() {
            let source = io::ErrorKind::AlreadyExists.into();
            return Err(writing(new.file, source));
        }
        self.check_card(new.to).await?;
        let mut packs = self.select_to_go(&new.selection)?;
        if packs.len() > MAX_PACKS {
            return Err(Refusal::PackCount {
                got: packs.len(),
                most: MAX_PACKS,
            }
            .into());
        }
        let unit = new.unit();
        packs.iter_mut().for_each(|pack| pack.sscc = unit.cloned());
        let (shipment, keys, hand_overs, papers) = self.plan(&new, &packs)?;
        let put = self
            .book
            .put_shipment((&shipment, &keys), &hand_overs, &papers)?;
        let (number, entries) = put;
        if let Err(error) = self.settle_these(&entries).await {
            if error.ledger_refusal().is_some() && self.book.moves_of(number)?.is_empty() {
                self.book.drop_shipment(number)?;
            }
            return Err(error);
        }
        self.write_packages().await?;
        Ok(Shipped {
            shipment: shipment.id,
            packs: packs.len(),
            hand_overs: hand_overs.len(),
            file: shipment.file,
        })
    }

    fn plan(&self, new: &NewShipment<'_>, packs: &[Pack]) -> Result<Plan, Error> {
        let keys = stealth_keys(new.to, packs)?;
        let next_of: BTreeMap<_, _> = keys
            .iter()
            .map(|key| (key.sscc.clone(), key.announced.next))
            .collect();
        let next = packs
            .iter()
            .map(|pack| (pack.tag, next_of[&pack.sscc]))
            .collect();
        let hand_overs = self.hand_overs(&next)?;
        let papers: Vec<_> = self
            .events_of(new, packs)
            .iter()
            .map(events::paper)
            .collect();
        let events: Vec<_> = papers.iter().map(|paper| parsed(&paper.event)).collect();
        let shipment = Shipment {
            number: 0,
            id: B256::new(random()),
            card: new.to.to_json(),
            document: events::document(new.now_ms, &events),
            file: new.file.to_owned(),
        };
        Ok((shipment, keys, hand_overs, papers))
    }

    async fn check_card(&self, card: &Card) -> Result<(), Error> {
        let standing = self.client.standing(card.account).await?;
        match standing.is_some_and(|standing| standing.organisation.0 == card.organisation) {
            true => Ok(()),
            false => Err(Refusal::CardNotOfLedger(card.organisation).into()),
        }
    }

    /// First the shipping, then what went into units.
    fn events_of(&self, new: &NewShipment<'_>, packs: &[Pack]) -> Vec<serde_json::Value> {
        let scene = Scene {
            gln: &self.book.owner().gln,
            now_ms: new.now_ms,
        };
        let mut children: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut shipped = Vec::new();
        for pack in packs {
            match &pack.sscc {
                Some(sscc) => children.entry(sscc).or_default().push(pack.label.epc()),
                None => shipped.push(pack.label.epc()),
            }
        }
        shipped.extend(children.keys().map(|sscc| events::unit(sscc)));
        let delivery = Delivery {
            to: &new.to.gln,
            despatch_advice: new.papers.despatch_advice.as_deref(),
            order: new.papers.order.as_deref(),
            invoice: new.papers.invoice.as_deref(),
        };
        let mut events = vec![events::shipping(&scene, &shipped, &delivery)];
        let packed = children
            .iter()
            .map(|(sscc, epcs)| events::packing(&scene, sscc, epcs));
        events.extend(packed);
        events
    }

    /// Writes the packages of shipments whose entries are final and which were not written yet; returns their files.
    ///
    /// # Errors
    /// Those of book, ledger and file.
    pub async fn write_packages(&mut self) -> Result<Vec<PathBuf>, Error> {
        let waiting = self.book.waiting()?;
        let waiting: BTreeSet<_> = waiting
            .iter()
            .filter_map(|one| one.entry.hand_over())
            .collect();
        let mut files = Vec::new();
        for shipment in self.book.unwritten()? {
            let hand_overs = self.book.hand_overs_of(shipment.number)?;
            if !hand_overs.iter().any(|one| waiting.contains(one)) {
                files.push(self.write_package(&shipment).await?);
            }
        }
        Ok(files)
    }

    async fn write_package(&self, shipment: &Shipment) -> Result<PathBuf, Error> {
        let card = Card::read(shipment.card.as_bytes())?;
        let package = self.package(shipment, self.client.height().await?)?;
        let key = card
            .encryption_key()
            .map_err(super::card::CardError::from)?;
        let sealed = self
            .client
            .seal_package(&key, package.to_json().as_bytes())
            .await?;
        match write_new(&shipment.file, &sealed) {
            Ok(()) => {}
            Err(source) => return Err(writing(&shipment.file, source)),
        }
        self.book.mark_written(shipment.number)?;
        Ok(shipment.file.clone())
    }

    fn package(&self, shipment: &Shipment, height: u64) -> Result<Package, Error> {
        let owner = self.book.owner();
        let sender = Sender {
            account: owner.account,
            organisation: owner.organisation,
            gln: owner.gln.clone(),
        };
        let moves = self.book.moves_of(shipment.number)?;
        let (lots, contents) = self.contents(&moves)?;
        let keys = self.book.stealth_keys(shipment.number)?;
        let keys = keys
            .into_iter()
            .map(|key| KeyLine::new(&key.announced, key.sscc));
        let salts = self.salts(shipment)?;
        Ok(Package::new(
            (owner.chain_id, height, shipment.id, sender),
            (shipment.document.clone(), salts),
            (lots, keys.collect()),
            &contents,
        ))
    }

    /// The salt of each event, in the order of the document.
    fn salts(&self, shipment: &Shipment) -> Result<Vec<B256>, Error> {
        let damaged = || BookError::Damaged("a shipment's papers do not fit its document");
        let papers = self.book.papers_of(shipment.number)?;
        let events = events::read(&shipment.document).ok_or_else(damaged)?;
        let salt = |event| {
            let mut fitting = papers
                .iter()
                .filter(|paper| events::commitment(event, paper.salt) == paper.commitment);
            Ok(fitting.next().ok_or_else(damaged)?.salt)
        };
        events.iter().map(salt).collect()
    }

    fn contents(&self, moves: &[(B256, Address)]) -> Result<(Vec<LotLine>, Vec<Content>), Error> {
        let missing = || BookError::Damaged("a pack or lot of a shipment is missing");
        let mut lots: BTreeMap<B256, (LotLine, Option<Arc<Trie>>)> = BTreeMap::new();
        let mut contents = Vec::with_capacity(moves.len());
        for (tag, next) in moves {
            let pack = self.book.pack(*tag)?.ok_or_else(missing)?;
            if !lots.contains_key(&pack.root) {
                let lot = self.book.lot(pack.root)?.ok_or_else(missing)?;
                let line = LotLine {
                    root: lot.root,
                    gtin: lot.gtin,
                    lot: lot.lot,
                    expiry: lot.expiry,
                };
                lots.insert(pack.root, (line, None));
            }
            let (_, trie) = lots.get_mut(&pack.root).ok_or_else(missing)?;
            let membership = match pack.membership {
                Some(membership) => membership,
                None => {
                    if trie.is_none() {
                        *trie = Some(self.lot_trie(pack.root)?);
                    }
                    let trie = trie.as_ref().ok_or_else(missing)?;
                    trie.inclusion(*tag).ok_or_else(missing)?.1
                }
            };
            contents.push(Content {
                label: pack.label,
                root: pack.root,
                key: *next,
                membership,
                steps: self.book.steps(*tag)?,
            });
        }
        Ok((lots.into_values().map(|(line, _)| line).collect(), contents))
    }

    /// The trie of a lot that was made here. The last ones are kept: a lot never changes.
    pub(super) fn lot_trie(&self, root: B256) -> Result<Arc<Trie>, Error> {
        let mut tries = self.tries.borrow_mut();
        if let Some((_, trie)) = tries.iter().find(|(known, _)| *known == root) {
            return Ok(trie.clone());
        }
        let trie = Arc::new(self.make_lot_trie(root)?);
        tries.truncate(TRIES - 1);
        tries.insert(0, (root, trie.clone()));
        Ok(trie)
    }

    fn make_lot_trie(&self, root: B256) -> Result<Trie, Error> {
        let damaged = BookError::Damaged("a lot's packs do not make its root");
        match Trie::of(&self.book.tags_of_lot(root)?) {
            Ok(trie) if trie.root() == root => Ok(trie),
            Ok(_) | Err(_) => Err(damaged.into()),
        }
    }
}

/// A fresh key of the receiver's for each unit, and one for packs in none.
fn stealth_keys(card: &Card, packs: &[Pack]) -> Result<Vec<StealthKey>, Error> {
    let pack_key = card.pack_key().map_err(super::card::CardError::from)?;
    let units: BTreeSet<_> = packs.iter().map(|pack| pack.sscc.clone()).collect();
    let fresh = |sscc| StealthKey {
        announced: std::iter::repeat_with(|| hand_over_to(&pack_key, random()))
            .flatten()
            .next()
            .expect("random bytes are a key sooner or later"),
        sscc,
    };
    Ok(units.into_iter().map(fresh).collect())
}

fn parsed(event: &str) -> serde_json::Value {
    serde_json::from_str(event).expect("it was printed here")
}

/// Writes a new file that only its owner may read, whole or not at all.
fn write_new(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = file.with_extension("part");
    let _ = fs::remove_file(&part);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut open = options.open(&part)?;
    io::Write::write_all(&mut open, bytes)?;
    open.sync_all()?;
    fs::rename(&part, file)
}

fn writing(file: &Path, source: io::Error) -> Error {
    Error::File {
        action: "write",
        file: file.to_owned(),
        source,
    }
}
