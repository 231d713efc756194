//! Makes proofs, certificates and evidence bundles from this node's stores.

use super::{trial_evidence, view::View};
use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::SolEvent as _;
use commonware_consensus::types::Height;
use serde_json::{Value, json};
use std::{cmp::Ordering, ops::RangeInclusive, time::Duration};
use theriac_contracts::interfaces::IAccess;
use theriac_evidence::{
    addresses::{ACCESS, RECORDS},
    bundle::{
        BlockEvidence, Bundle, ChartLog, Claim, Format, History, Network, ProvedEntry,
        RecordRegistered, build,
    },
    certificate::Finalization,
    history::HistoryProof,
    state::{LogSlots, RecordSlots, RecordState, StateKey, decode_slot},
};
use theriac_ledger::{
    block::certificate_of,
    index::{IndexError, LogFilter, LogLimits},
    state::StateAnswer,
};
use theriac_rpc::{Certificate, ChainFailure, EvidenceSubject, ProofSubject};

/// How often, and after what pause, a bundle is tried on a newer block while the certificate of the
/// last one is on its way.
pub(super) const ATTEMPTS: usize = 20;
pub(super) const PAUSE: Duration = Duration::from_millis(250);
/// Later blocks searched for a certificate that covers a block without one of its own.
const DESCENDANTS: u64 = 64;
/// Slots of a record.
const RECORD_SLOTS: u64 = 6;
/// Entries of a chart's log in one bundle.
const ENTRIES_MAX: u64 = 10_000;

pub(super) fn failure(error: impl std::error::Error + Send + Sync + 'static) -> ChainFailure {
    ChainFailure::new(error)
}

/// The certificate of the block at `height`, or that of the first descendant that has one.
pub(super) async fn certificate(
    view: &View,
    height: u64,
) -> Result<Option<Certificate>, ChainFailure> {
    let Some((covering, finalization)) = covering(view, height).await else {
        return Ok(None);
    };
    let Some(block) = block_evidence(view, covering, None)? else {
        return Ok(None);
    };
    let sealed = view.index.header(covering).map_err(failure)?;
    Ok(sealed.map(|sealed| Certificate {
        height: covering,
        hash: sealed.hash,
        header: block.header.into(),
        section: block.section.into(),
        certificate: encode(&finalization),
    }))
}

/// The certificate of a block, or of its first descendant that has one, with that one's height.
pub(super) async fn covering(view: &View, height: u64) -> Option<(u64, Finalization)> {
    let head = view.index.head().map_or(0, |(head, _)| head);
    for covering in height.max(1)..=head.min(height.saturating_add(DESCENDANTS)) {
        if let Some(finalization) = finalization(view, covering).await {
            return Some((covering, finalization));
        }
    }
    None
}

/// A state proof of `subject` at the last applied block.
pub(super) async fn proof(
    view: &View,
    subject: ProofSubject,
) -> Result<Option<Value>, ChainFailure> {
    let keys: Vec<StateKey> = match subject {
        ProofSubject::Record(record) => record_keys(record),
        ProofSubject::ChartLog(chart) => {
            let slots = LogSlots::of(chart);
            let length = view.state_slot(ACCESS, slots.length()).await?;
            let length = length.saturating_to::<u64>();
            vec![
                StateKey::slot(&ACCESS, slots.length()),
                StateKey::slot(&ACCESS, slots.entry(length)),
            ]
        }
        ProofSubject::Account(address) => vec![StateKey::account(&address)],
        ProofSubject::Slot(address, slot) => vec![StateKey::slot(&address, slot)],
    };
    let (header, answers) = view.state.prove(&keys).await.map_err(failure)?;
    let answers: Vec<Value> = answers
        .iter()
        .map(|answer| {
            json!({
                "key": answer.key.as_b256(),
                "value": answer.value.as_ref().map(|value| Bytes::copy_from_slice(value)),
                "proof": Bytes::from(answer.proof.encode()),
            })
        })
        .collect();
    Ok(Some(json!({
        "height": format!("{:#x}", header.number),
        "blockHash": header.hash_slow(),
        "stateRoot": header.state_root,
        "answers": answers,
    })))
}

