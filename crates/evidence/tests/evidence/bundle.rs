//! The pinned bundles, verified without the engine, and what is refused.

use serde_json::Value;
use theriac_evidence::{
    bundle::{Failure, MAX_BYTES, MAX_DEPTH, Trusted, build, parse, verify},
    certificate::GroupKeyBytes,
};

const RECORD: &str = include_str!("../vectors/bundle_record.json");
const LOG: &str = include_str!("../vectors/bundle_chart_log.json");

fn trusted() -> Trusted {
    let json: Value = serde_json::from_str(include_str!("../vectors/bundle_trusted.json")).unwrap();
    let text = |field: &str| json[field].as_str().unwrap();
    Trusted {
        chain_id: json["chainId"].as_u64().unwrap(),
        group_key: text("groupKey").parse::<GroupKeyBytes>().unwrap(),
        known: Some((
            json["knownHeight"].as_u64().unwrap(),
            text("knownHash").parse().unwrap(),
        )),
    }
}

fn unacquainted() -> Trusted {
    Trusted {
        known: None,
        ..trusted()
    }
}

fn refusal(text: &str) -> Failure {
    verify(text.as_bytes(), &unacquainted()).expect_err("the bundle is wrong")
}

#[test]
fn pinned_bundles_are_proved_in_the_pinned_words() {
    let report = verify(RECORD.as_bytes(), &unacquainted())
        .unwrap()
        .to_string();
    assert_eq!(report, include_str!("../vectors/bundle_record.txt"));
    let report = verify(LOG.as_bytes(), &trusted()).unwrap().to_string();
    assert_eq!(report, include_str!("../vectors/bundle_chart_log.txt"));
}

#[test]
fn bundle_survives_reading_and_writing() {
    for text in [RECORD, LOG] {
        assert_eq!(
            build(&parse(text.as_bytes()).unwrap()).unwrap(),
            text.as_bytes()
        );
    }
}

#[test]
fn older_bundle_is_refused_by_who_knows_a_newer_block() {
    let failure = verify(RECORD.as_bytes(), &trusted()).unwrap_err();
    assert_eq!(
        failure,
        Failure::OlderThanKnown {
            height: 12,
            known: 20
        }
    );
    assert_eq!(failure.code(), "older-than-known");
}

#[test]
fn bundle_with_a_byte_flipped_is_refused() {
    for text in [RECORD, LOG] {
        for index in (0..text.len()).step_by(5) {
            let mut bytes = text.as_bytes().to_vec();
            bytes[index] ^= 1 << (index % 8);
            assert!(verify(&bytes, &unacquainted()).is_err(), "byte {index}");
        }
    }
}

#[test]
fn flipped_byte_is_named_by_what_it_breaks() {
    let flipped = |name: &str| {
        let at = RECORD.find(&format!("\"{name}\": \"0x")).unwrap() + name.len() + 6 + 10;
        let mut bytes = RECORD.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
        verify(&bytes, &unacquainted()).unwrap_err()
    };
    assert!(
        matches!(flipped("commitment"), Failure::Claim { field, .. } if field == "state.commitment")
    );
    assert!(matches!(
        flipped("groupKey"),
        Failure::Network {
            field: "groupKey",
            ..
        }
    ));
    assert_eq!(flipped("header").code(), "certificate-invalid");
    assert_eq!(flipped("section").code(), "section-differs");
    assert_eq!(flipped("signature").code(), "certificate-invalid");
    assert!(
        flipped("author")
            .to_string()
            .starts_with("claims[0].state.author: the bundle says 0x")
    );
}

#[test]
fn file_beyond_a_limit_is_refused_before_it_is_read() {
    let long = vec![b' '; MAX_BYTES + 1];
    let failure = verify(&long, &trusted()).unwrap_err();
    assert_eq!(
        failure,
        Failure::TooLarge {
            got: MAX_BYTES + 1,
            limit: MAX_BYTES
        }
    );
    let deep = "[".repeat(1_000_000);
    assert_eq!(refusal(&deep), Failure::TooDeep { limit: MAX_DEPTH });
    let none = RECORD.replacen("\"claims\": [", "\"claims\": [], \"x\": [", 1);
    assert_eq!(refusal(&none).code(), "bundle-malformed");
}

#[test]
fn other_formats_and_loose_json_are_refused() {
    let change = |from: &str, to: &str| {
        assert!(RECORD.contains(from), "{from}");
        refusal(&RECORD.replacen(from, to, 1))
    };
    let newer = change("theriac-evidence/1", "theriac-evidence/2");
    assert_eq!(
        newer,
        Failure::UnknownFormat {
            got: "theriac-evidence/2".into()
        }
    );
    for (from, to) in [
        ("\"network\": {", "\"note\": 1, \"network\": {"),
        ("\"chainId\": 7411", "\"chainId\": 7411, \"chainId\": 7411"),
        ("\"chainId\": 7411", "\"chainId\": 7411.0"),
        ("\"chainId\": 7411", "\"chainId\": \"7411\""),
        ("\"chainId\": 7411", "\"chainId\": -7411"),
        ("\"chainId\": 7411", "\"chainId\": 18446744073709551616"),
        ("\"salt\": \"0x5a", "\"salt\": \"0x5A"),
        ("\"salt\": \"0x5a", "\"salt\": \"5a"),
        ("\"salt\": \"0x5a", "\"salt\": \"0x"),
        ("\"salt\": \"0x5a", "\"salt\": \"0x05a"),
        ("\"protection\": 1", "\"protection\": 257"),
        ("\"recordRegistered\"", "\"recordErased\""),
    ] {
        assert_eq!(change(from, to).code(), "bundle-malformed", "{to}");
    }
    assert_eq!(refusal("").code(), "bundle-malformed");
    assert_eq!(refusal(&format!("{RECORD}{{}}")).code(), "bundle-malformed");
}

#[test]
fn bundle_without_claims_or_with_too_few_proofs_is_refused() {
    let mut bundle = parse(RECORD.as_bytes()).unwrap();
    let claim = bundle.claims.pop().unwrap();
    assert_eq!(build(&bundle).unwrap_err().code(), "count-out-of-bounds");
    bundle.claims = vec![claim; 65];
    assert_eq!(build(&bundle).unwrap_err().code(), "count-out-of-bounds");
    let short = RECORD.replacen("\"proofs\": [", "\"proofs\": [\"0x\",", 1);
    assert_eq!(refusal(&short).code(), "count-out-of-bounds");
}
