//! `theriac verify`: checks an evidence file, with no network.

use crate::{
    arguments,
    cli::Global,
    errors::{ClaimsFail, NoDoubleVote, NoTrial, NotVerified, UsageError},
};
use alloy_primitives::B256;
use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};
use theriac_consensus::{
    genesis::Network,
    votes::{Kind, Proof, Statement},
};
use theriac_evidence::bundle::{MAX_BYTES, Trusted, verify};
use theriac_evidence::certificate::GroupKeyBytes;
use theriac_evidence::trial::verify as trial;

/// The longest bundle of a trial, in bytes.
const MAX_TRIAL: u64 = 1 << 32;

/// Check an evidence file offline: what it proves, and exactly what is wrong where it proves nothing.
///
/// Give what you trust beforehand: the network's file, or its group key and chain id. Nothing is sent anywhere. Where a newer final block
/// is known to you, give it with --known: evidence of an older block then needs the proof that it is an ancestor.
/// A proof that a validator voted twice, from a node's directory double-votes, is checked as well.
/// Of the bundle of a clinical trial each claim is told: PASS, FAIL with its place, or NOT CLAIMED with what is not.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac verify log.json --network network.json\n  theriac verify log.json --group-key 0x... --chain-id 8421 --known 1200:0x...\n\nExit codes:\n  0 proved, 4 not proved\n\nNext:\n  note the block that it prints as newest, and give it as --known the next time"
)]
pub(crate) struct Verify {
    /// The evidence file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The network's file, as every member publishes it.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["group_key", "chain_id"], required_unless_present = "group_key")]
    network: Option<PathBuf>,
    /// The network's group key: 96 bytes in hexadecimal.
    #[arg(long, value_name = "HEX", requires = "chain_id", value_parser = group_key)]
    group_key: Option<GroupKeyBytes>,
    /// The network's chain id.
    #[arg(long, value_name = "ID", requires = "group_key")]
    chain_id: Option<u64>,
    /// The newest block that you know to be final.
    #[arg(long, value_name = "HEIGHT:HASH", value_parser = arguments::known_block)]
    known: Option<(u64, B256)>,
}

impl Verify {
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        let trusted = self.trusted()?;
        let bytes = read(&self.file)?;
        if trial::is_trial_bundle(&bytes) {
            return of_trial(&bytes, &trusted, global);
        }
        if Proof::is_one(&bytes) {
            return double_vote(&bytes, trusted.chain_id, global);
        }
        let report = verify(&bytes, &trusted).map_err(NotVerified)?;
        let mut value = serde_json::to_value(&report).context("cannot write the report")?;
        if let Value::Object(fields) = &mut value {
            fields.insert("verified".to_owned(), json!(true));
        }
        let newest = report.newest;
        let text = format!("{report}NEWEST       {}:{}", newest.height, newest.hash);
        global.output().result(&value, &text)
    }

    fn trusted(&self) -> anyhow::Result<Trusted> {
        let known = self.known;
        match (&self.network, self.group_key, self.chain_id) {
            (Some(path), _, _) => {
                let network = Network::read(path)?;
                let group_key = GroupKeyBytes::try_from(&network.group_key()[..])
                    .context("the network's group key has not 96 bytes")?;
                Ok(Trusted {
                    chain_id: network.charter.chain_id,
                    group_key,
                    known,
                })
            }
            (None, Some(group_key), Some(chain_id)) => Ok(Trusted {
                chain_id,
                group_key,
                known,
            }),
            (None, _, _) => {
                Err(UsageError("give --network, or --group-key with --chain-id".to_owned()).into())
            }
        }
    }
}

/// Checks the bundle of a trial and prints its claims.
fn of_trial(bytes: &[u8], trusted: &Trusted, global: &Global) -> anyhow::Result<()> {
    let report = trial::verify(bytes, trusted).map_err(NoTrial)?;
    let mut value = serde_json::to_value(&report).context("cannot write the report")?;
    if let Value::Object(fields) = &mut value {
        fields.insert("verified".to_owned(), json!(report.holds()));
    }
    let newest = report
        .newest
        .map(|newest| format!("NEWEST       {}:{}", newest.height, newest.hash));
    let text = format!("{report}{}", newest.unwrap_or_default());
    global.output().result(&value, &text)?;
    let failed = report
        .claims
        .iter()
        .filter(|claim| claim.verdict == trial::Verdict::Fail)
        .count();
    match failed {
        0 => Ok(()),
        _ => Err(ClaimsFail(failed).into()),
    }
}

/// Checks a proof that a validator voted twice.
fn double_vote(bytes: &[u8], chain_id: u64, global: &Global) -> anyhow::Result<()> {
    let proof = Proof::parse(bytes).map_err(NoDoubleVote)?;
    proof.verify(chain_id).map_err(NoDoubleVote)?;
    let (first, second) = (&proof.first.statement, &proof.second.statement);
    let validator = B256::from_slice(proof.validator().as_ref());
    let value = json!({
        "verified": true,
        "doubleVote": {
            "validator": validator,
            "epoch": first.epoch,
            "view": first.view,
            "votes": [first.kind.name(), second.kind.name()],
        },
    });
    let text = format!(
        "PROVED       the validator {validator} voted twice in view {} of epoch {}: {} and {}, both signed with its identity key",
        first.view,
        first.epoch,
        vote(first),
        vote(second)
    );
    global.output().result(&value, &text)
}

fn vote(statement: &Statement) -> String {
    match statement.kind {
        Kind::Nullify => "to leave the view".to_owned(),
        Kind::Notarize => format!("for block {}", statement.block),
        Kind::Finalize => format!("to make block {} final", statement.block),
    }
}

/// Reads at most one byte more than a bundle may have, which the verifier then refuses by its length.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    (&mut file)
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {}", path.display()))?;
    if !trial::is_trial_bundle(&bytes) {
        return Ok(bytes);
    }
    file.take(MAX_TRIAL)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {}", path.display()))?;
    Ok(bytes)
}

fn group_key(text: &str) -> Result<GroupKeyBytes, String> {
    text.parse()
        .map_err(|_| "expected 96 bytes: 0x and 192 hexadecimal digits".to_owned())
}
