//! `POST /odm/{study}/datasets`.

use super::{Door, Told, json, problem};
use crate::support::World;
use flate2::{Compression, write::GzEncoder};
use reqwest::Method;
use serde_json::json;
use std::io::Write as _;
use theriac_standards::dataset::{Dataset, Form};

const VS: &str = r#"{"datasetJSONCreationDateTime":"2026-01-01T00:00:00","datasetJSONVersion":"1.1.0","itemGroupOID":"IG.VS","records":2,"name":"VS","label":"Vital signs","columns":[{"itemOID":"1","name":"SUBJID","label":"a","dataType":"string"},{"itemOID":"2","name":"VISIT","label":"b","dataType":"string"},{"itemOID":"3","name":"SYSBP","label":"c","dataType":"float"}],"rows":[["01-001","BASELINE",118.50],["01-001","WEEK 8",null]]}"#;
const COLUMNS: &str = "subject=SUBJID&visitColumn=VISIT&form=VS";

async fn post(door: &Door, (token, query): (&str, &str), body: (Vec<u8>, &str)) -> Told {
    let path = format!("/odm/{}/datasets?{query}", door.study);
    door.send((Method::POST, token, &path), Some(body)).await
}

async fn post_json(door: &Door, token: &str, query: &str, body: &str) -> Told {
    post(door, (token, query), (body.into(), "application/json")).await
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_are_taken_in_each_form_once_and_corrected_for_a_reason() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let door = Door::open(&world).await;
    let (status, report) = json(post_json(&door, "writer", COLUMNS, VS).await);
    assert_eq!((status, &report["captured"]), (200, &json!(2)), "{report}");
    let (table, _) = Dataset::read(VS.as_bytes(), Default::default()).unwrap();
    let [lines, zlib] = [Form::NdJson, Form::Dsjc].map(|form| table.write(form).unwrap().0);
    for (body, kind) in [
        (gzip(&lines), "application/gzip"),
        (lines, "application/x-ndjson"),
        (zlib, "application/zlib"),
    ] {
        let (status, again) = json(post(&door, ("own", COLUMNS), (body, kind)).await);
        let told = (status, &again["same"], &again["captured"]);
        assert_eq!(told, (200, &json!(2), &json!(0)), "{kind}");
    }
    let changed = VS.replace("118.50", "119");
    let (status, report) = json(post_json(&door, "sponsor", COLUMNS, &changed).await);
    assert_eq!(
        (status, &report["misfits"][0]["code"]),
        (422, &json!("ReasonAbsent"))
    );
    let reasoned = format!("{COLUMNS}&item=SYSBP&reason=late:%20read%20again");
    let (status, report) = json(post_json(&door, "sponsor", &reasoned, &changed).await);
    assert_eq!((status, &report["corrected"]), (200, &json!(1)), "{report}");
    door.stop().await;
    let party = World::reopened(&world.sites[0].party).await;
    let standing = party.standing(slot, 1).unwrap();
    assert_eq!(standing.items["SYSBP"].value, "119");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_right_no_reach_or_no_dataset_enters_nothing() {
    let mut world = World::start().await;
    let slot = world.consent(1, "01-001").await;
    let door = Door::open_with(&world, |config| config.limits.odm_bytes = 4_000).await;
    let sent = async |token: &str| post_json(&door, token, COLUMNS, VS).await;
    problem(sent("nobody").await, 401, "SecurityException");
    problem(sent("clerk").await, 403, "SecurityException");
    problem(sent("reader").await, 403, "SecurityException");
    problem(sent("stranger").await, 404, "StudyUnknown");
    // A partner of another site does not learn that the subject is here.
    let (status, report) = json(sent("other").await);
    assert_eq!(status, 422);
    assert_eq!(report["misfits"][0]["code"], "SubjectUnknown");
    for query in [
        "",
        "subject=SUBJID&form=VS",
        "subject=SUBJID&visit=A&visitColumn=VISIT&form=VS",
        &format!("{COLUMNS}&other=1"),
        &format!("{COLUMNS}&reason="),
    ] {
        let told = post_json(&door, "own", query, VS).await;
        problem(told, 400, "RequestInvalid");
    }
    let absent = post_json(&door, "own", &format!("{COLUMNS}&item=PULSE"), VS).await;
    problem(absent, 400, "DatasetFaulty");
    let cut = &VS[..VS.len() - 9];
    problem(
        post_json(&door, "own", COLUMNS, cut).await,
        400,
        "DatasetFaulty",
    );
    let told = post_json(&door, "own", COLUMNS, &VS.replace("118.50", "118.5.0.1234")).await;
    assert!(!told.1.contains("118"), "{}", told.1);
    problem(told, 400, "DatasetFaulty");
    let large = " ".repeat(5_000);
    problem(
        post_json(&door, "own", COLUMNS, &large).await,
        413,
        "too large",
    );
    let bomb = gzip(format!("{VS}{large}").as_bytes());
    let bomb = post(&door, ("own", COLUMNS), (bomb, "application/gzip")).await;
    problem(bomb, 413, "OdmTooLarge");
    let xml = post(&door, ("own", COLUMNS), (VS.into(), "application/xml")).await;
    problem(xml, 415, "UnsupportedMediaType");
    let party = World::reopened(&world.sites[0].party).await;
    assert_eq!(party.book().forms_of(slot, 1).unwrap(), []);
    world.node_is(false);
    let away = sent("own").await;
    assert!(matches!(away.0, 502 | 503), "{away:?}");
    door.stop().await;
}
