//! What packs take of the ledger's state: bytes of keys and values, counted entry by entry in blocks executed here.

use super::super::{
    author::Author,
    prepare,
    replay::{Replay, Taken},
};
use alloy_primitives::{Address, B256, Bytes};
use alloy_sol_types::SolCall;
use theriac_consensus::Chain;
use theriac_contracts::{
    addresses::PACKS,
    codes::Role,
    interfaces::IPacks::{closeCall, commissionCall, dispenseCall},
    signing::{Closing, domain},
};
use theriac_sdk::account::{Account, SignedTransaction};

const GAS: u64 = 30_000_000;
/// Entries of each kind; what the first of a kind writes once for all is not counted.
const ENTRIES: usize = 10;
/// Packs that leave in one entry.
const TOGETHER: usize = 64;

/// What a lot, a closed key and a pack that left take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    pub(super) lot: Taken,
    pub(super) closing: Taken,
    pub(super) exit: Taken,
}

impl Life {
    /// Bytes of the state for so many packs, in lots and hand-overs of one key each, all of which have left.
    pub(super) fn bytes(&self, packs: usize, (lots, closings): (usize, usize)) -> f64 {
        self.before_exits((lots, closings)) + packs as f64 * self.exit.bytes
    }

    /// The same while all packs are held by somebody.
    pub(super) fn before_exits(&self, (lots, closings): (usize, usize)) -> f64 {
        lots as f64 * self.lot.bytes + closings as f64 * self.closing.bytes
    }
}

/// Executes entries on the members and rules of `chain`; the accounts are administrators of a manufacturer and of a pharmacy.
///
/// # Errors
/// Where an entry is refused.
pub(super) fn measure(chain: &Chain, maker: Account, pharmacy: Account) -> anyhow::Result<Life> {
    let chain_id = chain.spec.chain_id;
    let mut replay = Replay::new(chain);
    let (mut maker, mut pharmacy) = (Author::new(maker, 0), Author::new(pharmacy, 1));
    let mut gateway = Author::new(Account::generate(), 1);
    let person = (gateway.account.address(), Role::Gateway);
    let enrolment = prepare::enrol(&mut pharmacy, chain_id, person);
    replay.taken(&[enrolment])?;
    let keys: Vec<_> = (0..=ENTRIES).map(|_| Account::generate()).collect();
    let lots = keys.iter().map(|key| {
        let call = commission(key.address());
        maker.sign(chain_id, (PACKS.into(), GAS, call.abi_encode()))
    });
    let lots: Vec<_> = lots.collect();
    let closings = keys.iter().map(|key| {
        let call = close(key, maker.account.address(), chain_id);
        maker.sign(chain_id, (PACKS.into(), GAS, call.abi_encode()))
    });
    let closings: Vec<_> = closings.collect();
    let exits = (0..=ENTRIES).map(|_| {
        let call = dispense();
        gateway.sign(chain_id, (PACKS.into(), GAS, call.abi_encode()))
    });
    let exits: Vec<_> = exits.collect();
    Ok(Life {
        lot: each(&mut replay, &lots, 1)?,
        closing: each(&mut replay, &closings, 1)?,
        exit: each(&mut replay, &exits, TOGETHER)?,
    })
}

/// What each of `inside` in an entry takes.
fn each(
    replay: &mut Replay<'_>,
    entries: &[SignedTransaction],
    inside: usize,
) -> anyhow::Result<Taken> {
    replay.taken(&entries[..1])?;
    let all = replay.taken(&entries[1..])?;
    Ok(all.each(ENTRIES * inside))
}

fn random() -> B256 {
    B256::new(rand::random())
}

fn commission(key: Address) -> commissionCall {
    commissionCall {
        root: random(),
        key,
        document: random(),
    }
}

fn close(key: &Account, account: Address, chain_id: u64) -> closeCall {
    let message = Closing {
        key: key.address(),
        commitment: random(),
        document: random(),
        account,
    };
    let signature = key.sign_typed(&message, &domain(chain_id, PACKS));
    closeCall {
        keys: vec![message.key],
        commitment: message.commitment,
        document: message.document,
        signatures: vec![Bytes::copy_from_slice(&signature)],
    }
}

fn dispense() -> dispenseCall {
    let drawn = || (0..TOGETHER).map(|_| random()).collect();
    dispenseCall {
        nullifiers: drawn(),
        undo: drawn(),
    }
}
