//! One row for each refusal, with its pointer.

use crate::support::{SMALL, small_with};
use theriac_standards::usdm::{Limits, read};

fn refusal(text: &str) -> String {
    let read = read(text.as_bytes(), &Limits::default());
    read.err()
        .unwrap_or_else(|| panic!("accepted: {text}"))
        .to_string()
}

#[test]
fn the_small_definition_is_accepted() {
    let definition = read(SMALL.as_bytes(), &Limits::default()).expect("a definition");
    assert_eq!(definition.problems, []);
}

#[test]
fn what_cannot_be_understood_is_refused_with_its_pointer() {
    for (from, to, told) in [
        ("\"usdmVersion\":\"4.0.0\",", "", "/usdmVersion: missing"),
        (
            "\"usdmVersion\":\"4.0.0\"",
            "\"usdmVersion\":\"3.6\"",
            "/usdmVersion: got version 3.6, expected 4",
        ),
        ("\"study\":", "\"other\":", "/study: missing"),
        (
            "\"name\":\"S\"",
            "\"name\":7",
            "/study/name: got a number, expected a text",
        ),
        (
            "\"versions\":[",
            "\"versions\":[],\"others\":[",
            "/study/versions: missing",
        ),
        (
            "\"versionIdentifier\":\"1\",",
            "",
            "/study/versions/0/versionIdentifier: missing",
        ),
        (
            "\"InterventionalStudyDesign\"",
            "\"Design\"",
            "/study/versions/0/studyDesigns/0/instanceType: Design is no study design",
        ),
        (
            "\"id\":\"E2\"",
            "\"id\":\"E1\"",
            "/study/versions/0/studyDesigns/0/encounters/1/id: id E1 is also that of /study/versions/0/studyDesigns/0/encounters/0",
        ),
        (
            "\"mainTimeline\":true",
            "\"mainTimeline\":\"yes\"",
            "/study/versions/0/studyDesigns/0/scheduleTimelines/0/mainTimeline: got a text, expected true or false",
        ),
        (
            "{\"code\":\"C201356\",\"decode\":\"After\"}",
            "{\"code\":\"X\",\"decode\":\"Near\"}",
            "/study/versions/0/studyDesigns/0/scheduleTimelines/0/timings/1/type: got another code, expected Before, After or Fixed Reference",
        ),
        (
            "\"level\":{\"code\":\"C94496\",\"decode\":\"Primary Endpoint\"}",
            "\"level\":null",
            "/study/versions/0/studyDesigns/0/objectives/0/endpoints/0/level: missing",
        ),
        (
            "\"activityIds\":[\"A1\"]",
            "\"activityIds\":[1]",
            "/study/versions/0/studyDesigns/0/scheduleTimelines/0/instances/1/activityIds/0: got a number, expected an object",
        ),
    ] {
        assert_eq!(refusal(&small_with(from, to)), told);
    }
}

#[test]
fn references_that_lead_nowhere_or_elsewhere_are_told() {
    for (from, to, told) in [
        (
            "\"encounterId\":\"E2\"",
            "\"encounterId\":\"E9\"",
            "/study/versions/0/studyDesigns/0/scheduleTimelines/0/instances/1/encounterId: E9 is the id of nothing here",
        ),
        (
            "\"activityIds\":[\"A3\"]",
            "\"activityIds\":[\"A9\"]",
            "/study/versions/0/studyDesigns/0/scheduleTimelines/0/instances/0/activityIds/0: A9 is the id of nothing here",
        ),
    ] {
        let definition =
            read(small_with(from, to).as_bytes(), &Limits::default()).expect("a definition");
        let problems: Vec<_> = definition
            .problems
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(problems, [told]);
    }
}

#[test]
fn a_reference_to_another_kind_is_told() {
    let text = small_with(
        "\"name\":\"Day 1\",\"instanceType\":\"Encounter\"",
        "\"name\":\"Day 1\",\"instanceType\":\"StudyArm\"",
    );
    let definition = read(text.as_bytes(), &Limits::default()).expect("a definition");
    let problems: Vec<_> = definition
        .problems
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        problems.iter().any(|one| one.ends_with("instances/0/encounterId: E1 is StudyArm, expected Encounter")),
        "{problems:?}"
    );
}
