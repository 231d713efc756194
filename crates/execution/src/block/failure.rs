//! Why a transaction was not executed.

use crate::transaction::TransactionRefusal;
use revm::context::result::InvalidTransaction;
use theriac_evidence::state::StateKey;

/// Why [`super::Executor::execute`] left the block as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExecuteError {
    /// These keys are not loaded: insert them and execute the same transaction again.
    #[error("{} keys of state are not loaded", .0.len())]
    Missing(Vec<StateKey>),
    /// The transaction may not stand in this block.
    #[error("transaction refused: {0}")]
    Refused(#[from] TransactionRefusal),
    /// State under a loaded key is not what this chain writes: the database is damaged.
    #[error("state cannot be read: {0}")]
    Failed(String),
}

/// The refusal that revm's validation speaks of.
///
/// # Errors
/// The text of one that admission excludes.
pub(crate) fn refusal_of(invalid: InvalidTransaction) -> Result<TransactionRefusal, String> {
    use InvalidTransaction as I;
    Ok(match invalid {
        I::NonceTooLow { tx, state } => TransactionRefusal::NonceTooLow {
            got: tx,
            expected: state,
        },
        I::NonceTooHigh { tx, state } => TransactionRefusal::NonceTooHigh {
            got: tx,
            expected: state,
        },
        I::NonceOverflowInTransaction => TransactionRefusal::NonceAtMaximum,
        I::RejectCallerWithCode => TransactionRefusal::SenderIsContract,
        I::LackOfFundForMaxFee { .. } | I::OverflowPaymentInTransaction => {
            TransactionRefusal::BalanceTooLow
        }
        I::CreateInitCodeSizeLimit => TransactionRefusal::InitCodeTooLarge,
        I::EmptyAuthorizationList => TransactionRefusal::NoAuthorizations,
        I::TxGasLimitGreaterThanCap { gas_limit, cap } => TransactionRefusal::GasLimitAboveCap {
            got: gas_limit,
            cap,
        },
        I::CallGasCostMoreThanGasLimit {
            initial_gas,
            gas_limit,
        } => TransactionRefusal::GasLimitBelowIntrinsic {
            got: gas_limit,
            needed: initial_gas,
        },
        I::GasFloorMoreThanGasLimit {
            gas_floor,
            gas_limit,
        } => TransactionRefusal::GasLimitBelowFloor {
            got: gas_limit,
            needed: gas_floor,
        },
        other => return Err(format!("revm refuses what was admitted: {other}")),
    })
}
