//! Pedersen commitments over ristretto255: amounts that can be added up without being told. `docs/protocol/packs.md`, section 7.

use std::{
    fmt,
    ops::{Add, Neg, Sub},
    sync::LazyLock,
};

use alloy_primitives::{B256, b256, keccak256};
use curve25519_dalek::{
    constants::RISTRETTO_BASEPOINT_POINT,
    ristretto::{CompressedRistretto, RistrettoPoint},
    scalar::Scalar,
};

/// keccak256("theriac/cabinet/blinding/v1").
const BLINDING_DOMAIN: B256 =
    b256!("e107ae90685762bf78d6b514c572566f756bf778a24c83debf7b2ff763a97626");

/// H: the point that ristretto255's one-way map (RFC 9496, section 4.3.4) gives of 64 bytes, keccak256(domain || 00) || keccak256(domain || 01).
/// Nobody knows its logarithm.
static BLINDING_BASE: LazyLock<RistrettoPoint> = LazyLock::new(|| {
    let mut uniform = [0; 64];
    for (half, number) in uniform.chunks_mut(32).zip(0u8..) {
        let hash = keccak256([BLINDING_DOMAIN.as_slice(), &[number]].concat());
        half.copy_from_slice(hash.as_slice());
    }
    RistrettoPoint::from_uniform_bytes(&uniform)
});

/// A commitment v*G + r*H to an amount v with the blinding r.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commitment(RistrettoPoint);

/// The secret that hides an amount: a scalar.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Blinding(Scalar);

/// Why bytes are neither a commitment nor a blinding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitmentError {
    /// Not a point in its one encoding.
    #[error("expected a point of ristretto255 in its one encoding")]
    Point,
    /// Not a scalar in its one encoding.
    #[error("expected a scalar below the order of the group, the lowest byte first")]
    Scalar,
}

impl Commitment {
    /// The commitment to an amount. An amount below zero is one modulo the order of the group.
    pub fn of(amount: i64, blinding: Blinding) -> Self {
        let size = Scalar::from(amount.unsigned_abs());
        let amount = if amount < 0 { -size } else { size };
        Self(RISTRETTO_BASEPOINT_POINT * amount + *BLINDING_BASE * blinding.0)
    }

    /// The commitment in these 32 bytes (RFC 9496, section 4.3.1); zeros for none.
    ///
    /// # Errors
    /// [`CommitmentError::Point`].
    pub fn decode(bytes: B256) -> Result<Self, CommitmentError> {
        let point = CompressedRistretto(bytes.0).decompress();
        point.map(Self).ok_or(CommitmentError::Point)
    }

    /// Its one encoding, 32 bytes.
    pub fn encode(&self) -> B256 {
        B256::new(self.0.compress().to_bytes())
    }

    /// Whether both hold the same amount, as the difference of their blindings shows: `self - other = proof*H`.
    pub fn is_equal_by(&self, other: &Self, proof: Blinding) -> bool {
        self.0 - other.0 == *BLINDING_BASE * proof.0
    }
}

impl Blinding {
    /// No blinding: it hides nothing.
    pub const NONE: Self = Self(Scalar::ZERO);

    /// A blinding from 64 random bytes.
    pub fn from_random(bytes: &[u8; 64]) -> Self {
        Self(Scalar::from_bytes_mod_order_wide(bytes))
    }

    /// The blinding in these 32 bytes, the lowest first.
    ///
    /// # Errors
    /// [`CommitmentError::Scalar`].
    pub fn decode(bytes: B256) -> Result<Self, CommitmentError> {
        let scalar = Scalar::from_canonical_bytes(bytes.0);
        Option::from(scalar)
            .map(Self)
            .ok_or(CommitmentError::Scalar)
    }

    /// Its 32 bytes.
    pub fn encode(&self) -> B256 {
        B256::new(self.0.to_bytes())
    }
}

impl fmt::Debug for Blinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blinding(..)")
    }
}

impl Add for Commitment {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Commitment {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Add for Blinding {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Blinding {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Blinding {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

#[cfg(test)]
mod tests;
