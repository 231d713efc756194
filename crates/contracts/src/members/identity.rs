//! Whether 32 bytes are an Ed25519 public key: RFC 8032, section 5.1.3.

use alloy_primitives::{B256, U256, uint};

/// 2^255 - 19.
const P: U256 = uint!(0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed_U256);
/// The curve's d: -121665/121666.
const D: U256 = uint!(0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3_U256);
/// (2^255 - 20)/2: to this power, a square is one.
const HALF: U256 = uint!(0x3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff6_U256);

/// Gas of one check.
pub(super) const GAS: u64 = 6_000;

/// Whether the bytes are the one encoding of a point of the curve, and not one of the eight points that need no secret.
///
/// A point with this y exists when x^2 = (y^2 - 1)/(d y^2 + 1) is a square, which it is when numerator times denominator is one.
pub(super) fn is_key(bytes: B256) -> bool {
    let y = U256::from_le_bytes(bytes.0) & (U256::MAX >> 1usize);
    if y >= P {
        return false;
    }
    let square = y.mul_mod(y, P);
    let numerator = square.add_mod(P - U256::ONE, P);
    let denominator = square.mul_mod(D, P).add_mod(U256::ONE, P);
    let product = numerator.mul_mod(denominator, P);
    let of_order_one_or_two = product.is_zero();
    let of_order_four = square.is_zero();
    let of_order_eight = numerator == (P - square).mul_mod(denominator, P);
    if of_order_one_or_two || of_order_four || of_order_eight {
        return false;
    }
    product.pow_mod(HALF, P) == U256::ONE
}

#[cfg(test)]
mod tests {
    use alloy_primitives::b256;

    use super::*;

    #[test]
    fn public_keys_of_rfc_8032_are_keys() {
        for key in [
            b256!("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
            b256!("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
            b256!("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"),
            b256!("278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e"),
            b256!("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf"),
        ] {
            assert!(is_key(key), "{key}");
        }
    }

    #[test]
    fn what_is_no_point_or_one_of_small_order_is_no_key() {
        for (bytes, why) in [
            (B256::with_last_byte(0), "order 4"),
            (
                b256!("0100000000000000000000000000000000000000000000000000000000000000"),
                "order 1",
            ),
            (
                b256!("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                "order 2",
            ),
            (
                b256!("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
                "order 8",
            ),
            (
                b256!("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"),
                "order 8",
            ),
            (
                b256!("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                "not reduced",
            ),
            (
                b256!("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                "not reduced",
            ),
            (
                b256!("0200000000000000000000000000000000000000000000000000000000000000"),
                "off the curve",
            ),
            (B256::repeat_byte(2), "off the curve"),
        ] {
            assert!(!is_key(bytes), "{why}: {bytes}");
        }
    }
}
