//! Partners with stock, in which a fraud is played.

use crate::support::{GTIN, World, of_lot, send};
use alloy_primitives::B256;
use std::{collections::BTreeSet, fs};
use theriac_contracts::{codes::FlagSubject, packs::nullifier};
use theriac_gateway::packs::{
    Error, NewPacks, NewShipment, Papers, Partner, Receipt, book::Selection, exception::Exception,
    label::Label,
};
use theriac_sdk::packs::PackageError;
use theriac_standards::supply::{Random, Reading};

use super::class::{Look, Stage};

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Wholesaler,
    Pharmacy,
    Chemist,
}

/// The expiry of the lots, unless said otherwise.
const EXPIRY: &str = "281130";

pub(crate) struct Stall {
    pub(crate) world: World,
    pub(crate) random: Random,
    /// The lot of which all partners have packs, the chemist with some seeds alone.
    pub(crate) lot: String,
    used: BTreeSet<B256>,
    lots: u32,
}

impl Stall {
    pub(crate) async fn set(seed: u64) -> Self {
        let mut stall = Self {
            world: World::start().await,
            random: Random::new(seed, 4),
            lot: format!("S{seed}a"),
            used: BTreeSet::new(),
            lots: 0,
        };
        let lot = stall.lot.clone();
        stall.make(&lot, EXPIRY, 160).await;
        let folder = stall.world.folder.path().to_owned();
        let World {
            maker,
            wholesaler,
            pharmacy,
            chemist,
            ..
        } = &mut stall.world;
        send(maker, wholesaler, (of_lot(&lot, 130), &folder)).await;
        send(wholesaler, pharmacy, (of_lot(&lot, 70), &folder)).await;
        if stall.random.below(2) == 0 {
            send(wholesaler, chemist, (of_lot(&lot, 5), &folder)).await;
        }
        // Each pack under a key of its own, so that one who cheats with a pack cheats with no other.
        for who in [Who::Wholesaler, Who::Pharmacy] {
            let now_ms = stall.now_ms();
            let unpacked = stall.partner(who).unpack(&Selection::All, 1, now_ms);
            unpacked.await.unwrap();
        }
        stall
    }

    /// The ledger's time, which is everybody's.
    pub(crate) fn now_ms(&self) -> u64 {
        self.world.ledger.lock().unwrap().host.time_ms
    }

    pub(crate) fn partner(&mut self, who: Who) -> &mut Partner {
        match who {
            Who::Wholesaler => &mut self.world.wholesaler,
            Who::Pharmacy => &mut self.world.pharmacy,
            Who::Chemist => &mut self.world.chemist,
        }
    }

    /// A lot of the maker's.
    pub(crate) async fn make(&mut self, lot: &str, expiry: &str, count: usize) -> Vec<Label> {
        let now_ms = self.now_ms();
        let new = NewPacks {
            gtin: GTIN,
            lot,
            expiry,
            count,
            serials: None,
            now_ms,
        };
        self.world.maker.commission(new).await.unwrap().labels
    }

    /// The number of a lot that nobody used yet.
    pub(crate) fn fresh_lot(&mut self) -> String {
        self.lots += 1;
        format!("{}{}", self.lot, self.lots)
    }

    /// A pack that a partner holds and that no fraud was played with.
    pub(crate) fn held(&mut self, who: Who) -> Label {
        let lot = self.lot.clone();
        let mut held = self.partner(who).book().held().unwrap();
        held.retain(|pack| pack.label.lot() == lot && !self.used.contains(&pack.tag));
        let pack = self.random.pick(&held).clone();
        self.used.insert(pack.tag);
        pack.label
    }

    /// Packs that the pharmacy holds and that no fraud was played with.
    pub(crate) fn untouched(&mut self) -> Vec<Label> {
        let lot = self.lot.clone();
        let mut held = self.partner(Who::Pharmacy).book().held().unwrap();
        held.retain(|pack| pack.label.lot() == lot && !self.used.contains(&pack.tag));
        held.iter().map(|pack| pack.label).collect()
    }

    /// The pack under a scanner that works.
    pub(crate) fn scan(&mut self, label: &Label) -> String {
        let never = theriac_standards::supply::Rate::default();
        Reading::of(label.values(), &mut self.random, never).text
    }

    /// Ships these packs between partners; the package.
    pub(crate) async fn ship(&mut self, from: Who, to: Who, packs: &[Label]) -> Vec<u8> {
        let card = self.partner(to).card().unwrap();
        let (file, now_ms) = (self.file(), self.now_ms());
        let new = NewShipment {
            to: &card,
            selection: tags(packs),
            into: None,
            papers: Papers::default(),
            file: &file,
            now_ms,
        };
        self.partner(from).ship(new).await.unwrap();
        fs::read(file).unwrap()
    }

    pub(crate) fn file(&mut self) -> std::path::PathBuf {
        let number = self.random.number();
        self.world.file(&format!("{number:016x}.theriac"))
    }

