//! GS1 Digital Link against the GS1 Barcode Syntax Engine and the Digital Link library, and random input.

use serde_json::Value;
use theriac_standards::gs1::digital_link::percent::{Part, decode, encode};
use theriac_standards::gs1::digital_link::{CANONICAL_STEM, DigitalLink, DigitalLinkError};
use theriac_standards::gs1::element_string::ElementString;

use crate::random::Random;
use crate::support::{Ledger, rows};

const FILE: &str = "syntax-engine/syntax-engine-vectors.json";
const UNKNOWN_AI: &str = "the vector permits unknown identifiers, which we refuse";
const SECOND_SEQUENCE: &str =
    "the address is valid (the engine reads it): 235 in the path, 10 in the query";

fn vectors(test: &str, function: &str) -> Option<Vec<Value>> {
    let rows = rows(test, FILE)?;
    Some(
        rows.into_iter()
            .filter(|row| row["function"] == function)
            .collect(),
    )
}

#[test]
fn percent_encoding_is_that_of_the_engine() {
    let test = "percent_encoding_is_that_of_the_engine";
    let (Some(escapes), Some(unescapes)) =
        (vectors(test, "URIescape"), vectors(test, "URIunescape"))
    else {
        return;
    };
    assert_eq!((escapes.len(), unescapes.len()), (7, 13));
    for row in &escapes {
        let [text, path, query] = [0, 1, 2].map(|index| row["args"][index].as_str().unwrap());
        assert_eq!(encode(text, Part::Path), path);
        assert_eq!(encode(text, Part::Query), query);
    }
    for row in &unescapes {
        let [text, path, query] = [0, 1, 2].map(|index| row["args"][index].as_str().unwrap());
        assert_eq!(decode(text, Part::Path), path);
        assert_eq!(decode(text, Part::Query), query);
    }
}

#[test]
fn addresses_are_read_and_refused_as_the_engine_does() {
    let test = "addresses_are_read_and_refused_as_the_engine_does";
    let Some(vectors) = vectors(test, "parseDLuri") else {
        return;
    };
    let mut ledger = Ledger::new(&[(
        "https://example.com/01/09520123456788?99=XYZ&89=ABC123 true",
        UNKNOWN_AI,
    )]);
    for row in &vectors {
        let input = row["args"][1].as_str().unwrap();
        let wanted = row["args"][0].as_bool().unwrap();
        let settings = &row["settings"];
        let early = settings["PermitZeroSuppressedGTINinDLuris"] == "true"
            || settings["permitConvenienceAlphas"] == "true";
        let got = match early {
            true => DigitalLink::parse_early(input),
            false => DigitalLink::parse(input),
        };
        let raw = got
            .as_ref()
            .map(|link| format!("\u{1d}{}", link.elements().to_raw()).replace('\u{1d}', "^"));
        let agrees = match wanted {
            true => raw.as_deref() == Ok(row["args"][2].as_str().unwrap()),
            false => raw.is_err(),
        };
        if let Ok(link) = &got {
            assert_eq!(
                DigitalLink::parse(&link.to_uri()).as_ref(),
                Ok(link),
                "{input}"
            );
        }
        ledger.note(&format!("{input} {wanted}"), agrees, got);
    }
    assert_eq!(ledger.close(), 77);
}

#[test]
fn elements_become_the_addresses_that_the_engine_makes() {
    let test = "elements_become_the_addresses_that_the_engine_makes";
    let Some(vectors) = vectors(test, "testGenerateDLuri") else {
        return;
    };
    let mut ledger = Ledger::new(&[("(01)12312312312326(235)ABC(10)DEF", SECOND_SEQUENCE)]);
    for row in &vectors {
        let stem = row["args"][1].as_str().unwrap_or(CANONICAL_STEM);
        let input = row["args"][2].as_str().unwrap();
        let elements = ElementString::parse_bracketed(input);
        let got = elements
            .map_err(DigitalLinkError::from)
            .and_then(|elements| DigitalLink::new(stem, &elements));
        let uri = got.as_ref().map(DigitalLink::to_uri);
        let agrees = match row["args"][0].as_bool().unwrap() {
            true => uri.as_deref() == Ok(row["args"][3].as_str().unwrap()),
            false => uri.is_err(),
        };
        ledger.note(input, agrees, uri);
    }
    assert_eq!(ledger.close(), 14);
}

