//! One keeper's partial signature over one seal id.

use super::{SealContext, SealError, namespace};
use commonware_codec::{Copying, DecodeExt, Encode};
use commonware_cryptography::bls12381::primitives::{
    group::Share,
    ops::threshold,
    variant::{MinSig, PartialSignature, Variant},
};
use commonware_utils::Participant;
use std::fmt;

/// Bytes of a partial: a compressed point of G1.
pub const PARTIAL_BYTES: usize = 48;

/// A point of G1, checked to lie in the subgroup. Whether it is the keeper's signature is checked against the epoch's sharing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Partial(pub(super) <MinSig as Variant>::Signature);

impl Partial {
    /// A keeper's partial for a seal. Only keepers hold shares, and they sign for openings that are final alone.
    pub fn sign(share: &Share, context: &SealContext) -> Self {
        let namespace = namespace(context.chain_id);
        Self(threshold::sign_message::<MinSig>(share, &namespace, &context.seal).value)
    }

    /// The compressed point.
    pub fn encode(&self) -> [u8; PARTIAL_BYTES] {
        let bytes = self.0.encode();
        bytes[..].try_into().expect("a point of G1 has 48 bytes")
    }

    /// Decodes a point of G1 and checks that it lies in the subgroup.
    ///
    /// # Errors
    /// [`SealError::Point`].
    pub fn decode(bytes: &[u8; PARTIAL_BYTES]) -> Result<Self, SealError> {
        let point = <MinSig as Variant>::Signature::decode(Copying(bytes));
        point.map(Self).map_err(|_| SealError::Point("the partial"))
    }

    /// The partial at a keeper's place in its committee.
    pub(super) fn at(&self, index: Participant) -> PartialSignature<MinSig> {
        PartialSignature {
            value: self.0,
            index,
        }
    }
}

/// What the engine's handle on a share gives; the place of the share is known from the keeper.
impl From<PartialSignature<MinSig>> for Partial {
    fn from(signature: PartialSignature<MinSig>) -> Self {
        Self(signature.value)
    }
}

impl fmt::Debug for Partial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Partial").finish_non_exhaustive()
    }
}
