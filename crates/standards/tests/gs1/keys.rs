//! Keys: what they accept, what they refuse, and how a date is understood.

use theriac_standards::gs1::key::{Day, Expiry, Gln, Gtin, KeyError, Lot, Serial, Sgtin, Sscc};

#[test]
fn a_trade_item_has_fourteen_digits_however_it_is_printed() {
    for (printed, gtin) in [
        ("02345673", "00000002345673"),
        ("416000336108", "00416000336108"),
        ("4012345678901", "04012345678901"),
        ("14012345678908", "14012345678908"),
    ] {
        assert_eq!(Gtin::parse(printed).unwrap().as_str(), gtin);
    }
    assert_eq!(Gtin::parse("14012345678908").unwrap().indicator(), 1);
    assert_eq!(
        Gtin::parse("012345678"),
        Err(KeyError::GtinLength { got: 9 })
    );
    for zeros in ["00000000", "00000000000000"] {
        assert_eq!(Gtin::parse(zeros), Err(KeyError::GtinZero));
    }
    assert_eq!(
        Gtin::parse("0234567A"),
        Err(KeyError::NotADigit { position: 7 })
    );
    assert_eq!(
        Gtin::parse("02345674"),
        Err(KeyError::CheckDigit {
            expected: '3',
            got: '4'
        })
    );
}

#[test]
fn units_and_places_have_their_length_and_check_digit() {
    assert_eq!(
        Sscc::parse("340123450000000000").unwrap().as_str(),
        "340123450000000000"
    );
    assert_eq!(
        Gln::parse("4012345678901").unwrap().to_string(),
        "4012345678901"
    );
    assert_eq!(
        Gln::parse("401234567890"),
        Err(KeyError::Length {
            expected: 13,
            got: 12
        })
    );
    assert!(Sscc::parse("340123450000000001").is_err());
}

#[test]
fn serials_and_lots_are_one_to_twenty_characters_and_heed_case() {
    assert_ne!(Serial::parse("abc").unwrap(), Serial::parse("ABC").unwrap());
    assert_eq!(
        Lot::parse("!\"%&'()*+,-./").unwrap().as_str(),
        "!\"%&'()*+,-./"
    );
    assert_eq!(Serial::parse(""), Err(KeyError::Empty));
    assert_eq!(
        Serial::parse("123456789012345678901"),
        Err(KeyError::TooLong {
            allowed: 20,
            got: 21
        })
    );
    assert_eq!(Lot::parse("A B"), Err(KeyError::Character { position: 1 }));
    let mut serials = ["b", "ab", "a", "B"].map(|text| Serial::parse(text).unwrap());
    serials.sort();
    assert_eq!(
        serials.map(|serial| serial.to_string()),
        ["B", "a", "ab", "b"]
    );
    let sgtin = Sgtin {
        gtin: Gtin::parse("04012345678901").unwrap(),
        serial: Serial::parse("X").unwrap(),
    };
    assert_eq!(sgtin.to_string(), "(01)04012345678901(21)X");
}

fn day(year: u16, month: u8, day: u8) -> Day {
    Day { year, month, day }
}

#[test]
fn day_zero_is_kept_as_printed_and_means_the_end_of_the_month() {
    let printed = Expiry::parse("280200").unwrap();
    assert_eq!(printed.as_str(), "280200");
    assert_eq!(printed.last_day(2026), day(2028, 2, 29));
    assert_ne!(printed, Expiry::parse("280229").unwrap());
    assert_eq!(
        Expiry::parse("270200").unwrap().last_day(2026),
        day(2027, 2, 28)
    );
    assert_eq!(
        Expiry::parse("281231").unwrap().last_day(2026),
        day(2028, 12, 31)
    );
}

#[test]
fn the_century_follows_from_the_year_of_the_question() {
    let last_day = |printed: &str, reference| Expiry::parse(printed).unwrap().last_day(reference);
    // 50 years ahead is still ahead, 51 is behind; 49 behind is behind, 50 is the next century.
    assert_eq!(last_day("760101", 2026), day(2076, 1, 1));
    assert_eq!(last_day("770101", 2026), day(1977, 1, 1));
    assert_eq!(last_day("500101", 2099), day(2050, 1, 1));
    assert_eq!(last_day("490101", 2099), day(2149, 1, 1));
    assert_eq!(last_day("480101", 1999), day(2048, 1, 1));
    assert_eq!(last_day("010101", 65_535).year, 65_501);
}

#[test]
fn days_that_do_not_exist_are_refused() {
    assert_eq!(Expiry::parse("281301"), Err(KeyError::Month { got: 13 }));
    assert_eq!(Expiry::parse("280001"), Err(KeyError::Month { got: 0 }));
    assert_eq!(Expiry::parse("270229"), Err(KeyError::Day { got: 29 }));
    assert_eq!(
        Expiry::parse("28123"),
        Err(KeyError::Length {
            expected: 6,
            got: 5
        })
    );
    assert_eq!(
        Expiry::parse("28123x"),
        Err(KeyError::NotADigit { position: 5 })
    );
}
