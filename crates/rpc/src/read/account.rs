//! Whether a caller may read an account's state and storage.

use alloy_primitives::{Address, B256, KECCAK256_EMPTY};

use super::{Caller, Readers, allow, chart::holds_charts};
use crate::{Account, Refusal, answer::RpcError};

impl Readers {
    /// The state of an account that the caller may read: its own, a contract's, or that of the zero address, which nobody has. An account that is
    /// someone else's and one that is absent are refused alike.
    ///
    /// # Errors
    /// [`Refusal::NotYourAccount`].
    pub(crate) async fn account(
        &self,
        caller: Caller,
        address: Address,
    ) -> Result<Account, RpcError> {
        let account = self.chain.account(address).await?;
        let open = match caller {
            Caller::Nobody => false,
            Caller::Anyone(_) => true,
            // cast asks for the nonce of the zero address when a call names no sender.
            Caller::Account(own) => {
                own == address || address.is_zero() || has_code(&account.code_hash)
            }
        };
        allow(open, Refusal::NotYourAccount)?;
        Ok(account)
    }

    /// Whether the caller may read storage of this contract by slot.
    ///
    /// # Errors
    /// [`Refusal::StorageNotPublic`] for contracts that hold charts, whatever the slot.
    pub(crate) fn storage(&self, caller: Caller, address: &Address) -> Result<(), Refusal> {
        let open = match caller {
            Caller::Nobody => false,
            Caller::Anyone(_) => true,
            Caller::Account(_) => !holds_charts(address),
        };
        allow(open, Refusal::StorageNotPublic)
    }
}

fn has_code(code_hash: &B256) -> bool {
    !code_hash.is_zero() && *code_hash != KECCAK256_EMPTY
}
