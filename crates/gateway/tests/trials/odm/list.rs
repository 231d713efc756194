//! `GET /odm`.

use super::{Door, json, problem};
use crate::support::World;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_partner_is_told_the_studies_and_sites_that_it_reaches() {
    let world = World::start().await;
    let door = Door::open(&world).await;
    let study = &door.study;
    for (token, studies) in [
        ("own", json!([{ "study": study }])),
        ("sponsor", json!([{ "study": study }])),
        ("other", json!([{ "study": study, "sites": [2] }])),
        ("stranger", json!([])),
    ] {
        let told = json(door.get(token, "/odm").await);
        assert_eq!(told, (200, json!({ "studies": studies })), "{token}");
    }
    problem(door.get("clerk", "/odm").await, 403, "SecurityException");
    problem(door.get("nobody", "/odm").await, 401, "SecurityException");
    door.stop().await;
}
