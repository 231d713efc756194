//! Labels of packs: every form, the canonical bytes, and the rows of the EMVS parser.

use theriac_standards::gs1::element_string::ElementString;
use theriac_standards::gs1::key::{Expiry, Gtin, KeyError, Lot, Ppn, Serial};
use theriac_standards::gs1::pack_label::{CanonicalError, PackLabel, PackLabelError};
use theriac_standards::gs1::scan::{Envelope, EnvelopeError, IfaProduct};

use crate::random::Random;
use crate::support::{Ledger, rows};

fn label() -> PackLabel {
    PackLabel {
        gtin: Gtin::parse("04012345678901").unwrap(),
        serial: Serial::parse("yCH*4'h1Ab").unwrap(),
        lot: Lot::parse("D/V").unwrap(),
        expiry: Expiry::parse("281200").unwrap(),
    }
}

#[test]
fn every_form_of_a_label_is_the_same_label() {
    for text in [
        "01040123456789011728120010D/V\u{1d}21yCH*4'h1Ab",
        "]d201040123456789011728120010D/V\u{1d}21yCH*4'h1Ab",
        "]C121yCH*4'h1Ab\u{1d}10D/V\u{1d}010401234567890117281200",
        "\u{1d}01040123456789011728120010D/V\u{1d}21yCH*4'h1Ab\u{1d}7150777310502",
        "(01)04012345678901(10)D/V(21)yCH*4'h1Ab(17)281200(11)270101",
        "https://id.gs1.org/01/04012345678901/10/D%2FV/21/yCH%2A4%27h1Ab?17=281200",
        "HTTPS://example.com/x/01/04012345678901/10/D%2FV/21/yCH*4'h1Ab?17=281200&lang=de",
        "]Q1https://id.gs1.org/01/04012345678901/10/D%2FV/21/yCH%2A4%27h1Ab?17=281200",
        "[)>\u{1e}05\u{1d}01040123456789011728120010D/V\u{1d}21yCH*4'h1Ab\u{1e}\u{4}",
        "[)>\u{1e}06\u{1d}8P04012345678901\u{1d}1TD/V\u{1d}D281200\u{1d}SyCH*4'h1Ab\u{1e}\u{4}",
    ] {
        assert_eq!(PackLabel::parse(text), Ok(label()), "{text}");
    }
    let compressed = PackLabel::parse("https://id.gs1.org/01/05412345000013/EEarwSMXRuGyELhqfRXTg");
    let plain = PackLabel::parse("(01)05412345000013(10)ABC123(17)290331(21)72292641703");
    assert!(plain.is_ok() && compressed == plain);
    let elements = label().to_elements();
    assert_eq!(PackLabel::from_elements(&elements), Ok(label()));
    let link = label().to_digital_link().to_canonical_uri();
    assert_eq!(PackLabel::parse(&link), Ok(label()));
    assert_eq!(
        label().sgtin().to_string(),
        "(01)04012345678901(21)yCH*4'h1Ab"
    );
}

#[test]
fn what_is_missing_or_contradicted_is_named() {
    let refused = |text: &str| PackLabel::parse(text).unwrap_err();
    let missing = |digits: &str| PackLabelError::Missing {
        ai: digits.parse().unwrap(),
    };
    assert_eq!(refused("(01)04012345678901(10)A(17)281200"), missing("21"));
    assert_eq!(refused("(10)A(21)B(17)281200"), missing("01"));
    assert!(matches!(
        refused("(01)04012345678901(10)A(17)281200(21)x(21)y"),
        PackLabelError::Association(_)
    ));
    assert!(matches!(refused("hello"), PackLabelError::Elements(_)));
    assert!(matches!(
        refused("https://a/b"),
        PackLabelError::DigitalLink(_)
    ));
    let elements =
        ElementString::split_bracketed("(01)04012345678902(10)A(17)281200(21)x").unwrap();
    assert!(matches!(
        PackLabel::from_elements(&elements),
        Err(PackLabelError::Value { .. })
    ));
    let ifa = |fields: &str| refused(&format!("[)>\u{1e}06\u{1d}{fields}\u{1e}\u{4}"));
    assert_eq!(
        ifa("9N111234567842\u{1d}Sx\u{1d}1TA"),
        PackLabelError::Envelope(EnvelopeError::Missing { identifier: "D" })
    );
    assert_eq!(
        ifa("9N121234567845\u{1d}Sx\u{1d}1TA\u{1d}D281200"),
        PackLabelError::NoTradeItem
    );
    assert_eq!(
        ifa("9N111234567842\u{1d}Sx\u{1d}Sy\u{1d}1TA\u{1d}D281200"),
        PackLabelError::Envelope(EnvelopeError::Repeated { identifier: "S" })
    );
}

#[test]
fn a_pharmacy_number_has_check_digits_and_a_trade_item_number() {
    let ppn = Ppn::parse("111234567842").unwrap();
    assert_eq!(ppn.ntin(), Some(Gtin::parse("04150123456782").unwrap()));
    assert_eq!(
        Ppn::parse("111234567843"),
        Err(KeyError::CheckNumber { expected: 42 })
    );
    assert_eq!(Ppn::parse("1142"), Err(KeyError::PpnLength { got: 4 }));
    assert_eq!(
        Ppn::parse("11123456a842"),
        Err(KeyError::Character { position: 8 })
    );
}

