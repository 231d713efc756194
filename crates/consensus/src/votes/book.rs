//! The signed votes of the last views, by voter, and what contradicts itself among them.

use super::{Kind, Proof, Signed};
use std::collections::{BTreeMap, BTreeSet};
use theriac_ledger::block::PublicKey;

/// Views behind the newest whose votes are kept.
const VIEWS_BEHIND: u64 = 512;
/// Views of which one voter's votes are kept, at most.
const VIEWS_OF_VOTER: usize = 1_024;

type Place = (u64, u64);

/// Bounded: a voter that votes for views without end pushes out its own votes only.
pub(super) struct Book {
    chain_id: u64,
    voters: BTreeMap<PublicKey, BTreeMap<Place, Vec<Signed>>>,
    /// Views with votes to leave them or for several blocks: their votes are compared with the others'.
    contested: BTreeSet<Place>,
    accused: BTreeSet<(PublicKey, Place)>,
    newest: Place,
}

/// What became of a vote.
#[derive(Debug, Default)]
pub(super) struct Entered {
    /// Votes that the others should see: those of a view that became contested, or a new one of a view that is.
    pub(super) to_share: Vec<Signed>,
    /// The first contradiction of this voter in this view.
    pub(super) proof: Option<Proof>,
}

impl Book {
    pub(super) fn new(chain_id: u64) -> Self {
        Self {
            chain_id,
            voters: BTreeMap::new(),
            contested: BTreeSet::new(),
            accused: BTreeSet::new(),
            newest: (0, 0),
        }
    }

    /// Whether the book has `vote` already, or is past its view.
    pub(super) fn knows(&self, vote: &Signed) -> bool {
        let place = place_of(vote);
        self.is_past(place)
            || self
                .voters
                .get(&vote.voter)
                .and_then(|views| views.get(&place))
                .is_some_and(|votes| votes.iter().any(|known| known.statement == vote.statement))
    }

    /// Moves the book on with this node's own progress.
    pub(super) fn advance(&mut self, epoch: u64, view: u64) {
        if (epoch, view) <= self.newest {
            return;
        }
        self.newest = (epoch, view);
        let first = (epoch, view.saturating_sub(VIEWS_BEHIND));
        let previous = epoch.saturating_sub(1);
        self.contested.retain(|place| keep(*place, first, previous));
        self.accused
            .retain(|(_, place)| keep(*place, first, previous));
        for views in self.voters.values_mut() {
            views.retain(|place, _| keep(*place, first, previous));
        }
        self.voters.retain(|_, views| !views.is_empty());
    }

    /// Takes in a vote whose signature holds.
    pub(super) fn enter(&mut self, vote: Signed) -> Entered {
        if self.knows(&vote) {
            return Entered::default();
        }
        let place = place_of(&vote);
        let proof = self.add(&vote);
        let to_share = if self.contested.contains(&place) {
            vec![vote.clone()]
        } else if self.is_contested(place) {
            self.contested.insert(place);
            self.votes_at(place)
        } else {
            Vec::new()
        };
        let news = proof.is_some() && self.accused.insert((vote.voter, place));
        Entered {
            to_share,
            proof: proof.filter(|_| news),
        }
    }

    /// Keeps `vote` and says which earlier one it contradicts.
    fn add(&mut self, vote: &Signed) -> Option<Proof> {
        let views = self.voters.entry(vote.voter.clone()).or_default();
        let votes = views.entry(place_of(vote)).or_default();
        let mut proofs = votes
            .iter()
            .filter_map(|known| Proof::of(self.chain_id, known, vote));
        let proof = proofs.next();
        votes.push(vote.clone());
        while views.len() > VIEWS_OF_VOTER {
            views.pop_first();
        }
        proof
    }

    fn is_contested(&self, place: Place) -> bool {
        let votes = self.votes_at(place);
        let blocks: BTreeSet<_> = votes.iter().map(|vote| vote.statement.block).collect();
        let left = votes
            .iter()
            .any(|vote| vote.statement.kind == Kind::Nullify);
        left || blocks.len() > 1
    }

    fn votes_at(&self, place: Place) -> Vec<Signed> {
        let votes = self.voters.values().filter_map(|views| views.get(&place));
        votes.flatten().cloned().collect()
    }

    /// Whether `place` is too far from this node's own to be of use.
    fn is_past(&self, place: Place) -> bool {
        let (epoch, view) = self.newest;
        place < (epoch.saturating_sub(1), 0) || (place.0 == epoch && place.1 + VIEWS_BEHIND < view)
    }
}

fn keep(place: Place, first: Place, previous_epoch: u64) -> bool {
    place >= first || place.0 == previous_epoch && previous_epoch != first.0
}

fn place_of(vote: &Signed) -> Place {
    (vote.statement.epoch, vote.statement.view)
}

#[cfg(test)]
mod tests;
