//! Blocks before the one that holds the study: the same for all seeds, so that they are made once.

use super::study::CHAIN;
use crate::engine::{
    chain::header,
    convert,
    database::{self, Digest},
    network::Network,
};
use alloy_consensus::Header;
use alloy_primitives::{B256, U256, keccak256};
use commonware_runtime::{Runner as _, Supervisor as _, deterministic};
use std::sync::OnceLock;
use theriac_evidence::{
    bundle::BlockEvidence,
    history::{HistoryProof, Peaks, leaf, node, prove},
    section::Section,
    state::{StateKey, encode_slot},
    trial::bundle::Beacon,
};

/// Height of the block that holds the study.
pub const HEIGHT: u64 = 9_000;
const START_MS: u64 = 1_795_420_800_000;

pub fn time_ms(height: u64) -> u64 {
    START_MS + height * 1_000 + height % 7
}

/// All blocks below [`HEIGHT`].
pub struct Base {
    headers: Vec<Header>,
    hashes: Vec<B256>,
    levels: Vec<Vec<B256>>,
    peaks: Peaks,
}

pub fn base() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(Base::new)
}

impl Base {
    fn new() -> Self {
        let (mut headers, mut hashes) = (Vec::new(), Vec::new());
        let mut peaks = Peaks::new();
        for number in 0..HEIGHT {
            let parent = hashes.last().copied().unwrap_or(B256::ZERO);
            if number > 0 {
                peaks.append(parent);
            }
            let section = section(number, parent, &peaks);
            let header = header(number, parent, (keccak256(number.to_be_bytes()), &section));
            hashes.push(header.hash_slow());
            headers.push(header);
        }
        peaks.append(*hashes.last().expect("there are blocks"));
        let mut levels = vec![hashes.iter().map(leaf).collect::<Vec<_>>()];
        while levels.last().is_some_and(|level| level.len() > 1) {
            let level = levels.last().expect("not empty");
            let next = level
                .chunks_exact(2)
                .map(|pair| node(&pair[0], &pair[1]))
                .collect();
            levels.push(next);
        }
        Self {
            headers,
            hashes,
            levels,
            peaks,
        }
    }

    pub fn hash(&self, height: u64) -> B256 {
        self.hashes[height as usize]
    }

    pub fn mix_hash(&self, height: u64) -> B256 {
        self.headers[height as usize].mix_hash
    }

    pub fn beacon(&self, height: u64) -> Beacon {
        let proof: HistoryProof = prove(HEIGHT, height, |level, index| {
            self.levels
                .get(level as usize)?
                .get(index as usize)
                .copied()
        })
        .expect("the block is older");
        Beacon {
            header: alloy_rlp::encode(&self.headers[height as usize]),
            siblings: proof.siblings,
            peaks: proof.peaks,
        }
    }
}

fn section(number: u64, parent: B256, peaks: &Peaks) -> Section {
    Section {
        view: number + 1,
        parent_view: number,
        parent_digest: parent,
        time_ms: time_ms(number),
        history_root: peaks.root(),
        history_size: peaks.size(),
        ..Section::default()
    }
}

pub fn network() -> &'static Network {
    static NETWORK: OnceLock<Network> = OnceLock::new();
    NETWORK.get_or_init(|| Network::new(CHAIN, 4, 4))
}

/// The words of a state, certified: the block, and the proof of each word that was asked for.
pub fn certify(words: &[(StateKey, U256)], seed: u64) -> (BlockEvidence, Vec<Vec<u8>>) {
    deterministic::Runner::seeded(seed).start(|context| async move {
        let database = database::open_as(context.child("state"), "trial").await;
        let noise = (0..40_u64).map(|number| {
            let key = keccak256([seed.to_be_bytes(), number.to_be_bytes()].concat());
            (Digest::from(key.0), Some(vec![1, 2, 3]))
        });
        let database = database::write(database, noise.collect::<Vec<_>>(), None).await;
        let facts = words.iter().filter(|(_, word)| !word.is_zero());
        let facts = facts.map(|(key, word)| (Digest::from(key.0), encode_slot(*word)));
        let database = database::write(database, facts.collect::<Vec<_>>(), None).await;
        let mut proofs = Vec::new();
        for (key, _) in words {
            proofs.push(database::prove(&database, key).await.encode());
        }
        (block(convert::hash(&database.root()), true), proofs)
    })
}

/// A last block with another state, which no quorum finalised.
pub fn fork() -> &'static BlockEvidence {
    static FORK: OnceLock<BlockEvidence> = OnceLock::new();
    FORK.get_or_init(|| block(keccak256("another state"), false))
}

/// The last block with this state, finalised by a quorum or not.
pub fn block(state_root: B256, certified: bool) -> BlockEvidence {
    let base = base();
    let parent = base.hash(HEIGHT - 1);
    let section = section(HEIGHT, parent, &base.peaks);
    let header = header(HEIGHT, parent, (state_root, &section));
    let hash = header.hash_slow();
    let certificate = network()
        .finalize(0, (section.view, section.parent_view), &hash)
        .certificate;
    BlockEvidence {
        header: alloy_rlp::encode(&header),
        section: section.encode(),
        certificate: certified.then_some(certificate),
    }
}
