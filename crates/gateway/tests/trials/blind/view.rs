//! What blinded roles get of each subject, whole: from the ledger, their books, copies, exports, doors and bundles.

use super::{copies, ledger, play::Study};
use crate::support::{World, refusal};
use std::collections::BTreeMap;
use theriac_contracts::codes::TrialRole;
use theriac_gateway::trials::{
    Party,
    book::DocumentKind,
    export::{Edition, Export},
};

/// Readers of the sponsor's book, beside the sponsor and the monitor.
const READERS: [&str; 3] = ["Manager", "DataManager", "Statistician"];

/// Bytes of one thing that are looked at bit by bit, from its beginning.
const BYTES: usize = 768;

/// One thing that was seen: its beginning, and the length of all of it, which is what columns are made of.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) beginning: Vec<u8>,
    pub(super) length: usize,
}

impl Thing {
    fn extend(&mut self, bytes: &[u8]) {
        let room = bytes.len().min(BYTES - self.beginning.len());
        self.beginning.reserve_exact(room);
        self.beginning.extend(&bytes[..room]);
        self.length += bytes.len();
    }

    /// Leaves so many bytes of it.
    pub(super) fn truncate(&mut self, length: usize) {
        self.beginning.truncate(length);
        self.length = self.length.min(length);
    }
}

/// What was seen of one subject, by where it was seen.
#[derive(Clone, Default)]
pub(super) struct View {
    pub(super) numbers: BTreeMap<String, i64>,
    pub(super) things: BTreeMap<String, Thing>,
}

impl View {
    pub(super) fn number(&mut self, name: impl Into<String>, number: i64) {
        self.numbers.insert(name.into(), number);
    }

    /// More of what is named so.
    pub(super) fn add(&mut self, name: impl Into<String>, bytes: &[u8]) {
        self.things.entry(name.into()).or_default().extend(bytes);
    }

    /// More of what is named so, and one more of it.
    pub(super) fn count(&mut self, name: &str, bytes: &[u8]) {
        self.add(name, bytes);
        *self.numbers.entry(format!("{name}, how many")).or_default() += 1;
    }
}

/// The views of all subjects, in the order of their allocation, which is that of their slots here.
pub(super) async fn all(study: &mut Study, subjects: u32) -> Vec<View> {
    let mut views: BTreeMap<u32, View> =
        (1..=subjects).map(|slot| (slot, View::default())).collect();
    ledger::tell(&study.world, &mut views);
    sealed(&study.world.sponsor, &mut views).await;
    records(&study.world.sponsor, &mut views).await;
    let parties = parties(study).await;
    for (_, party) in &parties {
        is_blind(party).await;
    }
    let world = &study.world;
    let sites = world.sites.iter().map(|site| &site.party);
    let books = std::iter::once(&world.sponsor).chain(sites);
    let cards: Vec<_> = books.map(|party| party.card().unwrap()).collect();
    // The sponsor's book has several readers, to whom it says the same.
    for (who, party) in parties
        .iter()
        .filter(|(who, _)| !READERS.contains(&who.as_str()))
    {
        book((who, party), &mut views);
        odm((who, party), &mut views);
        copies::sent((who, party), &cards, &mut views);
    }
    copies::door(&study.world, &mut views).await;
    copies::bundles(&mut study.world.sponsor, &mut views).await;
    views.into_values().collect()
}

/// Every book of a blinded role, opened anew by who may.
async fn parties(study: &Study) -> Vec<(String, Party)> {
    let mut parties = Vec::new();
    for (place, site) in study.world.sites.iter().enumerate() {
        let name = format!("site {}", place + 1);
        parties.push((name, World::reopened(&site.party).await));
    }
    let sponsor = World::reopened(&study.world.sponsor).await;
    parties.push(("sponsor".to_owned(), sponsor));
    for (role, client) in &study.blinded {
        let book = match role {
            TrialRole::Coordinator => study.world.sites[0].party.book(),
            _ => study.world.sponsor.book(),
        };
        let party = Party::open(client.clone(), book.folder()).await.unwrap();
        parties.push((format!("{role:?}"), party));
    }
    parties
}

/// No way to ask for an allocation is open to it.
async fn is_blind(party: &Party) {
    assert_eq!(refusal(party.allocation(1, 1).await), "Blinded");
    assert_eq!(party.book().list(1).unwrap(), None);
    assert_eq!(party.book().published_lists().unwrap(), []);
}

