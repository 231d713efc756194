//! Scans become labels.

use super::*;
use crate::packs::clock::utc_ms;

fn label() -> Label {
    Label::new("04012345123456", "AB/C1", "L-7", "271100").unwrap()
}

#[test]
fn every_form_of_a_scan_gives_the_same_pack() {
    let raw = "010401234512345610L-7\u{1d}172711002 1AB/C1".replace(' ', "");
    let forms = [
        raw.clone(),
        format!("]d2{raw}"),
        "(01)04012345123456(21)AB/C1(10)L-7(17)271100".to_owned(),
        "https://id.gs1.org/01/04012345123456/10/L-7/21/AB%2FC1?17=271100".to_owned(),
        format!("{raw}\r\n"),
    ];
    for form in forms {
        let scanned = Label::scan(&form).unwrap();
        assert_eq!(scanned.label, label(), "{form}");
        assert_eq!(scanned.label.tag(), label().tag());
    }
}

#[test]
fn a_lost_separator_is_told_or_refused() {
    let scanned = Label::scan("010401234512345610L-7^1727110021AB/C1").unwrap();
    assert_eq!(scanned.label, label());
    assert_eq!(scanned.repairs, [Repair::SeparatorReplaced { by: '^' }]);
    for wrong in ["", "hello", "(01)04012345123456(21)AB"] {
        assert!(Label::scan(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_name_in_epcis_escapes_what_a_path_cannot_hold() {
    assert_eq!(
        label().epc(),
        "https://id.gs1.org/01/04012345123456/21/AB%2FC1"
    );
}

#[test]
fn a_pack_without_a_day_is_good_until_the_end_of_its_month() {
    assert!(!label().is_expired(utc_ms("2027-11-30T23:59:59Z").unwrap()));
    assert!(label().is_expired(utc_ms("2027-12-01T00:00:00Z").unwrap()));
}

/// The label of the standards and that of the contracts are one: the same texts are taken, and the same bytes are hashed.
#[test]
fn the_standards_and_the_contracts_have_one_encoding() {
    let texts = [
        "A",
        "ab/C1",
        "!\"%&'()*+,-./:;<=>?_",
        "12345678901234567890",
        "ü",
        "",
        "123456789012345678901",
        "a b",
    ];
    let expiries = [
        "271100", "280229", "270229", "270431", "271301", "270001", "27110", "2711OO",
    ];
    let gtins = [
        "04012345123456",
        "09999999999994",
        "00000000000017",
        "00000000000000",
        "04012345123457",
        "1",
    ];
    let mut taken = 0;
    for gtin in gtins {
        for (serial, lot) in texts
            .iter()
            .flat_map(|serial| texts.map(|lot| (*serial, lot)))
        {
            for expiry in expiries {
                let Ok(label) = Label::new(gtin, serial, lot, expiry) else {
                    continue;
                };
                let hashed = packs::PackLabel::new(gtin, serial, lot, expiry).unwrap();
                assert_eq!(hashed.encode(), label.values().to_bytes());
                assert_eq!(hashed.tag(), label.tag());
                taken += 1;
            }
        }
    }
    assert_eq!(taken, 3 * 4 * 4 * 2);
}

/// A scan is refused before it is hashed where the hash would have no answer.
#[test]
fn a_product_of_zeros_is_no_pack() {
    for scan in [
        "(01)00000000000000(21)A1(10)L7(17)271100",
        "0100000000000000211\u{1d}10L7\u{1d}17271100",
    ] {
        assert!(Label::scan(scan).is_err(), "{scan}");
    }
}
