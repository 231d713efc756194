//! What a native contract may reach: the `Host`, and the values that cross it.

use alloy_primitives::{Address, B256, Bytes, U256};

/// State, block context and services that the machine lends to a native contract for one call.
///
/// The host rolls state and logs back when a call stops; a contract never undoes anything itself.
pub trait Host {
    /// The chain's EIP-155 identifier.
    fn chain_id(&self) -> u64;

    /// Height of the block that is being executed.
    fn height(&self) -> u64;

    /// Time of that block, in milliseconds since the Unix epoch.
    fn time_ms(&self) -> u64;

    /// The block's random value, bound before its proposer was known.
    fn prevrandao(&self) -> B256;

    /// Reads a storage slot; an absent one is zero.
    ///
    /// # Errors
    /// Any [`Halt`].
    fn sload(&mut self, address: Address, slot: U256) -> Result<U256, Halt>;

    /// Writes a storage slot; zero removes it.
    ///
    /// # Errors
    /// Any [`Halt`].
    fn sstore(&mut self, address: Address, slot: U256, value: U256) -> Result<(), Halt>;

    /// Emits a log in the name of `address`.
    ///
    /// # Errors
    /// Any [`Halt`].
    fn emit(&mut self, address: Address, topics: Vec<B256>, data: Bytes) -> Result<(), Halt>;

    /// Keccak-256, charged as the opcode is.
    ///
    /// # Errors
    /// [`Halt::OutOfGas`].
    fn keccak(&mut self, data: &[u8]) -> Result<B256, Halt>;

    /// The account that signed `digest`: 65 bytes r || s || v (27, 28, 0 or 1), low s only; `None` when there is none.
    ///
    /// # Errors
    /// [`Halt::OutOfGas`].
    fn recover(&mut self, digest: B256, signature: &[u8]) -> Result<Option<Address>, Halt>;

    /// Whether the account holds code, a delegation (EIP-7702) included.
    ///
    /// # Errors
    /// Any [`Halt`].
    fn has_code(&mut self, address: Address) -> Result<bool, Halt>;

    /// Keccak-256 of the account's own code, a delegation (EIP-7702) as it stands; zero when it holds none.
    ///
    /// # Errors
    /// Any [`Halt`].
    fn code_hash(&mut self, address: Address) -> Result<B256, Halt>;

    /// Calls out with STATICCALL and at most `gas_cap` gas.
    ///
    /// # Errors
    /// Any [`Halt`] of the caller; what goes wrong inside is a [`CallOutcome`].
    fn static_call(
        &mut self,
        target: Address,
        input: Bytes,
        gas_cap: u64,
    ) -> Result<CallOutcome, Halt>;

    /// Asks a contract that serves as a rule: as [`Host::static_call`], and whatever could let the answer depend on more than the
    /// contract's own code and storage (delegated code, a way back into the contracts that decide) makes it [`CallOutcome::Failed`].
    ///
    /// # Errors
    /// Any [`Halt`] of the caller; what goes wrong inside is a [`CallOutcome`].
    fn rule_call(
        &mut self,
        target: Address,
        input: Bytes,
        gas_cap: u64,
    ) -> Result<CallOutcome, Halt>;

    /// Charges gas for work that the host does not see.
    ///
    /// # Errors
    /// [`Halt::OutOfGas`].
    fn charge(&mut self, gas: u64) -> Result<(), Halt>;
}

/// Why execution cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// The gas of the call is used up.
    OutOfGas,
    /// A key is not loaded; the machine loads it and runs the same transaction again.
    StateMissing,
    /// The database failed.
    Database,
}

/// What a call out to another contract came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallOutcome {
    /// It returned this data.
    Returned(Bytes),
    /// It reverted with this data.
    Reverted(Bytes),
    /// It ran out of gas, was invalid or too deep.
    Failed,
}

/// One call into a native contract.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The account that called (`msg.sender`).
    pub caller: Address,
    /// Selector and arguments.
    pub input: &'a [u8],
    /// Whether the call came by STATICCALL, directly or further up.
    pub is_static: bool,
    /// Whether it is a CALL or STATICCALL to the contract's own address, not DELEGATECALL or CALLCODE.
    pub is_direct: bool,
    /// Value sent along, in wei.
    pub value: U256,
}

/// Why a native contract returned nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The contract refused; the data is an ABI-encoded error.
    Revert(Bytes),
    /// The machine could not go on.
    Halt(Halt),
}

impl From<Halt> for Stop {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}
