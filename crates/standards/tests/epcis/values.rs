//! Numbers, times, identifiers and terms by themselves.

use theriac_standards::epcis::{
    Number,
    hash::{Commitment, EventHash, canonical_identifier},
    time::{Instant, is_offset},
    uri::is_uri,
    vocabulary::{Kind, Term},
};

#[test]
fn numbers_keep_their_text_and_print_in_json_grammar() {
    for (text, json) in [
        ("26.0", "26.0"),
        ("+5", "5"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-0", "-0"),
        ("1E3", "1E3"),
        ("000", "0"),
    ] {
        let number = Number::parse(text).expect("a number");
        assert_eq!((number.as_str(), number.to_json().as_str()), (text, json));
    }
    let digits = "1".repeat(101);
    for text in [
        "", ".", "-", "1e", "1e+", "INF", "NaN", "0x1", "1_0", "1 ", &digits,
    ] {
        assert_eq!(Number::parse(text), None, "{text}");
    }
}

#[test]
fn times_are_read_with_their_zone_and_rounded_half_up() {
    for (text, expected) in [
        ("2023-01-18T11:04:03.1415Z", "2023-01-18T11:04:03.142Z"),
        ("2023-01-18T11:04:03.1414Z", "2023-01-18T11:04:03.141Z"),
        ("2019-12-31T23:59:59.9996+00:00", "2020-01-01T00:00:00.000Z"),
        ("2020-02-29T00:30:00+01:00", "2020-02-28T23:30:00.000Z"),
        ("2005-04-04T20:33:31.116-06:00", "2005-04-05T02:33:31.116Z"),
        ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.900Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"),
        ("9999-12-31T23:59:59.000-14:00", "10000-01-01T13:59:59.000Z"),
    ] {
        let instant = Instant::parse(text).expect(text);
        assert_eq!(instant.to_text(), expected, "{text}");
    }
    for text in [
        "2023-01-18T11:04:03",
        "2023-01-18 11:04:03Z",
        "2023-02-29T11:04:03Z",
        "2023-13-01T11:04:03Z",
        "2023-01-18T24:00:00Z",
        "2023-01-18T11:04Z",
        "2023-01-18T11:04:03.Z",
        "2023-01-18T11:04:03+14:01",
        "2023-01-18T11:04:03+1:00",
        "22-07-2026",
        "",
    ] {
        assert_eq!(Instant::parse(text), None, "{text}");
    }
    assert!(is_offset("+14:00") && is_offset("-06:30"));
    assert!(!is_offset("Z") && !is_offset("+14:30") && !is_offset("06:00"));
}

#[test]
fn identifiers_have_one_canonical_form() {
    for (text, expected) in [
        (
            "urn:epc:id:sgtin:9521141.001234.98%2F1(",
            "https://id.gs1.org/01/09521141012345/21/98%2F1%28",
        ),
        (
            "https://x.example/some/path/01/9521141012345/22/2A/10/L/21/S?17=271231#top",
            "https://id.gs1.org/01/09521141012345/21/S",
        ),
        (
            "http://x.example/gtin/09521141012345/ser/98%22",
            "https://id.gs1.org/01/09521141012345/21/98%22",
        ),
        (
            "urn:epc:id:sgln:952114112345..0",
            "https://id.gs1.org/414/9521141123454",
        ),
        (
            "urn:epc:idpat:grai:9521141.12345.*",
            "https://id.gs1.org/8003/09521141123454",
        ),
    ] {
        assert_eq!(
            canonical_identifier(text).as_deref(),
            Some(expected),
            "{text}"
        );
    }
    for text in [
        "urn:epc:id:sgtin:9521141.01234.1",
        "urn:epc:id:sgtin:9521141.001234.",
        "urn:epc:id:sgtin:9521141.001234.123456789012345678901",
        "urn:epc:id:gid:1.2.3",
        "urn:epc:id:sscc:4012345.000000033",
        "https://id.gs1.org/01/095211410123451",
        "https://example.org/about",
        "https://id.gs1.org/01/09521141012345/99/X",
        "",
    ] {
        assert_eq!(canonical_identifier(text), None, "{text}");
    }
}

#[test]
fn terms_are_known_in_every_form() {
    for text in [
        "receiving",
        "urn:epcglobal:cbv:bizstep:receiving",
        "cbv:BizStep-receiving",
        "https://ref.gs1.org/cbv/BizStep-receiving",
    ] {
        assert_eq!(Kind::BizStep.classify(text), Term::Standard("receiving"));
        assert_eq!(
            Kind::BizStep.to_web(text),
            "https://ref.gs1.org/cbv/BizStep-receiving"
        );
        assert_eq!(
            Kind::BizStep.to_urn(text),
            "urn:epcglobal:cbv:bizstep:receiving"
        );
        assert_eq!(Kind::BizStep.to_bare(text), "receiving");
    }
    assert_eq!(Kind::BizStep.classify("transforming"), Term::Invalid);
    assert_eq!(Kind::BizStep.classify("https://ex.org/step"), Term::Other);
    assert_eq!(
        Kind::BizStep.classify("urn:epcglobal:cbv:bizstep:transforming"),
        Term::Unknown
    );
    let sizes = [
        (Kind::BizStep, 41),
        (Kind::Disposition, 33),
        (Kind::BizTransaction, 13),
        (Kind::Party, 3),
        (Kind::ErrorReason, 2),
        (Kind::Measurement, 72),
        (Kind::Alert, 2),
        (Kind::Component, 14),
    ];
    for (kind, size) in sizes {
        assert_eq!(kind.words().len(), size, "{kind:?}");
        assert!(kind.words().is_sorted(), "{kind:?}");
    }
}

#[test]
fn uris_have_a_scheme_and_allowed_characters() {
    for text in [
        "urn:uuid:1",
        "ex:field",
        "https://ex.org/%20",
        "ni:///sha-256;0?ver=CBV2.0",
    ] {
        assert!(is_uri(text), "{text}");
    }
    for text in [
        "",
        "5900000818",
        "ex:",
        ":x",
        "1a:x",
        "ex:a b",
        "ex:%2",
        "ex:<",
    ] {
        assert!(!is_uri(text), "{text}");
    }
}

#[test]
fn a_commitment_is_of_salt_and_text() {
    let hash = EventHash::of("eventType=ObjectEvent");
    let text = hash.to_string();
    assert!(text.starts_with("ni:///sha-256;") && text.ends_with("?ver=CBV2.0"));
    let commitment = Commitment::new(&[7; 32], &hash);
    let mut bytes = vec![7; 32];
    bytes.extend_from_slice(text.as_bytes());
    let expected = EventHash::of(std::str::from_utf8(&bytes).expect("ASCII"));
    assert_eq!(commitment.0, expected.0);
    assert_ne!(commitment, Commitment::new(&[8; 32], &hash));
}
