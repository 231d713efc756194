//! The keepers of one epoch and the public sharing against which their partials are checked.

use super::{Partial, SealError, namespace};
use commonware_codec::{DecodeExt, Encode, Read};
use commonware_cryptography::bls12381::primitives::{
    ops::threshold,
    sharing::{ModeVersion, Sharing},
    variant::{MinSig, Variant},
};
use commonware_utils::Participant;
use std::fmt;
use std::num::NonZeroU32;

/// Keepers of one committee at most.
pub const MAX_KEEPERS: NonZeroU32 = NonZeroU32::new(64).expect("64 is not zero");

/// Answers that open a seal among `keepers` of which f = floor((n-1)/3) may be faulty: q = n - f.
pub const fn quorum(keepers: usize) -> usize {
    keepers - keepers.saturating_sub(1) / 3
}

/// The network's one public key, to which records are sealed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct GroupKey(pub(super) <MinSig as Variant>::Public);

impl GroupKey {
    /// Decodes a compressed point of G2 and checks that it lies in the subgroup.
    ///
    /// # Errors
    /// [`SealError::Point`].
    pub fn decode(bytes: &[u8]) -> Result<Self, SealError> {
        let point = <MinSig as Variant>::Public::decode(&mut &bytes[..]);
        point
            .map(Self)
            .map_err(|_| SealError::Point("the group key"))
    }

    /// The compressed point, 96 bytes.
    pub fn encode(&self) -> Vec<u8> {
        self.0.encode().to_vec()
    }
}

impl fmt::Debug for GroupKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("GroupKey").finish_non_exhaustive()
    }
}

/// The keepers of one epoch of one network. Clones share what was computed.
#[derive(Clone, Debug)]
pub struct Committee {
    pub(super) chain_id: u64,
    epoch: u64,
    keepers: Vec<[u8; 32]>,
    pub(super) sharing: Sharing<MinSig>,
}

impl Committee {
    /// The committee whose identity keys are `keepers`, in the order of their shares, and whose public sharing has this encoding.
    ///
    /// That the network made them its committee is for the caller to show, by a certificate; a sharing of another group key is
    /// refused here.
    ///
    /// # Errors
    /// [`SealError::Committee`] naming what does not fit.
    pub fn new(
        (chain_id, epoch): (u64, u64),
        keepers: Vec<[u8; 32]>,
        sharing: &[u8],
        group_key: &GroupKey,
    ) -> Result<Self, SealError> {
        let config = (MAX_KEEPERS, ModeVersion::v1());
        let mut bytes = sharing;
        let sharing = Sharing::<MinSig>::read_cfg(&mut bytes, &config)
            .map_err(|_| SealError::Committee("sharing"))?;
        if !bytes.is_empty() {
            return Err(SealError::Committee("sharing"));
        }
        if sharing.public() != &group_key.0 {
            return Err(SealError::Committee("group key"));
        }
        let total = sharing.total().get() as usize;
        if keepers.len() != total || !keepers.is_sorted_by(|left, right| left < right) {
            return Err(SealError::Committee("list of keepers"));
        }
        if sharing.required() as usize != quorum(total) {
            return Err(SealError::Committee("threshold"));
        }
        Ok(Self {
            chain_id,
            epoch,
            keepers,
            sharing,
        })
    }

    /// The epoch.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The keepers' identity keys in the order of their shares.
    pub fn keepers(&self) -> &[[u8; 32]] {
        &self.keepers
    }

    /// Answers that open a seal.
    pub fn needed(&self) -> usize {
        quorum(self.keepers.len())
    }

    /// The place of a keeper.
    pub(super) fn place(&self, keeper: &[u8; 32]) -> Option<Participant> {
        let place = self.keepers.binary_search(keeper).ok()?;
        Some(Participant::from_usize(place))
    }

    /// Whether a partial is the signature of the keeper at this place over a seal: one pairing check.
    pub(super) fn signed(&self, place: Participant, partial: &Partial, seal: [u8; 32]) -> bool {
        let namespace = namespace(self.chain_id);
        threshold::verify_message(&self.sharing, &namespace, &seal, &partial.at(place)).is_ok()
    }
}
