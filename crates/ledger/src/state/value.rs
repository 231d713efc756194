//! An encoded value of the state database, bounded.

use bytes::BufMut;
use commonware_codec::{Buf, EncodeSize, Error, RangeCfg, Read, Write};

/// Longest value in bytes: the largest code that Osaka admits, with room.
pub const VALUE_BYTES: usize = 32 << 10;

/// Bytes of an account, a slot or a code; see `theriac_evidence::state`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value(pub Vec<u8>);

impl Write for Value {
    fn write(&self, buf: &mut impl BufMut) {
        self.0.write(buf);
    }
}

impl EncodeSize for Value {
    fn encode_size(&self) -> usize {
        self.0.encode_size()
    }
}

impl Read for Value {
    type Cfg = ();

    fn read_cfg(buf: &mut impl Buf, (): &()) -> Result<Self, Error> {
        Vec::read_cfg(buf, &(RangeCfg::new(0..=VALUE_BYTES), ())).map(Self)
    }
}
