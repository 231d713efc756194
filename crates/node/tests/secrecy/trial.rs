//! One trial: two lots go to two pharmacies, one way or the other, with the entries of real partners.

use crate::{cluster::Cluster, distinguisher::Known, guesses};
use alloy_primitives::{B256, keccak256};
use rand::RngExt as _;
use std::{
    fs,
    path::PathBuf,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use theriac_contracts::{OrganisationId, codes::Role, packs::nullifier};
use theriac_gateway::packs::{NewPacks, NewShipment, Papers, Partner, book::Selection};
use theriac_sdk::{
    Client,
    account::{Account, Keystore, Password},
    directory::NewPerson,
};
use theriac_standards::gs1::linter::check_digit;

/// Serial numbers up to this length run on, and are careless.
const SHORT: usize = 4;
/// Packs of each lot.
const PACKS: usize = 4;
pub(crate) const EXPIRY: &str = "751130";
pub(crate) const GLNS: [&str; 3] = ["4012345000009", "4012345000016", "4012345000023"];
/// Products of careful trials, and of careless ones.
const PRODUCTS: [[&str; 2]; 2] = [
    ["04012345123456", "04012345123463"],
    ["04012345777772", "04012345888881"],
];

/// How a trial's partners go about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Care {
    /// As the program does.
    Careful,
    /// With every leak of [`LEAKS`] at once.
    Careless,
}

/// What careless partners give away, as the distinguisher names it. The last one is told in section 9 of the specification.
pub(crate) const LEAKS: [&str; 6] = [
    // A pharmacy names the product.
    "a value in clear",
    // The maker names the next key.
    "equal values",
    // The maker names a pack's tag before the pack leaves.
    "a nullifier of a known value",
    // The maker commits the hash of an event.
    "an event without salt",
    // The maker commits to an event under a salt of which there are 256.
    "an event with a weak salt",
    // Serial numbers run on.
    "a guessed serial number",
];

/// What everybody may know of a trial.
pub(crate) struct Public {
    pub(crate) products: [String; 2],
    pub(crate) lots: [String; 2],
    pub(crate) units: [String; 2],
}

impl Public {
    pub(crate) fn draw(care: Care) -> Self {
        let products = PRODUCTS[usize::from(care == Care::Careless)];
        let lot = |_| {
            let number: u64 = rand::rng().random();
            format!("LOT{number:016X}")
        };
        let unit = |_| {
            let number: u64 = rand::rng().random_range(0..1_000_000_000);
            let body = format!("34012345{number:09}");
            let digit = check_digit(body.as_bytes()).expect("digits");
            format!("{body}{}", char::from(digit))
        };
        Self {
            products: products.map(str::to_owned),
            lots: [0, 1].map(lot),
            units: [0, 1].map(unit),
        }
    }
}

pub(crate) struct Traders {
    maker: Partner,
    /// The left pharmacy and the right one.
    sides: [Partner; 2],
    folder: PathBuf,
    /// Serial numbers that careless partners have given.
    given: usize,
}

/// A gateway's account. It asks the node whose disk is read: that one is told most, and it is never behind itself.
async fn gateway(cluster: &Cluster, organisation: usize) -> Client {
    let [keystore, password] = cluster.keystore(organisation).clone();
    let password = Password::from_file(&password).expect("a password file");
    let keystore = Keystore::read(&keystore).expect("a keystore file");
    let admin = keystore.open(&password).expect("the password opens it");
    let account = Arc::new(Account::generate());
    let person = NewPerson {
        account: account.address(),
        role: Role::Gateway,
        expiry: 0,
        name: "a gateway",
        licence: None,
    };
    let client = |account| Client::new(&[cluster.rpc(0)], Some(account)).expect("an address");
    client(Arc::new(admin))
        .enrol(person)
        .await
        .expect("enrolled");
    client(account)
}

impl Traders {
    pub(crate) async fn begin(cluster: &Cluster) -> Self {
        let folder = cluster.workplace().join("books");
        fs::create_dir_all(&folder).expect("a folder");
        let mut partners = Vec::new();
        for (place, gln) in GLNS.iter().enumerate() {
            let client = gateway(cluster, place + 1).await;
            let book = folder.join(gln);
            partners.push(Partner::begin(client, &book, gln).await.expect("a book"));
        }
        let maker = partners.remove(0);
        for product in PRODUCTS.as_flattened() {
            let gtin = product.parse().expect("digits");
            let claim = maker.client().set_product(gtin, OrganisationId(1), "");
            claim.await.expect("claimed");
        }
        let sides = partners.try_into().unwrap_or_else(|_| panic!("two sides"));
        Self {
            maker,
            sides,
            folder,
            given: 0,
        }
    }

    /// Who is who.
    pub(crate) fn known(&self) -> Known {
        let account = |partner: &Partner| partner.book().owner().account;
        Known {
            chain_id: self.maker.book().owner().chain_id,
            maker: account(&self.maker),
            sides: [account(&self.sides[0]), account(&self.sides[1])],
        }
    }