#[test]
fn the_canonical_bytes_are_pinned() {
    let bytes = label().to_bytes();
    assert_eq!(bytes, b"\x0104012345678901\x0ayCH*4'h1Ab\x03D/V281200");
    assert_eq!(PackLabel::from_bytes(&bytes), Ok(label()));
    let refused = |bytes: &[u8]| PackLabel::from_bytes(bytes).unwrap_err();
    for end in 0..bytes.len() {
        assert!(matches!(
            refused(&bytes[..end]),
            CanonicalError::EndsEarly { .. }
        ));
    }
    let longer = [bytes.as_slice(), b"x"].concat();
    assert_eq!(refused(&longer), CanonicalError::TrailingBytes { left: 1 });
    let other = [b"\x02", &bytes[1..]].concat();
    assert_eq!(
        refused(&other),
        CanonicalError::Version {
            expected: 1,
            got: 2
        }
    );
    let faulty = b"\x0104012345678901\x01y\x01D281300";
    assert!(matches!(
        refused(faulty),
        CanonicalError::Field {
            field: "expiry",
            ..
        }
    ));
}

#[test]
fn no_two_labels_share_their_bytes() {
    let shifted = |serial: &str, lot: &str| {
        let label = PackLabel {
            serial: Serial::parse(serial).unwrap(),
            lot: Lot::parse(lot).unwrap(),
            ..label()
        };
        label.to_bytes()
    };
    assert_ne!(shifted("AB", "C"), shifted("A", "BC"));
    assert_ne!(shifted("a", "C"), shifted("A", "C"));
    let mut random = Random::new(5);
    for _ in 0..200_000 {
        let bytes: Vec<u8> = match random.below(2) {
            0 => random.noise(70).into_bytes(),
            _ => {
                let mut bytes = label().to_bytes();
                let place = random.below(bytes.len());
                bytes[place] = random.next() as u8;
                bytes
            }
        };
        if let Ok(label) = PackLabel::from_bytes(&bytes) {
            assert_eq!(label.to_bytes(), bytes);
        }
    }
}

#[test]
fn printed_labels_of_random_packs_read_alike_in_every_form() {
    let mut random = Random::new(6);
    for _ in 0..20_000 {
        let lengths = [1 + random.below(20), 1 + random.below(20)];
        let label = PackLabel {
            serial: Serial::parse(&random.cset82(lengths[0])).unwrap(),
            lot: Lot::parse(&random.cset82(lengths[1])).unwrap(),
            ..label()
        };
        let elements = label.to_elements();
        for text in [
            elements.to_raw(),
            elements.to_bracketed(),
            label.to_digital_link().to_uri(),
        ] {
            assert_eq!(PackLabel::parse(&text), Ok(label), "{text}");
        }
        assert_eq!(PackLabel::from_bytes(&label.to_bytes()), Ok(label));
    }
}

#[test]
fn packs_are_read_and_refused_as_the_emvs_parser_does() {
    let test = "packs_are_read_and_refused_as_the_emvs_parser_does";
    let Some(rows) = rows(test, "emvs/emvs-parser-rows.json") else {
        return;
    };
    let mut ledger = Ledger::new(&[]);
    for row in &rows {
        let input = row["input"].as_str().unwrap();
        let expect = &row["expect"];
        let got = PackLabel::parse(input);
        let agrees = match (&got, row["errors"].as_bool().unwrap()) {
            (Ok(label), false) => {
                let product = match Envelope::parse(input) {
                    Ok(Envelope::Pack(pack)) => match pack.product {
                        IfaProduct::Ppn(ppn) => ppn.to_string(),
                        IfaProduct::Gtin(gtin) => gtin.to_string(),
                    },
                    _ => label.gtin.to_string(),
                };
                expect["ProductCode"] == product
                    && expect["SerialNumber"] == label.serial.as_str()
                    && expect["BatchIdentifier"] == label.lot.as_str()
                    && expect["Expiry"] == label.expiry.as_str()
                    && expect["Indicator"] == label.gtin.indicator()
            }
            (Err(_), true) => true,
            _ => false,
        };
        ledger.note(input, agrees, got);
    }
    assert_eq!(ledger.close(), 12);
}

#[test]
fn elements_are_read_and_refused_as_the_emvs_parser_does() {
    let test = "elements_are_read_and_refused_as_the_emvs_parser_does";
    let Some(rows) = rows(test, "emvs/parser-rows.json") else {
        return;
    };
    let mut ledger = Ledger::new(&[]);
    for row in &rows {
        let input = row["input"].as_str().unwrap();
        let got = ElementString::parse(input);
        let agrees = match (&got, row["errors"].as_bool().unwrap()) {
            (Ok(elements), false) => row["expect"].as_array().unwrap().iter().all(|pair| {
                let ai = pair[0].as_str().unwrap().parse().unwrap();
                elements.value(ai) == pair[1].as_str()
            }),
            (Err(_), true) => true,
            _ => false,
        };
        ledger.note(row["test"].as_str().unwrap(), agrees, got);
    }
    assert_eq!(ledger.close(), 51);
}
