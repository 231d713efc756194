//! Who is here, with which charter, and with which result.
//!
//! The engine's chain begins as soon as a quorum is connected, and a member who comes later has its share revealed. So
//! nobody begins before everybody is heard, and nobody leaves before everybody has the result.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, SystemTime},
};

use commonware_p2p::{Receiver as _, Recipients, Sender as _};
use commonware_runtime::{Clock, Metrics, Network, Spawner};
use parking_lot::Mutex;
use rand_core::CryptoRng;
use theriac_ledger::block::PublicKey;

use super::{CeremonyError, transport::Channel};

/// Charter, whether there is a result, result.
pub(super) const MESSAGE_BYTES: usize = 32 + 1 + 32;
/// How often a member says where it stands.
const ANNOUNCE_EVERY: Duration = Duration::from_millis(100);
/// How often the board is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long a member with the result waits for the others to have it.
const CONFIRM_WAIT: Duration = Duration::from_secs(30);
/// How long it goes on announcing after the last of them confirmed, so that they hear it too.
const FAREWELL: Duration = Duration::from_millis(300);

/// Where one member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Report {
    charter: [u8; 32],
    result: Option<[u8; 32]>,
}

struct Board {
    mine: Report,
    /// What was last heard of each peer.
    peers: BTreeMap<PublicKey, Option<Report>>,
}

/// The roll call among a member and its peers, kept by two tasks that end with their parent.
pub(super) struct RollCall {
    board: Arc<Mutex<Board>>,
}

impl RollCall {
    /// Starts announcing `charter` and listening to `peers`.
    pub(super) fn start<E>(
        context: &E,
        channel: Channel<E>,
        peers: Vec<PublicKey>,
        charter: [u8; 32],
    ) -> Self
    where
        E: Spawner + Clock + CryptoRng + Network + Metrics,
    {
        let board = Arc::new(Mutex::new(Board {
            mine: Report {
                charter,
                result: None,
            },
            peers: peers.into_iter().map(|peer| (peer, None)).collect(),
        }));
        let (mut sender, mut receiver) = channel;
        let announced = board.clone();
        context.child("announce").spawn(move |context| async move {
            loop {
                let message = announced.lock().mine.encode();
                sender.send(Recipients::All, message, true);
                context.sleep(ANNOUNCE_EVERY).await;
            }
        });
        let heard = board.clone();
        context.child("listen").spawn(move |_| async move {
            while let Ok((peer, message)) = receiver.recv().await {
                let report = Report::decode(message.as_ref());
                if let (Some(entry), Some(report)) = (heard.lock().peers.get_mut(&peer), report) {
                    *entry = Some(report);
                }
            }
        });
        Self { board }
    }

    /// Waits until every peer was heard with the same charter.
    pub(super) async fn await_all<E: Clock>(
        &self,
        context: &E,
        deadline: SystemTime,
        waited: Duration,
    ) -> Result<(), CeremonyError> {
        loop {
            let others = self.peers_where(|board, report| {
                report.is_some_and(|r| r.charter != board.mine.charter)
            });
            if !others.is_empty() {
                return Err(CeremonyError::AnotherCharter(others));
            }
            let missing = self.peers_where(|_, report| report.is_none());
            if missing.is_empty() {
                return Ok(());
            }
            if context.current() >= deadline {
                return Err(CeremonyError::Absent { missing, waited });
            }
            context.sleep(LOOK_EVERY).await;
        }
    }

    /// Announces `result` and waits until every peer has the same; returns those who had not when time was up.
    pub(super) async fn confirm<E: Clock>(
        &self,
        context: &E,
        deadline: SystemTime,
        result: [u8; 32],
    ) -> Result<Vec<PublicKey>, CeremonyError> {
        self.board.lock().mine.result = Some(result);
        let until = deadline.min(context.current() + CONFIRM_WAIT);
        loop {
            let liars = self.peers_where(|_, report| {
                report
                    .and_then(|report| report.result)
                    .is_some_and(|theirs| theirs != result)
            });
            if !liars.is_empty() {
                return Err(CeremonyError::Disagreement(liars));
            }
            let missing =
                self.peers_where(|_, report| report.and_then(|report| report.result).is_none());
            if missing.is_empty() || context.current() >= until {
                context.sleep(FAREWELL).await;
                return Ok(missing);
            }
            context.sleep(LOOK_EVERY).await;
        }
    }

    fn peers_where(&self, holds: impl Fn(&Board, Option<Report>) -> bool) -> Vec<PublicKey> {
        let board = self.board.lock();
        let matching = board
            .peers
            .iter()
            .filter(|(_, report)| holds(&board, **report));
        matching.map(|(peer, _)| peer.clone()).collect()
    }
}

impl Report {
    fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(MESSAGE_BYTES);
        bytes.extend_from_slice(&self.charter);
        bytes.push(u8::from(self.result.is_some()));
        bytes.extend_from_slice(&self.result.unwrap_or_default());
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (charter, rest) = bytes.split_first_chunk()?;
        let (flag, result) = rest.split_first()?;
        let result: [u8; 32] = result.try_into().ok()?;
        let result = match flag {
            0 if result == [0; 32] => None,
            1 => Some(result),
            _ => return None,
        };
        Some(Self {
            charter: *charter,
            result,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_round_trips_and_a_malformed_one_is_not_heard() {
        for result in [None, Some([7; 32])] {
            let report = Report {
                charter: [3; 32],
                result,
            };
            assert_eq!(report.encode().len(), MESSAGE_BYTES);
            assert_eq!(Report::decode(&report.encode()), Some(report));
        }
        let whole = Report {
            charter: [3; 32],
            result: None,
        }
        .encode();
        assert_eq!(Report::decode(&whole[1..]), None);
        assert_eq!(Report::decode(&[whole.as_slice(), &[0]].concat()), None);
        let mut flagged = whole;
        flagged[32] = 2;
        assert_eq!(Report::decode(&flagged), None);
    }
}