    /// The maker ships so many packs of a lot, and the pharmacy receives them.
    pub(crate) async fn supply(&mut self, lot: &str, count: usize) {
        let card = self.world.pharmacy.card().unwrap();
        let (file, now_ms) = (self.file(), self.now_ms());
        let new = NewShipment {
            to: &card,
            selection: of_lot(lot, count),
            into: None,
            papers: Papers::default(),
            file: &file,
            now_ms,
        };
        self.world.maker.ship(new).await.unwrap();
        let package = fs::read(file).unwrap();
        let receipt = self.receive(Who::Pharmacy, &package, None).await.unwrap();
        assert_eq!(receipt.exceptions, []);
    }

    /// Receives, with scans of these packs where there are any.
    pub(crate) async fn receive(
        &mut self,
        who: Who,
        package: &[u8],
        there: Option<&[Label]>,
    ) -> Result<Receipt, Error> {
        let scans = there.map(|there| there.iter().map(|one| self.scan(one)).collect::<Vec<_>>());
        let now_ms = self.now_ms();
        let partner = self.partner(who);
        partner.receive(package, scans.as_deref(), now_ms).await
    }

    /// What a scan tells, to a partner with a book and to one without.
    pub(crate) async fn look(&mut self, who: Who, label: &Label, stage: Stage) -> Look {
        let (scan, now_ms) = (self.scan(label), self.now_ms());
        let verified = self.partner(who).verify(&scan, now_ms).await.unwrap();
        assert_eq!(verified.label, Some(*label));
        assert_eq!(verified.repairs, []);
        let told = verified.causes.iter().map(|cause| cause.code().to_owned());
        Look {
            stage,
            told: told.collect(),
            eu: self.nullifier_tells(who, label).await,
        }
    }

    /// What the ledger says of the printed values alone.
    async fn nullifier_tells(&mut self, who: Who, label: &Label) -> Vec<String> {
        let now_ms = self.now_ms();
        let partner = self.partner(who);
        let owner = partner.book().owner().clone();
        let nullifier = nullifier(owner.chain_id, label.tag());
        let exit = partner.client().exit(nullifier).await.unwrap();
        let flags = partner.client().flags_of(FlagSubject::Pack, nullifier);
        let flags = flags.await.unwrap();
        let left = match exit.organisation == owner.organisation {
            true => "LeftHere",
            false => "LeftElsewhere",
        };
        let told = [
            (exit.kind != 0, left),
            (flags.iter().any(|flag| flag.clearedBy == 0), "Flagged"),
            (label.is_expired(now_ms), "Expired"),
        ];
        let told = told.into_iter().filter(|(is_so, _)| *is_so);
        told.map(|(_, code)| code.to_owned()).collect()
    }

    /// Enters a pack as dispensed past the program, as who keeps no book does.
    pub(crate) async fn enter_past_the_book(
        &mut self,
        who: Who,
        label: &Label,
    ) -> Result<(), Error> {
        let partner = self.partner(who);
        let nullifier = nullifier(partner.book().owner().chain_id, label.tag());
        let client = partner.client();
        client
            .dispense_packs(vec![nullifier], vec![B256::ZERO])
            .await?;
        Ok(())
    }

    /// The partner as it was at this moment, for one who goes back to it.
    pub(crate) fn copy(&mut self, who: Who) -> Partner {
        let folder = self.file().with_extension("copy");
        let partner = self.partner(who);
        fs::create_dir(&folder).unwrap();
        for entry in fs::read_dir(partner.book().folder()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
        }
        Partner::open(partner.client().clone(), &folder).unwrap()
    }
}

pub(crate) fn tags(packs: &[Label]) -> Selection {
    Selection::Tags(packs.iter().map(Label::tag).collect())
}

/// A look at something that a pharmacy without a book does not see.
pub(crate) fn told_alone(stage: Stage, told: Vec<String>) -> Look {
    let eu = Vec::new();
    Look { stage, told, eu }
}

/// What the ledger refused, which everybody sees.
pub(crate) fn refused<T>(outcome: Result<T, Error>) -> Look {
    let told = vec![code(outcome.err().expect("a refusal"))];
    Look {
        stage: Stage::Entry,
        eu: told.clone(),
        told,
    }
}

/// The codes of exceptions, each once.
pub(crate) fn codes(exceptions: &[Exception]) -> Vec<String> {
    let codes: BTreeSet<_> = exceptions.iter().map(|one| one.fault.code()).collect();
    codes.into_iter().map(str::to_owned).collect()
}

/// The code of an error.
pub(crate) fn code(error: Error) -> String {
    match error {
        Error::Refused(refusal) => refusal.code().to_owned(),
        Error::Ledger(theriac_sdk::Error::Refused(refusal)) => refusal.name().to_owned(),
        Error::Ledger(theriac_sdk::Error::Package(PackageError::NotForYou)) => {
            "NotForYou".to_owned()
        }
        Error::Ledger(
            theriac_sdk::Error::Package(_)
            | theriac_sdk::Error::Wrap(_)
            | theriac_sdk::Error::Content(_),
        )
        | Error::Package(_) => "PackageAltered".to_owned(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}
