//! A short chain over one state, and bundles about it.

use super::{
    database::{self, Database, Digest},
    network::Network,
};
use alloy_consensus::Header;
use alloy_primitives::{Address, B64, B256, Bytes, U256, b256, keccak256};
use commonware_runtime::{Supervisor as _, deterministic::Context};
use theriac_evidence::{
    addresses::{ACCESS, RECORDS},
    bundle::{
        BlockEvidence, Bundle, ChartLog, Claim, Format, History, ProvedEntry, RecordRegistered,
    },
    digest::sha256,
    history::{Peaks, leaves_node, prove},
    section::Section,
    state::{LogEntry, LogSlots, RecordSlots, RecordState, StateKey, encode_slot},
};

pub const CHAIN: u64 = 7_411;
pub const HEIGHT: u64 = 12;
pub const TIME_MS: u64 = 1_795_420_800_123;
pub const CHART: B256 = b256!("c4a7000000000000000000000000000000000000000000000000000000000001");
pub const RECORD: B256 = b256!("4ec0000000000000000000000000000000000000000000000000000000000001");
pub const SALT: B256 = b256!("5a17000000000000000000000000000000000000000000000000000000000001");

pub struct Chain {
    pub network: Network,
    pub database: Database,
    pub blocks: Vec<(Header, Section)>,
}

impl Chain {
    /// A chain of `length` blocks; the state is that of block [`HEIGHT`].
    pub async fn new(context: Context, length: u64) -> Self {
        Self::of(context, length, 21_000).await
    }

    /// The same facts on other blocks.
    pub async fn rewritten(context: Context, length: u64) -> Self {
        Self::of(context, length, 42_000).await
    }

    async fn of(context: Context, length: u64, gas_used: u64) -> Self {
        let database = database::open_as(context.child("state"), &format!("gas-{gas_used}")).await;
        let noise: Vec<_> = (0..700_u64)
            .map(|number| {
                (
                    Digest::from(keccak256(number.to_be_bytes()).0),
                    Some(vec![1, 2, 3]),
                )
            })
            .collect();
        let database = database::write(database, noise, None).await;
        let facts: Vec<_> = facts()
            .into_iter()
            .map(|(key, value)| (Digest::from(key.0), encode_slot(value)))
            .collect();
        let database = database::write(database, facts, None).await;
        let root = database::root(&database);
        let network = Network::new(CHAIN, 4, 4);
        Self {
            network,
            database,
            blocks: blocks(length, root, gas_used),
        }
    }

    pub fn hash(&self, height: u64) -> B256 {
        self.blocks[height as usize].0.hash_slow()
    }

    pub fn block(&self, height: u64, certified: bool) -> BlockEvidence {
        let (header, section) = &self.blocks[height as usize];
        let views = (section.view, section.parent_view);
        let certified = certified.then(|| {
            self.network
                .finalize(section.epoch, views, &header.hash_slow())
        });
        BlockEvidence {
            header: alloy_rlp::encode(header),
            section: section.encode(),
            certificate: certified.map(|certified| certified.certificate),
        }
    }

    pub fn history(&self, newer: u64, certified: bool) -> History {
        let proof = prove(newer, HEIGHT, |height, index| {
            leaves_node(height, index, &mut |leaf| {
                (leaf < newer).then(|| self.hash(leaf))
            })
        });
        let proof = proof.expect("the block is older");
        let newer = self.block(newer, certified);
        History {
            newer,
            siblings: proof.siblings,
            peaks: proof.peaks,
        }
    }

    pub fn bundle(&self, claims: Vec<Claim>, history: Option<History>) -> Bundle {
        let network = theriac_evidence::bundle::Network {
            chain_id: CHAIN,
            group_key: self.network.group_key(),
        };
        let block = self.block(HEIGHT, true);
        Bundle {
            format: Format::V1,
            network,
            block,
            claims,
            history,
        }
    }

    async fn proof(&self, address: &Address, slot: U256) -> Vec<u8> {
        database::prove(&self.database, &StateKey::slot(address, slot))
            .await
            .encode()
    }

    pub async fn record(&self) -> RecordRegistered {
        let slots = RecordSlots::of(RECORD);
        let mut proofs = Vec::new();
        for offset in 0..6 {
            proofs.push(self.proof(&RECORDS, slots.at(offset)).await);
        }
        RecordRegistered {
            record: RECORD,
            state: record(),
            salt: Some(SALT),
            proofs,
        }
    }

