//! The keepers of one epoch and the public sharing against which their partials are checked.

use super::{Partial, SealError, namespace};
use commonware_codec::{Copying, DecodeExt, Encode, Read, ReadExt as _, varint::UInt};
use commonware_cryptography::bls12381::dkg::feldman_desmedt::Output;
use commonware_cryptography::bls12381::primitives::{
    ops::threshold,
    sharing::{ModeVersion, Sharing},
    variant::{MinSig, Variant},
};
use commonware_cryptography::ed25519;
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
        let point = <MinSig as Variant>::Public::decode(Copying(bytes));
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
    revealed: Vec<[u8; 32]>,
}

impl Committee {
    /// The committee that a block's key-generation payload describes, as the last block before an epoch carries it.
    ///
    /// That the network finalised the block is for the caller to show, by a certificate; a sharing of another group key is
    /// refused here. Bytes behind the output of key generation (the next players and their addresses) are not read.
    ///
    /// # Errors
    /// [`SealError::Committee`] naming what does not fit.
    pub fn from_payload(
        chain_id: u64,
        payload: &[u8],
        group_key: &GroupKey,
    ) -> Result<Self, SealError> {
        let (epoch, output) =
            read(payload).map_err(|_: commonware_codec::Error| SealError::Committee("payload"))?;
        let names = |set: &commonware_utils::ordered::Set<ed25519::PublicKey>| -> Vec<[u8; 32]> {
            let name = |key: &ed25519::PublicKey| key.encode()[..].try_into();
            set.iter()
                .map(|key| name(key).expect("an identity key has 32 bytes"))
                .collect()
        };
        let (keepers, sharing) = (names(output.players()), output.public().clone());
        let revealed = names(output.revealed());
        let mut committee = Self::new((chain_id, epoch), keepers, sharing, group_key)?;
        committee.revealed = revealed;
        Ok(committee)
    }

    /// The committee whose identity keys are `keepers`, in the order of their shares, with the public side of their sharing.
    ///
    /// # Errors
    /// [`SealError::Committee`] naming what does not fit.
    pub fn new(
        (chain_id, epoch): (u64, u64),
        keepers: Vec<[u8; 32]>,
        sharing: Sharing<MinSig>,
        group_key: &GroupKey,
    ) -> Result<Self, SealError> {
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
            revealed: Vec::new(),
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

    /// Keepers whose shares became public in key generation.
    pub fn revealed(&self) -> &[[u8; 32]] {
        &self.revealed
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

/// An epoch and its output: `01 || outcome (1) || epoch (varint) || output || ..`, in the engine's encoding.
fn read(
    payload: &[u8],
) -> Result<(u64, Output<MinSig, ed25519::PublicKey>), commonware_codec::Error> {
    let mut payload = Copying(payload);
    let (kind, outcome) = (u8::read(&mut payload)?, u8::read(&mut payload)?);
    if kind != 1 || outcome > 1 {
        return Err(commonware_codec::Error::InvalidEnum(kind));
    }
    let epoch = u64::from(UInt::<u64>::read(&mut payload)?);
    let output = Output::read_cfg(&mut payload, &(MAX_KEEPERS, ModeVersion::v1()))?;
    Ok((epoch, output))
}
