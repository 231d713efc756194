//! Element strings in both forms: what is refused where, and random input.

use theriac_standards::gs1::dictionary::Ai;
use theriac_standards::gs1::element_string::{
    AssociationError, Element, ElementError, ElementFault, ElementString, MAX_BYTES, MAX_ELEMENTS,
};
use theriac_standards::gs1::linter::{LintError, LintFault};
use theriac_standards::gs1::scan::{Content, Scan, Symbology};

use crate::random::Random;

#[test]
fn a_pack_is_read_from_either_form_and_printed_in_both() {
    let raw = "01076123456789001728120010AB(C\u{1d}21XYZ";
    let bracketed = "(01)07612345678900(17)281200(10)AB\\(C(21)XYZ";
    let elements = ElementString::parse(raw).unwrap();
    assert_eq!(elements, ElementString::parse_bracketed(bracketed).unwrap());
    assert_eq!(elements.to_raw(), raw);
    assert_eq!(elements.to_bracketed(), bracketed);
    assert_eq!(elements.value(Ai::LOT), Some("AB(C"));
    assert_eq!(elements.check_associations(), Ok(()));
}

#[test]
fn faults_name_the_identifier_and_the_place_in_its_data() {
    let fault = |raw: &str| match ElementString::parse(raw) {
        Err(ElementError::Fault(fault)) => fault,
        other => panic!("a fault expected, got {other:?}"),
    };
    let wrong_digit = fault("0107612345678901");
    let LintFault { position, .. } = match wrong_digit {
        ElementFault::Lint { fault, .. } => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!((wrong_digit.ai(), position), (Ai::GTIN, 13));
    assert_eq!(
        fault("7003290101126"),
        ElementFault::TooShort {
            ai: Ai::of("7003"),
            expected: 10,
            got: 9
        }
    );
    assert_eq!(
        fault("8005123456789"),
        ElementFault::TooLong {
            ai: Ai::of("8005"),
            expected: 6,
            got: 9
        }
    );
    assert_eq!(
        fault("70032901012660"),
        ElementFault::Lint {
            ai: Ai::of("7003"),
            fault: LintFault {
                error: LintError::IllegalHour,
                position: 6,
                length: 2
            }
        }
    );
}

#[test]
fn unreadable_text_is_refused_at_its_place() {
    let refused = |raw: &str| ElementString::split(raw).unwrap_err();
    assert_eq!(refused(""), ElementError::Empty);
    assert_eq!(refused("\u{1d}"), ElementError::Empty);
    assert_eq!(
        refused("010761234567890049"),
        ElementError::UnknownAi { position: 16 }
    );
    assert_eq!(
        refused("10A\u{1d}\u{1d}21B"),
        ElementError::UnknownAi { position: 4 }
    );
    assert_eq!(refused("10Ä"), ElementError::NotAscii { position: 2 });
    assert_eq!(
        refused("0107612\u{1d}10A"),
        ElementError::EndsEarly {
            ai: Ai::GTIN,
            position: 2,
            expected: 14,
            got: 5
        }
    );
    let long = "9".repeat(MAX_BYTES + 1);
    assert_eq!(
        refused(&long),
        ElementError::TooLong {
            got: MAX_BYTES + 1,
            allowed: MAX_BYTES
        }
    );
    let many = "2001".repeat(MAX_ELEMENTS + 1);
    assert_eq!(refused(&many), ElementError::TooManyElements);
    let bracketed = |text: &str| ElementString::split_bracketed(text).unwrap_err();
    assert_eq!(
        bracketed("10)A"),
        ElementError::MissingBracket { position: 0 }
    );
    assert_eq!(
        bracketed("(10"),
        ElementError::MissingBracket { position: 3 }
    );
    assert_eq!(
        bracketed("(01)07612345678900(1)A"),
        ElementError::UnknownAi { position: 19 }
    );
    let many = "(20)01".repeat(MAX_ELEMENTS + 1);
    assert_eq!(bracketed(&many), ElementError::TooManyElements);
}

#[test]
fn rules_of_association_are_named() {
    let check = |text: &str| {
        ElementString::parse_bracketed(text)
            .unwrap()
            .check_associations()
            .unwrap_err()
    };
    let (gtin, other) = ("(01)07612345678900", "(01)04012345678901");
    assert_eq!(
        check(&format!("{gtin}{other}")),
        AssociationError::Contradiction { ai: Ai::GTIN }
    );
    assert_eq!(
        check(&format!("{gtin}(37)5")),
        AssociationError::Excluded {
            ai: Ai::GTIN,
            other: Ai::of("37")
        }
    );
    let missing = check("(21)XYZ");
    assert_eq!(missing.to_string(), "(21) needs 01 or 03 or 8006");
    assert_eq!(
        check("(253)4012345678901(8030)ABC"),
        AssociationError::UnserialisedSignature { ai: Ai::of("253") }
    );
}

#[test]
fn elements_from_elsewhere_are_checked() {
    let lot = || Element::new(Ai::LOT, "A1").unwrap();
    assert_eq!(ElementString::new(vec![lot()]).unwrap().to_raw(), "10A1");
    assert_eq!(ElementString::new(Vec::new()), Err(ElementError::Empty));
    let many = vec![lot(); MAX_ELEMENTS + 1];
    assert_eq!(ElementString::new(many), Err(ElementError::TooManyElements));
    let faulty = Element::new(Ai::EXPIRY, "281301").unwrap();
    assert!(ElementString::new(vec![faulty]).is_err());
    assert!(Element::new(Ai::of("49"), "1").is_err());
}

#[test]
fn random_text_never_panics_and_what_is_read_is_printed_and_read_alike() {
    let mut random = Random::new(3);
    let mut read = 0;
    for _ in 0..200_000 {
        let text = random.element_text();
        if let Ok(elements) = ElementString::parse(&text) {
            read += 1;
            assert_eq!(
                ElementString::parse(&elements.to_raw()).as_ref(),
                Ok(&elements)
            );
            let bracketed = elements.to_bracketed();
            assert_eq!(
                ElementString::parse_bracketed(&bracketed).as_ref(),
                Ok(&elements),
                "{bracketed}"
            );
            let _ = elements.check_associations();
        }
        let _ = ElementString::parse_bracketed(&text);
        for symbology in Symbology::ALL {
            let scanned = format!("{}{text}", symbology.identifier());
            if let Ok(scan) = Scan::parse(&scanned) {
                let again = scan.to_scanned();
                assert_eq!(Scan::parse(&again).as_ref(), Ok(&scan));
                if let Content::Text(text) = scan.content {
                    assert_eq!(&scanned[3..], text);
                }
            }
        }
    }
    assert!(read > 1_000, "{read} texts could be read");
}
