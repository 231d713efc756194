//! `GET /odm/{study}`.

use super::{Door, problem};
use crate::{export::eventful, randomise::sealed, support::World};
use theriac_standards::odm::{Limits, validate};

fn keeps_rules(text: &str) {
    let report = validate::check(text.as_bytes(), Limits::default()).unwrap();
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_study_is_told_whole_and_from_an_entry_on() {
    let mut world = World::start().await;
    eventful(&mut world).await;
    let door = Door::open(&world).await;
    let path = format!("/odm/{}", door.study);
    let (status, two, next) = door.get("sponsor", &path).await;
    assert_eq!(status, 200, "{two}");
    assert!(two.contains("http://www.cdisc.org/ns/odm/v2.0") && two.contains("01-001"));
    keeps_rules(&two);
    let (status, one, _) = door.get("own", &format!("{path}?version=1.3.2")).await;
    assert!(status == 200 && one.contains("http://www.cdisc.org/ns/odm/v1.3"));
    keeps_rules(&one);
    let (status, later, _) = door
        .get("own", &format!("{path}?from={}", next.unwrap()))
        .await;
    assert!(status == 200 && !later.contains("<SubjectData"));
    let (status, early, next) = door.get("own", &format!("{path}?until=3")).await;
    assert!(status == 200 && !early.contains("<SubjectData"));
    assert_eq!(next.as_deref(), Some("3"));
    door.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_right_no_reach_or_asks_wrongly_is_told_nothing() {
    let mut world = World::start().await;
    eventful(&mut world).await;
    let door = Door::open_with(&world, |config| config.limits.odm_bytes = 4_000).await;
    let path = format!("/odm/{}", door.study);
    problem(door.get("nobody", &path).await, 401, "SecurityException");
    problem(door.get("clerk", &path).await, 403, "SecurityException");
    problem(door.get("stranger", &path).await, 404, "StudyUnknown");
    let unknown = format!("/odm/0x{}", "00".repeat(32));
    problem(door.get("own", &unknown).await, 404, "StudyUnknown");
    problem(door.get("own", "/odm/none").await, 404, "StudyUnknown");
    for query in ["version=3", "from=x", "other=1"] {
        let told = door.get("own", &format!("{path}?{query}")).await;
        problem(told, 400, "RequestInvalid");
    }
    problem(door.get("own", &path).await, 413, "OdmTooLarge");
    door.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_reads_its_sites_alone_and_no_allocation() {
    let mut world = World::start().await;
    sealed(&mut world).await;
    let slot = world.consent(1, "01-001").await;
    world.sites[0].party.allocate(slot, 1).await.unwrap();
    let door = Door::open(&world).await;
    let path = format!("/odm/{}", door.study);
    let (status, theirs, _) = door.get("other", &path).await;
    assert_eq!(status, 200);
    assert!(!theirs.contains("<SubjectData") && !theirs.contains("01-001"));
    let (_, all, _) = door.get("sponsor", &path).await;
    assert_eq!(all.matches("<SubjectData").count(), 1);
    assert!(!all.contains("llocat") && !all.contains("andomis"));
    door.stop().await;
}
