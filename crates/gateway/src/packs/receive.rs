//! A package arrives: everything in it is checked against the ledger, and what does not fit is an exception.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256};
use theriac_contracts::{
    codes::FlagSubject,
    packs::{CustodyProof, holder, root_of},
};
use theriac_standards::epcis::model::Event;

use super::{
    Error, Partner, Refusal,
    book::{Arrived, KnownLot, Pack, PackState, Paper, Received, SeenFlag},
    events::{self, Scene},
    exception::{Exception, Fault},
    exceptions::Against,
    keys::received,
    label::Label,
    ledger::{Questions, Told},
    package::{Content, Package, PackageFault},
    papers::check_papers,
};

/// What was received.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The shipment.
    pub shipment: B256,
    /// Who sent it.
    pub organisation: u32,
    /// The sender's GLN.
    pub from: String,
    /// Packs that are in the book from now on.
    pub packs: Vec<Label>,
    /// Logistic units of these.
    pub units: Vec<String>,
    /// What does not fit.
    pub exceptions: Vec<Exception>,
}

/// What was found of a parcel.
struct Checked<'a> {
    good: &'a [&'a Content],
    exceptions: &'a [Exception],
    is_scanned: bool,
    now_ms: u64,
}

/// A package that was taken apart, before the ledger was asked.
struct Parcel {
    package: Package,
    contents: Vec<Content>,
    events: Vec<Event>,
    /// Keys of the package that are the partner's.
    own: BTreeSet<Address>,
}

impl Partner {
    /// Receives a package. `scanned` holds the scans of what is there; without it the content is inferred from the package.
    ///
    /// # Errors
    /// `Package` where it is none, or another's; `ReceivedBefore`; `NodeBehind`; those of book and ledger.
    pub async fn receive(
        &mut self,
        bytes: &[u8],
        scanned: Option<&[String]>,
        now_ms: u64,
    ) -> Result<Receipt, Error> {
        let text = self.client.open_package(bytes).await?;
        let parcel = self.parcel(&text)?;
        if self.book.has_received(parcel.package.shipment)? {
            return Err(Refusal::ReceivedBefore.into());
        }
        self.catch_up(parcel.package.height).await?;
        let told = questions(&parcel).ask(&self.client).await?;
        let mut exceptions = check_papers(&parcel.events, &parcel.package.salts, &told);
        let mut good = Vec::new();
        for content in &parcel.contents {
            match check_pack(content, &parcel, &told) {
                Ok(()) => good.push(content),
                Err(fault) => exceptions.push(Exception::of(content.label, fault)),
            }
        }
        exceptions.extend(flagged(&parcel, &told));
        if let Some(scanned) = scanned {
            let expected: Vec<_> = good.iter().map(|content| content.label).collect();
            exceptions.extend(super::exception::compare(&expected, scanned));
        }
        let checked = Checked {
            good: &good,
            exceptions: &exceptions,
            is_scanned: scanned.is_some(),
            now_ms,
        };
        self.keep_parcel(&parcel, &told, &checked)?;
        Ok(receipt(&parcel, &good, exceptions))
    }

    fn parcel(&self, text: &[u8]) -> Result<Parcel, Error> {
        let package = Package::read(text)?;
        let (got, expected) = (package.chain_id, self.book.owner().chain_id);
        if got != expected {
            return Err(PackageFault::Chain { got, expected }.into());
        }
        let contents = package.contents()?;
        let salts = package.salts.len();
        let events = events::read(&package.document).filter(|events| events.len() == salts);
        let events = events.ok_or(PackageFault::Document(salts))?;
        let announced = package.keys.iter().filter_map(|key| key.announced());
        let own = announced.filter(|key| received(self.book.secret(), key).is_some());
        let own = own.map(|key| key.next).collect();
        Ok(Parcel {
            package,
            contents,
            events,
            own,
        })
    }

