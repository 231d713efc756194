//! Lists: committed, drawn, sealed to the network's keepers, allocated from; and seen by nobody who must not.

use crate::support::{Reader, World, refusal};
use std::collections::{BTreeMap, BTreeSet};
use theriac_gateway::trials::{Error, NewList, OpenedAllocation, Party, book::DocumentKind};

fn two_arms() -> NewList {
    NewList {
        stratum: "all".to_owned(),
        // Names of different lengths.
        block: ["Placebo", "Xanomeline high dose, by patch"]
            .map(str::to_owned)
            .to_vec(),
        blocks: 4,
        kit_prefix: "K".to_owned(),
        delay: 8,
    }
}

/// The book of the statistician, whose list is sealed; all books have the sealed entries.
pub(crate) async fn sealed(world: &mut World) -> Party {
    sealed_of(world, &two_arms()).await
}

/// The same of another list.
pub(crate) async fn sealed_of(world: &mut World, list: &NewList) -> Party {
    let mut party = world.statistician().await;
    assert_eq!(party.commit_list(list).await.unwrap(), 1);
    assert_eq!(refusal(party.draw_list(1).await), "DrawTooEarly");
    world.grow(10);
    party.draw_list(1).await.unwrap();
    party.seal_list(1).await.unwrap();
    world.spread(&mut party).await;
    party
}

async fn open(reader: &mut Reader, slot: u32) -> Result<OpenedAllocation, Error> {
    let why = ("to dispense", &reader.keys);
    reader
        .party
        .open_allocation((slot, 1), (false, 1), why)
        .await
}

#[tokio::test]
async fn subjects_take_the_indices_in_order_and_blocks_stay_balanced() {
    let mut world = World::start().await;
    let statistician = sealed(&mut world).await;
    let mut arms: BTreeMap<String, usize> = BTreeMap::new();
    for index in 0..4 {
        let slot = world.consent(1, &format!("01-{index}")).await;
        let site = &mut world.sites[0].party;
        assert_eq!(site.allocate(slot, 1).await.unwrap(), index);
        let mut statistician = World::reopened(&statistician).await;
        statistician.sync().await.unwrap();
        let given = statistician.allocation(slot, 1).await.unwrap().unwrap();
        assert_eq!(given.index, index);
        *arms.entry(given.arm).or_default() += 1;
    }
    assert_eq!(arms.into_values().collect::<Vec<_>>(), [2, 2]);
}

#[tokio::test]
async fn an_allocation_opens_by_the_keepers_to_the_pharmacist_without_the_book_of_the_lists() {
    let mut world = World::start().await;
    let statistician = sealed(&mut world).await;
    let mut pharmacist = world.pharmacist(1).await;
    let mut told = Vec::new();
    for number in 0..3 {
        let slot = world.consent(1, &format!("01-{number}")).await;
        world.sites[0].party.allocate(slot, 1).await.unwrap();
        let opened = open(&mut pharmacist, slot).await.unwrap();
        assert_eq!(opened.bad, []);
        told.push((slot, opened.allocation));
    }
    assert_eq!(world.ledger.lock().unwrap().keepers.asked, 3);
    let mut statistician = World::reopened(&statistician).await;
    statistician.sync().await.unwrap();
    for (slot, allocation) in told {
        let made = statistician.allocation(slot, 1).await.unwrap();
        assert_eq!(made, Some(allocation));
    }
}

#[tokio::test]
async fn what_broke_off_is_read_later_without_another_entry_and_a_bad_keeper_is_named() {
    let mut world = World::start().await;
    sealed(&mut world).await;
    let mut pharmacist = world.pharmacist(1).await;
    let slot = world.consent(1, "01-001").await;
    world.sites[0].party.allocate(slot, 1).await.unwrap();
    let keepers = |change: fn(&mut crate::support::Keepers)| {
        change(&mut world.ledger.lock().unwrap().keepers);
    };
    keepers(|keepers| keepers.down = [0, 1].into());
    let missing = open(&mut pharmacist, slot).await;
    let is_missing = |error: &Error| {
        matches!(
            error,
            Error::Ledger(theriac_sdk::Error::KeepersMissing {
                got: 2,
                needed: 3,
                ..
            })
        )
    };
    assert!(missing.is_err_and(|error| is_missing(&error)));
    let entries = pharmacist.party.book().log_size().unwrap();
    keepers(|keepers| (keepers.down, keepers.liars) = ([].into(), [0].into()));
    let again = World::reopened(&pharmacist.party).await;
    let opened = again.opened_allocation((slot, 1), &pharmacist.keys).await;
    let opened = opened.unwrap();
    let liar = world.ledger.lock().unwrap().keepers.name(0);
    assert!(!opened.bad.is_empty() && opened.bad.iter().all(|bad| bad.keeper == liar.0));
    assert_eq!(opened.allocation.index, 0);
    assert_eq!(again.book().log_size().unwrap(), entries);
}

