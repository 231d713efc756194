//! `eth_createAccessList`.

use super::{CallRequest, Simulated, session::Session};
use crate::block::ExecuteError;
use crate::environment::BlockEnvironment;
use crate::spec::{ChainSpec, FORK};
use crate::state::StateSource;
use alloy_eips::eip2930::{AccessList, AccessListItem};
use alloy_primitives::{Address, B256};
use revm::handler::EthPrecompiles;
use revm::state::EvmState;
use std::collections::BTreeMap;

/// An access list and what the call came to with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessListed {
    /// In order of address and slot.
    pub access_list: AccessList,
    /// The call with this list.
    pub simulated: Simulated,
}

/// The accounts and slots that `request` reads or writes, beyond those that every transaction has warm.
///
/// # Errors
/// As [`super::call`].
pub fn create_access_list(
    spec: &ChainSpec,
    environment: &BlockEnvironment,
    source: &dyn StateSource,
    request: &CallRequest,
) -> Result<AccessListed, ExecuteError> {
    let mut session = Session::new(spec, environment, source);
    let gas_limit = request.gas_limit(spec);
    session.run(&request.environment(spec, gas_limit))?;
    let access_list = list(session.state(), request);
    let listed = CallRequest {
        access_list: access_list.clone(),
        ..request.clone()
    };
    let simulated = session.run(&listed.environment(spec, gas_limit))?.into();
    Ok(AccessListed {
        access_list,
        simulated,
    })
}

#[allow(
    clippy::iter_over_hash_type,
    reason = "what is collected is in the order of its keys"
)]
fn list(state: &EvmState, request: &CallRequest) -> AccessList {
    let standard = EthPrecompiles::new(FORK);
    let is_warm = |address: &Address| {
        *address == request.from
            || Some(address) == request.to.to()
            || address.is_zero()
            || standard.contains(address)
            || theriac_contracts::native(*address).is_some()
    };
    let mut accounts: BTreeMap<Address, Vec<B256>> = BTreeMap::new();
    for (address, account) in state {
        let mut slots: Vec<B256> = account
            .storage
            .keys()
            .map(|slot| B256::from(*slot))
            .collect();
        slots.sort_unstable();
        if !slots.is_empty() || !is_warm(address) {
            accounts.insert(*address, slots);
        }
    }
    let item = |(address, storage_keys)| AccessListItem {
        address,
        storage_keys,
    };
    accounts.into_iter().map(item).collect::<Vec<_>>().into()
}
