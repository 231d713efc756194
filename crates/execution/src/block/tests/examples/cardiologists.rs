//! The cardiologists of one hospital.

use super::*;
use alloy_sol_types::{SolValue, sol};

sol! {
    struct Hours {
        uint8 days_;
        uint16 opens;
        uint16 closes;
    }
}

const UNTIL: u64 = TUESDAY + 30 * DAY;

/// Monday to Friday, 07:00 to 19:00.
fn weekdays() -> Hours {
    Hours {
        days_: 0b001_1111,
        opens: 7 * 60,
        closes: 19 * 60,
    }
}

fn rule(scene: &mut Scene, list: Vec<Address>, hours: Hours) -> Option<Address> {
    let arguments = (2_u32, list, hours, UNTIL).abi_encode_params();
    scene.deploy("CardiologistsOfHospital", arguments)
}

#[test]
fn cardiologist_of_the_hospital_is_admitted_for_treatment_in_working_hours() {
    let mut scene = Scene::new();
    let rule = rule(&mut scene, vec![READER], weekdays()).expect("a good rule");
    each_turns_a_yes_into_a_no(
        &scene,
        rule,
        &request(),
        &[
            ("another account", |asked| asked.requester = STRANGER),
            ("another hospital", |asked| asked.organisation = 3),
            ("a nurse", |asked| asked.role = Role::Nurse.code()),
            ("for payment", |asked| {
                asked.purpose = Purpose::Payment.code()
            }),
            ("on a Saturday", |asked| asked.time += 4 * DAY),
            ("at night", |asked| asked.time += 12 * 3_600),
            ("after the date", |asked| asked.time = UNTIL),
        ],
    );
}

#[test]
fn working_hours_begin_and_end_on_their_minute_of_their_days() {
    let mut scene = Scene::new();
    let rule = rule(&mut scene, vec![READER], weekdays()).expect("a good rule");
    let midnight = TUESDAY - 9 * 3_600 - 1_800;
    let monday = midnight - DAY;
    for day in 0..14 {
        for (second, within) in [
            (7 * 3_600 - 1, false),
            (7 * 3_600, true),
            (19 * 3_600 - 1, true),
            (19 * 3_600, false),
        ] {
            let mut asked = request();
            asked.time = monday + day * DAY + second;
            let expected = within && day % 7 < 5;
            assert_eq!(
                scene.admits(rule, asked),
                expected,
                "day {day}, second {second}"
            );
        }
    }
}

#[test]
fn rule_without_list_or_hours_cannot_be_made() {
    let mut scene = Scene::new();
    let no_day = Hours {
        days_: 0,
        ..weekdays()
    };
    let eighth_day = Hours {
        days_: 128,
        ..weekdays()
    };
    let backwards = Hours {
        opens: 1_200,
        ..weekdays()
    };
    let too_late = Hours {
        closes: 1_441,
        ..weekdays()
    };
    for hours in [no_day, eighth_day, backwards, too_late] {
        assert_eq!(rule(&mut scene, vec![READER], hours), None);
    }
    assert_eq!(rule(&mut scene, vec![], weekdays()), None);
    assert_eq!(rule(&mut scene, vec![READER; 257], weekdays()), None);
}
