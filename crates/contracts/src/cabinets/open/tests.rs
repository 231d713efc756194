//! Tests of `open`.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::CABINETS,
    interfaces::ICabinets::{CabinetOpened, cabinetCall, openCall},
    testing::{CABINET, Who, World},
};

#[test]
fn open_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = openCall {
        cabinet: B256::ZERO,
        auditor: 99,
    };
    world.refuses(Who::Stranger, CABINETS, &call, Refusal::NotEnrolled);
    for who in [Who::Regulator, Who::Insurer] {
        world.refuses(who, CABINETS, &call, Refusal::NotATradingPartner);
    }
    for who in [Who::Nurse, Who::Physician, Who::Patient] {
        world.refuses(who, CABINETS, &call, Refusal::RoleMayNotOpenCabinets);
    }
    world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::CommitmentMissing);
    let taken = openCall {
        cabinet: CABINET,
        auditor: 0,
    };
    world.ok(Who::Wholesaler, CABINETS, &taken);
    call.cabinet = CABINET;
    world.refuses(Who::Pharmacist, CABINETS, &call, Refusal::CabinetExists);
    call.cabinet = B256::repeat_byte(0xc9);
    world.refuses(
        Who::Pharmacist,
        CABINETS,
        &call,
        Refusal::UnknownOrganisation,
    );
    for auditor in [3, 7] {
        call.auditor = auditor;
        world.refuses(
            Who::Pharmacist,
            CABINETS,
            &call,
            Refusal::AuditorNotARegulator,
        );
    }
    call.auditor = 9;
    world.ok(Who::Gateway, CABINETS, &call);
}

#[test]
fn a_cabinet_is_the_organisations_and_read_by_it_and_its_auditor() {
    let mut world = World::with_cabinet();
    let log = world.host.logs().last().expect("an event");
    let event = CabinetOpened::decode_log(log).expect("the event").data;
    assert_eq!(
        (event.cabinet, event.organisation, event.auditor),
        (CABINET, 7, 9)
    );
    let view = cabinetCall { id: CABINET };
    for who in [Who::Pharmacist, Who::Pharmacy, Who::Gateway, Who::Regulator] {
        let shown = world.ok(who, CABINETS, &view);
        assert_eq!(
            (shown.id, shown.organisation, shown.auditor),
            (CABINET, 7, 9)
        );
        assert_eq!(shown.openedBy, Who::Pharmacist.address());
        assert_eq!(shown.openedTimeMs, world.host.time_ms);
    }
    for who in [Who::Stranger, Who::OtherPharmacist, Who::Nurse] {
        world.refuses(who, CABINETS, &view, Refusal::NotACabinetReader);
    }
    let unknown = cabinetCall { id: B256::ZERO };
    world.refuses(Who::Pharmacist, CABINETS, &unknown, Refusal::CabinetUnknown);
}