/// An evidence bundle about `subject`.
pub(super) async fn bundle(
    view: &View,
    subject: EvidenceSubject,
) -> Result<Option<Value>, ChainFailure> {
    if let EvidenceSubject::Trial {
        study,
        organisation,
        blocks,
    } = &subject
    {
        return trial_evidence::evidence(view, (*study, *organisation), blocks).await;
    }
    for _ in 0..ATTEMPTS {
        let Some((header, claim)) = claim(view, &subject).await? else {
            return Ok(None);
        };
        let Some((block, history)) = certified(view, &header).await? else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let bundle = Bundle {
            format: Format::V1,
            network: network(view)?,
            block,
            claims: vec![claim],
            history,
        };
        let bytes = build(&bundle).map_err(failure)?;
        return serde_json::from_slice(&bytes).map(Some).map_err(failure);
    }
    Err(ChainFailure::new(
        "no certificate came for the blocks that were proved",
    ))
}

pub(super) fn network(view: &View) -> Result<Network, ChainFailure> {
    Ok(Network {
        chain_id: view.founding.spec.chain_id,
        group_key: view
            .group_key
            .as_ref()
            .try_into()
            .map_err(|_| ChainFailure::new("the group key has not 96 bytes"))?,
    })
}

async fn claim(
    view: &View,
    subject: &EvidenceSubject,
) -> Result<Option<(Header, Claim)>, ChainFailure> {
    match subject {
        EvidenceSubject::Record(record) => record_claim(view, *record).await,
        EvidenceSubject::Chart(chart) => chart_claim(view, *chart).await,
        EvidenceSubject::Trial { .. } => Ok(None),
    }
}

fn record_keys(record: B256) -> Vec<StateKey> {
    let slots = RecordSlots::of(record);
    (0..RECORD_SLOTS)
        .map(|offset| StateKey::slot(&RECORDS, slots.at(offset)))
        .collect()
}

async fn record_claim(view: &View, record: B256) -> Result<Option<(Header, Claim)>, ChainFailure> {
    let (header, answers) = view
        .state
        .prove(&record_keys(record))
        .await
        .map_err(failure)?;
    let mut words = [U256::ZERO; RECORD_SLOTS as usize];
    for (word, answer) in words.iter_mut().zip(&answers) {
        *word = word_of(answer)?;
    }
    let state = RecordState::from_words(words);
    if state.registered_height == 0 {
        return Ok(None);
    }
    let proofs = answers.iter().map(|answer| answer.proof.encode()).collect();
    let claim = RecordRegistered {
        record,
        state,
        salt: None,
        proofs,
    };
    Ok(Some((header, Claim::RecordRegistered(claim))))
}

async fn chart_claim(view: &View, chart: B256) -> Result<Option<(Header, Claim)>, ChainFailure> {
    let slots = LogSlots::of(chart);
    let length = view
        .state_slot(ACCESS, slots.length())
        .await?
        .saturating_to::<u64>();
    if length > ENTRIES_MAX {
        return Err(ChainFailure::new(
            "the chart's log is longer than one bundle holds",
        ));
    }
    let slots_of_log =
        std::iter::once(slots.length()).chain((0..=length).map(|sequence| slots.entry(sequence)));
    let keys: Vec<StateKey> = slots_of_log
        .map(|slot| StateKey::slot(&ACCESS, slot))
        .collect();
    let (header, answers) = view.state.prove(&keys).await.map_err(failure)?;
    let proved = word_of(&answers[0])?.saturating_to::<u64>();
    if proved != length {
        return Err(ChainFailure::new(
            "the chart's log grew while it was read; try again",
        ));
    }
    let entries = entries(view, chart, &answers[1..=length as usize], header.number)?;
    let claim = ChartLog {
        chart,
        length,
        length_proof: answers[0].proof.encode(),
        entries,
        end_proof: answers[length as usize + 1].proof.encode(),
    };
    Ok(Some((header, Claim::ChartLog(claim))))
}

/// The entries of a chart's log from its events, each with its proof.
fn entries(
    view: &View,
    chart: B256,
    answers: &[StateAnswer],
    height: u64,
) -> Result<Vec<ProvedEntry>, ChainFailure> {
    let filter = LogFilter {
        addresses: vec![ACCESS],
        topics: [
            vec![IAccess::LogEntry::SIGNATURE_HASH],
            vec![chart],
            Vec::new(),
            Vec::new(),
        ],
    };
    let floor = view.index.floor().map_err(failure)?.unwrap_or_default();
    let mut logs = Vec::new();
    let mut from = floor;
    while from <= height {
        let limits = LogLimits {
            logs: ENTRIES_MAX as usize,
            blocks_read: 1_000_000,
        };
        let page = view
            .index
            .logs(&filter, from..=height, limits)
            .map_err(failure)?;
        logs.extend(page.logs);
        match page.next {
            Some(next) => from = next,
            None => break,
        }
    }
    let mut entries = Vec::with_capacity(answers.len());
    for (log, answer) in logs.iter().zip(answers) {
        let event = IAccess::LogEntry::decode_log(&log.log).map_err(failure)?;
        entries.push(ProvedEntry {
            kind: event.kind,
            actor: event.actor,
            subject: event.subject,
            detail: event.detail,
            height: event.height,
            time_ms: event.timeMs,
            proof: answer.proof.encode(),
        });
    }
    if entries.len() < answers.len() {
        return Err(ChainFailure::new(
            "this node does not hold the chart's older entries",
        ));
    }
    Ok(entries)
}

