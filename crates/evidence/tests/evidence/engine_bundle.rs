//! Bundles over a real state, signed by real members.

use crate::engine::{
    chain::{CHAIN, CHART, Chain, HEIGHT, TIME_MS},
    network::Network,
    vectors,
};
use alloy_primitives::{Address, B256, keccak256};
use commonware_runtime::{Runner as _, deterministic};
use theriac_evidence::{
    bundle::{Bundle, Claim, Failure, Report, Trusted, Which, build, verify},
    certificate::CertificateFailure,
    header::Header,
    history::HistoryFailure,
    proof::ProofFailure,
};

/// Everything that the tests use, made once by the engine.
struct Story {
    chain: Chain,
    record: Bundle,
    log: Bundle,
}

fn with_story(test: impl FnOnce(&Story)) {
    deterministic::Runner::seeded(11).start(|context| async move {
        let chain = Chain::new(context, 21).await;
        let record = chain.bundle(vec![Claim::RecordRegistered(chain.record().await)], None);
        let claims = vec![
            Claim::ChartLog(chain.log(CHART).await),
            Claim::ChartLog(chain.log(keccak256("a chart without entries")).await),
        ];
        let log = chain.bundle(claims, Some(chain.history(20, true)));
        test(&Story { chain, record, log });
    });
}

impl Story {
    fn trusted(&self, known: Option<u64>) -> Trusted {
        let known = known.map(|height| (height, self.chain.hash(height)));
        Trusted {
            chain_id: CHAIN,
            group_key: self.chain.network.group_key(),
            known,
        }
    }

    fn judge(&self, bundle: &Bundle, known: Option<u64>) -> Result<Report, Failure> {
        verify(
            &build(bundle).expect("within the limits"),
            &self.trusted(known),
        )
    }
}

fn record(bundle: &mut Bundle) -> &mut theriac_evidence::bundle::RecordRegistered {
    match &mut bundle.claims[0] {
        Claim::RecordRegistered(claim) => claim,
        Claim::ChartLog(_) => panic!("the bundle claims a record"),
    }
}

fn log(bundle: &mut Bundle) -> &mut theriac_evidence::bundle::ChartLog {
    match &mut bundle.claims[0] {
        Claim::ChartLog(claim) => claim,
        Claim::RecordRegistered(_) => panic!("the bundle claims a log"),
    }
}

#[test]
fn header_is_read_as_alloy_writes_it() {
    with_story(|story| {
        for (header, _) in &story.chain.blocks {
            let read = Header::decode(&alloy_rlp::encode(header)).expect("a header");
            assert_eq!(read.hash, header.hash_slow());
            assert_eq!(
                (read.number, read.timestamp),
                (header.number, header.timestamp)
            );
            assert_eq!(
                (read.state_root, read.mix_hash),
                (header.state_root, header.mix_hash)
            );
            assert_eq!(read.section_hash.as_slice(), header.extra_data.as_ref());
        }
        let mut shorter = story.chain.blocks[3].0.clone();
        shorter.requests_hash = None;
        assert!(Header::decode(&alloy_rlp::encode(&shorter)).is_err());
    });
}

#[test]
fn record_and_log_are_proved() {
    with_story(|story| {
        let report = story
            .judge(&story.record, None)
            .expect("the record is proved");
        assert_eq!(
            (report.block.height, report.newest.height),
            (HEIGHT, HEIGHT)
        );
        assert_eq!(report.block.time_ms, TIME_MS);
        let text = report.to_string();
        assert!(
            text.contains("was registered at height 9, 2026-11-23T07:59:57.123Z"),
            "{text}"
        );
        assert!(
            text.contains("kind laboratory, protection direct"),
            "{text}"
        );
        assert!(text.contains("500 ms ahead"), "{text}");

        let report = story
            .judge(&story.log, Some(20))
            .expect("the log is proved");
        assert_eq!((report.block.height, report.newest.height), (HEIGHT, 20));
        let text = report.to_string();
        assert!(text.contains("exactly 5 entries up to height 12"), "{text}");
        assert!(text.contains("exactly 0 entries"), "{text}");
        assert!(text.contains("entry 1: approved by 0xBAbAbab"), "{text}");
        assert!(
            text.contains("NOT CLAIMED  what a grantee decrypted"),
            "{text}"
        );
    });
}

