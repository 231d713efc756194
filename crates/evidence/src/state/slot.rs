//! The value of a storage slot: big-endian without leading zero bytes; zero is absence.

use crate::rlp::DecodeFailure;
use alloy_primitives::U256;

/// The bytes that state holds for `value`; `None` for zero, whose key is absent.
pub fn encode_slot(value: U256) -> Option<Vec<u8>> {
    (!value.is_zero()).then(|| value.to_be_bytes_trimmed_vec())
}

/// Reads what [`encode_slot`] wrote.
///
/// # Errors
/// The bytes are empty, longer than 32, or start with a zero byte.
pub fn decode_slot(bytes: &[u8]) -> Result<U256, DecodeFailure> {
    let fail = |reason: String| DecodeFailure {
        what: "slot",
        field: "value",
        reason,
    };
    match bytes {
        [] => Err(fail("got no bytes, expected 1 to 32".into())),
        [0, ..] => Err(fail("leading zero byte".into())),
        _ if bytes.len() > 32 => Err(fail(format!("got {} bytes, expected 1 to 32", bytes.len()))),
        _ => Ok(U256::from_be_slice(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slot_survives_its_encoding_and_zero_is_absent() {
        for value in [U256::from(1), U256::from(0x1_00_u64), U256::MAX] {
            let bytes = encode_slot(value).unwrap();
            assert_ne!(bytes[0], 0);
            assert_eq!(decode_slot(&bytes), Ok(value));
        }
        assert_eq!(encode_slot(U256::ZERO), None);
    }

    #[test]
    fn slot_refuses_what_it_never_writes() {
        assert!(decode_slot(&[]).is_err());
        assert!(decode_slot(&[0, 1]).is_err());
        assert!(decode_slot(&[1; 33]).is_err());
    }
}
