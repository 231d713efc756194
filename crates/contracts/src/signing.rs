//! What people sign (EIP-712): the structs, in readable fields, and the domain.

#![allow(missing_docs)]

use alloy_primitives::{Address, B256, Bytes, FixedBytes, U256};
use alloy_sol_types::{Eip712Domain, SolStruct, sol};

use crate::{
    host::{Halt, Host, Stop},
    refusals::Refusal,
};

sol! {
    #![sol(all_derives)]

    /// A controller approves a request. The first three fields are words that a wallet shows as they are.
    struct Approval {
        string organisation;
        string purpose;
        string kinds;
        uint64 expiry;
        bytes32 request;
        address requester;
        bytes32 wrap;
        uint256 nonce;
    }

    /// An author registers a record through someone else.
    struct Registration {
        bytes32 record;
        bytes32 chart;
        bytes32 commitment;
        bytes32 contentId;
        bytes32 wrapId;
        uint8 kind;
        uint8 protection;
        uint64 nonce;
        uint64 deadline;
    }

    /// An author amends a record through someone else.
    struct Amendment {
        bytes32 record;
        bytes32 commitment;
        bytes32 contentId;
        bytes32 wrapId;
        uint64 nonce;
        uint64 deadline;
    }

    /// An author registers a sealed record through someone else.
    struct SealedRegistration {
        bytes32 record;
        bytes32 chart;
        bytes32 commitment;
        bytes32 contentId;
        bytes32 wrapId;
        uint8 kind;
        bytes32 salt;
        bytes32 sealedKey;
        uint64 nonce;
        uint64 deadline;
    }

    /// An author amends a sealed record through someone else.
    struct SealedAmendment {
        bytes32 record;
        bytes32 commitment;
        bytes32 contentId;
        bytes32 wrapId;
        bytes32 salt;
        bytes32 sealedKey;
        uint64 nonce;
        uint64 deadline;
    }

    /// An author withdraws a record through someone else.
    struct Withdrawal {
        bytes32 record;
        uint64 nonce;
        uint64 deadline;
    }

    /// A one-time key is closed by an account.
    struct Closing {
        address key;
        bytes32 commitment;
        bytes32 document;
        address account;
    }

    /// The key that holds a pack contests its exit for an account.
    struct Contest {
        bytes32 tag;
        address account;
    }

    /// Someone witnesses a count.
    struct Count {
        bytes32 cabinet;
        bytes32 item;
        bytes32 counted;
        uint64 number;
    }

    /// The key of a prescription lets a pharmacist take a fill.
    struct Fill {
        address key;
        address next;
        bytes32 dispensed;
        bytes32 left;
        address pharmacist;
    }

    /// An account sets its second key.
    struct Factor {
        address account;
        address factor;
    }

    /// Someone signs data of a study as they stand.
    struct Sign {
        bytes32 study;
        uint32 slot;
        uint16 site;
        uint8 scope;
        bytes32 dataRoot;
        uint8 meaning;
        bytes32 name;
        uint64 time;
        address account;
    }

    /// A key agrees to take the place of another.
    struct Succession {
        address account;
        address successor;
        uint64 deadline;
    }
}

/// Name of the signing domain.
pub const DOMAIN_NAME: &str = "Theriac";
/// Version of the signing domain.
pub const DOMAIN_VERSION: &str = "1";

/// Gas for composing and hashing one typed message: about 60 keccak words, all of bounded length.
const DIGEST_GAS: u64 = 1_000;

/// The domain of a contract on a chain.
pub fn domain(chain_id: u64, contract: Address) -> Eip712Domain {
    Eip712Domain::new(
        Some(DOMAIN_NAME.into()),
        Some(DOMAIN_VERSION.into()),
        Some(U256::from(chain_id)),
        Some(contract),
        None,
    )
}

/// The digest that is signed.
///
/// # Errors
/// Out of gas.
pub(crate) fn digest<T: SolStruct>(
    host: &mut dyn Host,
    contract: Address,
    message: &T,
) -> Result<B256, Halt> {
    host.charge(DIGEST_GAS)?;
    Ok(message.eip712_signing_hash(&domain(host.chain_id(), contract)))
}

/// What EIP-5267's `eip712Domain` tells: name, version, chain and contract are used (0x0f).
pub(crate) fn domain_fields(
    host: &dyn Host,
    contract: Address,
) -> (FixedBytes<1>, String, String, U256, Address) {
    let used = FixedBytes([0x0f]);
    (
        used,
        DOMAIN_NAME.into(),
        DOMAIN_VERSION.into(),
        U256::from(host.chain_id()),
        contract,
    )
}

/// The longest signature, in bytes: room for a contract wallet's several owners.
pub(crate) const SIGNATURE_LIMIT: usize = 1_024;

mod wallet {
    //! Contract wallets (EIP-1271).
    alloy_sol_types::sol! {
        interface IWallet {
            function isValidSignature(bytes32 hash, bytes signature) external view returns (bytes4);
        }
    }
}

/// Whether `account` signed `digest`: by its own key, or by what its contract accepts (EIP-1271). Anything odd means no.
///
/// # Errors
/// Any [`Halt`].
pub(crate) fn is_signed_by(
    host: &mut dyn Host,
    account: Address,
    digest: B256,
    signature: &Bytes,
) -> Result<bool, Halt> {
    use crate::host::CallOutcome;
    use alloy_sol_types::SolCall;
    use wallet::IWallet::isValidSignatureCall;

    if signature.len() == 65 && host.recover(digest, signature)? == Some(account) {
        return Ok(true);
    }
    if !host.has_code(account)? {
        return Ok(false);
    }
    let input = isValidSignatureCall {
        hash: digest,
        signature: signature.clone(),
    }
    .abi_encode();
    let gas_cap = crate::members::state::limits(host)?.signature_gas;
    match host.static_call(account, input.into(), gas_cap)? {
        CallOutcome::Returned(output) => Ok(says_valid(&output)),
        CallOutcome::Reverted(_) | CallOutcome::Failed => Ok(false),
    }
}

/// Refuses a digest that a one-time key did not sign itself; no contract is one.
///
/// # Errors
/// `NotSignedByKey`.
pub(crate) fn check_key(
    host: &mut dyn Host,
    key: Address,
    digest: B256,
    signature: &[u8],
) -> Result<(), Stop> {
    if signature.len() != 65 || host.recover(digest, signature)? != Some(key) {
        return Err(Refusal::NotSignedByKey.into());
    }
    Ok(())
}

/// Whether the output is exactly the magic value of EIP-1271 as one ABI word.
fn says_valid(output: &[u8]) -> bool {
    let mut word = [0; 32];
    word[..4].copy_from_slice(&[0x16, 0x26, 0xba, 0x7e]);
    output == word
}

#[cfg(test)]
mod tests;