    /// What is in the books of packs that are held: nobody else has it, and no disk.
    pub(crate) fn secrets(&self) -> Vec<(&'static str, Vec<u8>)> {
        let mut secrets = Vec::new();
        for side in &self.sides {
            let book = side.book();
            for pack in book.held().expect("a book") {
                let nullifier = nullifier(book.owner().chain_id, pack.tag);
                secrets.push(("tag", pack.tag.to_vec()));
                secrets.push(("nullifier", nullifier.to_vec()));
                secrets.push(("open key", pack.key.to_vec()));
                if pack.label.serial().len() > SHORT {
                    secrets.push(("serial number", pack.label.serial().into()));
                }
                for step in book.steps(pack.tag).expect("a book") {
                    secrets.push(("salt", step.salt.to_vec()));
                    // An empty place in a trie is zero.
                    let siblings = step.siblings.iter().filter(|one| !one.is_zero());
                    secrets.extend(siblings.map(|one| ("sibling", one.to_vec())));
                }
            }
        }
        secrets
    }

    /// The keys that were closed on the way of these packs, which the ledger has.
    pub(crate) fn closed_keys(&self) -> Vec<(&'static str, Vec<u8>)> {
        let mut closed = Vec::new();
        for side in &self.sides {
            let book = side.book();
            for pack in book.held().expect("a book") {
                let steps = book.steps(pack.tag).expect("a book");
                closed.extend(steps.iter().map(|step| ("closed key", step.key.to_vec())));
            }
        }
        closed
    }

    /// Two lots to two pharmacies. The entries of all trials are alike, in number, order and author.
    pub(crate) async fn trade(&mut self, public: &Public, is_swapped: bool, care: Care) {
        let now_ms = now_ms();
        for lot in 0..2 {
            self.commission(public, lot, (care, now_ms)).await;
        }
        let mut packages = Vec::new();
        for lot in 0..2 {
            let side = lot ^ usize::from(is_swapped);
            packages.push(self.ship(public, (lot, side), now_ms).await);
        }
        for side in 0..2 {
            let lot = side ^ usize::from(is_swapped);
            let received = self.sides[side].receive(&packages[lot], None, now_ms);
            assert_eq!(received.await.expect("received").exceptions, []);
        }
        for lot in 0..2 {
            let side = lot ^ usize::from(is_swapped);
            let words = self.makers_words(public, (lot, side), (care, now_ms));
            let committed = self.maker.client().commit_documents(words);
            committed.await.expect("committed");
        }
        for side in 0..2 {
            let lot = side ^ usize::from(is_swapped);
            self.unpack_and_dispense(
                &public.products[lot],
                &public.units[lot],
                side,
                (care, now_ms),
            )
            .await;
        }
    }

    async fn commission(&mut self, public: &Public, lot: usize, (care, now_ms): (Care, u64)) {
        let given = self.given..self.given + PACKS;
        let serials = given.map(|number| (number + 1).to_string());
        self.given += PACKS * usize::from(care == Care::Careless);
        let new = NewPacks {
            gtin: &public.products[lot],
            lot: &public.lots[lot],
            expiry: EXPIRY,
            count: PACKS,
            serials: (care == Care::Careless).then(|| serials.collect()),
            now_ms,
        };
        self.maker.commission(new).await.expect("commissioned");
    }

    async fn ship(&mut self, public: &Public, (lot, side): (usize, usize), now_ms: u64) -> Vec<u8> {
        let file = self.folder.join(format!("{}.theriac", public.lots[lot]));
        let card = self.sides[side].card().expect("a card");
        let new = NewShipment {
            to: &card,
            selection: Selection::OfLot {
                gtin: None,
                lot: public.lots[lot].clone(),
                count: PACKS,
            },
            into: Some(public.units[lot].clone()),
            papers: Papers::default(),
            file: &file,
            now_ms,
        };
        self.maker.ship(new).await.expect("shipped");
        fs::read(file).expect("a package")
    }

    /// What the maker commits beside its shipments: random bytes, or what it should not.
    fn makers_words(
        &self,
        public: &Public,
        (lot, side): (usize, usize),
        (care, now_ms): (Care, u64),
    ) -> Vec<B256> {
        let packs = self.sides[side].book().packs_of_unit(&public.units[lot]);
        let pack = &packs.expect("a book")[0];
        let hash = guesses::shipping(&public.units[lot], GLNS[side + 1], now_ms);
        match care {
            Care::Careful => vec![random(), random(), random(), random()],
            Care::Careless => vec![
                pack.key.into_word(),
                pack.tag,
                hash.0.into(),
                guesses::salted(&hash, rand::rng().random()),
            ],
        }
    }

    async fn unpack_and_dispense(
        &mut self,
        product: &str,
        unit: &str,
        side: usize,
        (care, now_ms): (Care, u64),
    ) {
        let partner = &mut self.sides[side];
        let first = partner.book().packs_of_unit(unit).expect("a book")[0].clone();
        let selection = Selection::Unit(unit.to_owned());
        let unpacked = partner.unpack(&selection, PACKS, now_ms).await;
        unpacked.expect("unpacked");
        let word = match care {
            Care::Careful => random(),
            Care::Careless => {
                B256::right_padding_from(format!("{product} {}", &unit[2..]).as_bytes())
            }
        };
        let committed = partner.client().commit_documents(vec![word]);
        committed.await.expect("committed");
        let scan = first.label.bracketed();
        let dispensed = partner.dispense(&scan, now_ms).await;
        dispensed.expect("dispensed");
    }
}

fn random() -> B256 {
    keccak256(rand::rng().random::<[u8; 32]>())
}

/// Now, to the second, as many systems write it.
fn now_ms() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.expect("after 1970").as_secs() * 1_000
}
