//! Asks the keepers for their answers to an opening and combines them.
//!
//! A quorum of answers is combined first. Only where that does not open, the bad keepers are found out, and every keeper is
//! asked, through one node after another, until the rest suffices.

use crate::{Client, Error, rpc::Endpoint};
use alloy_primitives::{B256, Bytes, U64};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};
use theriac_contracts::Refusal;
use theriac_envelope::{
    PrivateKey, RecordSecret,
    seal::{BadKeeper, Combination, Committee, OpenError, PartialsMessage, Sealed, seals_root},
};

/// A keeper that did not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeeperRefusal {
    /// Its identity key.
    pub keeper: B256,
    /// The refusal's name, such as `OpeningClosed` or `Silent`.
    pub name: String,
}

#[derive(Deserialize)]
struct Answers {
    epoch: U64,
    answers: Vec<Answer>,
    refusals: Vec<KeeperRefusal>,
}

#[derive(Deserialize)]
struct Answer {
    keeper: B256,
    epoch: U64,
    partials: Bytes,
}

/// An opening with all that is needed to combine its answers. Shared with the thread that does.
pub(crate) struct Combining {
    pub(crate) opening: u64,
    pub(crate) seals: Vec<([u8; 32], Sealed)>,
    pub(crate) key: PrivateKey,
}

/// What the keepers' answers gave.
pub(crate) struct Secrets {
    /// The secrets, in the order of the opening's seals.
    pub(crate) secrets: Vec<RecordSecret>,
    /// The keepers that were found out.
    pub(crate) bad: Vec<BadKeeper>,
    /// How long their answers were waited for.
    pub(crate) keepers: Duration,
}

/// What came of combining: the secrets in their order or why not, and the keepers found out.
type Combined = (Result<Vec<RecordSecret>, OpenError>, Vec<BadKeeper>);

impl Client {
    /// The secrets of an opening, in the order of its seals, and the keepers that were found out.
    ///
    /// # Errors
    /// `Refused` with what the keepers say of the opening; `KeepersMissing`; `SealedAltered`; those of a call.
    pub(crate) async fn secrets_of(&self, combining: Arc<Combining>) -> Result<Secrets, Error> {
        let (mut bad, mut keepers) = (Vec::new(), Duration::ZERO);
        let nodes: Vec<&Endpoint> = self.nodes().in_order().map(|(_, node)| node).collect();
        // The first node for a quorum, then each node for all.
        let rounds = [(nodes[0], false)]
            .into_iter()
            .chain(nodes.iter().map(|node| (*node, true)));
        let mut last = Error::MalformedAnswer("keepers' answers");
        for (node, all) in rounds {
            let begun = Instant::now();
            let asked = self.ask_keepers(node, &combining, all).await;
            keepers += begun.elapsed();
            let answers = match asked {
                Ok(answers) => answers,
                Err(error) => {
                    last = error;
                    continue;
                }
            };
            let committee = self.committee(answers.epoch.to()).await?;
            let refusals = answers.refusals.clone();
            let (outcome, found) = combine(combining.clone(), committee, answers).await?;
            bad.extend(found);
            match outcome {
                Ok(secrets) => {
                    return Ok(Secrets {
                        secrets,
                        bad,
                        keepers,
                    });
                }
                Err(OpenError::NotEnough { got, needed }) => {
                    last = missing((got, needed), refusals, &bad);
                    if last.code().is_some() {
                        return Err(last);
                    }
                }
                Err(error @ OpenError::SealedAltered { .. }) => return Err(error.into()),
            }
        }
        Err(last)
    }

    async fn ask_keepers(
        &self,
        node: &Endpoint,
        combining: &Combining,
        all: bool,
    ) -> Result<Answers, Error> {
        let seals: Vec<B256> = combining
            .seals
            .iter()
            .map(|(seal, _)| seal.into())
            .collect();
        let params = json!({
            "opening": U64::from(combining.opening), "seals": seals,
            "key": Bytes::from(combining.key.public_key().encode()), "all": all,
        });
        let account = self.nodes().account().map(AsRef::as_ref);
        node.request(account, "theriac_openSeals", &[params]).await
    }
}

/// Combines on a thread of its own: a long history is a second of pairings.
async fn combine(
    combining: Arc<Combining>,
    committee: Arc<Committee>,
    answers: Answers,
) -> Result<Combined, Error> {
    let work = move || {
        let ids: Vec<[u8; 32]> = combining.seals.iter().map(|(id, _)| *id).collect();
        let opening = (combining.opening, seals_root(&ids));
        let mut combination = Combination::new(&committee, opening, &combining.seals)?;
        for answer in &answers.answers {
            if let Ok(message) = PartialsMessage::decode(&answer.partials) {
                let (keeper, epoch) = (answer.keeper.0, answer.epoch.to());
                // Whoever is bad is listed by the combination.
                let _ = combination.add(keeper, epoch, &message, &combining.key);
            }
        }
        let outcome = combination.open();
        Ok((outcome, combination.bad().to_vec()))
    };
    tokio::task::spawn_blocking(work)
        .await
        .expect("combining does not panic and is not aborted")
}

/// Too few answers: what the keepers that refused agree on, where it is the ledger's word; otherwise how many are missing.
fn missing(
    (got, needed): (usize, usize),
    refusals: Vec<KeeperRefusal>,
    bad: &[BadKeeper],
) -> Error {
    const OF_THE_LEDGER: [Refusal; 5] = [
        Refusal::OpeningUnknown,
        Refusal::OpeningDenied,
        Refusal::OpeningExpired,
        Refusal::OpeningClosed,
        Refusal::SealsDiffer,
    ];
    let spoke: Vec<_> = refusals.iter().filter(|it| it.name != "Silent").collect();
    let all_say = |refusal: &&Refusal| spoke.iter().all(|it| it.name == refusal.name());
    match OF_THE_LEDGER.iter().find(all_say) {
        Some(refusal) if bad.is_empty() && !spoke.is_empty() => (*refusal).into(),
        Some(_) | None => Error::KeepersMissing {
            got,
            needed,
            refusals,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(names: &[&str]) -> Vec<KeeperRefusal> {
        let refused = |name: &&str| KeeperRefusal {
            keeper: B256::ZERO,
            name: (*name).to_owned(),
        };
        names.iter().map(refused).collect()
    }

    #[test]
    fn what_the_keepers_agree_on_is_the_reason() {
        let closed = missing(
            (0, 3),
            refused(&["OpeningClosed", "Silent", "OpeningClosed"]),
            &[],
        );
        assert!(matches!(closed, Error::Refused(Refusal::OpeningClosed)));
    }

    #[test]
    fn keepers_that_are_silent_or_say_different_things_are_counted() {
        for names in [
            &["Silent", "Silent"][..],
            &["OpeningClosed", "Busy"],
            &["SharesRevealed"],
        ] {
            let error = missing((1, 3), refused(names), &[]);
            let Error::KeepersMissing {
                got: 1,
                needed: 3,
                refusals,
            } = error
            else {
                panic!("expected the number of keepers, got {error:?}");
            };
            assert_eq!(refusals, refused(names));
        }
    }
}
