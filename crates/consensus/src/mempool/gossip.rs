//! Passes clients' transactions on to the other members, so that the next leader has them.

use super::pool::Mempool;
use alloy_primitives::Bytes;
use bytes::{Buf, BufMut, BytesMut};
use commonware_p2p::{Receiver, Recipients, Sender};
use futures::{FutureExt, pin_mut, select};
use std::sync::Arc;
use theriac_execution::{ChainSpec, admit};

/// Most bytes of transactions in one message; one transaction always fits.
pub const BATCH_BYTES: usize = 192 << 10;
/// Most transactions in one message.
const BATCH_TRANSACTIONS: usize = 4_096;
const PREFIX_BYTES: usize = 4;

/// Bound of a message of this channel.
pub const fn max_message_bytes() -> u32 {
    (BATCH_BYTES + BATCH_TRANSACTIONS * PREFIX_BYTES + PREFIX_BYTES) as u32
}

/// The gossip of one node.
pub struct Gossip {
    /// Where transactions come from and go to.
    pub mempool: Mempool,
    /// Rules of admission.
    pub spec: Arc<ChainSpec>,
}

impl Gossip {
    /// Runs until the network closes.
    pub async fn run(self, mut sender: impl Sender, mut receiver: impl Receiver) {
        loop {
            let outgoing = self.mempool.outgoing().fuse();
            let incoming = receiver.recv().fuse();
            pin_mut!(outgoing, incoming);
            select! {
                batch = outgoing => {
                    for message in batches(&batch) {
                        sender.send(Recipients::All, message, false);
                    }
                }
                message = incoming => {
                    let Ok((_, message)) = message else { return };
                    self.receive(message);
                }
            }
        }
    }

    fn receive(&self, mut message: impl Buf) {
        let mut taken = 0;
        while message.remaining() >= PREFIX_BYTES && taken < BATCH_TRANSACTIONS {
            let length = message.get_u32() as usize;
            if length > message.remaining() {
                return;
            }
            let raw = Bytes::from(message.copy_to_bytes(length));
            taken += 1;
            if let Ok(transaction) = admit(&self.spec, raw) {
                let _ = self.mempool.insert(transaction);
            }
        }
    }
}

fn batches(transactions: &[Bytes]) -> Vec<bytes::Bytes> {
    let mut messages = Vec::new();
    let mut message = BytesMut::new();
    let mut count = 0;
    for raw in transactions {
        let full = message.len() + PREFIX_BYTES + raw.len() > BATCH_BYTES;
        if (full || count == BATCH_TRANSACTIONS) && count > 0 {
            messages.push(message.split().freeze());
            count = 0;
        }
        message.put_u32(raw.len() as u32);
        message.put_slice(raw);
        count += 1;
    }
    if count > 0 {
        messages.push(message.freeze());
    }
    messages
}
