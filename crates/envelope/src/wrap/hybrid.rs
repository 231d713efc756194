//! HPKE (RFC 9180) of one message to one key: base mode, HKDF-SHA256, AES-256-GCM, either KEM.

use super::{Suite, WrapError};
use crate::{PrivateKey, PublicKey};
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::{X25519HkdfSha256, XWing};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Encrypts to `reader`: the encapsulated key and the ciphertext with its tag.
///
/// # Errors
/// [`WrapError::BadPublicKey`] where the key gives no shared secret.
pub(crate) fn seal(
    reader: &PublicKey,
    info: &[u8],
    plaintext: &[u8],
    associated: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<(Vec<u8>, Vec<u8>), WrapError> {
    let (key, texts) = (reader.as_bytes(), (info, plaintext, associated));
    match reader.suite() {
        Suite::XWing => seal_to::<XWing>(key, texts, rng),
        Suite::X25519 => seal_to::<X25519HkdfSha256>(key, texts, rng),
    }
}

/// Decrypts what [`seal`] gave: the encapsulated key and the ciphertext.
///
/// # Errors
/// [`WrapError::DoesNotOpen`].
pub(crate) fn open(
    reader: &PrivateKey,
    info: &[u8],
    parts: (&[u8], &[u8]),
    associated: &[u8],
) -> Result<Zeroizing<Vec<u8>>, WrapError> {
    let seed = reader.expose_seed();
    match reader.suite() {
        Suite::XWing => open_with::<XWing>(seed, info, parts, associated),
        Suite::X25519 => open_with::<X25519HkdfSha256>(seed, info, parts, associated),
    }
}

fn seal_to<K: Kem>(
    key: &[u8],
    (info, plaintext, associated): (&[u8], &[u8], &[u8]),
    rng: &mut impl CryptoRng,
) -> Result<(Vec<u8>, Vec<u8>), WrapError> {
    let key = K::PublicKey::from_bytes(key).map_err(|_| WrapError::BadPublicKey)?;
    let sealed = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, K>(
        &OpModeS::Base,
        &key,
        info,
        plaintext,
        associated,
        rng,
    );
    let (encapsulated, sealed) = sealed.map_err(|_| WrapError::BadPublicKey)?;
    Ok((encapsulated.to_bytes().to_vec(), sealed))
}

fn open_with<K: Kem>(
    seed: &[u8; 32],
    info: &[u8],
    (encapsulated, sealed): (&[u8], &[u8]),
    associated: &[u8],
) -> Result<Zeroizing<Vec<u8>>, WrapError> {
    let private = K::PrivateKey::from_bytes(seed).map_err(|_| WrapError::DoesNotOpen)?;
    let encapsulated =
        K::EncappedKey::from_bytes(encapsulated).map_err(|_| WrapError::DoesNotOpen)?;
    let opened = hpke::single_shot_open::<AesGcm256, HkdfSha256, K>(
        &OpModeR::Base,
        &private,
        &encapsulated,
        info,
        sealed,
        associated,
    );
    opened
        .map(Zeroizing::new)
        .map_err(|_| WrapError::DoesNotOpen)
}
