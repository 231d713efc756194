//! The vectors of transparency-dev/merkle, read in place.

use alloy_primitives::B256;
use serde::Deserialize;
use std::{fs, path::PathBuf};
use theriac_evidence::trial::log::{Frontier, Tree, leaf, verify_consistency, verify_inclusion};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    leaf_idx: Option<u64>,
    tree_size: Option<u64>,
    start: Option<u64>,
    end: Option<u64>,
    size: Option<u64>,
    size1: Option<u64>,
    size2: Option<u64>,
    root: Option<String>,
    root1: Option<String>,
    root2: Option<String>,
    leaf_hash: Option<String>,
    proof: Option<Vec<String>>,
    want_err: bool,
}

/// All cases below a folder of vectors, by path; `None` where the data are absent, which fails in CI.
fn cases(kind: &str) -> Option<Vec<(String, Case)>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/trials/merkle");
    if !root.is_dir() {
        assert!(
            std::env::var_os("CI").is_none(),
            "merkle vectors: ../shared/data is absent"
        );
        println!("SKIPPED merkle vectors: ../shared/data is absent");
        return None;
    }
    let mut found = Vec::new();
    let mut folders = vec![root.join(kind)];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).expect("a folder of vectors") {
            let path = item.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).expect("readable");
            let case = serde_json::from_slice(&bytes)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            found.push((path.display().to_string(), case));
        }
    }
    Some(found)
}

fn hash(text: &Option<String>) -> Option<B256> {
    let bytes = decode64(text.as_deref().unwrap_or_default());
    B256::try_from(&bytes[..]).ok()
}

/// Where sizes are the same, the vectors compare what is no hash at all; its digest stands for it.
fn any_root(text: &Option<String>) -> B256 {
    hash(text).unwrap_or_else(|| leaf(text.as_deref().unwrap_or_default().as_bytes()))
}

fn proof(case: &Case) -> Option<Vec<B256>> {
    case.proof
        .iter()
        .flatten()
        .map(|text| hash(&Some(text.clone())))
        .collect()
}

fn decode64(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| *byte != b'=')
        .map(digit)
        .collect();
    let groups = digits.chunks(4).flat_map(|group| {
        let bits = group
            .iter()
            .fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit));
        let bits = bits << (6 * (4 - group.len()));
        bits.to_be_bytes()[1..group.len()].to_vec()
    });
    groups.collect()
}

#[test]
fn published_proofs_of_inclusion_are_judged_alike() {
    let Some(cases) = cases("inclusion") else {
        return;
    };
    for (path, case) in &cases {
        let holds = holds_inclusion((case.leaf_idx, case.tree_size), case);
        assert_eq!(holds, !case.want_err, "{path}");
    }
    println!("{} vectors", cases.len());
    assert_eq!(cases.len(), 65);
}

fn holds_inclusion((index, size): (Option<u64>, Option<u64>), case: &Case) -> bool {
    let (Some(root), Some(leaf), Some(proof)) =
        (hash(&case.root), hash(&case.leaf_hash), proof(case))
    else {
        return false;
    };
    let (Some(index), Some(size)) = (index, size) else {
        return false;
    };
    verify_inclusion((index, size), &leaf, &proof, &root).is_ok()
}

#[test]
fn published_proofs_of_consistency_are_judged_alike() {
    let Some(cases) = cases("consistency") else {
        return;
    };
    for (path, case) in &cases {
        assert_eq!(
            holds_consistency(case.size1, case.size2, case),
            !case.want_err,
            "{path}"
        );
    }
    println!("{} vectors", cases.len());
    assert_eq!(cases.len(), 66);
}

fn holds_consistency(first: Option<u64>, second: Option<u64>, case: &Case) -> bool {
    let (Some(first), Some(second)) = (first, second) else {
        return false;
    };
    let Some(proof) = proof(case) else {
        return false;
    };
    let (old, new) = (any_root(&case.root1), any_root(&case.root2));
    verify_consistency((first, second), (&old, &new), &proof).is_ok()
}

/// A subtree from `start` is a tree of its own, so that inclusion in it is inclusion.
#[test]
fn published_proofs_of_inclusion_in_subtrees_are_judged_alike() {
    let Some(cases) = cases("subtreeinclusion") else {
        return;
    };
    for (path, case) in &cases {
        let (start, end) = (case.start.unwrap_or(0), case.end.unwrap_or(0));
        let size = end.checked_sub(start);
        let is_subtree = size.is_some_and(|size| size > 0 && start % size.next_power_of_two() == 0);
        let index = case.leaf_idx.and_then(|index| index.checked_sub(start));
        let holds = is_subtree && holds_inclusion((index, size), case);
        assert_eq!(holds, !case.want_err, "{path}");
    }
    println!("{} vectors", cases.len());
    assert_eq!(cases.len(), 136);
}

/// Of the subtrees only those from leaf 0 with a leaf are earlier trees in the sense of RFC 9162; the others are listed.
#[test]
fn published_proofs_of_consistency_of_first_subtrees_are_judged_alike() {
    let Some(cases) = cases("subtreeconsistency") else {
        return;
    };
    let (first, others): (Vec<_>, Vec<_>) = cases
        .iter()
        .partition(|(_, case)| case.start.unwrap_or(0) == 0 && case.end.unwrap_or(0) > 0);
    for (path, case) in &first {
        assert_eq!(
            holds_consistency(case.end, case.size, case),
            !case.want_err,
            "{path}"
        );
    }
    for (path, _) in &others {
        println!("not of RFC 9162: {path}");
    }
    println!("{} vectors, {} others", first.len(), others.len());
    assert_eq!((first.len(), others.len()), (62, 17));
}

#[test]
fn tree_and_its_edge_agree_and_every_proof_holds() {
    let leaves: Vec<B256> = (0..70_u8).map(|byte| leaf(&[byte])).collect();
    let mut edge = Frontier::new();
    let mut tree = Tree::default();
    assert_eq!(edge.root(), tree.root());
    for (leaf, size) in leaves.iter().zip(1_u64..) {
        edge.append(*leaf);
        tree.append(*leaf);
        assert_eq!(edge.root(), tree.root());
        for index in 0..size {
            let proof = tree.inclusion(index, size).expect("in the tree");
            assert_eq!(
                verify_inclusion((index, size), &leaves[index as usize], &proof, &tree.root()),
                Ok(())
            );
            assert!(verify_inclusion((index, size), &B256::ZERO, &proof, &tree.root()).is_err());
            let old = tree.root_at(index + 1).expect("in the tree");
            let proof = tree.consistency(index + 1, size).expect("in the tree");
            assert_eq!(
                verify_consistency((index + 1, size), (&old, &tree.root()), &proof),
                Ok(())
            );
            assert!(
                verify_consistency((index + 1, size), (&B256::ZERO, &tree.root()), &proof).is_err()
            );
        }
        assert_eq!(tree.inclusion(size, size), None);
        assert_eq!(tree.consistency(0, size), None);
    }
}
