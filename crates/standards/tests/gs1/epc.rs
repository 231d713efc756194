//! EPC URNs: what each scheme looks like, what is refused, and random input.

use theriac_standards::gs1::element_string::ElementString;
use theriac_standards::gs1::epc::{Epc, EpcError, Level, PrefixLength, Scheme};

use crate::random::Random;

fn length(digits: usize) -> PrefixLength {
    PrefixLength::new(digits).unwrap()
}

#[test]
fn every_scheme_is_read_and_written_both_ways() {
    for (urn, elements) in [
        (
            "urn:epc:id:sgtin:0614141.112345.32a%2Fb",
            "(01)10614141123459(21)32a/b",
        ),
        (
            "urn:epc:class:lgtin:0614141.112345.A%25",
            "(01)10614141123459(10)A%",
        ),
        ("urn:epc:idpat:sgtin:0614141.112345.*", "(01)10614141123459"),
        (
            "urn:epc:id:upui:0614141.112345.x",
            "(01)10614141123459(235)x",
        ),
        (
            "urn:epc:id:itip:0614141.112345.01.02.x",
            "(8006)106141411234590102(21)x",
        ),
        (
            "urn:epc:idpat:itip:0614141.112345.01.02.*",
            "(8006)106141411234590102",
        ),
        (
            "urn:epc:id:sscc:0614141.1234567890",
            "(00)106141412345678908",
        ),
        ("urn:epc:id:sgln:0614141.12345.0", "(414)0614141123452"),
        (
            "urn:epc:id:sgln:0614141.12345.a.b",
            "(414)0614141123452(254)a.b",
        ),
        ("urn:epc:id:pgln:0614141.12345", "(417)0614141123452"),
        ("urn:epc:id:grai:0614141.12345.x", "(8003)00614141123452x"),
        ("urn:epc:idpat:grai:0614141.12345.*", "(8003)00614141123452"),
        ("urn:epc:id:giai:0614141.a.b%3C", "(8004)0614141a.b<"),
        (
            "urn:epc:id:gsrn:0614141.1234567890",
            "(8018)061414112345678902",
        ),
        (
            "urn:epc:id:gsrnp:0614141.1234567890",
            "(8017)061414112345678902",
        ),
        ("urn:epc:id:gdti:0614141.12345.x", "(253)0614141123452x"),
        ("urn:epc:idpat:gdti:0614141.12345.*", "(253)0614141123452"),
        (
            "urn:epc:id:cpi:0614141.A%23-1.9",
            "(8010)0614141A#-1(8011)9",
        ),
        ("urn:epc:idpat:cpi:0614141.A%23-1.*", "(8010)0614141A#-1"),
        ("urn:epc:id:sgcn:0614141.12345.04", "(255)061414112345204"),
        ("urn:epc:idpat:sgcn:0614141.12345.*", "(255)0614141123452"),
        ("urn:epc:id:ginc:0614141.x", "(401)0614141x"),
        (
            "urn:epc:id:gsin:0614141.123456789",
            "(402)06141411234567890",
        ),
    ] {
        let epc = Epc::parse(urn).unwrap();
        assert_eq!(epc.elements().to_bracketed(), elements);
        assert_eq!(epc.to_urn(), urn);
        let parsed = ElementString::parse_bracketed(elements).unwrap();
        assert_eq!(Epc::new(&parsed, length(7)).as_ref(), Ok(&epc));
        assert!(epc.to_digital_link().is_ok());
    }
}

#[test]
fn the_finest_code_is_chosen_and_the_rest_left_out() {
    let pack = "(01)10614141123459(17)281200(10)A1(21)x";
    let elements = ElementString::parse_bracketed(pack).unwrap();
    let epc = Epc::new(&elements, length(7)).unwrap();
    assert_eq!(
        (epc.scheme(), epc.level()),
        (Scheme::Sgtin, Level::Instance)
    );
    assert_eq!(epc.to_urn(), "urn:epc:id:sgtin:0614141.112345.x");
    let twelve = Epc::new(&elements, length(12)).unwrap();
    assert_eq!(twelve.to_urn(), "urn:epc:id:sgtin:061414112345.1.x");
}

