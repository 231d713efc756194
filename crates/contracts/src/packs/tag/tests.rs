//! Tests of labels; `packs/vectors.rs` has the hashes.

use super::*;

const GTIN: &str = "09506000134352";

#[test]
fn a_label_refuses_what_is_not_printed_so() {
    let refuses = |parts: [&str; 4], error| {
        let [gtin, serial, lot, expiry] = parts;
        assert_eq!(
            PackLabel::new(gtin, serial, lot, expiry),
            Err(error),
            "{parts:?}"
        );
    };
    for gtin in [
        "",
        "9506000134352",
        "09506000134353",
        "0950600013435X",
        "00000000000000",
        "+9506000134352",
    ] {
        refuses([gtin, "", "", ""], LabelError::Gtin);
    }
    let long = "x".repeat(21);
    for serial in ["", "a b", "ä", "#", &long] {
        refuses([GTIN, serial, "", ""], LabelError::Serial(serial.len()));
    }
    for lot in ["", "a\u{1d}b", "~", &long] {
        refuses([GTIN, "S", lot, ""], LabelError::Lot(lot.len()));
    }
    for expiry in [
        "", "2701311", "270031", "271331", "270132", "27013x", "27 131",
    ] {
        refuses([GTIN, "S", "L", expiry], LabelError::Expiry);
    }
    for expiry in ["270100", "270131", "990229", "001231"] {
        assert!(PackLabel::new(GTIN, &"S".repeat(20), "L", expiry).is_ok());
    }
}

#[test]
fn every_character_of_set_82_and_no_other_is_taken() {
    let taken = (0..=255u8)
        .map(char::from)
        .filter(|sign| PackLabel::new(GTIN, &sign.to_string(), "L", "270131").is_ok());
    assert_eq!(taken.count(), 82);
}

#[test]
fn each_printed_value_and_where_they_meet_moves_the_tag() {
    let tag = |serial, lot, expiry| PackLabel::new(GTIN, serial, lot, expiry).unwrap().tag();
    let tags: std::collections::BTreeSet<_> = [
        tag("A", "BC", "270131"),
        tag("AB", "C", "270131"),
        tag("a", "BC", "270131"),
        tag("A", "Bc", "270131"),
        tag("A", "BC", "270100"),
    ]
    .into();
    assert_eq!(tags.len(), 5);
}

#[test]
fn check_digits_of_short_and_long_numbers_count() {
    // Examples of the GS1 General Specifications and of its trial numbers.
    for gtin in [
        9_506_000_134_352,
        614_141_007_349,
        96_385_074,
        10_614_141_543_219,
    ] {
        assert!(is_gtin(gtin), "{gtin}");
        for digit in 1..10 {
            let other = gtin / 10 * 10 + (gtin + digit) % 10;
            assert!(!is_gtin(other), "{other}");
        }
    }
    assert!(!is_gtin(0) && !is_gtin(100_000_000_000_008) && !is_gtin(u64::MAX));
}
