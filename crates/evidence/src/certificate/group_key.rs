//! The network's group key and the check of one signature.

use super::hash_to_curve::{MESSAGE_TAG, hash_to_g1};
use crate::section::Signature;
use crate::varint;
use alloy_primitives::FixedBytes;
use ark_bls12_381::{Bls12_381, G1Affine, G2Affine};
use ark_ec::{AffineRepr, bls12::G2Prepared, pairing::Pairing};
use ark_ff::Field;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};

/// A group key as it is published: a point of G2, compressed.
pub type GroupKeyBytes = FixedBytes<96>;

/// Why a signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFailure {
    /// The group key is not a compressed point of the subgroup of G2, or is the identity.
    #[error("the group key is no point of G2 in its compressed form")]
    MalformedKey,
    /// The signature is not a compressed point of the subgroup of G1, or is the identity.
    #[error("the signature is no point of G1 in its compressed form")]
    MalformedSignature,
    /// The signature is not one by the group key over this message.
    #[error("the group key did not sign this")]
    NotSigned,
}

/// The group key, decoded and prepared for pairings.
#[derive(Debug, Clone)]
pub struct GroupKey {
    bytes: GroupKeyBytes,
    prepared: G2Prepared<ark_bls12_381::Config>,
    generator: G2Prepared<ark_bls12_381::Config>,
}

impl GroupKey {
    /// Decodes and checks a group key.
    ///
    /// # Errors
    /// [`CertificateFailure::MalformedKey`].
    pub fn decode(bytes: &GroupKeyBytes) -> Result<Self, CertificateFailure> {
        let point: G2Affine = point(bytes.as_slice()).ok_or(CertificateFailure::MalformedKey)?;
        let prepared = point.into();
        Ok(Self {
            bytes: *bytes,
            prepared,
            generator: (-G2Affine::generator()).into(),
        })
    }

    /// The published form.
    pub fn bytes(&self) -> &GroupKeyBytes {
        &self.bytes
    }

    /// Checks that the group signed `message` in `namespace`: `e(H(m), key) == e(signature, generator)`.
    ///
    /// # Errors
    /// [`CertificateFailure::MalformedSignature`] or [`CertificateFailure::NotSigned`].
    pub fn verify(
        &self,
        namespace: &[u8],
        message: &[u8],
        signature: &Signature,
    ) -> Result<(), CertificateFailure> {
        let signature: G1Affine =
            point(signature.as_slice()).ok_or(CertificateFailure::MalformedSignature)?;
        let mut signed = Vec::with_capacity(namespace.len() + message.len() + 2);
        varint::write(namespace.len() as u64, &mut signed);
        signed.extend_from_slice(namespace);
        signed.extend_from_slice(message);
        let hashed = hash_to_g1(MESSAGE_TAG, &signed);
        let product = Bls12_381::multi_pairing(
            [hashed, signature],
            [self.prepared.clone(), self.generator.clone()],
        );
        if product.0 != <Bls12_381 as Pairing>::TargetField::ONE {
            return Err(CertificateFailure::NotSigned);
        }
        Ok(())
    }
}

/// A point in compressed form: canonical, on the curve, in the subgroup, and not the identity.
fn point<P: AffineRepr + CanonicalDeserialize + CanonicalSerialize>(bytes: &[u8]) -> Option<P> {
    let point = P::deserialize_compressed(bytes).ok()?;
    let mut again = Vec::with_capacity(bytes.len());
    point.serialize_compressed(&mut again).ok()?;
    (!point.is_zero() && again == bytes).then_some(point)
}