#[test]
fn what_is_no_code_is_refused_by_name() {
    let refused = |urn: &str| Epc::parse(urn).unwrap_err();
    assert_eq!(
        refused("urn:epc:id:lgtin:0614141.112345.x"),
        EpcError::UnknownScheme
    );
    assert_eq!(
        refused("urn:epc:idpat:sscc:0614141.*"),
        EpcError::UnknownScheme
    );
    assert_eq!(
        refused("urn:epc:id:sgtin:0614141.112345"),
        EpcError::Parts {
            expected: 3,
            got: 2
        }
    );
    assert_eq!(
        refused("urn:epc:id:sgtin:06141.11234567.x"),
        EpcError::PrefixLength { got: 5 }
    );
    assert_eq!(
        refused("urn:epc:id:sgtin:0614141.11234.x"),
        EpcError::ReferenceLength {
            expected: 6,
            got: 5
        }
    );
    assert_eq!(
        refused("urn:epc:id:sgtin:0614141.11234x.x"),
        EpcError::NotADigit
    );
    assert_eq!(
        refused("urn:epc:id:sgtin:0614141.112345.a/b"),
        EpcError::Escape
    );
    assert_eq!(
        refused("urn:epc:id:sgtin:0614141.112345.a%2"),
        EpcError::Escape
    );
    assert_eq!(
        refused("urn:epc:idpat:sgtin:0614141.112345.5"),
        EpcError::NotAPattern
    );
    assert_eq!(
        refused("urn:epc:id:cpi:0614141..5"),
        EpcError::EmptyReference
    );
    assert_eq!(
        refused("urn:epc:id:itip:0614141.112345.1.02.x"),
        EpcError::Piece
    );
    let long = format!("urn:epc:id:giai:0614141.{}", "x".repeat(300));
    assert!(matches!(refused(&long), EpcError::TooLong { .. }));
    let code = |elements: &str| {
        let elements = ElementString::parse_bracketed(elements).unwrap();
        Epc::new(&elements, length(7)).unwrap_err()
    };
    assert_eq!(code("(17)281200"), EpcError::NoScheme);
    assert_eq!(
        code("(414)0614141123452(254)0"),
        EpcError::ReservedExtension
    );
    assert_eq!(code("(8004)061414"), EpcError::PrefixLength { got: 6 });
    assert_eq!(code("(8004)0614141"), EpcError::EmptyReference);
    assert!(PrefixLength::new(13).is_err());
}

#[test]
fn random_codes_never_panic_and_what_is_read_is_written_and_read_alike() {
    let mut random = Random::new(11);
    let mut read = 0;
    let kinds = ["id", "class", "idpat", "x"];
    for _ in 0..200_000 {
        let scheme = Scheme::ALL[random.below(Scheme::ALL.len())];
        let kind = random.pick(&kinds);
        let mut urn = format!("urn:epc:{kind}:{}:", scheme.name());
        for index in 0..=random.below(5) {
            if index > 0 {
                urn.push('.');
            }
            match random.below(6) {
                0 => urn.push_str(&random.noise(4)),
                1 => urn.push('*'),
                2 => urn.push_str("%2F"),
                _ => {
                    let wanted = if index == 0 { 7 } else { 5 + random.below(2) };
                    let digits = (0..wanted).map(|_| char::from(b'0' + random.below(10) as u8));
                    urn.extend(digits);
                }
            }
        }
        if let Ok(epc) = Epc::parse(&urn) {
            read += 1;
            assert_eq!(Epc::parse(&epc.to_urn()).as_ref(), Ok(&epc), "{urn}");
            let again = Epc::new(epc.elements(), epc.prefix_length());
            if epc.elements().to_bracketed().contains("(254)0") {
                continue;
            }
            assert!(again.is_ok(), "{urn}");
        }
        let text = random.element_text();
        if let Ok(elements) = ElementString::split(&text) {
            let _ = Epc::new(&elements, length(6 + random.below(7)));
        }
    }
    assert!(read > 1_000, "{read} codes could be read");
}