    fn arrival(&self, parcel: &Parcel, told: &Told, checked: &Checked<'_>) -> Arrived {
        let (package, good) = (&parcel.package, checked.good);
        let scene = Scene {
            gln: &self.book.owner().gln,
            now_ms: checked.now_ms,
        };
        let mut papers: Vec<_> = parcel.papers().collect();
        if !good.is_empty() {
            let epcs: Vec<_> = good.iter().map(|content| content.label.epc()).collect();
            let from = (package.sender.gln.as_str(), checked.is_scanned);
            papers.push(events::paper(&events::receiving(&scene, &epcs, from)));
        }
        Arrived {
            keys: package
                .keys
                .iter()
                .filter_map(|key| key.announced())
                .filter(|key| parcel.own.contains(&key.next))
                .collect(),
            lots: known_lots(package, told),
            papers,
            packs: good
                .iter()
                .map(|content| arrived(content, package))
                .collect(),
            exceptions: parcel.against(checked.now_ms).found_all(checked.exceptions),
        }
    }

    fn keep_parcel(
        &mut self,
        parcel: &Parcel,
        told: &Told,
        checked: &Checked<'_>,
    ) -> Result<(), Error> {
        let package = &parcel.package;
        let arrived = self.arrival(parcel, told, checked);
        let received = Received {
            id: package.shipment,
            organisation: package.sender.organisation,
            document: package.document.clone(),
            time_ms: checked.now_ms,
        };
        self.book.keep_received(&received, &arrived)?;
        let flags: Vec<_> = told
            .flags
            .values()
            .flatten()
            .filter_map(SeenFlag::of)
            .collect();
        Ok(self.book.keep_flags(&flags, None)?)
    }
}

impl Receipt {
    /// How many packs of a product are there: those of the package without those that were not scanned, and those scanned beside it.
    pub(super) fn counted(&self, gtin: &str) -> u32 {
        let is_of = |label: &&Label| label.gtin() == gtin;
        let found = |fault: &Fault| {
            let of_fault = self.exceptions.iter().filter(|one| one.fault == *fault);
            let labels = of_fault.filter_map(|one| one.label.as_ref());
            labels.filter(is_of).count()
        };
        let packs = self.packs.iter().filter(is_of).count();
        let there = packs + found(&Fault::Unexpected) - found(&Fault::Missing);
        u32::try_from(there).unwrap_or(u32::MAX)
    }
}

impl Parcel {
    fn against(&self, now_ms: u64) -> Against<'_> {
        let sender = &self.package.sender;
        Against {
            shipment: Some(self.package.shipment),
            organisation: sender.organisation,
            gln: &sender.gln,
            now_ms,
        }
    }

    /// The events with their salts.
    fn papers(&self) -> impl Iterator<Item = Paper> {
        self.events
            .iter()
            .zip(&self.package.salts)
            .map(|(event, salt)| Paper {
                commitment: events::commitment(event, *salt),
                salt: *salt,
                event: events::print(event),
            })
    }
}

fn questions(parcel: &Parcel) -> Questions {
    let mut questions = Questions::default();
    for lot in &parcel.package.lots {
        questions.lots.insert(lot.root);
        questions.products.extend(lot.gtin.parse::<u64>().ok());
        questions.flags_of(FlagSubject::Lot, lot.root);
    }
    for content in &parcel.contents {
        questions.keys.insert(content.key);
        for step in &content.steps {
            questions.keys.insert(step.key);
            questions.flags_of(FlagSubject::Container, step.next.into_word());
        }
    }
    questions.documents = parcel.papers().map(|paper| paper.commitment).collect();
    questions
}