/// The block of `header` with its certificate, or with a proof that it is an ancestor of one that has
/// a certificate; `None` while neither is here.
pub(super) async fn certified(
    view: &View,
    header: &Header,
) -> Result<Option<(BlockEvidence, Option<History>)>, ChainFailure> {
    let height = header.number;
    if let Some(finalization) = finalization(view, height).await {
        return Ok(block_evidence(view, height, Some(finalization))?.map(|block| (block, None)));
    }
    let head = view.index.head().map_or(0, |(head, _)| head);
    for newer in height + 1..=head.min(height + DESCENDANTS) {
        let Some(finalization) = finalization(view, newer).await else {
            continue;
        };
        let Some(block) = block_evidence(view, height, None)? else {
            return Ok(None);
        };
        let Some(covering) = block_evidence(view, newer, Some(finalization))? else {
            return Ok(None);
        };
        return Ok(ancestry(view, height, newer)?.map(|proof| {
            let history = History {
                newer: covering,
                siblings: proof.siblings,
                peaks: proof.peaks,
            };
            (block, Some(history))
        }));
    }
    Ok(None)
}

/// Proof that the block at `height` is in the history of the block at `newer`.
pub(super) fn ancestry(
    view: &View,
    height: u64,
    newer: u64,
) -> Result<Option<HistoryProof>, ChainFailure> {
    view.history
        .prove(newer, height, |range| hashes_of(view, range))
        .map_err(failure)
}

/// Block hashes of a range, genesis included, up to the first that is not here.
fn hashes_of(view: &View, range: RangeInclusive<u64>) -> Result<Vec<B256>, IndexError> {
    let mut hashes = Vec::new();
    if *range.start() == 0 {
        hashes.push(view.founding.genesis().hash());
    }
    for (height, hash) in view.index.block_hashes(range.clone())? {
        match height.cmp(&(range.start() + hashes.len() as u64)) {
            Ordering::Less => {}
            Ordering::Equal => hashes.push(hash),
            Ordering::Greater => break,
        }
    }
    Ok(hashes)
}

async fn finalization(view: &View, height: u64) -> Option<Finalization> {
    certificate_of(&view.marshal.get_finalization(Height::new(height)).await?)
}

fn block_evidence(
    view: &View,
    height: u64,
    certificate: Option<Finalization>,
) -> Result<Option<BlockEvidence>, ChainFailure> {
    let Some(sealed) = view.index.header(height).map_err(failure)? else {
        return Ok(None);
    };
    let Some((_, section)) = view.index.consensus(height).map_err(failure)? else {
        return Ok(None);
    };
    Ok(Some(BlockEvidence {
        header: alloy_rlp::encode(&sealed.header),
        section: section.to_vec(),
        certificate,
    }))
}

pub(super) fn word_of(answer: &StateAnswer) -> Result<U256, ChainFailure> {
    answer
        .value
        .as_deref()
        .map_or(Ok(U256::ZERO), |value| decode_slot(value).map_err(failure))
}

/// RLP list: epoch, view, view of the parent, signature.
fn encode(finalization: &Finalization) -> Bytes {
    use alloy_rlp::Encodable as _;
    let fields: [&dyn alloy_rlp::Encodable; 4] = [
        &finalization.epoch,
        &finalization.view,
        &finalization.parent_view,
        &finalization.signature,
    ];
    let payload_length = fields.iter().map(|field| field.length()).sum();
    let mut out = Vec::new();
    alloy_rlp::Header {
        list: true,
        payload_length,
    }
    .encode(&mut out);
    fields.iter().for_each(|field| field.encode(&mut out));
    out.into()
}

impl View {
    async fn state_slot(&self, address: Address, slot: U256) -> Result<U256, ChainFailure> {
        theriac_rpc::Chain::storage(self, address, slot).await
    }
}