    pub async fn log(&self, chart: B256) -> ChartLog {
        let slots = LogSlots::of(chart);
        let mut entries = Vec::new();
        for entry in if chart == CHART { log() } else { vec![] } {
            let proof = self.proof(&ACCESS, slots.entry(entry.sequence)).await;
            let LogEntry {
                kind,
                actor,
                subject,
                detail,
                height,
                time_ms,
                ..
            } = entry;
            entries.push(ProvedEntry {
                kind,
                actor,
                subject,
                detail,
                height,
                time_ms,
                proof,
            });
        }
        let length = entries.len() as u64;
        ChartLog {
            chart,
            length,
            length_proof: self.proof(&ACCESS, slots.length()).await,
            entries,
            end_proof: self.proof(&ACCESS, slots.entry(length)).await,
        }
    }
}

pub fn record() -> RecordState {
    let content_id = keccak256("ciphertext");
    let tag: &[u8] = b"theriac/commitment/v1";
    RecordState {
        commitment: sha256(&[tag, SALT.as_slice(), content_id.as_slice()]),
        content_id,
        wrap_id: keccak256("wrap"),
        chart: CHART,
        author: Address::repeat_byte(0xaa),
        kind: 3,
        protection: 1,
        status: 1,
        version: 1,
        registered_height: 9,
        registered_time_ms: TIME_MS - 3_000,
        changed_height: 9,
        changed_time_ms: TIME_MS - 3_000,
    }
}

pub fn log() -> Vec<LogEntry> {
    let (doctor, patient) = (Address::repeat_byte(0xd0), Address::repeat_byte(0xba));
    [
        (1, doctor),
        (4, patient),
        (7, doctor),
        (8, patient),
        (1, doctor),
    ]
    .into_iter()
    .zip(0..)
    .map(|((kind, actor), sequence)| LogEntry {
        kind,
        chart: CHART,
        sequence,
        actor,
        subject: keccak256("request"),
        detail: keccak256([kind]),
        height: 8 + sequence,
        time_ms: TIME_MS - 4_000 + sequence * 1_000,
    })
    .collect()
}

/// What the contracts would have written.
fn facts() -> Vec<(StateKey, U256)> {
    let slots = RecordSlots::of(RECORD);
    let words = record().to_words().into_iter().zip(0..);
    let mut facts: Vec<_> = words
        .map(|(word, offset)| (StateKey::slot(&RECORDS, slots.at(offset)), word))
        .collect();
    let slots = LogSlots::of(CHART);
    facts.push((
        StateKey::slot(&ACCESS, slots.length()),
        U256::from(log().len()),
    ));
    for entry in log() {
        let key = StateKey::slot(&ACCESS, slots.entry(entry.sequence));
        facts.push((key, entry.hash().into()));
    }
    facts
}

fn blocks(length: u64, root: B256, gas_used: u64) -> Vec<(Header, Section)> {
    let mut peaks = Peaks::new();
    let mut blocks = Vec::<(Header, Section)>::new();
    for number in 0..length {
        let parent_hash = blocks
            .last()
            .map_or(B256::ZERO, |(header, _)| header.hash_slow());
        if number > 0 {
            peaks.append(parent_hash);
        }
        let time_ms = TIME_MS - HEIGHT * 1_000 + number * 1_000;
        let section = Section {
            view: number + 1,
            parent_view: number,
            parent_digest: parent_hash,
            time_ms,
            history_root: peaks.root(),
            history_size: peaks.size(),
            ..Section::default()
        };
        let state_root = if number == HEIGHT {
            root
        } else {
            keccak256(number.to_be_bytes())
        };
        let mut header = header(number, parent_hash, (state_root, &section));
        header.gas_used = gas_used;
        blocks.push((header, section));
    }
    blocks
}

pub fn header(number: u64, parent_hash: B256, (state_root, section): (B256, &Section)) -> Header {
    Header {
        parent_hash,
        state_root,
        number,
        timestamp: section.time_ms / 1_000,
        extra_data: Bytes::copy_from_slice(section.hash().as_slice()),
        mix_hash: keccak256(parent_hash),
        gas_limit: 30_000_000,
        gas_used: 21_000,
        nonce: B64::ZERO,
        base_fee_per_gas: Some(0),
        withdrawals_root: Some(alloy_consensus::EMPTY_ROOT_HASH),
        blob_gas_used: Some(0),
        excess_blob_gas: Some(0),
        parent_beacon_block_root: Some(B256::ZERO),
        requests_hash: Some(sha256(&[])),
        ..Header::default()
    }
}
