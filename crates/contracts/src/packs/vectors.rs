//! The vectors for other implementations (`crates/contracts/tests/vectors/packs.json`), made by a program of its own with noble-curves and
//! ethers 6.17.0.

use alloy_primitives::{Address, B256, hex};
use alloy_sol_types::SolStruct;
use serde_json::Value;

use super::*;
use crate::{
    addresses::{CABINETS, PACKS, PRESCRIPTIONS},
    cabinets::{Blinding, Commitment},
    signing::{Closing, Contest, Count, Fill, domain},
};

fn vectors() -> Value {
    let text = include_str!("../../tests/vectors/packs.json");
    serde_json::from_str(text).expect("the vectors are JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

fn word(value: &Value) -> B256 {
    text(value).parse().expect("32 bytes")
}

fn words(value: &Value) -> Vec<B256> {
    list(value).iter().map(word).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn address(value: &Value) -> Address {
    text(value).parse().expect("20 bytes")
}

#[test]
fn labels_tags_and_nullifiers_are_those_of_the_vectors() {
    let vectors = vectors();
    let rows = list(&vectors["labels"]);
    assert_eq!(rows.len(), 6);
    for row in rows {
        let part = |name: &str| text(&row[name]);
        let label = PackLabel::new(part("gtin"), part("serial"), part("lot"), part("expiry"));
        let label = label.expect("a good label");
        assert_eq!(hex::encode(label.encode()), part("label"));
        assert_eq!(label.tag(), word(&row["tag"]));
        assert_eq!(
            nullifier(1_337, label.tag()),
            word(&row["nullifier_on_1337"])
        );
        assert_eq!(nullifier(1, label.tag()), word(&row["nullifier_on_1"]));
    }
    for row in list(&vectors["undo"]) {
        assert_eq!(
            undo_commitment(word(&row["secret"])),
            word(&row["commitment"])
        );
    }
}

#[test]
fn roots_and_proofs_are_those_of_the_vectors() {
    let vectors = vectors();
    let rows = list(&vectors["tries"]);
    assert_eq!(rows.len(), 5);
    for row in rows {
        let trie = Trie::of(&words(&row["units"])).expect("units differ");
        let root = word(&row["root"]);
        assert_eq!(trie.root(), root, "{}", row["name"]);
        if let Some(inclusion) = row.get("inclusion") {
            let unit = word(&inclusion["unit"]);
            let siblings = words(&inclusion["siblings"]);
            assert_eq!(trie.inclusion(unit), Some((B256::ZERO, siblings.clone())));
            assert_eq!(root_of(unit, B256::ZERO, &siblings), Ok(root));
        }
        let absence = &row["absence"];
        let unit = word(&absence["unit"]);
        let expected = Absence {
            other: absence["other"]
                .as_str()
                .map(|_| (word(&absence["other"]), B256::ZERO)),
            siblings: words(&absence["siblings"]),
        };
        assert_eq!(trie.absence(unit), Some(expected.clone()));
        assert_eq!(expected.root(unit), Ok(root));
    }
}

#[test]
fn a_hand_over_and_a_custody_are_those_of_the_vectors() {
    let vectors = vectors();
    let row = &vectors["hand_over"];
    let keys = list(&row["keys"])
        .iter()
        .map(|key| address(key).into_word());
    let units = words(&row["units"]).into_iter().zip(keys).collect();
    let root = Trie::mapping(units).expect("units differ").root();
    assert_eq!(root, word(&row["root"]));
    let commitment = hand_over_commitment(word(&row["salt"]), root);
    assert_eq!(commitment, word(&row["commitment"]));
    let row = &vectors["custody"];
    let step = |step: &Value| CustodyStep {
        key: address(&step["key"]),
        salt: word(&step["salt"]),
        inner: list(&step["inner"]).iter().map(words).collect(),
        next: address(&step["next"]),
        outer: words(&step["outer"]),
    };
    let proof = CustodyProof {
        lot: word(&row["lot"]),
        membership: words(&row["membership"]),
        steps: list(&row["steps"]).iter().map(step).collect(),
    };
    let commitments: Vec<_> = list(&row["steps"])
        .iter()
        .map(|step| word(&step["commitment"]))
        .collect();
    let found = holder(
        word(&row["tag"]),
        &proof,
        address(&row["first"]),
        &commitments,
    );
    assert_eq!(found, Ok(address(&row["holder"])));
}

#[test]
fn commitments_to_amounts_are_those_of_the_vectors() {
    let vectors = vectors();
    let found = &vectors["commitments"];
    let base = Commitment::of(0, Blinding::decode(one()).expect("one is a scalar"));
    assert_eq!(base.encode(), word(&found["H"]), "H");
    let rows = list(&found["rows"]);
    assert_eq!(rows.len(), 7);
    for row in rows {
        let blinding = Blinding::decode(word(&row["blinding"])).expect("a scalar");
        let amount = text(&row["amount"]).parse().expect("an amount");
        let commitment = Commitment::of(amount, blinding);
        assert_eq!(commitment.encode(), word(&row["commitment"]), "{amount}");
        assert_eq!(Commitment::decode(commitment.encode()), Ok(commitment));
    }
}

/// The scalar 1, the lowest byte first.
fn one() -> B256 {
    let mut bytes = B256::ZERO;
    bytes[0] = 1;
    bytes
}

#[test]
fn what_keys_and_witnesses_sign_has_the_digests_that_ethers_computes() {
    let vectors = vectors();
    let (account, bytes) = (Address::repeat_byte, B256::repeat_byte);
    let closing = Closing {
        key: account(1),
        commitment: bytes(2),
        document: bytes(3),
        account: account(4),
    };
    let contest = Contest {
        tag: bytes(1),
        account: account(2),
    };
    let count = Count {
        cabinet: bytes(1),
        item: bytes(2),
        counted: bytes(3),
        number: 4,
    };
    let fill = Fill {
        key: account(1),
        next: account(2),
        dispensed: bytes(3),
        left: bytes(4),
        pharmacist: account(5),
    };
    let packs = domain(1_337, PACKS);
    for (name, digest) in [
        ("closing", closing.eip712_signing_hash(&packs)),
        ("contest", contest.eip712_signing_hash(&packs)),
        ("count", count.eip712_signing_hash(&domain(1_337, CABINETS))),
        (
            "fill",
            fill.eip712_signing_hash(&domain(1_337, PRESCRIPTIONS)),
        ),
    ] {
        assert_eq!(digest, word(&vectors["messages"][name]), "{name}");
    }
}
