//! The visits and forms that a design makes due.

use crate::support::{DIABETES, OBSERVATIONAL, PILOT, SMALL, definition, small_with};
use theriac_standards::usdm::{Cell, Flaw, Limits, Matrix, read};

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

fn matrix(text: &str) -> (Matrix, Vec<Flaw>) {
    let mut definition = read(text.as_bytes(), &Limits::default()).expect("a definition");
    let flaws = definition.problems.into_iter().map(|one| one.flaw);
    (definition.matrices[0].remove(0), flaws.collect())
}

fn brief(cell: &Cell) -> (&str, &str, Option<i64>) {
    let visit = cell.visit.as_deref().unwrap_or_default();
    (visit, &cell.activity, cell.due_at)
}

#[test]
fn a_small_schedule_makes_its_cells() {
    let (matrix, flaws) = matrix(SMALL);
    assert_eq!(flaws, []);
    let cells: Vec<_> = matrix.owed().map(brief).collect();
    assert_eq!(
        cells,
        [
            ("Day 1", "Weight", Some(0)),
            ("Day 1", "Pressure", Some(0)),
            ("Week 2", "Weight", Some(14 * DAY)),
        ]
    );
    let last = &matrix.cells[2];
    assert_eq!(
        (last.due_from, last.due_until),
        (Some(13 * DAY), Some(15 * DAY))
    );
    let first = &matrix.cells[0];
    assert_eq!((first.due_from, first.due_until), (None, None));
}

#[test]
fn flaws_of_a_schedule_are_told_and_leave_the_rest() {
    let untimed = small_with(
        r#""relativeFromScheduledInstanceId":"I2""#,
        r#""relativeFromScheduledInstanceId":"I1""#,
    );
    let (matrix_of, flaws) = matrix(&untimed);
    assert_eq!(flaws, [Flaw::AnotherTiming, Flaw::NoTiming]);
    assert_eq!(matrix_of.cells[2].due_at, None);
    let circle = small_with(
        r#""relativeToScheduledInstanceId":"I1","windowLower""#,
        r#""relativeToScheduledInstanceId":"I2","windowLower""#,
    );
    assert_eq!(matrix(&circle).1, [Flaw::Circle]);
    let words = small_with("\"P2W\"", "\"2 weeks\"");
    assert_eq!(matrix(&words).1, [Flaw::Duration, Flaw::NoTiming]);
    let aside = small_with("\"mainTimeline\":true", "\"mainTimeline\":false");
    let (aside, flaws) = matrix(&aside);
    assert_eq!(flaws, [Flaw::MainTimelines(0)]);
    assert_eq!(aside.owed().count(), 0);
    assert_eq!(aside.cells[0].condition.as_deref(), Some("consent"));
    let within_itself = small_with(r#""name":"Weight""#, r#""name":"Weight","timelineId":"T""#);
    assert_eq!(matrix(&within_itself).1, [Flaw::Recursion]);
}

#[test]
fn a_branch_makes_what_it_passes_by_conditional() {
    let branch = small_with(
        r#""defaultConditionId":"I2"},"#,
        r#""defaultConditionId":"I3"},{"id":"I3","name":"CHOICE","defaultConditionId":"I2","conditionAssignments":[{"id":"C","condition":"left","conditionTargetId":"I4"}]},{"id":"I4","name":"END"},"#,
    );
    let (matrix, flaws) = matrix(&branch);
    assert_eq!(flaws, [Flaw::NoTiming]);
    let conditions: Vec<_> = matrix
        .cells
        .iter()
        .map(|cell| cell.condition.as_deref())
        .collect();
    assert_eq!(conditions, [None, None, Some("a decision of the timeline")]);
}

#[test]
fn the_pilots_visits_have_their_windows() {
    let Some(definition) = definition("the_pilots_visits_have_their_windows", PILOT) else {
        return;
    };
    let matrix = &definition.matrices[0][0];
    let of = |instance: &str| -> &Cell {
        let mut cells = matrix.owed();
        let cell = cells.find(|cell| cell.instance == instance);
        cell.unwrap_or_else(|| panic!("{instance}"))
    };
    assert_eq!(matrix.owed().count(), 122);
    assert_eq!(of("SCREEN1").due_at, Some(-14 * DAY));
    let second = of("SCREEN2");
    assert_eq!(second.due_from, Some(-2 * DAY - 4 * HOUR));
    assert_eq!(second.due_until, Some(-2 * DAY));
    assert_eq!(of("DOSE").due_at, Some(0));
    let week = of("WK12");
    assert_eq!(
        (week.due_from, week.due_until),
        (Some(80 * DAY), Some(88 * DAY))
    );
    assert_eq!(week.encounter_id.as_deref(), Some("Encounter_8"));
    assert_eq!(of("WK8N").due_at, Some(70 * DAY));
    let events = matrix
        .cells
        .iter()
        .filter(|cell| cell.instance == "ET" && cell.within.is_empty());
    let conditions: Vec<_> = events.map(|cell| cell.condition.as_deref()).collect();
    assert_eq!(conditions, [Some("Subject terminates the study early"); 15]);
    let standing = matrix
        .cells
        .iter()
        .find(|cell| cell.instance == "WK2" && cell.within == ["VS_1MIN"]);
    assert_eq!(
        standing.expect("vital signs run within").due_at,
        Some(14 * DAY)
    );
}

#[test]
fn an_optional_visit_is_not_owed() {
    let test = "an_optional_visit_is_not_owed";
    let Some(definition) = definition(test, OBSERVATIONAL) else {
        return;
    };
    let matrix = &definition.matrices[0][0];
    assert_eq!(matrix.owed().count(), 8);
    let optional: Vec<_> = matrix
        .cells
        .iter()
        .filter(|cell| cell.condition.is_some())
        .map(|cell| cell.instance.as_str())
        .collect();
    assert_eq!(optional, ["D28"]);
    assert_eq!(matrix.cells[0].due_at, Some(-2 * DAY - 15 * 60));
}

#[test]
fn timings_chain_to_the_anchor() {
    let Some(definition) = definition("timings_chain_to_the_anchor", DIABETES) else {
        return;
    };
    let matrix = &definition.matrices[0][0];
    let at = |instance: &str| {
        let mut cells = matrix.cells.iter();
        let cell = cells.find(|cell| cell.instance == instance && cell.within.is_empty());
        cell.and_then(|cell| cell.due_at)
    };
    assert_eq!(at("SCREENING"), Some(-29 * DAY));
    assert_eq!(at("P1_DAY_MINUS1"), Some(-DAY));
    assert_eq!(at("WASHOUT"), Some(3 * DAY));
    assert_eq!(at("P2_PRE_INFUSION"), Some(4 * DAY));
    assert_eq!(at("FOLLOW_UP"), Some(32 * DAY));
    let within = matrix
        .cells
        .iter()
        .filter(|cell| cell.within == ["240_MIN"]);
    assert!(within.count() > 0);
}
