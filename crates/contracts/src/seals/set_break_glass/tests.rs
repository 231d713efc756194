//! Tests of `setBreakGlass`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::SEALS,
    codes::EntryKind,
    interfaces::ISeals::{GlassScopeSet, breakGlassScopeCall, setBreakGlassCall},
    testing::{CHART, SEALED, Who, World},
};

#[test]
fn set_break_glass_refuses_in_the_documented_order() {
    let mut world = World::with_seals();
    let mut call = setBreakGlassCall::default();
    for kinds in [1 << 14, u32::MAX] {
        call.kinds = kinds;
        world.refuses(Who::Stranger, SEALS, &call, Refusal::UnknownKind);
    }
    call.kinds = 8;
    world.refuses(Who::Stranger, SEALS, &call, Refusal::ChartUnknown);
    call.chart = CHART;
    world.refuses(Who::Author, SEALS, &call, Refusal::NotTheController);
    world.ok(Who::Patient, SEALS, &call);
}

#[test]
fn the_scope_is_summary_medication_immunization_and_allergy_until_it_is_set() {
    let mut world = World::with_seals();
    let view = breakGlassScopeCall { chart: CHART };
    assert_eq!(world.ok(Who::Author, SEALS, &view), 0b1110_0001);
    for kinds in [0, 8, 0x3fff] {
        let call = setBreakGlassCall {
            chart: CHART,
            kinds,
        };
        world.ok(Who::Patient, SEALS, &call);
        assert_eq!(world.ok(Who::Patient, SEALS, &view), kinds);
        let entry = world.log_of(CHART).pop().expect("an entry");
        assert_eq!(entry.kind, EntryKind::GlassScopeSet.code());
        let subject = B256::left_padding_from(&kinds.to_be_bytes());
        assert_eq!((entry.subject, entry.detail), (subject, B256::ZERO));
        let log = world.host.logs().last().expect("an event");
        let told = GlassScopeSet::decode_log(log).expect("the scope");
        assert_eq!((told.chart, told.kinds), (CHART, kinds));
    }
}

#[test]
fn setting_the_scope_closes_earlier_openings() {
    let mut world = World::with_seals();
    let number = world.opened();
    let call = setBreakGlassCall {
        chart: CHART,
        kinds: 0,
    };
    world.ok(Who::Patient, SEALS, &call);
    assert_eq!(world.keeper(number, &[SEALED]), Err(Refusal::OpeningClosed));
}
