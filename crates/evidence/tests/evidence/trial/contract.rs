//! The vectors of the contract, a study with entries of every kind that another program made: read, and followed.

use alloy_primitives::{Address, B256, hex};
use serde::Deserialize;
use std::{fs, path::PathBuf};
use theriac_evidence::trial::{
    Body, Cursor, Entry, Item, Subject, SumTree,
    body::Signed,
    list::{BaseEntry, base_root, order, secret_commitment, seed},
    log::Frontier,
    signing_digest, study_id,
};

#[derive(Deserialize)]
struct Story {
    chain_id: u64,
    organisation: u32,
    number: u32,
    study: B256,
    entries: Vec<Told>,
    heads: Vec<Head>,
    records: Vec<Record>,
    sums_root: B256,
    messages: serde_json::Value,
    form: Form,
    randomisation: Randomisation,
}

#[derive(Deserialize)]
struct Told {
    kind: u8,
    body: String,
    entry: String,
    leaf: B256,
}

#[derive(Deserialize)]
struct Head {
    size: u64,
    root: B256,
}

#[derive(Deserialize)]
struct Record {
    record: String,
}

#[derive(Deserialize)]
struct Form {
    items: Vec<Leaf>,
}

#[derive(Deserialize)]
struct Leaf {
    data: String,
    leaf: B256,
}

#[derive(Deserialize)]
struct Randomisation {
    secret: B256,
    commitment: B256,
    prevrandao: B256,
    seed: B256,
    stratum: B256,
    base: Vec<String>,
    root: B256,
    order: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    study: B256,
    slot: u32,
    site: u16,
    scope: u8,
    data_root: B256,
    meaning: u8,
    name: B256,
    time: u64,
    account: Address,
    digest: B256,
}

fn story() -> Option<Story> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = path.join("../contracts/tests/vectors/trials.json");
    if !path.is_file() {
        println!(
            "SKIPPED the contract's vectors: {} is absent",
            path.display()
        );
        return None;
    }
    let bytes = fs::read(path).expect("readable");
    Some(serde_json::from_slice(&bytes).expect("the form of the contract's vectors"))
}

fn bytes(text: &str) -> Vec<u8> {
    hex::decode(text).expect("hexadecimal")
}

#[test]
fn entries_bodies_and_heads_of_the_contract_are_read_as_they_were_made() {
    let Some(story) = story() else { return };
    assert_eq!(
        study_id(story.chain_id, story.organisation, story.number),
        story.study
    );
    let mut log = Frontier::new();
    for told in &story.entries {
        let (entry, body) = (bytes(&told.entry), bytes(&told.body));
        let read = Entry::decode(&entry).expect("an entry");
        assert_eq!((read.encode().to_vec(), read.leaf()), (entry, told.leaf));
        let read = Body::decode(told.kind, &body)
            .unwrap_or_else(|what| panic!("kind {}: {what}", told.kind));
        assert_eq!(read.encode(), body);
        log.append(told.leaf);
        let head = story.heads.iter().find(|head| head.size == log.size());
        assert!(
            head.is_none_or(|head| head.root == log.root()),
            "{}",
            log.size()
        );
    }
    let kinds: std::collections::BTreeSet<u8> =
        story.entries.iter().map(|told| told.kind).collect();
    assert_eq!(kinds.len(), 24);
}

#[test]
fn records_items_lists_and_messages_of_the_contract_are_read_as_they_were_made() {
    let Some(story) = story() else { return };
    let mut tree = SumTree::default();
    for record in &story.records {
        let record = bytes(&record.record);
        let subject = Subject::decode(&record).expect("a record");
        assert_eq!(subject.encode().to_vec(), record);
        tree.append(&subject).expect("small sums");
    }
    assert_eq!(tree.root(), Some(story.sums_root));
    for item in &story.form.items {
        let read = Item::decode(&bytes(&item.data)).expect("an item");
        assert_eq!(read.leaf(), item.leaf);
    }
    let drawn = &story.randomisation;
    assert_eq!(secret_commitment(&drawn.secret), drawn.commitment);
    assert_eq!(seed(&drawn.secret, &drawn.prevrandao), drawn.seed);
    let read = |text: &String| {
        BaseEntry::read(&mut Cursor::new("list", &bytes(text))).expect("a base entry")
    };
    let base: Vec<BaseEntry> = drawn.base.iter().map(read).collect();
    assert_eq!(base_root(&base), drawn.root);
    let block_length = base.iter().filter(|entry| entry.block == 0).count() as u32;
    assert_eq!(
        order(
            base.len() as u32,
            block_length,
            (&drawn.seed, &drawn.stratum)
        ),
        drawn.order
    );
    let messages = story.messages.as_object().expect("messages by name");
    for (_, message) in messages.iter().filter(|(name, _)| name.starts_with("sign")) {
        let message: Message =
            serde_json::from_value(message.clone()).expect("a signature's message");
        let entry = Entry {
            study: message.study,
            slot: message.slot,
            site: message.site,
            actor: message.account,
            ..Entry::default()
        };
        let signed = Signed {
            scope: message.scope,
            data_root: message.data_root,
            meaning: message.meaning,
            name: message.name,
            time: message.time,
            signature: vec![],
            second: vec![],
        };
        assert_eq!(
            signing_digest(story.chain_id, &entry, &signed),
            message.digest
        );
    }
}
