//! Messages between keepers; see `docs/protocol/seal.md`.
//!
//! `01 || kind (1) || number (8) || body`, integers big-endian. A message is read whole; anything else is dropped.

use crate::keeper::Asked;
use crate::{MAX_KEY_BYTES, OpenRequest, Refusal};
use bytes::{Buf, BufMut, Bytes, BytesMut};
use theriac_envelope::seal::{MAX_SEALS, PartialsMessage};

const VERSION: u8 = 1;
const ASK: u8 = 0;
const PARTIALS: u8 = 16;
const REFUSED: u8 = 17;
/// Version, kind, number.
const PREFIX_BYTES: usize = 1 + 1 + 8;
/// Chain id, epoch, opening, length of the key, number of seals.
const ASK_BYTES: usize = 8 + 8 + 8 + 2 + 2;

/// The largest message, for the configuration of the network.
pub const fn max_message_size() -> u32 {
    let ask = PREFIX_BYTES + ASK_BYTES + MAX_KEY_BYTES + 32 * MAX_SEALS;
    let partials = PREFIX_BYTES + PartialsMessage::max_bytes();
    let larger = if ask > partials { ask } else { partials };
    larger as u32
}

/// A request or an answer, and the number that joins the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) number: u64,
    pub(crate) body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Ask(Ask),
    Answer(Answer),
}

/// A request for partials with the share of one epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) chain_id: u64,
    pub(crate) epoch: u64,
    pub(crate) request: OpenRequest,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The partials, encrypted to the requester.
    Partials(PartialsMessage),
    /// No, and the epoch that runs at the keeper.
    Refused { refusal: Refusal, running: u64 },
}

impl From<Ask> for Asked {
    fn from(ask: Ask) -> Self {
        Self {
            chain_id: ask.chain_id,
            epoch: ask.epoch,
            request: ask.request,
        }
    }
}

impl Message {
    pub(crate) fn encode(&self) -> Bytes {
        let mut bytes = BytesMut::new();
        bytes.put_u8(VERSION);
        match &self.body {
            Body::Ask(ask) => {
                bytes.put_u8(ASK);
                bytes.put_u64(self.number);
                ask.write(&mut bytes);
            }
            Body::Answer(Answer::Partials(message)) => {
                bytes.put_u8(PARTIALS);
                bytes.put_u64(self.number);
                bytes.put_slice(&message.encode());
            }
            Body::Answer(Answer::Refused { refusal, running }) => {
                bytes.put_u8(REFUSED);
                bytes.put_u64(self.number);
                bytes.put_u8(*refusal as u8);
                bytes.put_u64(*running);
            }
        }
        bytes.freeze()
    }

    /// The message, or `None` for bytes that are not exactly one.
    pub(crate) fn decode(mut bytes: impl Buf) -> Option<Self> {
        if bytes.remaining() > max_message_size() as usize || bytes.try_get_u8().ok()? != VERSION {
            return None;
        }
        let kind = bytes.try_get_u8().ok()?;
        let number = bytes.try_get_u64().ok()?;
        let body = match kind {
            ASK => Body::Ask(Ask::read(&mut bytes)?),
            PARTIALS => {
                let message = bytes.copy_to_bytes(bytes.remaining());
                Body::Answer(Answer::Partials(PartialsMessage::decode(&message).ok()?))
            }
            REFUSED => {
                let refusal = Refusal::from_code(bytes.try_get_u8().ok()?)?;
                let running = bytes.try_get_u64().ok()?;
                Body::Answer(Answer::Refused { refusal, running })
            }
            _ => return None,
        };
        (!bytes.has_remaining()).then_some(Self { number, body })
    }
}

impl Ask {
    fn write(&self, bytes: &mut BytesMut) {
        let OpenRequest {
            opening,
            seals,
            key,
        } = &self.request;
        bytes.put_u64(self.chain_id);
        bytes.put_u64(self.epoch);
        bytes.put_u64(*opening);
        bytes.put_u16(key.len() as u16);
        bytes.put_slice(key);
        bytes.put_u16(seals.len() as u16);
        seals.iter().for_each(|seal| bytes.put_slice(seal));
    }

    fn read(bytes: &mut impl Buf) -> Option<Self> {
        let chain_id = bytes.try_get_u64().ok()?;
        let epoch = bytes.try_get_u64().ok()?;
        let opening = bytes.try_get_u64().ok()?;
        let length = usize::from(bytes.try_get_u16().ok()?);
        if length > MAX_KEY_BYTES || length > bytes.remaining() {
            return None;
        }
        let mut key = vec![0; length];
        bytes.copy_to_slice(&mut key);
        let count = usize::from(bytes.try_get_u16().ok()?);
        if count > MAX_SEALS || count * 32 != bytes.remaining() {
            return None;
        }
        let mut seals = vec![[0; 32]; count];
        seals.iter_mut().for_each(|seal| bytes.copy_to_slice(seal));
        let request = OpenRequest {
            opening,
            seals,
            key,
        };
        Some(Self {
            chain_id,
            epoch,
            request,
        })
    }
}
