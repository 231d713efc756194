//! The random value in a block's header.

use alloy_primitives::B256;
use alloy_rlp::Header;

/// Place of the mix hash, which holds it (EIP-4399), among the fields of a header.
const MIX_HASH: usize = 13;

/// The random value of a header in RLP; `None` where the bytes are no header.
pub(super) fn prevrandao(mut bytes: &[u8]) -> Option<B256> {
    let mut fields = Header::decode_bytes(&mut bytes, true).ok()?;
    for _ in 0..MIX_HASH {
        Header::decode_bytes(&mut fields, false).ok()?;
    }
    let value = Header::decode_bytes(&mut fields, false).ok()?;
    value.try_into().ok()
}
