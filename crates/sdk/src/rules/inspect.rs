//! What the code of a contract can do, told before it is chosen as a rule.

use super::{
    code::{Instruction, instructions},
    finding::{Finding, Weight},
};
use crate::{Client, Error};
use alloy_primitives::{Address, B256, Bytes, keccak256};
use alloy_sol_types::SolCall;
use serde_json::json;
use std::collections::BTreeSet;
use theriac_contracts::interfaces::IAccessRule::admitsCall;

/// EIP-7702: how the code of an account begins that runs another's.
const DESIGNATOR: [u8; 3] = [0xef, 0x01, 0x00];
const PUSH4: u8 = 0x63;

/// What is known of a contract by its code alone. It errs to the side of telling more: what is told may never happen, what is not told cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Keccak-256 of the code, which the ledger pins; zero without code.
    pub code_hash: B256,
    /// Length of the code.
    pub bytes: usize,
    /// What it can do, the gravest first.
    pub findings: Vec<Finding>,
}

impl Inspection {
    /// Inspects code as it stands on the ledger, not the creation code of a compiler.
    #[must_use]
    pub fn of(code: &[u8]) -> Self {
        let findings = if code.is_empty() {
            BTreeSet::from([Finding::NoCode])
        } else if code.starts_with(&DESIGNATOR) {
            BTreeSet::from([Finding::DelegatedAccount])
        } else {
            findings(&instructions(code))
        };
        Self {
            code_hash: if code.is_empty() {
                B256::ZERO
            } else {
                keccak256(code)
            },
            bytes: code.len(),
            findings: findings.into_iter().collect(),
        }
    }

    /// Whether it can do this.
    #[must_use]
    pub fn finds(&self, finding: Finding) -> bool {
        self.findings.contains(&finding)
    }

    /// The findings of this weight.
    pub fn of_weight(&self, weight: Weight) -> impl Iterator<Item = Finding> + '_ {
        let all = self.findings.iter().copied();
        all.filter(move |finding| finding.weight() == weight)
    }

    /// Why it must not be pointed at, if so.
    #[must_use]
    pub fn forbidding(&self) -> Option<Finding> {
        self.of_weight(Weight::Forbids).next()
    }
}

fn findings(instructions: &[Instruction<'_>]) -> BTreeSet<Finding> {
    let opcodes = instructions.iter().map(|instruction| instruction.opcode);
    let mut findings: BTreeSet<_> = opcodes.filter_map(finding).collect();
    let names_the_function = |instruction: &Instruction<'_>| {
        instruction.opcode == PUSH4 && instruction.pushed == admitsCall::SELECTOR
    };
    if !instructions.iter().any(names_the_function) {
        findings.insert(Finding::NotARule);
    }
    if findings.contains(&Finding::MutableStorage) {
        findings.remove(&Finding::FixedStorage);
    }
    findings
}

/// What an instruction can do that matters.
const fn finding(opcode: u8) -> Option<Finding> {
    Some(match opcode {
        // CALLCODE, DELEGATECALL
        0xf2 | 0xf4 => Finding::Delegates,
        // SSTORE
        0x55 => Finding::MutableStorage,
        // CALL, STATICCALL
        0xf1 | 0xfa => Finding::CallsOthers,
        // SELFDESTRUCT
        0xff => Finding::CanDestroyItself,
        // CREATE, CREATE2
        0xf0 | 0xf5 => Finding::Creates,
        // BALANCE, ORIGIN, GASPRICE
        0x31 | 0x32 | 0x3a => Finding::ReadsWhatIsForbidden,
        // BLOCKHASH, COINBASE; PREVRANDAO, GASLIMIT; SELFBALANCE, BASEFEE, BLOBHASH, BLOBBASEFEE, SLOTNUM
        0x40 | 0x41 | 0x44 | 0x45 | 0x47..=0x4b => Finding::ReadsWhatIsForbidden,
        // TLOAD, TSTORE
        0x5c | 0x5d => Finding::ReadsWhatIsForbidden,
        // EXTCODESIZE, EXTCODECOPY, EXTCODEHASH
        0x3b | 0x3c | 0x3f => Finding::ReadsCodeOfOthers,
        // SLOAD
        0x54 => Finding::FixedStorage,
        // TIMESTAMP, NUMBER
        0x42 | 0x43 => Finding::ReadsTime,
        _ => return None,
    })
}

impl Client {
    /// Inspects the contract at an address, by the code that more than half of the nodes name.
    ///
    /// # Errors
    /// `NodesDisagree`; those of a call.
    pub async fn inspect_rule(&self, address: Address) -> Result<Inspection, Error> {
        let params = [json!(address), json!("latest")];
        let code: Bytes = self.agreed("eth_getCode", &params).await?;
        Ok(Inspection::of(&code))
    }
}

#[cfg(test)]
mod tests;
