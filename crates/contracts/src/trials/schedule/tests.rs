//! Tests of schedules.

use super::*;
use crate::{memory::MemoryHost, testing::trial::STUDY};

fn first(cells: &[u8]) -> Planned {
    Planned::first(cells).expect("a good schedule")
}

fn due(planned: &Planned) -> u64 {
    mask(planned.visits.0.len()) & !planned.retired
}

#[test]
fn forms_are_numbered_visit_by_visit() {
    let planned = first(&[2, 3, 1]);
    let visits: Vec<_> = (0..7).map(|cell| planned.visits.visit_of(cell)).collect();
    let expected = [0, 0, 1, 1, 1, 2].map(Some);
    assert_eq!(visits, [expected.as_slice(), &[None]].concat());
    assert_eq!(planned.visits.visit_of(u32::MAX), None);
    assert_eq!((due(&planned), planned.visits.cells()), (0b111, 6));
    assert_eq!(planned.visits.forms_of(0b101), 3);
}

#[test]
fn a_retired_visit_keeps_its_numbers() {
    let planned = Planned::later(&first(&[2, 3, 1]).visits, 0, &[2, 0, 1, 4]);
    let planned = planned.expect("a good schedule");
    assert_eq!((due(&planned), planned.retired), (0b1101, 0b10));
    assert_eq!(planned.visits.visit_of(5), Some(2));
    assert_eq!(planned.visits.visit_of(6), Some(3));
}

#[test]
fn sixty_four_visits_and_a_thousand_and_twenty_four_forms_are_the_most() {
    let widest = first(&[16; 64]);
    assert_eq!((due(&widest), widest.visits.cells()), (u64::MAX, 1_024));
    let mut host = MemoryHost::default();
    widest.visits.save(&mut host, *STUDY).expect("memory");
    for count in [1, 31, 32, 33, 64] {
        let loaded = Visits::load(&mut host, *STUDY, count).expect("memory");
        assert_eq!(loaded, Visits(vec![16; count.into()]));
    }
    let mut one_more = [16; 64];
    one_more[63] = 17;
    let malformed = Err(Refusal::ScheduleMalformed);
    assert_eq!(Planned::first(&one_more), malformed);
    assert_eq!(Planned::first(&[1; 65]), malformed);
}
