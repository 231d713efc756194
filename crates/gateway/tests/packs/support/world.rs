//! Trading partners with their books over one ledger in memory.

use super::{
    Ledger,
    node::{Fault, Node},
};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};
use theriac_contracts::{
    OrganisationId,
    codes::{OrganisationKind, Role},
};
use theriac_gateway::packs::{
    Error, MadeLot, NewPacks, NewShipment, Papers, Partner, Receipt, book::Selection,
};
use theriac_sdk::{Client, account::Account, directory::NewPerson};

pub(crate) const GTIN: &str = "04012345123456";
pub(crate) const EXPIRY: &str = "271100";
/// 2026-11-23, as partners see it.
pub(crate) const NOW_MS: u64 = 1_795_420_800_000;

pub(crate) struct World {
    pub(crate) ledger: Arc<Mutex<Ledger>>,
    pub(crate) maker: Partner,
    pub(crate) wholesaler: Partner,
    pub(crate) pharmacy: Partner,
    /// Another pharmacy.
    pub(crate) chemist: Partner,
    /// Another manufacturer.
    pub(crate) rival: Partner,
    pub(crate) authority: Client,
    admins: Vec<Client>,
    pub(crate) folder: tempfile::TempDir,
    node: Node,
}

const MEMBERS: [(&str, OrganisationKind, &str); 7] = [
    ("Maker", OrganisationKind::Manufacturer, "4012345000009"),
    ("Wholesaler", OrganisationKind::Wholesaler, "4012345000016"),
    ("Pharmacy", OrganisationKind::Pharmacy, "4012345000023"),
    ("Chemist", OrganisationKind::Pharmacy, "4012345000030"),
    ("Authority", OrganisationKind::Regulator, "4012345000047"),
    ("Hospital", OrganisationKind::Hospital, "4012345000054"),
    ("Rival", OrganisationKind::Manufacturer, "4012345000061"),
];

impl World {
    /// The product is the maker's; nothing is made yet.
    pub(crate) async fn start() -> Self {
        let accounts = [(); 7].map(|()| Arc::new(Account::generate()));
        let admins: Vec<_> = MEMBERS
            .iter()
            .zip(&accounts)
            .map(|((name, kind, _), account)| (*name, *kind, account.address()))
            .collect();
        let mut ledger = Ledger::new(&admins);
        ledger.host.time_ms = NOW_MS;
        let ledger = Arc::new(Mutex::new(ledger));
        let node = Node::start(&ledger).await;
        let folder = tempfile::tempdir().unwrap();
        let client =
            |account: &Arc<Account>| Client::new(&[&node.address], Some(account.clone())).unwrap();
        let mut partners = Vec::new();
        for ((name, _, gln), admin) in MEMBERS.iter().zip(&accounts) {
            let gateway = Arc::new(Account::generate());
            let new = NewPerson {
                account: gateway.address(),
                role: Role::Gateway,
                expiry: 0,
                name,
                licence: None,
            };
            client(admin).enrol(new).await.unwrap();
            let book = folder.path().join(name);
            partners.push(Partner::begin(client(&gateway), &book, gln).await.unwrap());
        }
        let rival = partners.pop().unwrap();
        let _hospital = partners.pop();
        let authority = partners.pop().unwrap().client().clone();
        let [maker, wholesaler, pharmacy, chemist] = partners
            .try_into()
            .unwrap_or_else(|_| panic!("four partners"));
        let product = GTIN.parse().unwrap();
        maker
            .client()
            .set_product(product, OrganisationId(1), "https://maker.example/vrs")
            .await
            .unwrap();
        Self {
            ledger,
            maker,
            wholesaler,
            pharmacy,
            chemist,
            rival,
            authority,
            admins: accounts.iter().map(client).collect(),
            folder,
            node,
        }
    }

