//! Compares votes with the other members where a view was contested.

use super::{Signed, VoteLog};
use crate::committees::Committees;
use commonware_codec::{Decode as _, Encode as _, EncodeSize as _, RangeCfg};
use commonware_consensus::types::Epoch;
use commonware_p2p::{Receiver, Recipients, Sender};
use futures::{FutureExt as _, StreamExt as _, channel::mpsc, pin_mut, select};
use theriac_ledger::block::PublicKey;

/// Votes in one message.
const VOTES: usize = 64;

/// Bound of a message.
pub fn max_message_bytes() -> u32 {
    use commonware_codec::FixedSize as _;
    (VOTES.encode_size() + VOTES * Signed::SIZE) as u32
}

/// Sends what the log wants shared, and takes in what others share.
pub struct Exchange {
    pub(crate) log: VoteLog,
    pub(crate) committees: Committees,
    pub(crate) to_share: mpsc::UnboundedReceiver<Vec<Signed>>,
}

impl Exchange {
    /// Runs until the network ends.
    pub async fn run<S, R>(mut self, mut sender: S, mut receiver: R)
    where
        S: Sender<PublicKey = PublicKey>,
        R: Receiver<PublicKey = PublicKey>,
    {
        loop {
            let incoming = receiver.recv().fuse();
            let outgoing = self.to_share.next().fuse();
            pin_mut!(incoming, outgoing);
            select! {
                votes = outgoing => {
                    let Some(votes) = votes else { return };
                    for votes in votes.chunks(VOTES) {
                        sender.send(Recipients::All, votes.to_vec().encode(), false);
                    }
                }
                message = incoming => {
                    let Ok((_, message)) = message else { return };
                    let bounds = (RangeCfg::new(1..=VOTES), ());
                    if let Ok(votes) = Vec::<Signed>::decode_cfg(message, &bounds) {
                        self.hear(votes);
                    }
                }
            }
        }
    }

    fn hear(&self, votes: Vec<Signed>) {
        for vote in votes {
            let committee = self.committees.of(Epoch::new(vote.statement.epoch));
            let votes_in = |voter: &PublicKey| {
                committee
                    .as_ref()
                    .is_some_and(|info| info.output.players().position(voter).is_some())
            };
            if votes_in(&vote.voter) {
                self.log.hear(vote);
            }
        }
    }
}
