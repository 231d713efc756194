//! What the server asks of the node's keeper, for `theriac_openSeals` and `theriac_getEpoch`.

use alloy_primitives::{B256, Bytes};
use async_trait::async_trait;
use theriac_evidence::certificate::Finalization;

use crate::ChainFailure;

/// Seals that one opening may list.
pub(crate) const MAX_SEALS: usize = 512;
/// Bytes of the longest public key's blob.
pub(crate) const MAX_KEY_BYTES: usize = 2 + 1_216;

/// The keeper of the node. It decides by the ledger who is answered; what it hands out only the requester can read.
#[async_trait]
pub trait Keepers: Send + Sync + 'static {
    /// Answers an opening and asks the other keepers, until a quorum of one epoch has answered or the time is over.
    async fn open(&self, request: SealRequest) -> Result<SealAnswers, ChainFailure>;

    /// The keepers of an epoch, or of the running one, with what proves them; `None` for an epoch that is not known here.
    async fn epoch(&self, epoch: Option<u64>) -> Result<Option<EpochEvidence>, ChainFailure>;
}

/// A wish to have an opening answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealRequest {
    /// The number of the opening.
    pub opening: u64,
    /// Its seals in their order.
    pub seals: Vec<B256>,
    /// The blob of its one-time public key.
    pub key: Bytes,
    /// The epoch to begin with; the running one where none is named.
    pub epoch: Option<u64>,
    /// Whether to wait for every keeper.
    pub all: bool,
}

/// What the keepers said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealAnswers {
    /// The epoch of the answers.
    pub epoch: u64,
    /// Answers that open the seals together.
    pub needed: u64,
    /// Keeper and its partials, encrypted to the one-time key.
    pub answers: Vec<(B256, Bytes)>,
    /// Keeper, and the name and the words of its refusal.
    pub refusals: Vec<(B256, &'static str, String)>,
}

/// The keepers of an epoch, and the certified block that names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochEvidence {
    /// The epoch.
    pub epoch: u64,
    /// Its keepers, in the order of their shares.
    pub keepers: Vec<B256>,
    /// The keepers whose shares key generation revealed.
    pub revealed: Vec<B256>,
    /// Whether those are more than the network accepts, so that no seal is opened in this epoch.
    pub exposed: bool,
    /// The public polynomial, in the engine's encoding.
    pub sharing: Bytes,
    /// The height of the block that names them, the last one before the epoch.
    pub height: u64,
    /// The key-generation payload of that block.
    pub payload: Bytes,
    /// Its consensus section.
    pub section: Bytes,
    /// Its header and those of its descendants up to the certified one.
    pub headers: Vec<Bytes>,
    /// The certificate of the last of them.
    pub certificate: Finalization,
}
