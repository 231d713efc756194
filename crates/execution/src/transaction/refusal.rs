//! Why a transaction is not admitted or not executed.

use core::fmt;

/// A transaction that no block may contain, or not this block.
///
/// Listed in the order in which they are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransactionRefusal {
    /// The encoding is longer than the network allows.
    TooLarge {
        /// In bytes.
        got: u64,
        /// In bytes.
        limit: u64,
    },
    /// Type 3 (EIP-4844): the network carries no blobs.
    BlobsNotSupported,
    /// A type other than 0, 1, 2 and 4.
    TypeNotSupported {
        /// The first byte.
        got: u8,
    },
    /// Not the canonical encoding of a transaction.
    Malformed,
    /// A legacy transaction without chain id (EIP-155).
    NotReplayProtected,
    /// Signed for another network.
    WrongChain {
        /// The id that was signed.
        got: u64,
        /// This network's id.
        expected: u64,
    },
    /// Signature with a high s (EIP-2).
    HighS,
    /// The nonce cannot be followed by another (EIP-2681).
    NonceAtMaximum,
    /// The gas limit is above the cap for one transaction.
    GasLimitAboveCap {
        /// Gas.
        got: u64,
        /// Gas.
        cap: u64,
    },
    /// The gas limit does not cover what every such transaction costs.
    GasLimitBelowIntrinsic {
        /// Gas.
        got: u64,
        /// Gas.
        needed: u64,
    },
    /// The gas limit does not cover the floor for the input (EIP-7623).
    GasLimitBelowFloor {
        /// Gas.
        got: u64,
        /// Gas.
        needed: u64,
    },
    /// The init code is longer than EIP-3860 allows.
    InitCodeTooLarge,
    /// The priority fee is above the fee cap (EIP-1559).
    PriorityAboveFeeCap,
    /// Type 4 without an authorization (EIP-7702).
    NoAuthorizations,
    /// No public key fits the signature.
    BadSignature,
    /// The gas limit does not fit into what is left of the block.
    BlockGasExhausted {
        /// Gas.
        got: u64,
        /// Gas.
        left: u64,
    },
    /// The sender is not enrolled, or no longer.
    NotEnrolled,
    /// The gas limit does not fit into what is left of the sender's organisation in this block.
    QuotaExhausted {
        /// Gas.
        got: u64,
        /// Gas.
        left: u64,
    },
    /// The sender is a contract (EIP-3607).
    SenderIsContract,
    /// A transaction with this nonce was executed.
    NonceTooLow {
        /// The nonce that was signed.
        got: u64,
        /// The sender's next nonce.
        expected: u64,
    },
    /// An earlier transaction of the sender is missing.
    NonceTooHigh {
        /// The nonce that was signed.
        got: u64,
        /// The sender's next nonce.
        expected: u64,
    },
    /// The balance does not cover the value.
    BalanceTooLow,
    /// Too much of its work must be done again because reads of state depend on each other.
    TooManyRounds,
    /// What all transactions of the block must do again is exhausted.
    BlockWorkExhausted,
}

impl TransactionRefusal {
    /// The number that stays the same for ever: 11xx form, 12xx signature, 13xx gas, 14xx sender, 15xx block; the native contracts have those below 1000.
    pub const fn code(&self) -> u16 {
        match self {
            Self::TooLarge { .. } => 1101,
            Self::BlobsNotSupported => 1102,
            Self::TypeNotSupported { .. } => 1103,
            Self::Malformed => 1104,
            Self::NonceAtMaximum => 1105,
            Self::InitCodeTooLarge => 1106,
            Self::PriorityAboveFeeCap => 1107,
            Self::NoAuthorizations => 1108,
            Self::NotReplayProtected => 1201,
            Self::WrongChain { .. } => 1202,
            Self::HighS => 1203,
            Self::BadSignature => 1204,
            Self::GasLimitAboveCap { .. } => 1301,
            Self::GasLimitBelowIntrinsic { .. } => 1302,
            Self::GasLimitBelowFloor { .. } => 1303,
            Self::NotEnrolled => 1401,
            Self::SenderIsContract => 1402,
            Self::NonceTooLow { .. } => 1403,
            Self::NonceTooHigh { .. } => 1404,
            Self::BalanceTooLow => 1405,
            Self::TooManyRounds => 1304,
            Self::BlockGasExhausted { .. } => 1501,
            Self::QuotaExhausted { .. } => 1502,
            Self::BlockWorkExhausted => 1503,
        }
    }

