//! C1, and what the certified state says of the study.

use super::{ClaimId, Failure, Place, judge::Judge};
use crate::{
    bundle::{
        BlockFacts, Bundle, Format, Trusted, check_network, limit_of_trust, open_chain, state_word,
    },
    header::Header,
    section::Section,
    trial::{
        bundle::{Manifest, MilestoneEvidence},
        state::{
            Head, MILESTONES, Milestone, TRIALS, head_slots, milestone_slots, registered_slot,
        },
        study_id,
    },
};
use alloy_primitives::{B256, U256};

/// What is proved of the study.
pub(super) struct Ledger {
    pub(super) chain_id: u64,
    pub(super) study: B256,
    pub(super) header: Header,
    pub(super) section: Section,
    pub(super) block: BlockFacts,
    pub(super) newest: BlockFacts,
    pub(super) head: Head,
    pub(super) milestones: Vec<Milestone>,
}

/// Checks block, certificate and history, then the proofs of state; `None` where the block is not final.
pub(super) fn check(
    manifest: &Manifest,
    trusted: &Trusted,
    judge: &mut Judge,
) -> Result<Option<Ledger>, Failure> {
    let bundle = Bundle {
        format: Format::V1,
        network: manifest.network.clone(),
        block: manifest.block.clone(),
        claims: Vec::new(),
        history: manifest.history.clone(),
    };
    let key = check_network(&bundle, trusted).map_err(Failure::Network)?;
    let (header, section, block, newest) = match open_chain(&bundle, &key, trusted) {
        Ok(opened) => opened,
        Err(failure) => {
            judge.fail(
                ClaimId::C1,
                failure.code(),
                Place::none(),
                failure.to_string(),
            );
            return Ok(None);
        }
    };
    if let Some(limit) = limit_of_trust(trusted.known, newest.height) {
        judge.limit_all(limit);
    }
    let chain_id = trusted.chain_id;
    let study = study_id(chain_id, manifest.study.organisation, manifest.study.number);
    let head = manifest.head.head(&manifest.study);
    let milestones = manifest
        .milestones
        .iter()
        .map(MilestoneEvidence::milestone)
        .collect();
    let ledger = Ledger {
        chain_id,
        study,
        header,
        section,
        block,
        newest,
        head,
        milestones,
    };
    check_head(&ledger, manifest, judge);
    check_register(&ledger, manifest, judge);
    check_milestones(&ledger, manifest, judge);
    Ok(Some(ledger))
}

impl Ledger {
    /// Whether the words stand in these slots.
    fn holds(&self, slots: &[U256], words: &[U256], proofs: &[Vec<u8>]) -> bool {
        slots
            .iter()
            .zip(words)
            .zip(proofs)
            .all(|((slot, word), proof)| {
                state_word(&self.header.state_root, &TRIALS, *slot, proof) == Some(*word)
            })
    }
}

fn check_head(ledger: &Ledger, manifest: &Manifest, judge: &mut Judge) {
    let words = ledger.head.to_words();
    if !ledger.holds(&head_slots(ledger.study), &words, &manifest.head.proofs) {
        let text = "the head of the study is not the one in the certified state";
        judge.fail(ClaimId::C2, "head-differs", Place::none(), text);
    }
}

fn check_register(ledger: &Ledger, manifest: &Manifest, judge: &mut Judge) {
    let (study, register) = (manifest.study, &manifest.register);
    judge.figures.studies_of_sponsor = register.count;
    let slot = registered_slot(study.organisation);
    if !ledger.holds(
        &[slot],
        &[U256::from(register.count)],
        std::slice::from_ref(&register.proof),
    ) {
        let text = "the count of the sponsor's registrations is not the one in the certified state";
        judge.fail(ClaimId::C5, "register-differs", Place::none(), text);
    } else {
        let text = format!(
            "registration {} of {} by this sponsor",
            study.number, register.count
        );
        judge.note(ClaimId::C5, "registration", Place::none(), text);
    }
}

fn check_milestones(ledger: &Ledger, manifest: &Manifest, judge: &mut Judge) {
    let claims = [
        ClaimId::C5,
        ClaimId::C5,
        ClaimId::C13,
        ClaimId::C11,
        ClaimId::C14,
        ClaimId::C13,
        ClaimId::C6,
    ];
    let milestones = ledger.milestones.iter().zip(&manifest.milestones);
    for (((milestone, evidence), claim), number) in milestones.zip(claims).zip(1_u8..) {
        let slots = milestone_slots(ledger.study, number);
        if !ledger.holds(&slots, &milestone.to_words(), &evidence.proofs) {
            let name = MILESTONES[usize::from(number) - 1];
            let text = format!("the milestone {name} is not the one in the certified state");
            judge.fail(claim, "milestone-differs", Place::milestone(number), text);
        }
    }
}
