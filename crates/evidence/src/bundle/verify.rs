//! The verification of a bundle: block, history, then each claim.

use super::{
    BlockEvidence, BlockFacts, Bundle, Claim, Failure, Report, Which, block::OpenedBlock, parse,
    report::Findings,
};
use crate::{
    certificate::{GroupKey, GroupKeyBytes},
    header::Header,
    history::{self, HistoryProof},
    proof::StateProof,
    section::Section,
    state::{StateKey, decode_slot},
};
use alloy_primitives::{Address, B256, U256};

/// What the verifier knows of the network beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trusted {
    /// EIP-155 chain id.
    pub chain_id: u64,
    /// The group key.
    pub group_key: GroupKeyBytes,
    /// The newest block known to be final, as `(height, hash)`. Evidence of an older block needs a history that leads to this
    /// height or above: the quorum of a former committee can sign for ever.
    pub known: Option<(u64, B256)>,
}

/// Verifies the file of a bundle; says what it proves.
///
/// # Errors
/// The first thing that is wrong; see [`Failure`].
pub fn verify(bytes: &[u8], trusted: &Trusted) -> Result<Report, Failure> {
    let bundle = parse(bytes)?;
    let key = check_network(&bundle, trusted)?;
    let block = bundle.block.open(Which::Block)?;
    let newest = check_finality(&bundle, &block, (&key, trusted))?;
    let mut findings = Findings::default();
    findings.block(trusted.chain_id, &block.facts(), &newest);
    for (index, claim) in bundle.claims.iter().enumerate() {
        let ledger = Ledger {
            claim: index,
            block: &block,
        };
        match claim {
            Claim::RecordRegistered(claim) => claim.verify(&ledger, &mut findings)?,
            Claim::ChartLog(claim) => claim.verify(&ledger, &mut findings)?,
        }
    }
    if let Some(limit) = limit_of_trust(trusted.known, newest.height) {
        findings.not_claimed(limit);
    }
    Ok(findings.into_report(trusted.chain_id, block.facts(), newest))
}

/// What the certificate alone cannot show about its committee.
pub(crate) fn limit_of_trust(known: Option<(u64, B256)>, newest: u64) -> Option<String> {
    match known {
        None => Some(
            "that the committee which signed was the one in office: no newer block was known to the verifier".into(),
        ),
        Some((height, hash)) if height < newest => Some(format!(
            "that the chain goes through block {hash} at height {height}, which the verifier knows: \
             the certificate of a newer block is taken by itself"
        )),
        Some(_) => None,
    }
}

pub(crate) fn check_network(bundle: &Bundle, trusted: &Trusted) -> Result<GroupKey, Failure> {
    let network = &bundle.network;
    if network.chain_id != trusted.chain_id {
        return Err(Failure::Network {
            field: "chainId",
            got: network.chain_id.to_string(),
            expected: trusted.chain_id.to_string(),
        });
    }
    if network.group_key != trusted.group_key {
        return Err(Failure::Network {
            field: "groupKey",
            got: network.group_key.to_string(),
            expected: trusted.group_key.to_string(),
        });
    }
    GroupKey::decode(&trusted.group_key).map_err(Failure::GroupKey)
}

/// Opens the block of a bundle and shows that it is final: header, section, the block and the newest block in few words.
///
/// # Errors
/// What is wrong with block, certificate or history.
pub(crate) fn open_chain(
    bundle: &Bundle,
    key: &GroupKey,
    trusted: &Trusted,
) -> Result<(Header, Section, BlockFacts, BlockFacts), Failure> {
    let block = bundle.block.open(Which::Block)?;
    let newest = check_finality(bundle, &block, (key, trusted))?;
    let facts = block.facts();
    Ok((block.header, block.section, facts, newest))
}

/// The word in a storage slot under a state root, zero where it is absent; `None` where the proof does not hold.
pub(crate) fn state_word(
    state_root: &B256,
    address: &Address,
    slot: U256,
    proof: &[u8],
) -> Option<U256> {
    let proof = StateProof::decode(proof).ok()?;
    let value = proof
        .verify(&StateKey::slot(address, slot), state_root)
        .ok()?;
    value.map_or(Some(U256::ZERO), |value| decode_slot(value).ok())
}

/// Shows that the block is final, by itself or as an ancestor; returns the newest final block of the bundle.
fn check_finality(
    bundle: &Bundle,
    block: &OpenedBlock,
    (key, trusted): (&GroupKey, &Trusted),
) -> Result<BlockFacts, Failure> {
    let Some(history) = &bundle.history else {
        check_newest(
            (&bundle.block, Which::Block),
            &block.facts(),
            (key, trusted),
        )?;
        return Ok(block.facts());
    };
    let newer = history.newer.open(Which::Newer)?;
    check_newest(
        (&history.newer, Which::Newer),
        &newer.facts(),
        (key, trusted),
    )?;
    let signer = (key, trusted.chain_id);
    bundle
        .block
        .check_certificate(Which::Block, &block.header.hash, signer)?;
    let proof = HistoryProof {
        size: newer.section.history_size,
        index: block.header.number,
        siblings: history.siblings.clone(),
        peaks: history.peaks.clone(),
    };
    history::verify(&newer.section.history_root, &block.header.hash, &proof)
        .map_err(Failure::History)?;
    Ok(newer.facts())
}

/// The newest block must be certified or known, and not older than the known one.
fn check_newest(
    (evidence, which): (&BlockEvidence, Which),
    facts: &BlockFacts,
    (key, trusted): (&GroupKey, &Trusted),
) -> Result<(), Failure> {
    let BlockFacts { height, hash, .. } = *facts;
    let is_known = match trusted.known {
        Some((known, _)) if height < known => {
            return Err(Failure::OlderThanKnown { height, known });
        }
        Some((known, expected)) if height == known && hash != expected => {
            return Err(Failure::OtherChain {
                height,
                got: hash,
                expected,
            });
        }
        Some((known, _)) => height == known,
        None => false,
    };
    let certified = evidence.check_certificate(which, &hash, (key, trusted.chain_id))?;
    if certified || is_known {
        Ok(())
    } else {
        Err(Failure::NotFinal { which })
    }
}

/// The state of the block, as one claim asks it.
pub(super) struct Ledger<'a> {
    claim: usize,
    block: &'a OpenedBlock,
}

impl Ledger<'_> {
    pub(super) fn height(&self) -> u64 {
        self.block.header.number
    }

    /// The word in a storage slot, zero where the proof shows that it is absent.
    pub(super) fn word(
        &self,
        address: &Address,
        slot: U256,
        (item, proof): (&str, &[u8]),
    ) -> Result<U256, Failure> {
        let malformed = |failure| Failure::ProofMalformed {
            claim: self.claim,
            item: item.to_owned(),
            failure,
        };
        let proof = StateProof::decode(proof).map_err(malformed)?;
        let value = proof
            .verify(
                &StateKey::slot(address, slot),
                &self.block.header.state_root,
            )
            .map_err(|failure| Failure::Proof {
                claim: self.claim,
                item: item.to_owned(),
                failure,
            })?;
        value.map_or(Ok(U256::ZERO), |value| {
            decode_slot(value).map_err(malformed)
        })
    }

    /// The claim says `got` where the ledger proves `expected`.
    pub(super) fn differs(
        &self,
        field: &str,
        got: impl ToString,
        expected: impl ToString,
    ) -> Failure {
        Failure::Claim {
            claim: self.claim,
            field: field.to_owned(),
            got: got.to_string(),
            expected: expected.to_string(),
        }
    }
}
