//! What a keeper may do with its node's shares of the group key.

use commonware_cryptography::ed25519;
use theriac_envelope::seal::Partial;

/// The keepers of an epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochKeepers {
    /// Their identities.
    pub keepers: Vec<ed25519::PublicKey>,
    /// Whether more shares were revealed in key generation than the network accepts.
    pub exposed: bool,
}

/// The shares of this node. Whoever has it can have seal ids signed under the namespace of seals, and nothing else.
pub trait Shares: Send + Sync + 'static {
    /// The epoch that runs at this node.
    fn running_epoch(&self) -> u64;

    /// The keepers of an epoch, as long as this node remembers it.
    fn keepers(&self, epoch: u64) -> Option<EpochKeepers>;

    /// Partials for each seal with the share of `epoch`; `None` where this node holds none.
    fn sign(&self, epoch: u64, seals: &[[u8; 32]]) -> Option<Vec<Partial>>;
}
