//! What a bundle proves, and what it does not, in plain words.

use super::{BlockFacts, time::DRIFT_MS, time::utc};
use serde::Serialize;
use std::fmt;

/// The outcome of a verification that succeeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// EIP-155 chain id of the network.
    pub chain_id: u64,
    /// The block whose state proves the facts.
    pub block: BlockFacts,
    /// The newest block that the bundle shows to be final; a verifier remembers it as its known one.
    pub newest: BlockFacts,
    /// What is proved.
    pub facts: Vec<String>,
    /// How far times can be relied on.
    pub times: String,
    /// What the facts could be mistaken for.
    pub not_claimed: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fact in &self.facts {
            writeln!(f, "PROVED       {fact}")?;
        }
        writeln!(f, "TIMES        {}", self.times)?;
        for line in &self.not_claimed {
            writeln!(f, "NOT CLAIMED  {line}")?;
        }
        Ok(())
    }
}

/// Collects facts and limits while claims are verified.
#[derive(Debug, Default)]
pub(super) struct Findings {
    facts: Vec<String>,
    not_claimed: Vec<String>,
}

impl Findings {
    pub(super) fn fact(&mut self, text: String) {
        self.facts.push(text);
    }

    /// Notes a limit once.
    pub(super) fn not_claimed(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.not_claimed.contains(&text) {
            self.not_claimed.push(text);
        }
    }

    pub(super) fn block(&mut self, chain_id: u64, block: &BlockFacts, newest: &BlockFacts) {
        let BlockFacts {
            height,
            hash,
            time_ms,
        } = block;
        let time = utc(*time_ms);
        self.fact(format!(
            "network {chain_id} finalised block {hash} at height {height}, {time}"
        ));
        if newest != block {
            let BlockFacts { height, hash, .. } = newest;
            self.fact(format!(
                "it is an ancestor of block {hash} at height {height}"
            ));
        }
    }

    pub(super) fn into_report(
        self,
        chain_id: u64,
        block: BlockFacts,
        newest: BlockFacts,
    ) -> Report {
        let Self { facts, not_claimed } = self;
        Report {
            chain_id,
            block,
            newest,
            facts,
            times: times(),
            not_claimed,
        }
    }
}

fn times() -> String {
    format!(
        "a time is that of a block: later than the block before it, and at most {DRIFT_MS} ms ahead of the clocks of \
         the honest members who agreed to it; how far it lags behind them is not bounded"
    )
}
