//! A study of the size of a median phase III: 5.1 million items in 300,000 forms of 1,000 subjects, in the long run.

use super::{
    chain,
    dice::Dice,
    study::{About, Study},
    world::{World, certified, judge},
};
use alloy_primitives::{Address, B256, keccak256};
use std::{fs, path::PathBuf, process::Command, time::Instant};
use theriac_evidence::{
    digest::sha256,
    trial::{
        Item, ItemKind, PlainItem, Replaces, Schedule,
        body::{Captured, Consented, Corrected, Locked, Registered},
        form_context, root_of_items, salt,
    },
};

const VISITS: u8 = 20;
const FORMS: u8 = 15;
const ITEMS: u32 = 17;
/// Entries of one block.
const AT_ONCE: u64 = 42;
/// What the verifier is to need at most: seconds, and bytes of memory.
const MOST_SECONDS: f64 = 60.0;
const MOST_MEMORY: u64 = 1 << 30;

fn subjects() -> u32 {
    if std::env::var_os("THERIAC_LONG").is_some() {
        1_000
    } else {
        2
    }
}

fn plain(dice: &mut Dice) -> Vec<PlainItem> {
    let item = |number: u32| PlainItem {
        kind: ItemKind::Value,
        oid: format!("IT.FORM.{number:02}"),
        value: format!("{}.{}", dice.below(200), number),
        reason: None,
    };
    (0..ITEMS).map(item).collect()
}

fn whole(context: B256, (secret, plain): (&B256, &[PlainItem]), before: Option<B256>) -> Vec<Item> {
    let version = if before.is_some() { 2 } else { 1 };
    let item = |(plain, index): (&PlainItem, u32)| Item {
        context,
        version,
        salt: salt(secret, version, index),
        kind: plain.kind,
        oid: plain.oid.clone(),
        value: plain.value.clone(),
        replaces: before.map(|leaf| Replaces {
            leaf,
            code: 1,
            reason: String::new(),
        }),
    };
    plain.iter().zip(0..).map(item).collect()
}

fn step(study: &mut Study) {
    if study.next().is_multiple_of(AT_ONCE) {
        study.wait(1);
    }
}

/// One form, and for every thirtieth a correction of its first item.
fn capture(study: &mut Study, (slot, cell): (u32, u32)) {
    let about = About {
        slot,
        site: 1,
        actor: Study::account("coordinator 1"),
        ..About::default()
    };
    let context = form_context(&study.id, slot, cell);
    let secret = study.dice.hash();
    let values = plain(&mut study.dice);
    let items = whole(context, (&secret, &values), None);
    step(study);
    let body = Captured {
        cell,
        root: root_of_items(&items),
        items: ITEMS,
        nulls: 0,
    };
    let entry = study.enter(about, body);
    study.values.insert(entry, (secret, values.clone()));
    if !entry.is_multiple_of(30) {
        return;
    }
    let corrected = vec![PlainItem {
        value: "1".into(),
        reason: Some((1, String::new())),
        ..values[0].clone()
    }];
    let items = whole(context, (&secret, &corrected), Some(items[0].leaf()));
    step(study);
    let body = Corrected {
        cell,
        entry,
        root: root_of_items(&items),
        items: 1,
        reason_code: 1,
    };
    let number = study.enter(about, body);
    study.values.insert(number, (secret, corrected));
}

fn large(subjects: u32) -> World {
    let mut study = Study::new(77);
    let sponsor = About {
        actor: Study::account("sponsor"),
        ..About::default()
    };
    let body = Registered {
        number: study.name.number,
        protocol: sha256(&[b"the protocol"]),
        schedule: Schedule {
            root: keccak256("schedule"),
            cells: vec![FORMS; usize::from(VISITS)],
        },
        outcomes: vec![],
        approvers: vec![],
        threshold: 1,
        retention_until: 0,
    };
    study.enter(sponsor, body);
    study.wait(1);
    for slot in 1..=subjects {
        let about = About {
            slot,
            site: 1,
            actor: Study::account("investigator 1"),
            ..About::default()
        };
        step(&mut study);
        let body = Consented {
            document: keccak256("consent"),
            version: 1,
            signature: study.dice.hash(),
            participant: Address::ZERO,
        };
        study.enter(about, body);
        for cell in 0..u32::from(VISITS) * u32::from(FORMS) {
            capture(&mut study, (slot, cell));
        }
        study.sign(
            "investigator 1",
            About {
                slot,
                site: 1,
                ..About::default()
            },
            (1, 4),
        );
    }
    study.wait(1);
    let about = About {
        actor: Study::account("data manager"),
        ..About::default()
    };
    let body = Locked {
        size: study.next(),
        root: study.root(),
        sums: study.sums_root(),
    };
    study.enter(about, body);
    assert!(study.height < chain::HEIGHT);
    let facts = certified(&study, 77);
    World {
        study,
        culprit: None,
        facts,
    }
}

#[test]
fn study_of_five_million_items_is_verified_within_its_bounds() {
    let subjects = subjects();
    let bytes = large(subjects).regulator();
    let path = std::env::temp_dir().join(format!("theriac-trial-{}.zip", std::process::id()));
    fs::write(&path, &bytes).expect("the folder for temporary files can be written");
    // In a process of its own, whose memory is the verifier's.
    let program = std::env::current_exe().expect("the program of this test");
    let child = Command::new(program)
        .args(["--exact", "trial::scale::file_is_verified", "--nocapture"])
        .env("THERIAC_TRIAL_FILE", &path)
        .output()
        .expect("the program of this test starts");
    fs::remove_file(&path).expect("it was written before");
    let text = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success(), "{text}");
    println!(
        "{} bytes: {}",
        bytes.len(),
        text.lines()
            .find(|line| line.contains(" items in "))
            .expect("the figures")
    );
}

#[test]
fn file_is_verified() {
    let given = std::env::var_os("THERIAC_TRIAL_FILE").map(PathBuf::from);
    let path = given.unwrap_or_else(|| crate::engine::vectors::path("trial_regulator.zip"));
    let started = Instant::now();
    let bytes = fs::read(path).expect("a bundle");
    let report = judge(&bytes).expect("a bundle that can be looked at");
    let seconds = started.elapsed().as_secs_f64();
    assert!(report.holds(), "{report}");
    let memory = peak_memory();
    println!(
        "{} items in {seconds:.1} s and {} MiB",
        report.figures.items_opened,
        memory >> 20
    );
    assert!(report.figures.items_opened > 0);
    assert!(
        seconds < MOST_SECONDS && memory < MOST_MEMORY,
        "{seconds} s, {memory} bytes"
    );
}

/// Most memory that this process had, in bytes; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) << 10
}