#[test]
fn older_evidence_is_accepted_only_with_its_history() {
    with_story(|story| {
        assert!(story.judge(&story.record, Some(11)).is_ok());
        assert!(story.judge(&story.record, Some(12)).is_ok());
        let older = Failure::OlderThanKnown {
            height: 12,
            known: 13,
        };
        assert_eq!(story.judge(&story.record, Some(13)), Err(older));
        for known in [0, 12, 13, 20] {
            assert!(story.judge(&story.log, Some(known)).is_ok(), "{known}");
        }
        let mut shorter = story.log.clone();
        shorter.history = Some(story.chain.history(19, true));
        let older = Failure::OlderThanKnown {
            height: 19,
            known: 20,
        };
        assert_eq!(story.judge(&shorter, Some(20)), Err(older));
    });
}

#[test]
fn chain_of_a_former_committee_does_not_replace_the_known_one() {
    with_story(|story| {
        let mut trusted = story.trusted(Some(20));
        let (got, expected) = (story.chain.hash(20), B256::repeat_byte(1));
        trusted.known = Some((20, expected));
        let bytes = build(&story.log).expect("within the limits");
        let other = Failure::OtherChain {
            height: 20,
            got,
            expected,
        };
        assert_eq!(verify(&bytes, &trusted), Err(other));
    });
}

#[test]
fn block_without_certificate_is_final_only_below_a_certified_or_known_one() {
    with_story(|story| {
        let mut bundle = story.log.clone();
        bundle.block.certificate = None;
        assert!(story.judge(&bundle, None).is_ok());
        bundle.history = Some(story.chain.history(20, false));
        assert_eq!(
            story.judge(&bundle, None),
            Err(Failure::NotFinal {
                which: Which::Newer
            })
        );
        assert!(story.judge(&bundle, Some(20)).is_ok());
        bundle.history = None;
        assert_eq!(
            story.judge(&bundle, None),
            Err(Failure::NotFinal {
                which: Which::Block
            })
        );
        assert!(story.judge(&bundle, Some(12)).is_ok());
    });
}

#[test]
fn history_that_does_not_lead_to_the_block_is_refused() {
    with_story(|story| {
        let mut bundle = story.log.clone();
        bundle.history.as_mut().expect("it has one").siblings[1] = B256::ZERO;
        let verdict = story.judge(&bundle, None);
        assert!(matches!(
            verdict,
            Err(Failure::History(HistoryFailure::Root { .. }))
        ));

        let mut bundle = story.log.clone();
        bundle.block = story.chain.block(11, true);
        assert!(matches!(
            story.judge(&bundle, None),
            Err(Failure::History(_))
        ));

        let mut bundle = story.log.clone();
        bundle.history.as_mut().expect("it has one").newer = story.chain.block(12, true);
        let verdict = story.judge(&bundle, None);
        assert!(matches!(
            verdict,
            Err(Failure::History(HistoryFailure::OutOfRange { .. }))
        ));
    });
}

#[test]
fn other_network_other_key_and_other_signers_are_named() {
    with_story(|story| {
        let mut trusted = story.trusted(None);
        trusted.chain_id += 1;
        let bytes = build(&story.record).expect("within the limits");
        let failure = verify(&bytes, &trusted).unwrap_err();
        assert!(matches!(
            failure,
            Failure::Network {
                field: "chainId",
                ..
            }
        ));

        let stranger = Network::new(CHAIN, 4, 5);
        let mut trusted = story.trusted(None);
        trusted.group_key = stranger.group_key();
        let failure = verify(&bytes, &trusted).unwrap_err();
        assert!(matches!(
            failure,
            Failure::Network {
                field: "groupKey",
                ..
            }
        ));

        let mut bundle = story.record.clone();
        let hash = story.chain.hash(HEIGHT);
        bundle.block.certificate = Some(stranger.finalize(0, (13, 12), &hash).certificate);
        let failure = CertificateFailure::NotSigned;
        let expected = Failure::Certificate {
            which: Which::Block,
            hash,
            failure,
        };
        assert_eq!(story.judge(&bundle, None), Err(expected));
        bundle.block.certificate =
            Some(story.chain.network.notarize(0, (13, 12), &hash).certificate);
        let expected = Failure::Certificate {
            which: Which::Block,
            hash,
            failure,
        };
        assert_eq!(story.judge(&bundle, None), Err(expected));
    });
}