/// The sealed entry of a subject, and its place.
async fn sealed(sponsor: &Party, views: &mut BTreeMap<u32, View>) {
    let study = sponsor.study().unwrap();
    let documents = sponsor.book().documents().unwrap();
    let list = documents
        .iter()
        .find(|one| one.kind == DocumentKind::SealedList);
    let content = &list.unwrap().content;
    let length = u32::from_be_bytes(content[1..5].try_into().unwrap()) as usize;
    for (slot, view) in views {
        let index = sponsor
            .client()
            .allocated_index(study, 1, *slot)
            .await
            .unwrap();
        let index = index.unwrap();
        let entry = content[5..].chunks(length).nth(index as usize).unwrap();
        view.add("sealed entry", entry);
        view.number("index", i64::from(index));
        view.number("place of the sealed entry", i64::from(index));
    }
}

/// What `theriac trial status --subjects` has.
async fn records(party: &Party, views: &mut BTreeMap<u32, View>) {
    for record in party.records().await.unwrap() {
        let view = views.get_mut(&record.slot).unwrap();
        view.add("record", &record.encode());
        view.number("record: items", record.items as i64);
        view.number("record: nulls", record.nulls as i64);
        view.number("record: missing", i64::from(record.missing));
        view.number("record: entries", i64::from(record.entries));
        view.number("record: site", i64::from(record.site));
    }
}

/// Rows of a book, as who has its file sees them, and in clear as its readers do.
fn book((who, party): (&str, &Party), views: &mut BTreeMap<u32, View>) {
    for subject in party.book().subjects().unwrap() {
        let Some(view) = views.get_mut(&subject.slot) else {
            continue;
        };
        let label = subject.label.unwrap_or_default();
        view.add(format!("{who}: label"), &label);
        for wrap in party.book().key_wraps(subject.slot).unwrap() {
            view.count(&format!("{who}: wraps"), &wrap.wrap);
        }
        for (_, sealed) in party.book().texts(subject.slot).unwrap() {
            view.count(&format!("{who}: sealed texts"), &sealed);
        }
        for (_, text) in party.texts(subject.slot).unwrap_or_default() {
            view.count(&format!("{who}: texts"), &text);
        }
        for row in party.book().forms_of_subject(subject.slot).unwrap() {
            view.count(&format!("{who}: sealed forms"), &row.sealed);
            let Ok(standing) = party.standing(row.slot, row.cell) else {
                continue;
            };
            for (oid, item) in standing.items {
                view.count(&format!("{who}: items"), oid.as_bytes());
                let name = format!("{who}: {oid}");
                view.add(name.clone(), item.value.as_bytes());
                let digits = item
                    .value
                    .trim_start_matches(|one: char| !one.is_ascii_digit());
                if let Ok(number) = digits.parse() {
                    view.number(name, number);
                }
            }
        }
    }
}

/// Both editions of the export, sliced by subject.
fn odm((who, party): (&str, &Party), views: &mut BTreeMap<u32, View>) {
    for edition in [Edition::One, Edition::Two] {
        let export = Export {
            edition,
            ..Export::default()
        };
        let mut bytes = Vec::new();
        // A book without the keys of subjects has no export.
        if party.export(&export, &mut bytes).is_ok() {
            let text = String::from_utf8(bytes).unwrap();
            slices(&format!("odm {edition:?} of {who}"), &text, views);
        }
    }
}

/// What an export has of each subject: its elements, their number, and that of items in them.
pub(super) fn slices(name: &str, text: &str, views: &mut BTreeMap<u32, View>) {
    for part in text.split("<SubjectData ").skip(1) {
        let part = part.split("</SubjectData>").next().unwrap_or_default();
        let key = part.split("SubjectKey=\"").nth(1).unwrap_or_default();
        let key = key.split('"').next().unwrap_or_default();
        let slot = match key.strip_prefix("S-") {
            Some(number) => number.parse::<u32>().unwrap() + 1,
            None => key.parse().unwrap(),
        };
        let view = views.get_mut(&slot).unwrap();
        view.count(name, part.as_bytes());
        let items = part.matches("<ItemData").count() as i64;
        *view.numbers.entry(format!("{name}, items")).or_default() += items;
    }
}