#[tokio::test]
async fn in_an_emergency_the_investigator_opens_and_otherwise_not() {
    let mut world = World::start().await;
    sealed(&mut world).await;
    let slot = world.consent(1, "01-001").await;
    let keys = world.keys("investigator");
    let site = &mut world.sites[0].party;
    site.allocate(slot, 1).await.unwrap();
    let to_know = site.open_allocation((slot, 1), (false, 1), ("curious", &keys));
    assert_eq!(refusal(to_know.await), "TrialRoleMissing");
    assert_eq!(
        refusal(site.opened_allocation((slot, 1), &keys).await),
        "NotOpened"
    );
    let emergency = site.open_allocation((slot, 1), (true, 2), ("anaphylaxis", &keys));
    let opened = emergency.await.unwrap();
    assert_eq!(opened.allocation.index, 0);
    let texts = site.texts(slot).unwrap();
    assert!(texts.iter().any(|(_, text)| text == b"anaphylaxis"));
    // Another subject stays closed.
    let other = world.consent(1, "01-002").await;
    let site = &mut world.sites[0].party;
    site.allocate(other, 1).await.unwrap();
    assert_eq!(
        refusal(site.opened_allocation((other, 1), &keys).await),
        "NotOpened"
    );
}

#[tokio::test]
async fn a_book_without_the_sealed_entries_enters_no_opening() {
    let mut world = World::start().await;
    let mut pharmacist = world.pharmacist(1).await;
    let mut statistician = world.statistician().await;
    statistician.commit_list(&two_arms()).await.unwrap();
    world.grow(10);
    statistician.draw_list(1).await.unwrap();
    statistician.seal_list(1).await.unwrap();
    let slot = world.consent(1, "01-001").await;
    world.sites[0].party.allocate(slot, 1).await.unwrap();
    assert_eq!(refusal(open(&mut pharmacist, slot).await), "DocumentAbsent");
    let opened = pharmacist.party.book().log_of_kind(18).unwrap();
    assert_eq!(opened, []);
    world.spread(&mut statistician).await;
    world.bring_up_to_date(&mut pharmacist.party).await;
    open(&mut pharmacist, slot).await.unwrap();
}

/// The book of a blinded site has all sealed entries, and none of them is longer than another or holds a word.
#[tokio::test]
async fn sealed_entries_have_one_length_and_no_words() {
    let mut world = World::start().await;
    sealed(&mut world).await;
    let site = &world.sites[0].party;
    let documents = site.book().documents().unwrap();
    let list = documents
        .iter()
        .find(|one| one.kind == DocumentKind::SealedList)
        .unwrap();
    let length = u32::from_be_bytes(list.content[1..5].try_into().unwrap()) as usize;
    let entries: Vec<_> = list.content[5..].chunks_exact(length).collect();
    assert_eq!(entries.len(), 8);
    assert_eq!(list.content.len(), 5 + 8 * length);
    let distinct: BTreeSet<_> = entries.iter().map(|entry| &entry[4..]).collect();
    assert_eq!(distinct.len(), 8);
    for word in [&b"Placebo"[..], b"Xanomeline", b"K00000"] {
        let holds = |entry: &&[u8]| entry.windows(word.len()).any(|part| part == word);
        assert!(!entries.iter().any(holds));
    }
}

#[tokio::test]
async fn a_blinded_role_sees_no_arm_even_with_the_book_of_the_lists() {
    let mut world = World::start().await;
    let statistician = sealed(&mut world).await;
    let slot = world.consent(1, "01-001").await;
    world.sites[0].party.allocate(slot, 1).await.unwrap();
    let site = &mut world.sites[0].party;
    assert_eq!(refusal(site.allocation(slot, 1).await), "Blinded");
    let lists = std::fs::read(statistician.book().folder().join("trial.sqlite")).unwrap();
    let plain = b"\"arms\":";
    assert!(!lists.windows(plain.len()).any(|window| window == plain));
}

#[tokio::test]
async fn no_list_is_committed_to_after_a_consent() {
    let mut world = World::start().await;
    let mut party = world.statistician().await;
    world.consent(1, "01-001").await;
    assert_eq!(
        refusal(party.commit_list(&two_arms()).await),
        "ConsentBegun"
    );
}
