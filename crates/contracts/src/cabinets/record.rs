//! A movement of an item is recorded: what came in is what it came to.

use alloy_primitives::{Address, B256};

use super::{
    commitment::Commitment,
    points::{decode, encode},
    state::{self, ACTIVITY, BALANCES, Balances, RECORDED},
};
use crate::{
    directory::standing::standing,
    host::{Halt, Host, Stop},
    interfaces::ICabinets::{Recorded, recordCall},
    refusals::Refusal,
};

/// Records a movement.
///
/// # Errors
/// In this order: of [`standing`], `CabinetUnknown`, `NotYourCabinet`, `RoleMayNotRecord`, `CommitmentMissing` (of the item),
/// `RecordedAlready`, `CommitmentMalformed`, `NotConserved`.
pub(super) fn record(host: &mut dyn Host, caller: Address, call: &recordCall) -> Result<(), Stop> {
    check_authority(host, caller, call.cabinet)?;
    if call.item.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let hash = hash(host, call)?;
    if is_recorded(host, call.cabinet, hash)? {
        return Err(Refusal::RecordedAlready.into());
    }
    let amounts = decode_all(host, call.amounts)?;
    let [received, shares @ ..] = amounts;
    let sum = shares.into_iter().reduce(|sum, share| sum + share);
    if sum != Some(received) {
        return Err(Refusal::NotConserved.into());
    }
    add(host, call, amounts)?;
    let state = &mut state::state(host);
    let recorded = RECORDED.at(state, call.cabinet)?.at(state, hash)?;
    recorded.save(state, &true)?;
    let place = ACTIVITY.at(state, call.cabinet)?.at(state, call.item)?;
    let mut activity = place.load(state)?;
    activity.entries += 1;
    place.save(state, &activity)?;
    Ok(state.emit(&Recorded {
        cabinet: call.cabinet,
        item: call.item,
        account: caller,
        amounts: call.amounts,
        document: call.document,
    })?)
}

fn check_authority(host: &mut dyn Host, caller: Address, cabinet: B256) -> Result<(), Stop> {
    let standing = standing(host, caller)?;
    let found = state::cabinet(host, cabinet)?;
    if found.organisation != standing.organisation.0 {
        return Err(Refusal::NotYourCabinet.into());
    }
    if !standing.role.may_write() {
        return Err(Refusal::RoleMayNotRecord.into());
    }
    Ok(())
}

/// keccak256(item || amounts). Amounts with their blindings come once, so that a call that is sent twice counts once.
fn hash(host: &mut dyn Host, call: &recordCall) -> Result<B256, Halt> {
    let mut bytes = call.item.to_vec();
    bytes.extend(call.amounts.iter().flatten());
    host.keccak(&bytes)
}

fn is_recorded(host: &mut dyn Host, cabinet: B256, hash: B256) -> Result<bool, Halt> {
    let state = &mut state::state(host);
    RECORDED.at(state, cabinet)?.at(state, hash)?.load(state)
}

fn decode_all(host: &mut dyn Host, amounts: [B256; 6]) -> Result<[Commitment; 6], Stop> {
    let [received, stock, dispensed, wasted, returned, lost] = amounts;
    Ok([
        decode(host, received)?,
        decode(host, stock)?,
        decode(host, dispensed)?,
        decode(host, wasted)?,
        decode(host, returned)?,
        decode(host, lost)?,
    ])
}

/// Adds the amounts to the running balances.
fn add(host: &mut dyn Host, call: &recordCall, amounts: [Commitment; 6]) -> Result<(), Stop> {
    let before = {
        let state = &mut state::state(host);
        let place = BALANCES.at(state, call.cabinet)?.at(state, call.item)?;
        place.load(state)?
    };
    let mut after = before.amounts();
    for (balance, (amount, encoded)) in after.iter_mut().zip(amounts.into_iter().zip(call.amounts))
    {
        if !encoded.is_zero() {
            let sum = decode(host, *balance)? + amount;
            *balance = encode(host, &sum)?;
        }
    }
    let state = &mut state::state(host);
    let place = BALANCES.at(state, call.cabinet)?.at(state, call.item)?;
    Ok(place.save(state, &Balances::from(after))?)
}

impl Balances {
    /// In the order of a record.
    pub(super) fn amounts(&self) -> [B256; 6] {
        [
            self.received,
            self.stock,
            self.dispensed,
            self.wasted,
            self.returned,
            self.lost,
        ]
    }
}

impl From<[B256; 6]> for Balances {
    fn from([received, stock, dispensed, wasted, returned, lost]: [B256; 6]) -> Self {
        Self {
            received,
            stock,
            dispensed,
            wasted,
            returned,
            lost,
        }
    }
}

#[cfg(test)]
mod tests;
