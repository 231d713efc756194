//! Who runs the gateway of a party, with all its keys and the whole of its database, and does not mean well.

use alloy_primitives::B256;
use rusqlite::{Connection, types::Value};
use std::path::{Path, PathBuf};
use theriac_envelope::{HeldKey, PrivateKey, Suite};
use theriac_evidence::trial::{Opening, PlainItem};
use theriac_gateway::trials::{
    Party,
    book::{Book, FormRow},
};
use theriac_sdk::{Client, packs::open_package};

const FILE: &str = "trial.sqlite";

/// Rows of a table, as the database has them.
pub(crate) type Rows = Vec<Vec<Value>>;

/// All rows of what an organisation must not lose, in order.
pub(crate) fn rows_of(folder: &Path) -> Vec<Rows> {
    let connection = connect(folder);
    let all = |columns: &str| -> Rows {
        let mut statement = connection.prepare(&format!("SELECT {columns}")).unwrap();
        let count = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| (0..count).map(|at| row.get(at)).collect();
        let rows = statement.query_map([], row).unwrap();
        rows.map(Result::unwrap).collect()
    };
    [
        "slot, cell, number, root, sealed, entry FROM forms ORDER BY 1, 2, 3",
        "number, slot, kind, entry, body FROM entries ORDER BY 1",
        "slot, site, label FROM subjects ORDER BY 1",
        "slot, organisation, wrap FROM subject_keys ORDER BY 1, 2",
        "hash, slot, sealed FROM texts ORDER BY 1",
    ]
    .map(all)
    .into()
}

/// Keeps the state of a party's book in another folder.
pub(crate) fn save(party: &Party, folder: &Path) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    let connection = Connection::open(party.book().folder().join(FILE)).unwrap();
    let file = folder.join(FILE);
    let save = "VACUUM INTO ?1";
    connection.execute(save, [file.to_str().unwrap()]).unwrap();
    // As the gateway has it, so that who opens it need not change it.
    let mode = connect(folder).pragma_update(None, "journal_mode", "WAL");
    mode.unwrap();
    folder.to_owned()
}

/// Who alters a book does not wait for the disk.
fn connect(folder: &Path) -> Connection {
    let connection = Connection::open(folder.join(FILE)).unwrap();
    connection
        .pragma_update(None, "synchronous", "OFF")
        .unwrap();
    connection
}

/// Writes to the database what no command of the gateway would.
pub(crate) struct Operator {
    folder: PathBuf,
    client: Client,
    book: PrivateKey,
    organisation: u32,
    chain_id: u64,
    study: B256,
}

impl Operator {
    /// Takes over a copy of a party's book, which comes to this folder.
    pub(crate) async fn take_over(party: &Party, folder: &Path) -> Self {
        let (client, book) = (party.client().clone(), party.book());
        let wrap = book.reader(client.address()).unwrap().unwrap();
        let seed = client.open_package(&wrap).await.unwrap();
        let seed = seed.as_slice().try_into().unwrap();
        save(party, folder);
        Self {
            folder: folder.to_owned(),
            organisation: book.owner().organisation,
            chain_id: book.owner().chain_id,
            study: party.study().unwrap(),
            book: PrivateKey::from_seed(Suite::XWing, seed),
            client,
        }
    }

    /// Puts a saved state of the database in the place of this one.
    pub(crate) fn put_back(&self, saved: &Path) {
        std::fs::remove_dir_all(&self.folder).unwrap();
        std::fs::create_dir(&self.folder).unwrap();
        std::fs::copy(saved.join(FILE), self.folder.join(FILE)).unwrap();
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The honest program over the altered book.
    pub(crate) async fn party(&self) -> Party {
        Party::open(self.client.clone(), &self.folder)
            .await
            .unwrap()
    }

    /// Changes rows; the count of them.
    pub(crate) fn execute(&self, change: &str, values: impl rusqlite::Params) -> usize {
        connect(&self.folder).execute(change, values).unwrap()
    }

    /// Two blobs of each row that a query gives.
    pub(crate) fn pairs(&self, query: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
        let connection = connect(&self.folder);
        let mut statement = connection.prepare(query).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// How many entries the log of the book has.
    pub(crate) fn entries(&self) -> u64 {
        Book::open(&self.folder).unwrap().log_size().unwrap()
    }

    /// Forms of the book, in the order of their entries.
    pub(crate) fn forms(&self) -> Vec<FormRow> {
        let book = Book::open(&self.folder).unwrap();
        book.forms_from(0, u32::MAX).unwrap()
    }

    fn key(&self, slot: u32) -> HeldKey {
        let wraps = Book::open(&self.folder).unwrap().key_wraps(slot).unwrap();
        let own = wraps
            .iter()
            .find(|wrap| wrap.organisation == self.organisation);
        let key = open_package(self.chain_id, &self.book, &own.unwrap().wrap).unwrap();
        HeldKey::from_bytes(key.as_slice().try_into().unwrap())
    }

    /// The secret and the items of a form.
    pub(crate) fn open(&self, form: &FormRow) -> (B256, Vec<PlainItem>) {
        let bytes = self
            .key(form.slot)
            .decrypt(&form.sealed, &self.place(form))
            .unwrap();
        match Opening::decode(&bytes).unwrap() {
            Opening::Whole { secret, items } => (secret, items),
            Opening::Chosen(_) => panic!("a book has forms whole"),
        }
    }

    /// Encrypts other items in the place of a form, as if they had been there.
    pub(crate) fn write(&self, form: &FormRow, secret: B256, items: Vec<PlainItem>) {
        let content = Opening::Whole { secret, items }.encode();
        let key = self.key(form.slot);
        let sealed = key.encrypt(&content, &self.place(form), &mut rand::rng());
        let update =
            "UPDATE forms SET sealed = ?1, root = ?2 WHERE slot = ?3 AND cell = ?4 AND number = ?5";
        let place = (form.slot, form.cell, form.number);
        let changed = self.execute(
            update,
            rusqlite::params![sealed, form.root.0, place.0, place.1, place.2],
        );
        assert_eq!(changed, 1);
    }

    /// What a form is encrypted with: `form::seal` of the gateway.
    fn place(&self, form: &FormRow) -> Vec<u8> {
        let domain: &[u8] = b"theriac/trial/sealed-form/v1";
        let (slot, cell) = (form.slot.to_be_bytes(), form.cell.to_be_bytes());
        let parts = [domain, self.study.as_slice(), &slot, &cell];
        [parts.concat(), form.root.to_vec()].concat()
    }
}
