//! Hostile definitions: bombs and mutations.

use crate::support::{SMALL, small_with};
use theriac_standards::{
    epcis::json::JsonErrorKind,
    usdm::{Limits, UsdmError, read},
};

fn kind(text: &str, limits: Limits) -> JsonErrorKind {
    match read(text.as_bytes(), &limits).expect_err("refused") {
        UsdmError::Json(error) => error.kind,
        other => panic!("{other}"),
    }
}

#[test]
fn size_depth_and_number_are_bounded() {
    let limits = Limits::default();
    let deep = "[".repeat(100_000);
    assert!(matches!(kind(&deep, limits), JsonErrorKind::TooDeep(40)));
    let small = Limits {
        bytes: 1_000,
        ..limits
    };
    assert!(matches!(kind(SMALL, small), JsonErrorKind::TooLarge(1_000)));
    let few = Limits {
        nodes: 50,
        ..limits
    };
    assert!(matches!(kind(SMALL, few), JsonErrorKind::TooMany(50)));
    let one = Limits {
        instances: 1,
        ..limits
    };
    assert!(read(SMALL.as_bytes(), &one).is_err());
    let cells = Limits { cells: 2, ..limits };
    assert!(read(SMALL.as_bytes(), &cells).is_err());
}

/// Timelines that run within each other double with each level; without cells too.
#[test]
fn timelines_that_multiply_are_stopped() {
    let mut timelines = String::new();
    for level in 0..7 {
        let inner = level + 1;
        let instances: Vec<_> = (0..60)
            .map(|at| {
                format!(
                    r#"{{"id":"X{level}_{at}","name":"X","activityIds":[],"timelineId":"L{inner}"}}"#
                )
            })
            .collect();
        timelines.push_str(&format!(
            r#"{{"id":"L{level}","name":"L","mainTimeline":false,"entryCondition":"c","entryId":"X{level}_0","instances":[{}],"timings":[]}},"#,
            instances.join(",")
        ));
    }
    let text = small_with(
        "\"scheduleTimelines\":[",
        &format!("\"scheduleTimelines\":[{timelines}"),
    );
    let error = read(text.as_bytes(), &Limits::default()).expect_err("refused");
    assert!(
        error.to_string().contains("more than 200000 cells"),
        "{error}"
    );
}

#[test]
fn mutated_definitions_are_read_or_refused() {
    let mut state = 0x5eed_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).expect("below a usize")
    };
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..3_000 {
        let mut bytes = SMALL.as_bytes().to_vec();
        for _ in 0..=below(3) {
            let at = below(bytes.len());
            match below(3) {
                0 => bytes[at] = u8::try_from(below(128)).expect("a byte"),
                1 => {
                    bytes.remove(at);
                }
                _ => {
                    let end = (at + below(60)).min(bytes.len());
                    let copy = bytes[at..end].to_vec();
                    let target = below(bytes.len());
                    bytes.splice(target..target, copy);
                }
            }
        }
        match read(&bytes, &Limits::default()) {
            Ok(_) => accepted += 1,
            Err(error) => {
                assert!(error.to_string().len() < 600, "{error}");
                refused += 1;
            }
        }
    }
    assert!(
        accepted > 100 && refused > 100,
        "{accepted} read, {refused} refused"
    );
}