    /// The name, as `error.data.name` of a JSON-RPC answer has it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "TooLarge",
            Self::BlobsNotSupported => "BlobsNotSupported",
            Self::TypeNotSupported { .. } => "TypeNotSupported",
            Self::Malformed => "Malformed",
            Self::NonceAtMaximum => "NonceAtMaximum",
            Self::InitCodeTooLarge => "InitCodeTooLarge",
            Self::PriorityAboveFeeCap => "PriorityAboveFeeCap",
            Self::NoAuthorizations => "NoAuthorizations",
            Self::NotReplayProtected => "NotReplayProtected",
            Self::WrongChain { .. } => "WrongChain",
            Self::HighS => "HighS",
            Self::BadSignature => "BadSignature",
            Self::GasLimitAboveCap { .. } => "GasLimitAboveCap",
            Self::GasLimitBelowIntrinsic { .. } => "GasLimitBelowIntrinsic",
            Self::GasLimitBelowFloor { .. } => "GasLimitBelowFloor",
            Self::NotEnrolled => "NotEnrolled",
            Self::SenderIsContract => "SenderIsContract",
            Self::NonceTooLow { .. } => "NonceTooLow",
            Self::NonceTooHigh { .. } => "NonceTooHigh",
            Self::BalanceTooLow => "BalanceTooLow",
            Self::BlockGasExhausted { .. } => "BlockGasExhausted",
            Self::QuotaExhausted { .. } => "QuotaExhausted",
            Self::TooManyRounds => "TooManyRounds",
            Self::BlockWorkExhausted => "BlockWorkExhausted",
        }
    }

    /// The JSON-RPC error code: -32000 for all, as every Ethereum node answers.
    pub const fn rpc_code(&self) -> i32 {
        -32000
    }

    /// Whether another attempt in a later block can succeed without a new signature.
    pub const fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::NonceTooHigh { .. }
                | Self::BlockGasExhausted { .. }
                | Self::QuotaExhausted { .. }
                | Self::BlockWorkExhausted
                | Self::BalanceTooLow
                | Self::NotEnrolled
        )
    }
}

/// The JSON-RPC message; where Ethereum clients recognise a wording, it is that wording.
impl fmt::Display for TransactionRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { got, limit } => {
                write!(f, "oversized data: got {got} bytes, at most {limit}")
            }
            Self::BlobsNotSupported => write!(
                f,
                "transaction type not supported: blobs (type 3) are not carried"
            ),
            Self::TypeNotSupported { got } => write!(
                f,
                "transaction type not supported: got type {got}, expected 0, 1, 2 or 4"
            ),
            Self::Malformed => write!(
                f,
                "malformed transaction: not the canonical RLP of a signed transaction"
            ),
            Self::NotReplayProtected => write!(
                f,
                "only replay-protected (EIP-155) transactions allowed over RPC: sign with the chain id"
            ),
            Self::WrongChain { got, expected } => {
                write!(f, "invalid chain id: got {got}, expected {expected}")
            }
            Self::HighS => write!(f, "invalid signature: s is in the upper half"),
            Self::NonceAtMaximum => write!(f, "nonce has max value"),
            Self::GasLimitAboveCap { got, cap } => write!(
                f,
                "exceeds transaction gas limit cap: got {got}, at most {cap}"
            ),
            Self::GasLimitBelowIntrinsic { got, needed } => {
                write!(f, "intrinsic gas too low: got {got}, needed {needed}")
            }
            Self::GasLimitBelowFloor { got, needed } => write!(
                f,
                "intrinsic gas too low: got {got}, floor for the input {needed}"
            ),
            Self::InitCodeTooLarge => write!(f, "max initcode size exceeded"),
            Self::PriorityAboveFeeCap => {
                write!(f, "max priority fee per gas higher than max fee per gas")
            }
            Self::NoAuthorizations => write!(f, "set code transaction without authorizations"),
            Self::BadSignature => write!(f, "invalid sender: no key fits the signature"),
            Self::BlockGasExhausted { got, left } => {
                write!(f, "exceeds block gas limit: got {got}, {left} left")
            }
            Self::NotEnrolled => write!(
                f,
                "sender is not enrolled: ask its organisation to enrol the account"
            ),
            Self::QuotaExhausted { got, left } => {
                write!(
                    f,
                    "exceeds the organisation's gas quota of this block: got {got}, {left} left"
                )
            }
            Self::SenderIsContract => write!(f, "sender not an eoa"),
            Self::NonceTooLow { got, expected } => {
                write!(f, "nonce too low: got {got}, next nonce {expected}")
            }
            Self::NonceTooHigh { got, expected } => {
                write!(f, "nonce too high: got {got}, next nonce {expected}")
            }
            Self::TooManyRounds => write!(
                f,
                "too many reads of state depend on each other: do less in one transaction"
            ),
            Self::BlockWorkExhausted => {
                write!(f, "exceeds what one block may do again for want of state")
            }
            Self::BalanceTooLow => write!(f, "insufficient funds for gas * price + value"),
        }
    }
}

impl core::error::Error for TransactionRefusal {}
