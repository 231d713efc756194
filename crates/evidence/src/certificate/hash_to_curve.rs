//! Hashing to G1 by RFC 9380, suite `BLS12381G1_XMD:SHA-256_SSWU_RO_`.

use ark_bls12_381::{Fq, G1Affine, g1};
use ark_ec::{
    AffineRepr, CurveGroup,
    hashing::{curve_maps::wb::WBMap, map_to_curve_hasher::MapToCurve},
};
use ark_ff::PrimeField;
use sha2::{Digest, Sha256};

/// Domain separation tag of messages: the proof-of-possession scheme of the BLS signature draft.
pub const MESSAGE_TAG: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_";

/// Bytes of uniform output for one element of the base field: `ceil((381 + 128) / 8)`.
const ELEMENT_BYTES: usize = 64;
const BLOCK_BYTES: usize = 64;

/// `hash_to_curve(message)` with `tag`, which has at most 255 bytes (RFC 9380 section 3).
pub fn hash_to_g1(tag: &[u8], message: &[u8]) -> G1Affine {
    let uniform = expand_message::<{ 2 * ELEMENT_BYTES }>(tag, message);
    let (first, second) = uniform.split_at(ELEMENT_BYTES);
    (map(first) + map(second)).into_affine().clear_cofactor()
}

fn map(uniform: &[u8]) -> G1Affine {
    WBMap::<g1::Config>::map_to_curve(Fq::from_be_bytes_mod_order(uniform))
        .expect("the simplified SWU map of BLS12-381 is defined on the whole field")
}

/// `expand_message_xmd` with SHA-256 (RFC 9380 section 5.3.1).
fn expand_message<const N: usize>(tag: &[u8], message: &[u8]) -> [u8; N] {
    assert!(
        tag.len() <= 255 && N <= 255 * 32,
        "tags are constants of this crate"
    );
    let tag_length = [tag.len() as u8];
    let first = Sha256::new()
        .chain_update([0; BLOCK_BYTES])
        .chain_update(message)
        .chain_update((N as u16).to_be_bytes())
        .chain_update([0])
        .chain_update(tag)
        .chain_update(tag_length)
        .finalize();
    let mut block = [0_u8; 32];
    let mut out = [0; N];
    for (index, chunk) in out.chunks_mut(32).enumerate() {
        let mixed: [u8; 32] = std::array::from_fn(|at| first[at] ^ block[at]);
        block = Sha256::new()
            .chain_update(mixed)
            .chain_update([index as u8 + 1])
            .chain_update(tag)
            .chain_update(tag_length)
            .finalize()
            .into();
        chunk.copy_from_slice(&block[..chunk.len()]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::BigInteger;

    /// RFC 9380, appendix J.9.1: message, x and y of P.
    const VECTORS: [(&str, &str, &str); 2] = [
        (
            "",
            "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1",
            "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7994998f3eae0c9c6a265",
        ),
        (
            "abc",
            "03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
            "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfaaa154fa6b88176c229f2885d",
        ),
    ];

    #[test]
    fn hash_to_g1_gives_the_points_of_the_rfc() {
        for (message, x, y) in VECTORS {
            let tag = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_";
            let point = hash_to_g1(tag, message.as_bytes());
            assert_eq!(hex::encode(point.x.into_bigint().to_bytes_be()), x);
            assert_eq!(hex::encode(point.y.into_bigint().to_bytes_be()), y);
        }
    }
}