#[test]
fn one_pack_has_one_canonical_address() {
    for uri in [
        "https://id.gs1.org/01/04012345678901/10/A%2F1/21/x?17=281200&15=281130",
        "HTTP://brand.example:8080/a/b/01/04012345678901/10/A%2f1/21/x?15=281130&17=281200#part",
        "https://brand.example/01/04012345678901/10/A%2F1/21/x?15=281130&lang=de&17=281200",
    ] {
        let link = DigitalLink::parse(uri).unwrap();
        assert_eq!(
            link.to_canonical_uri(),
            "https://id.gs1.org/01/04012345678901/10/A%2F1/21/x?15=281130&17=281200"
        );
        assert_eq!(
            link.to_identifier_uri(),
            "https://id.gs1.org/01/04012345678901/10/A%2F1/21/x"
        );
    }
    let early = DigitalLink::parse_early("https://a.example/gtin/4012345678901/ser/x?exp=281200");
    assert_eq!(
        early.unwrap().to_uri(),
        "https://a.example/01/04012345678901/21/x?17=281200"
    );
    let link =
        DigitalLink::parse("https://brand.example/shop/01/04012345678901/21/x?lang=de&17=281200")
            .unwrap();
    assert_eq!(link.stem(), "https://brand.example/shop");
    assert_eq!(link.others(), ["lang=de"]);
    assert_eq!((link.path().len(), link.attributes().len()), (2, 1));
    assert_eq!(
        link.to_uri(),
        "https://brand.example/shop/01/04012345678901/21/x?17=281200&lang=de"
    );
}

#[test]
fn what_is_wrong_with_an_address_is_named() {
    let refused = |uri: &str| DigitalLink::parse(uri).unwrap_err();
    let ai = |digits: &str| digits.parse().unwrap();
    assert_eq!(
        refused("ftp://a/01/04012345678901"),
        DigitalLinkError::Scheme
    );
    assert_eq!(
        refused("https:///01/04012345678901"),
        DigitalLinkError::Domain
    );
    assert_eq!(
        refused("https://a/02/04012345678901"),
        DigitalLinkError::NoKey
    );
    assert_eq!(
        refused("https://a/01/04012345678901<"),
        DigitalLinkError::Character { position: 27 }
    );
    assert_eq!(
        refused("https://a/01/04012345678901/21/x/10/y"),
        DigitalLinkError::Qualifiers { key: ai("01") }
    );
    assert_eq!(
        refused("https://a/01/04012345678901?x=1&21=y"),
        DigitalLinkError::NotAnAttribute { position: 4 }
    );
    assert_eq!(
        refused("https://a/01/04012345678901?10=y"),
        DigitalLinkError::BelongsInPath { ai: ai("10") }
    );
    assert_eq!(
        refused("https://a/01/04012345678901?17=281200&17=281200"),
        DigitalLinkError::Repeated { ai: ai("17") }
    );
    let long = format!("https://a/{}", "a".repeat(5_000));
    assert!(matches!(refused(&long), DigitalLinkError::TooLong { .. }));
    let elements = ElementString::parse_bracketed("(10)A").unwrap();
    let none = DigitalLink::new(CANONICAL_STEM, &elements);
    assert_eq!(none, Err(DigitalLinkError::NoKey));
    let elements = ElementString::parse_bracketed("(01)04012345678901(254)A").unwrap();
    let none = DigitalLink::new(CANONICAL_STEM, &elements);
    assert_eq!(none, Err(DigitalLinkError::NoPlace { ai: ai("254") }));
    let elements = ElementString::parse_bracketed("(01)04012345678901").unwrap();
    for stem in ["https://a?b", "gopher://a", "https://a b", ""] {
        assert!(DigitalLink::new(stem, &elements).is_err(), "{stem}");
    }
}

#[test]
fn random_addresses_never_panic_and_what_is_read_is_printed_and_read_alike() {
    let mut random = Random::new(7);
    let mut read = 0;
    let pieces = [
        "/01/04012345678901",
        "/10/A%2F1",
        "/21/x",
        "/00/340123450000000000",
        "/414/4012345678901",
        "/254/1",
        "/a/b",
        "?",
        "?17=281200",
        "&lang=de",
        "&99=%41+b",
        "#part",
        "%",
        "%4",
        "/AQnYUc1gmg",
        "/EEarwSM",
    ];
    for _ in 0..200_000 {
        let mut uri = String::from("https://id.example");
        for _ in 0..random.below(6) {
            match random.below(8) {
                0 => uri.push_str(&random.noise(5)),
                _ => uri.push_str(random.pick(&pieces)),
            }
        }
        let _ = DigitalLink::parse_early(&uri);
        if let Ok(link) = DigitalLink::parse(&uri) {
            read += 1;
            assert_eq!(
                DigitalLink::parse(&link.to_uri()).as_ref(),
                Ok(&link),
                "{uri}"
            );
            let canonical = DigitalLink::parse(&link.to_canonical_uri()).unwrap();
            assert_eq!(canonical.to_canonical_uri(), link.to_canonical_uri());
        }
    }
    assert!(read > 1_000, "{read} addresses could be read");
}
