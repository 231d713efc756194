//! Why a seal was not made or opened, and which keeper is to blame.

use crate::decode::DecodeError;
use crate::wrap::WrapError;

/// What went wrong with a sealed blob, a committee or a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The bytes are not the encoding that they should be.
    #[error("seal: {0}")]
    Encoding(#[from] DecodeError),
    /// Not a compressed point of the right group, or the identity.
    #[error("{0} is no point of its group in compressed form")]
    Point(&'static str),
    /// The public sharing is not one of this group key and committee.
    #[error("the epoch's {0} does not belong to the group key and its keepers")]
    Committee(&'static str),
    /// The key of the requester gives no shared secret.
    #[error("partials cannot be encrypted to the requester's key")]
    BadPublicKey,
    /// More seals than one opening may list.
    #[error("{got} seals in one opening, at most {max}: open in several parts")]
    TooManySeals {
        /// Seals allowed.
        max: usize,
        /// Seals given.
        got: usize,
    },
}

impl From<WrapError> for SealError {
    fn from(error: WrapError) -> Self {
        match error {
            WrapError::Encoding(error) => Self::Encoding(error),
            WrapError::SuiteMismatch
            | WrapError::BadPublicKey
            | WrapError::DoesNotOpen
            | WrapError::BadPurpose
            | WrapError::PurposeWithoutGrant
            | WrapError::TooManyEntries { .. }
            | WrapError::DuplicateEntry => Self::BadPublicKey,
        }
    }
}

/// What a keeper did wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// The identity has no place in the epoch's committee, or the message is for another epoch.
    #[error("it is no keeper of this epoch")]
    NotOfTheEpoch,
    /// The message does not carry this keeper's signature for this opening: it is another opening's, or was altered on the way.
    #[error("its message is not signed by it for this opening")]
    NotSigned,
    /// The keeper signed the message, and it does not open with the requester's key.
    #[error("its message does not open with the one-time key")]
    DoesNotOpen,
    /// The message holds another number of partials than there are seals, or what is no point of the group.
    #[error("its message holds no partial for each seal")]
    WrongCount,
    /// A partial is not the keeper's signature over the seal id: of another seal, network or epoch, or of nothing.
    #[error("its partial is not its signature over the seal")]
    WrongPartial,
}

/// A keeper and what it did wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("keeper {}: {fault}", hexadecimal(.keeper))]
pub struct BadKeeper {
    /// The keeper's identity key.
    pub keeper: [u8; 32],
    /// Its fault.
    pub fault: Fault,
}

/// Why the answers at hand do not open the seals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Fewer usable answers than a quorum: add those of more keepers.
    #[error("{got} usable answers of keepers, {needed} are needed")]
    NotEnough {
        /// Usable answers.
        got: usize,
        /// q = n - f.
        needed: usize,
    },
    /// Every partial is right, and the blob does not open: it was altered, or sealed to another key or seal.
    #[error(
        "the sealed blob of seal {index} of the opening does not open: it was altered or belongs to another record"
    )]
    SealedAltered {
        /// The seal's place in the opening.
        index: usize,
    },
}

fn hexadecimal(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