    /// Someone of an organisation, by its identifier.
    pub(crate) async fn enrol(&self, organisation: usize, role: Role) -> Client {
        let account = Arc::new(Account::generate());
        let new = NewPerson {
            account: account.address(),
            role,
            expiry: 0,
            name: "A. Person",
            licence: None,
        };
        self.admins[organisation - 1].enrol(new).await.unwrap();
        Client::new(&[&self.node.address], Some(account)).unwrap()
    }

    /// Seconds of the ledger's clock.
    pub(crate) fn seconds(&self) -> u64 {
        self.ledger.lock().unwrap().host.time_ms / 1_000
    }

    /// Whether the node takes transactions and answers.
    pub(crate) fn node_is(&self, up: bool) {
        self.node
            .set(if up { Fault::None } else { Fault::TakesNothing });
    }

    /// Whether the node answers at all.
    pub(crate) fn node_is_away(&self, is_away: bool) {
        self.node
            .set(if is_away { Fault::Away } else { Fault::None });
    }

    /// Whether the node takes transactions and breaks off before it answers.
    pub(crate) fn break_off_after_submit(&self, does: bool) {
        self.node.set(if does {
            Fault::BreaksOffAfterSubmit
        } else {
            Fault::None
        });
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same partner by another process: what was in memory is gone.
    pub(crate) fn reopened(partner: &Partner) -> Partner {
        Partner::open(partner.client().clone(), partner.book().folder()).unwrap()
    }

    pub(crate) async fn lot(&mut self, lot: &str, count: usize) -> MadeLot {
        self.maker.commission(new_packs(lot, count)).await.unwrap()
    }

    /// A lot of the maker's, of which so many packs went over the wholesaler to the pharmacy.
    pub(crate) async fn supplied(&mut self, lot: &str, count: usize) -> Receipt {
        self.lot(lot, count * 2).await;
        let to_wholesaler = of_lot(lot, count + 1);
        send(
            &mut self.maker,
            &mut self.wholesaler,
            (to_wholesaler, self.folder.path()),
        )
        .await;
        send(
            &mut self.wholesaler,
            &mut self.pharmacy,
            (of_lot(lot, count), self.folder.path()),
        )
        .await
    }
}

pub(crate) fn new_packs(lot: &str, count: usize) -> NewPacks<'_> {
    NewPacks {
        gtin: GTIN,
        lot,
        expiry: EXPIRY,
        count,
        serials: None,
        now_ms: NOW_MS,
    }
}

pub(crate) fn of_lot(lot: &str, count: usize) -> Selection {
    Selection::OfLot {
        gtin: None,
        lot: lot.to_owned(),
        count,
    }
}

/// Ships from one to the other and receives, without a finding.
pub(crate) async fn send(
    from: &mut Partner,
    to: &mut Partner,
    (selection, folder): (Selection, &std::path::Path),
) -> Receipt {
    let package = ship(from, to, (selection, folder)).await.unwrap();
    let receipt = to.receive(&package, None, NOW_MS).await.unwrap();
    assert_eq!(receipt.exceptions, []);
    receipt
}

pub(crate) async fn ship(
    from: &mut Partner,
    to: &Partner,
    (selection, folder): (Selection, &std::path::Path),
) -> Result<Vec<u8>, Error> {
    let number: u64 = rand::random();
    let file = folder.join(format!("{number}.theriac"));
    let new = NewShipment {
        to: &to.card().unwrap(),
        selection,
        into: None,
        papers: Papers::default(),
        file: &file,
        now_ms: NOW_MS,
    };
    from.ship(new).await?;
    Ok(std::fs::read(file).unwrap())
}

/// The scan of a pack of the partner's, in brackets.
pub(crate) fn scan(partner: &Partner, place: usize) -> String {
    partner.book().held().unwrap()[place].label.bracketed()
}

/// The code of a refusal, of the partner's own rules or the ledger's.
pub(crate) fn refusal<T>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Refused(refusal)) => refusal.code().to_owned(),
        Err(Error::Ledger(theriac_sdk::Error::Refused(refusal))) => refusal.name().to_owned(),
        Err(other) => panic!("expected a refusal, got {other:?}"),
        Ok(_) => panic!("expected a refusal, got success"),
    }
}
