//! Functions of delegation by selector.

use alloy_primitives::Bytes;

use super::{appoint, dismiss, views};
use crate::{
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::IDelegation::{self, IDelegationCalls},
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    let caller = call.caller;
    match enter(host, call)? {
        IDelegationCalls::appoint(c) => {
            mutating(call)?;
            done(appoint::appoint(host, caller, &c))
        }
        IDelegationCalls::dismiss(c) => {
            mutating(call)?;
            done(dismiss::dismiss(host, caller, c.chart, c.delegate))
        }
        IDelegationCalls::delegation(c) => {
            let value = views::delegation(host, caller, (c.chart, c.delegate))?;
            returns::<IDelegation::delegationCall>(host, &value)
        }
        IDelegationCalls::delegates(c) => {
            let value = views::delegates(host, caller, &c)?;
            returns::<IDelegation::delegatesCall>(host, &value)
        }
        IDelegationCalls::mandates(c) => {
            let value = views::mandates(host, caller, c.from, c.limit)?;
            returns::<IDelegation::mandatesCall>(host, &value)
        }
        IDelegationCalls::actsFor(c) => {
            let value = views::told_acts_for(host, caller, &c)?;
            returns::<IDelegation::actsForCall>(host, &value)
        }
    }
}
