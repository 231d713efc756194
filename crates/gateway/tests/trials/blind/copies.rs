//! What leaves a book before the unblinding: copies for other books, the answers of the door, and bundles for each audience.

use super::view::{View, slices};
use crate::{odm::Door, support::World};
use serde_json::Value;
use std::collections::BTreeMap;
use theriac_evidence::trial::bundle::{Selection, zip::Archive};
use theriac_gateway::trials::{Party, book::Card};

/// Copies for the books of the sponsor and both sites, as who receives them reads them.
pub(super) fn sent((who, party): (&str, &Party), cards: &[Card], views: &mut BTreeMap<u32, View>) {
    for card in cards {
        let organisation = card.organisation;
        for copy in party.copies(card, 0).unwrap() {
            let copy: Value = serde_json::from_str(&copy.to_json()).unwrap();
            for list in ["subjects", "texts", "forms"] {
                for line in copy[list].as_array().unwrap() {
                    let slot = line["slot"].as_u64().unwrap() as u32;
                    let Some(view) = views.get_mut(&slot) else {
                        continue;
                    };
                    let name = format!("copy of {who} for {organisation}: {list}");
                    view.count(&name, line.to_string().as_bytes());
                }
            }
        }
    }
}

/// The door of the first site, asked by the sponsor.
pub(super) async fn door(world: &World, views: &mut BTreeMap<u32, View>) {
    let door = Door::open(world).await;
    let (status, text, _) = door.get("sponsor", &format!("/odm/{}", door.study)).await;
    assert_eq!(status, 200, "{text}");
    slices("door odm", &text, views);
    let (status, listed, _) = door.get("sponsor", "/odm").await;
    assert_eq!((status, listed.contains("llocat")), (200, false));
    door.stop().await;
}

/// Bundles of the sponsor's book: no list and no secret is in one, and forms are cut by their subjects.
pub(super) async fn bundles(sponsor: &mut Party, views: &mut BTreeMap<u32, View>) {
    let all = |_: &str| true;
    let audiences = [
        ("public", Selection::Public),
        ("journal", Selection::Journal(&all)),
        ("regulator", Selection::Regulator),
        ("participant", Selection::Participant(1)),
    ];
    for (name, selection) in &audiences {
        let bytes = sponsor.bundle(selection, None, Vec::new()).await.unwrap();
        let archive = Archive::open(&bytes).unwrap();
        let content = |file: &str| archive.content(file, 1 << 30).unwrap().map(|it| it.0);
        assert!(!archive.names().any(|(file, _)| file.starts_with("lists/")));
        if let Some(openings) = content("openings.json") {
            let openings: Value = serde_json::from_slice(&openings).unwrap();
            let secrets = &openings["secrets"];
            assert!(secrets.is_null() || secrets.as_array().unwrap().is_empty());
        }
        if *name == "regulator" {
            forms(sponsor, &content("forms.bin").unwrap(), views);
        }
    }
}

/// Entry number (8), length (4), opening: one after the other.
fn forms(sponsor: &Party, mut bytes: &[u8], views: &mut BTreeMap<u32, View>) {
    while let Some((head, rest)) = bytes.split_at_checked(12) {
        let number = u64::from_be_bytes(head[..8].try_into().unwrap());
        let length = u32::from_be_bytes(head[8..].try_into().unwrap()) as usize;
        let (opening, rest) = rest.split_at(length);
        let logged = sponsor.book().logged(number).unwrap().unwrap();
        if let Some(view) = views.get_mut(&logged.entry.slot) {
            view.count("bundle: forms", opening);
        }
        bytes = rest;
    }
}
