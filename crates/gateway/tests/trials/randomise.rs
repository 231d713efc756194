//! Lists: committed, drawn, sealed, allocated from; and seen by nobody who must not.

use crate::support::{World, refusal};
use std::collections::BTreeMap;
use theriac_contracts::codes::TrialRole;
use theriac_gateway::trials::{NewList, Party};

async fn unblinded(world: &mut World) -> Party {
    let client = world.enrol(0).await;
    world
        .grant(client.address(), TrialRole::UnblindedStatistician, 0)
        .await;
    let folder = world.folder.path().join("lists");
    let mut party = Party::begin(client, &folder).await.unwrap();
    let card = party.card().unwrap();
    let file = world.file();
    world.sponsor.send_copy(&card, 0, &file).await.unwrap();
    party.receive(&std::fs::read(file).unwrap()).await.unwrap();
    party
}

fn two_arms() -> NewList {
    NewList {
        stratum: "all".to_owned(),
        block: ["A", "B"].map(str::to_owned).to_vec(),
        blocks: 4,
        kit_prefix: "K".to_owned(),
        delay: 8,
    }
}

pub(crate) async fn sealed(world: &mut World) -> Party {
    let mut party = unblinded(world).await;
    assert_eq!(party.commit_list(&two_arms()).await.unwrap(), 1);
    assert_eq!(refusal(party.draw_list(1).await), "DrawTooEarly");
    world.grow(10);
    party.draw_list(1).await.unwrap();
    party.seal_list(1).await.unwrap();
    party
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
    let mut party = unblinded(&mut world).await;
    world.consent(1, "01-001").await;
    assert_eq!(
        refusal(party.commit_list(&two_arms()).await),
        "ConsentBegun"
    );
}
