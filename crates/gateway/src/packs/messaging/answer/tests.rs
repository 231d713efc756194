//! One row for each answer of the standard.

use alloy_primitives::{Address, B256};

use super::*;

const NOW_MS: u64 = 1_795_420_800_000;
const PRINTED: [&str; 4] = ["04012345123456", "A1", "L7", "271100"];

fn label([gtin, serial, lot, expiry]: [&str; 4]) -> Label {
    Label::new(gtin, serial, lot, expiry).unwrap()
}

fn sold(label: Label) -> Pack {
    Pack {
        tag: label.tag(),
        label,
        root: B256::ZERO,
        membership: None,
        key: Address::ZERO,
        state: PackState::Sent,
        sscc: None,
        exits: 0,
        kind: 0,
        left_ms: 0,
    }
}

fn known(flags: &[FlagKind]) -> Known {
    Known {
        packs: vec![sold(label(PRINTED))],
        flags: flags.iter().copied().collect(),
        has_left: false,
    }
}

#[test]
fn a_pack_that_was_sold_is_verified() {
    assert_eq!(answer(&label(PRINTED), &known(&[]), NOW_MS), (None, None));
}

#[test]
fn each_mismatch_has_its_reason() {
    let rows = [
        (
            ["04012345123456", "B2", "L7", "271100"],
            Reason::NoMatchGtinSerial,
        ),
        (
            ["04012345123456", "A1", "L9", "271100"],
            Reason::NoMatchGtinSerialLot,
        ),
        (
            ["04012345123456", "A1", "L7", "281100"],
            Reason::NoMatchGtinSerialExpiry,
        ),
        (
            ["04012345123456", "A1", "L9", "281100"],
            Reason::NoMatchGtinSerialLotExpiry,
        ),
    ];
    for (printed, reason) in rows {
        let mut known = known(&[]);
        known.packs.retain(|pack| pack.label.serial() == printed[1]);
        let (got, information) = answer(&label(printed), &known, NOW_MS);
        assert_eq!((got, information), (Some(reason), None), "{printed:?}");
    }
}

#[test]
fn each_flag_has_its_information_and_the_gravest_is_told() {
    use Information::{Illegitimate, Recalled, Suspect};
    let rows: [(&[FlagKind], Information); 6] = [
        (&[FlagKind::RecallClass1], Recalled),
        (&[FlagKind::Withdrawn], Recalled),
        (&[FlagKind::Quarantine], Suspect),
        (&[FlagKind::Stolen], Illegitimate),
        (&[FlagKind::RecallClass3, FlagKind::Suspect], Suspect),
        (
            &[FlagKind::Illegitimate, FlagKind::RecallClass3],
            Illegitimate,
        ),
    ];
    for (flags, information) in rows {
        let told = answer(&label(PRINTED), &known(flags), NOW_MS);
        let expected = (Some(Reason::NotForRedistribution), Some(information));
        assert_eq!(told, expected, "{flags:?}");
    }
}

#[test]
fn an_expired_pack_is_not_sold_again_unless_its_expiry_was_extended() {
    let late = NOW_MS + 2 * 366 * 86_400_000;
    let expired = answer(&label(PRINTED), &known(&[]), late);
    assert_eq!(
        expired,
        (
            Some(Reason::NotForRedistribution),
            Some(Information::Expired)
        )
    );
    let extended = answer(&label(PRINTED), &known(&[FlagKind::ExpiryExtended]), late);
    assert_eq!(extended, (None, Some(Information::ExpirationExtended)));
}

#[test]
fn a_pack_that_left_or_was_never_sold_is_not_sold_again() {
    let mut left = known(&[]);
    left.has_left = true;
    let told = answer(&label(PRINTED), &left, NOW_MS);
    assert_eq!(told, (Some(Reason::NotForRedistribution), None));
    let mut kept = known(&[]);
    kept.packs[0].state = PackState::Held;
    let told = answer(&label(PRINTED), &kept, NOW_MS);
    assert_eq!(told, (Some(Reason::ManufacturerPolicy), None));
}
