//! How many pieces there are, how long they are, and the code itself.

use bytes::{Bytes, BytesMut};
use commonware_cryptography::reed_solomon::{Decoder, Encoder};
use std::cell::RefCell;

/// Members that a blob can be coded over: their number is one byte of every format.
pub const MAX_MEMBERS: usize = 255;

thread_local! {
    // Their tables and working space are kept from stripe to stripe.
    static ENCODER: RefCell<Option<Encoder>> = const { RefCell::new(None) };
    static DECODER: RefCell<Option<Decoder>> = const { RefCell::new(None) };
}

/// Over how many members a blob is coded, and how many pieces restore it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coding {
    members: u8,
    needed: u8,
}

impl Coding {
    /// The code for so many members, of which f = floor((n - 1) / 3) may be faulty: k = n - 2f. `None` for none or too many.
    pub fn over(members: usize) -> Option<Self> {
        let faulty = members.checked_sub(1)? / 3;
        Self::new(u8::try_from(members).ok()?, (members - 2 * faulty) as u8)
    }

    /// A code as someone claims it; `None` unless 1 <= k <= n.
    pub fn new(members: u8, needed: u8) -> Option<Self> {
        (needed >= 1 && needed <= members).then_some(Self { members, needed })
    }

    /// Pieces of a stripe: n.
    pub fn members(self) -> u8 {
        self.members
    }

    /// Pieces that restore it: k.
    pub fn needed(self) -> u8 {
        self.needed
    }

    /// Bytes of each piece of a chunk of `bytes`: a k-th, rounded up to an even number, which the code wants.
    pub fn piece_bytes(self, bytes: usize) -> usize {
        bytes
            .div_ceil(self.needed.into())
            .next_multiple_of(2)
            .max(2)
    }

    /// The n pieces of a chunk: its own bytes in order, filled up with zeros, then parity.
    pub fn encode(self, chunk: &[u8]) -> Vec<Bytes> {
        let (size, needed) = (self.piece_bytes(chunk.len()), usize::from(self.needed));
        let mut padded = BytesMut::with_capacity(size * needed);
        padded.extend_from_slice(chunk);
        padded.resize(size * needed, 0);
        let mut data = padded.freeze();
        let mut pieces: Vec<Bytes> = (0..needed).map(|_| data.split_to(size)).collect();
        pieces.extend(self.parity(&pieces, size));
        pieces
    }

    fn parity(self, data: &[Bytes], size: usize) -> Vec<Bytes> {
        let (needed, parity) = (data.len(), usize::from(self.members - self.needed));
        if parity == 0 {
            return Vec::new();
        }
        ENCODER.with_borrow_mut(|kept| {
            let encoder = match kept {
                Some(encoder) => {
                    let reset = encoder.reset(needed, parity, size);
                    reset.expect("at most 255 pieces of even length are supported");
                    encoder
                }
                None => kept.insert(
                    Encoder::new(needed, parity, size)
                        .expect("at most 255 pieces of even length are supported"),
                ),
            };
            for piece in data {
                let added = encoder.add_original_shard(piece);
                added.expect("the pieces are as long and as many as was said");
            }
            let coded = encoder.encode().expect("all data pieces were added");
            let pieces = coded.recovery_iter();
            pieces.map(Bytes::copy_from_slice).collect()
        })
    }

    /// The chunk of `bytes` that these pieces, each with its index, belong to: right if they are, anything if they are not.
    /// `None` unless there are k different ones of the right length.
    pub fn decode(self, pieces: &[(u8, Bytes)], bytes: usize) -> Option<Bytes> {
        let (size, needed) = (self.piece_bytes(bytes), usize::from(self.needed));
        let mut data: Vec<Option<Bytes>> = vec![None; needed];
        let mut parity: Vec<(usize, &Bytes)> = Vec::new();
        for (index, piece) in pieces {
            if *index >= self.members || piece.len() != size {
                return None;
            }
            match data.get_mut(usize::from(*index)) {
                Some(place) => *place = Some(piece.clone()),
                None => parity.push((usize::from(*index) - needed, piece)),
            }
        }
        if data.iter().any(Option::is_none) {
            self.recover(&mut data, &parity, size)?;
        }
        let mut chunk = BytesMut::with_capacity(size * needed);
        for piece in data {
            chunk.extend_from_slice(&piece?);
        }
        chunk.truncate(bytes);
        Some(chunk.freeze())
    }

    fn recover(
        self,
        data: &mut [Option<Bytes>],
        parity: &[(usize, &Bytes)],
        size: usize,
    ) -> Option<()> {
        let count = usize::from(self.members - self.needed);
        if count == 0 {
            return None;
        }
        DECODER.with_borrow_mut(|kept| {
            let decoder = match kept {
                Some(decoder) => {
                    decoder.reset(data.len(), count, size).ok()?;
                    decoder
                }
                None => kept.insert(Decoder::new(data.len(), count, size).ok()?),
            };
            for (index, piece) in data.iter().enumerate() {
                if let Some(piece) = piece {
                    decoder.add_original_shard(index, piece).ok()?;
                }
            }
            for (index, piece) in parity {
                decoder.add_recovery_shard(*index, piece).ok()?;
            }
            let restored = decoder.decode().ok()??;
            for (index, piece) in restored.original_iter() {
                data[index] = Some(Bytes::copy_from_slice(piece));
            }
            Some(())
        })
    }
}
