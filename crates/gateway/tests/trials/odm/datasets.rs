//! `GET /odm/{study}/datasets` and `GET /odm/{study}/datasets/{dataset}`.

use super::{Door, json, problem};
use crate::{
    datasets::{ADSL, ADVS, analyse, definition, locked, text, with_arms},
    support::World,
};
use alloy_primitives::B256;
use serde_json::{Value, json};
use theriac_evidence::{digest::sha256, trial::bundle::Dataset};
use theriac_gateway::Config;
use theriac_standards::dataset::Dataset as Table;

/// The sponsor's gateway.
async fn sponsors(world: &World, change: impl FnOnce(&mut Config)) -> Door {
    Door::open_with(world, |config| {
        config.trials[0].book = world.sponsor.book().folder().to_owned();
        config.trials[0].client = world.sponsor.client().clone();
        change(config);
    })
    .await
}

/// A study without lists whose two datasets went into an analysis.
async fn analysed() -> (World, [Dataset; 2]) {
    let mut world = locked().await;
    let adsl = world.sponsor.make_dataset(&definition(ADSL)).await.unwrap();
    let advs = world.sponsor.make_dataset(&definition(ADVS)).await.unwrap();
    let datasets = [adsl, advs];
    analyse(&mut world.sponsor, &datasets).await.unwrap();
    (world, datasets)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn datasets_are_listed_with_the_hashes_that_the_ledger_has_and_told_in_each_form() {
    let (world, datasets) = analysed().await;
    let door = sponsors(&world, |_| {}).await;
    let path = format!("/odm/{}/datasets", door.study);
    let (status, listed) = json(door.get("sponsor", &path).await);
    let named = datasets.iter().map(|dataset| {
        let hash = |bytes: &[u8]| -> B256 { sha256(&[bytes]) };
        json!({ "name": dataset.name, "dataset": hash(&dataset.rows), "lineage": hash(&dataset.lineage) })
    });
    let named: Vec<_> = named.collect();
    assert_eq!((status, &listed["datasets"]), (200, &json!(named)));
    let [adsl, advs] = datasets;
    for (dataset, name) in [(&adsl, "ADSL"), (&advs, "ADVS")] {
        let place = ("reader", &*format!("{path}/{name}"));
        let (status, kind, lines) = door.fetch(place, "application/x-ndjson").await;
        assert_eq!((status, &*kind), (200, "application/x-ndjson"));
        assert_eq!(text(&lines), text(&dataset.rows));
        let (whole, problems) = Table::read(&dataset.rows, Default::default()).unwrap();
        assert!(problems.is_clean(), "{problems:?}");
        for accept in ["application/zlib", "application/json", "*/*"] {
            let (status, kind, bytes) = door.fetch(place, accept).await;
            assert_eq!(status, 200, "{accept}");
            assert!(accept == kind || kind == "application/json", "{kind}");
            assert_eq!(
                serde_json::from_slice::<Value>(&bytes).is_ok(),
                kind != "application/zlib"
            );
            let (told, problems) = Table::read(&bytes, Default::default()).unwrap();
            assert_eq!(told, whole, "{accept}");
            assert!(problems.is_clean(), "{problems:?}");
        }
    }
    door.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_right_or_no_reach_or_asks_wrongly_is_told_no_dataset() {
    let (world, _) = analysed().await;
    let door = sponsors(&world, |config| config.limits.odm_bytes = 100).await;
    let list = format!("/odm/{}/datasets", door.study);
    let one = format!("{list}/ADVS");
    for path in [&list, &one] {
        problem(door.get("nobody", path).await, 401, "SecurityException");
        problem(door.get("clerk", path).await, 403, "SecurityException");
        problem(door.get("writer", path).await, 403, "SecurityException");
        problem(door.get("stranger", path).await, 404, "StudyUnknown");
    }
    // A dataset is of the whole study: who reaches one site of two gets none.
    let none = (200, json!({ "datasets": [] }));
    assert_eq!(json(door.get("other", &list).await), none);
    problem(door.get("other", &one).await, 404, "DatasetUnknown");
    let absent = door.get("sponsor", &format!("{list}/ADAE")).await;
    problem(absent, 404, "DatasetUnknown");
    let (status, _, _) = door.fetch(("sponsor", &one), "application/xml").await;
    assert_eq!(status, 406);
    for accept in [
        "application/json",
        "application/x-ndjson",
        "application/zlib",
    ] {
        let (status, _, body) = door.fetch(("sponsor", &one), accept).await;
        assert_eq!(status, 413, "{accept}");
        assert!(text(&body).contains("OdmTooLarge"), "{accept}");
    }
    door.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dataset_of_a_study_with_lists_is_for_who_is_named_as_unblinded() {
    let (mut world, mut arms) = with_arms().await;
    // The same rows without the arm, and those of one arm alone: neither proves that it tells nothing.
    let plain = world.sponsor.make_dataset(&definition(ADSL)).await.unwrap();
    arms.name = "ADARM".to_owned();
    let mut chosen = plain.clone();
    chosen.name = "ADPART".to_owned();
    chosen.rows = text(&plain.rows)
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect::<String>()
        .into_bytes();
    chosen.lineage = text(&plain.lineage)
        .lines()
        .take(1)
        .map(|line| format!("{line}\n"))
        .collect::<String>()
        .into_bytes();
    analyse(&mut world.sponsor, &[arms.clone(), chosen])
        .await
        .unwrap();
    let door = sponsors(&world, |config| {
        config.trials[0].unblinded = ["reader".to_owned(), "other".to_owned()].into()
    })
    .await;
    let list = format!("/odm/{}/datasets", door.study);
    for token in ["own", "sponsor", "other"] {
        let told = json(door.get(token, &list).await);
        assert_eq!(told, (200, json!({ "datasets": [] })), "{token}");
        for name in ["ADSL", "ADARM", "ADPART"] {
            let told = door.get(token, &format!("{list}/{name}")).await;
            problem(told, 404, "DatasetUnknown");
        }
    }
    let (_, told) = json(door.get("reader", &list).await);
    assert_eq!(told["datasets"].as_array().unwrap().len(), 3);
    let place = ("reader", &*format!("{list}/ADARM"));
    let (status, _, lines) = door.fetch(place, "application/x-ndjson").await;
    assert_eq!((status, text(&lines)), (200, text(&arms.rows)));
    assert!(text(&lines).contains("Placebo"));
    door.stop().await;
}