fn check_pack(content: &Content, parcel: &Parcel, told: &Told) -> Result<(), Fault> {
    let tag = content.label.tag();
    if root_of(tag, B256::ZERO, &content.membership) != Ok(content.root) {
        return Err(Fault::NotInTheLot);
    }
    let lot = told.lots.get(&content.root).ok_or(Fault::LotUnknown)?;
    check_origin(content, told, lot.organisation)?;
    if !parcel.own.contains(&content.key) {
        return Err(Fault::KeyNotYours);
    }
    if told.closings.contains_key(&content.key) {
        return Err(Fault::KeyClosed);
    }
    let steps: Vec<_> = content.steps.iter().cloned().map(Into::into).collect();
    let commitment = |step: &theriac_contracts::packs::CustodyStep| {
        told.closings
            .get(&step.key)
            .map_or(B256::ZERO, |closing| closing.commitment)
    };
    let commitments: Vec<_> = steps.iter().map(commitment).collect();
    let sender = content
        .steps
        .last()
        .and_then(|step| told.closings.get(&step.key));
    let proof = CustodyProof {
        lot: content.root,
        membership: content.membership.clone(),
        steps,
    };
    let last = holder(tag, &proof, lot.key, &commitments).map_err(Fault::Custody)?;
    if last != content.key {
        return Err(Fault::KeyNotYours);
    }
    let organisation = parcel.package.sender.organisation;
    match sender.is_some_and(|closing| closing.organisation == organisation) {
        true => Ok(()),
        false => Err(Fault::SentByAnother),
    }
}

/// Whether the lot was entered by who answers for the product.
fn check_origin(content: &Content, told: &Told, organisation: u32) -> Result<(), Fault> {
    match told.products.get(&content.label.gtin_number()) {
        None => Err(Fault::ProductUnknown),
        Some(product) if product.holder == organisation => Ok(()),
        Some(_) => Err(Fault::LotOfAnother { organisation }),
    }
}

fn flagged(parcel: &Parcel, told: &Told) -> Vec<Exception> {
    let mut exceptions = Vec::new();
    for content in &parcel.contents {
        let lot = (FlagSubject::Lot.code(), content.root);
        let containers = content
            .steps
            .iter()
            .map(|step| (FlagSubject::Container.code(), step.next.into_word()));
        let handles = std::iter::once(lot).chain(containers);
        let flags = handles
            .filter_map(|handle| told.flags.get(&handle))
            .flatten();
        let standing = flags
            .filter(|flag| flag.clearedBy == 0)
            .filter_map(SeenFlag::of);
        let kinds: BTreeSet<_> = standing.map(|flag| flag.kind).collect();
        exceptions.extend(
            kinds
                .into_iter()
                .map(|kind| Exception::of(content.label, Fault::Flagged { kind })),
        );
    }
    exceptions
}

fn known_lots(package: &Package, told: &Told) -> Vec<KnownLot> {
    let known = |line: &super::package::LotLine| {
        let lot = told.lots.get(&line.root)?;
        Some(KnownLot {
            root: line.root,
            gtin: line.gtin.clone(),
            lot: line.lot.clone(),
            expiry: line.expiry.clone(),
            organisation: lot.organisation,
            key: lot.key,
        })
    };
    package.lots.iter().filter_map(known).collect()
}

fn arrived(content: &Content, package: &Package) -> (Pack, Vec<super::book::Step>) {
    let unit = package.keys.iter().find(|key| key.next == content.key);
    let pack = Pack {
        tag: content.label.tag(),
        label: content.label,
        root: content.root,
        membership: Some(content.membership.clone()),
        key: content.key,
        state: PackState::Held,
        sscc: unit.and_then(|key| key.sscc.clone()),
        exits: 0,
        kind: 0,
        left_ms: 0,
    };
    (pack, content.steps.clone())
}

fn receipt(parcel: &Parcel, good: &[&Content], exceptions: Vec<Exception>) -> Receipt {
    let keys: BTreeMap<_, _> = parcel
        .package
        .keys
        .iter()
        .map(|key| (key.next, &key.sscc))
        .collect();
    let units: BTreeSet<_> = good
        .iter()
        .filter_map(|content| keys.get(&content.key)?.as_ref())
        .collect();
    Receipt {
        shipment: parcel.package.shipment,
        organisation: parcel.package.sender.organisation,
        from: parcel.package.sender.gln.clone(),
        packs: good.iter().map(|content| content.label).collect(),
        units: units.into_iter().cloned().collect(),
        exceptions,
    }
}