#[test]
fn section_of_another_block_is_refused() {
    with_story(|story| {
        let mut bundle = story.record.clone();
        bundle.block.section = story.chain.block(11, false).section;
        let failure = story.judge(&bundle, None).unwrap_err();
        assert!(
            matches!(failure, Failure::Section { field: "hash", .. }),
            "{failure}"
        );
    });
}

#[test]
fn claim_that_says_more_or_less_than_the_ledger_is_refused() {
    with_story(|story| {
        type Change = fn(&mut Bundle);
        let changes: [(&str, Change); 10] = [
            ("state.commitment", |it| {
                record(it).state.commitment = B256::ZERO
            }),
            ("state.author", |it| record(it).state.author = Address::ZERO),
            ("state.registeredHeight", |it| {
                record(it).state.registered_height = 8
            }),
            ("state.registeredTimeMs", |it| {
                record(it).state.registered_time_ms += 1
            }),
            ("state.status", |it| record(it).state.status = 2),
            ("salt", |it| record(it).salt = Some(B256::ZERO)),
            ("length", |it| log(it).length = 4),
            ("entries", |it| drop(log(it).entries.remove(4))),
            ("entries[2]", |it| log(it).entries[2].actor = Address::ZERO),
            ("entries[4]", |it| log(it).entries[4].time_ms += 1),
        ];
        for (expected, change) in changes {
            let is_log = expected.starts_with(['l', 'e']);
            let mut bundle = if is_log {
                story.log.clone()
            } else {
                story.record.clone()
            };
            change(&mut bundle);
            match story.judge(&bundle, None) {
                Err(Failure::Claim {
                    claim: 0, field, ..
                }) => assert_eq!(field, expected),
                other => panic!("{expected}: {other:?}"),
            }
        }
    });
}

#[test]
fn proof_of_another_slot_or_chart_is_refused() {
    with_story(|story| {
        let mut bundle = story.log.clone();
        log(&mut bundle).entries.swap(0, 1);
        let failure = story.judge(&bundle, None).unwrap_err();
        assert!(
            matches!(failure, Failure::Proof { ref item, failure: ProofFailure::Root { .. }, .. } if item == "entries[0].proof")
        );

        let mut bundle = story.log.clone();
        log(&mut bundle).chart = keccak256("another chart");
        let failure = story.judge(&bundle, None).unwrap_err();
        assert!(matches!(failure, Failure::Proof { ref item, .. } if item == "lengthProof"));

        let mut bundle = story.log.clone();
        let length_proof = log(&mut bundle).length_proof.clone();
        log(&mut bundle).end_proof = length_proof;
        let failure = story.judge(&bundle, None).unwrap_err();
        assert!(matches!(failure, Failure::Proof { ref item, .. } if item == "endProof"));

        let mut bundle = story.record.clone();
        record(&mut bundle).record = keccak256("another record");
        assert_eq!(
            story.judge(&bundle, None).unwrap_err().code(),
            "proof-invalid"
        );

        let mut bundle = story.record.clone();
        record(&mut bundle).proofs[3].pop();
        assert_eq!(
            story.judge(&bundle, None).unwrap_err().code(),
            "proof-malformed"
        );
    });
}

#[test]
fn pinned_bundles_are_those_of_the_engine() {
    with_story(|story| {
        let text = |bundle| String::from_utf8(build(bundle).expect("within the limits"));
        vectors::pin(
            "bundle_record.json",
            &text(&story.record).expect("JSON is UTF-8"),
        );
        vectors::pin(
            "bundle_chart_log.json",
            &text(&story.log).expect("JSON is UTF-8"),
        );
        let trusted = serde_json::json!({
            "chainId": CHAIN,
            "groupKey": story.chain.network.group_key().to_string(),
            "knownHeight": 20,
            "knownHash": story.chain.hash(20).to_string(),
        });
        let trusted = serde_json::to_string_pretty(&trusted).expect("plain JSON") + "\n";
        vectors::pin("bundle_trusted.json", &trusted);
    });
}
