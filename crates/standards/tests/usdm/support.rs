//! What the tests share: published definitions read in place, and a small one of our own.

use std::path::PathBuf;
use theriac_standards::usdm::{Limits, StudyDefinition, read};

pub(crate) const PILOT: &str = "CDISC_Pilot/CDISC_Pilot_Study.json";
pub(crate) const DIABETES: &str =
    "EliLilly_NCT03421379_Diabetes/EliLilly_NCT03421379_Diabetes.json";
pub(crate) const OBSERVATIONAL: &str = "Observational/observational.json";
pub(crate) const ALL: [&str; 3] = [PILOT, DIABETES, OBSERVATIONAL];

/// The folder of published definitions, or `None` where it is absent.
pub(crate) fn published(test: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = root.join("../../../shared/data/trials/usdm");
    if root.is_dir() {
        return Some(root);
    }
    if std::env::var_os("CI").is_some_and(|ci| ci == "true") {
        panic!("{test}: ../shared/data/trials/usdm is absent");
    }
    println!("SKIPPED {test}: ../shared/data is absent");
    None
}

/// The text of a published definition.
pub(crate) fn text(test: &str, name: &str) -> Option<String> {
    let root = published(test)?;
    Some(std::fs::read_to_string(root.join(name)).expect("readable"))
}

/// A published definition.
pub(crate) fn definition(test: &str, name: &str) -> Option<StudyDefinition> {
    let text = text(test, name)?;
    let read = read(text.as_bytes(), &Limits::default());
    Some(read.unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// A definition of two visits, of which the second is two weeks after the first, give or take a day.
pub(crate) const SMALL: &str = r#"{"usdmVersion":"4.0.0","study":{"id":null,"name":"S","instanceType":"Study","versions":[{
"id":"V","versionIdentifier":"1","rationale":"first","titles":[],"studyIdentifiers":[],"instanceType":"StudyVersion",
"studyDesigns":[{"id":"D","name":"D","instanceType":"InterventionalStudyDesign",
"encounters":[{"id":"E1","name":"Day 1","instanceType":"Encounter"},{"id":"E2","name":"Week 2","instanceType":"Encounter"}],
"activities":[{"id":"A1","name":"Weight","instanceType":"Activity"},{"id":"A2","name":"Pressure","instanceType":"Activity"},{"id":"A3","name":"Both","instanceType":"Activity","childIds":["A1","A2"]}],
"scheduleTimelines":[{"id":"T","name":"Main","instanceType":"ScheduleTimeline","mainTimeline":true,"entryCondition":"consent","entryId":"I1",
"instances":[{"id":"I1","name":"FIRST","encounterId":"E1","activityIds":["A3"],"defaultConditionId":"I2"},
{"id":"I2","name":"SECOND","encounterId":"E2","activityIds":["A1"]}],
"timings":[{"id":"T1","type":{"code":"C201358","decode":"Fixed Reference"},"value":"P1D","valueLabel":"day 1","relativeFromScheduledInstanceId":"I1","relativeToScheduledInstanceId":"I1"},
{"id":"T2","type":{"code":"C201356","decode":"After"},"value":"P2W","valueLabel":"2 weeks","relativeFromScheduledInstanceId":"I2","relativeToScheduledInstanceId":"I1","windowLower":"P1D","windowUpper":"P1D"}]}],
"objectives":[{"id":"O","name":"O","text":"To see weight","level":{"code":"C85826","decode":"Primary Objective"},
"endpoints":[{"id":"P","name":"P","text":"Weight at week 2","purpose":"","level":{"code":"C94496","decode":"Primary Endpoint"}}]}]}]}]}}"#;

/// The small definition with a change.
pub(crate) fn small_with(from: &str, to: &str) -> String {
    let changed = SMALL.replacen(from, to, 1);
    assert_ne!(changed, SMALL, "{from}");
    changed
}
