//! `POST /odm/{study}`.

use super::{Door, json, problem};
use crate::support::World;
use reqwest::Method;
use serde_json::json;

const ODM: &str = include_str!("../data/history.xml");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clinical_data_are_taken_once_and_reported() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let door = Door::open(&world).await;
    let path = format!("/odm/{}", door.study);
    let (status, report) = json(door.post("sponsor", &path, ODM).await);
    assert_eq!(status, 200, "{report}");
    let told = ["values", "same", "captured", "corrected", "misfitCount"];
    let told = told.map(|name| report[name].as_u64().unwrap());
    assert_eq!(told, [5, 0, 1, 2, 0]);
    let (_, again) = json(door.post("own", &path, ODM).await);
    assert_eq!((&again["same"], &again["captured"]), (&json!(5), &json!(0)));
    door.stop().await;
    let party = World::reopened(&world.sites[0].party).await;
    let standing = party.standing(slot, 1).unwrap();
    assert_eq!(standing.items["SYSBP"].value, "118");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_is_told_with_its_place_and_nothing_is_entered() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let door = Door::open(&world).await;
    let path = format!("/odm/{}", door.study);
    let text = ODM.replace("FormOID=\"VS\"", "FormOID=\"LB\"");
    let (status, report) = json(door.post("own", &path, &text).await);
    assert_eq!((status, &report["misfitCount"]), (422, &json!(5)));
    assert_eq!(report["misfits"][0]["code"], "FormUnknown");
    assert_eq!(report["misfits"][0]["place"], "line 8, column 13");
    // A partner of another site does not learn that the subject is here.
    let (status, report) = json(door.post("other", &path, ODM).await);
    assert_eq!(status, 422);
    assert_eq!(report["misfits"][0]["code"], "SubjectUnknown");
    door.stop().await;
    let party = World::reopened(&world.sites[0].party).await;
    assert_eq!(party.book().forms_of(slot, 1).unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_right_or_no_odm_enters_nothing() {
    let mut world = World::start().await;
    world.consent(1, "01-001").await;
    let door = Door::open_with(&world, |config| config.limits.odm_bytes = 4_000).await;
    let path = format!("/odm/{}", door.study);
    problem(
        door.post("nobody", &path, ODM).await,
        401,
        "SecurityException",
    );
    problem(
        door.post("clerk", &path, ODM).await,
        403,
        "SecurityException",
    );
    problem(
        door.post("reader", &path, ODM).await,
        403,
        "SecurityException",
    );
    problem(door.post("stranger", &path, ODM).await, 404, "StudyUnknown");
    problem(door.post("own", &path, "<ODM>").await, 400, "OdmFaulty");
    problem(door.post("own", &path, "<x/>").await, 400, "OdmFaulty");
    let large = " ".repeat(5_000);
    problem(door.post("own", &path, &large).await, 413, "too large");
    let body = Some(("{}".into(), "application/json"));
    let told = door.send((Method::POST, "own", &path), body).await;
    problem(told, 415, "UnsupportedMediaType");
    world.node_is(false);
    let away = door.post("own", &path, ODM).await;
    assert!(matches!(away.0, 502 | 503), "{away:?}");
    door.stop().await;
}
