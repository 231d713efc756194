//! A version of a record is sealed: its seal is computed here and never supplied.

use alloy_primitives::{Address, B256, b256, keccak256};
use alloy_sol_types::SolValue;

use super::state::{self, SEALS_OF, Seal};
use crate::{
    host::{Halt, Host},
    interfaces::ISeals::Sealed,
};

/// keccak256("theriac/seal/v1").
const DOMAIN: B256 = b256!("acef8c0c8d129ea15e07acc28a8c58bfcadff037154b98a44ca8b9a89d75a9bf");

/// What an author chooses of a seal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewSeal {
    /// 32 random bytes.
    pub(crate) salt: B256,
    /// Content id of the data key encrypted under the seal.
    pub(crate) sealed_key: B256,
}

impl NewSeal {
    /// Whether something that must be given is zero.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.salt.is_zero() || self.sealed_key.is_zero()
    }
}

/// The seal of a version of a record: keccak256(abi.encode(keccak256("theriac/seal/v1"), chain id, record, version, controller, salt)).
/// The controller is that of the chart when the version was sealed.
pub fn seal_id(
    chain_id: u64,
    (record, version): (B256, u32),
    controller: Address,
    salt: B256,
) -> B256 {
    keccak256(preimage(chain_id, (record, version), controller, salt))
}

/// What an opening keeps of its seals: keccak256(abi.encode(bytes32[] seals)).
pub fn seals_root(seals: &[B256]) -> B256 {
    keccak256(seals.abi_encode())
}

/// Seals a version of a record.
pub(crate) fn seal(
    host: &mut dyn Host,
    (record, version): (B256, u32),
    (chart, controller): (B256, Address),
    new: &NewSeal,
) -> Result<(), Halt> {
    let chain_id = host.chain_id();
    let preimage = preimage(chain_id, (record, version), controller, new.salt);
    let state = &mut state::state(host);
    let seal = Seal {
        id: state.keccak(&preimage)?,
        sealed_key: new.sealed_key,
    };
    SEALS_OF
        .at(state, record)?
        .at(state, version)?
        .save(state, &seal)?;
    state.emit(&Sealed {
        record,
        chart,
        seal: seal.id,
        version,
        sealedKey: seal.sealed_key,
    })
}

fn preimage(
    chain_id: u64,
    (record, version): (B256, u32),
    controller: Address,
    salt: B256,
) -> Vec<u8> {
    (DOMAIN, chain_id, record, version, controller, salt).abi_encode()
}

/// Content id of what is sealed of a version; zero where there is none.
pub(crate) fn sealed_key(host: &mut dyn Host, record: B256, version: u32) -> Result<B256, Halt> {
    let state = &mut state::state(host);
    let seal = SEALS_OF.at(state, record)?.at(state, version)?;
    Ok(seal.load(state)?.sealed_key)
}

#[cfg(test)]
mod tests;
