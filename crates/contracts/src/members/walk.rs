//! What holds whatever the members do: random schedules of proposals, votes, removals and time, beside a plain model.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::B256;

use super::{
    council::{Council, fresh, identity},
    seats,
};
use crate::{
    Stop,
    codes::ProposalStatus,
    committee,
    interfaces::IMembers::{
        Proposal, proposeAddValidatorCall, proposeQuotaCall, proposeRemoveValidatorCall,
        settleCall, voteAsCall, voteCall, votesCall,
    },
};

/// SplitMix64: the same walk on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

/// A council, and what a child would have noted down of it.
struct Walk {
    council: Council,
    dice: Dice,
    seconds: u64,
    /// Votes by proposal and validator.
    votes: BTreeMap<u64, BTreeMap<u64, bool>>,
    /// Proposals that were seen decided or expired, as they were then.
    closed: BTreeMap<u64, Proposal>,
    statuses: BTreeSet<u8>,
}

const ORGANISATIONS: u32 = 7;

impl Walk {
    fn new(seed: u64) -> Self {
        Self {
            council: Council::of(ORGANISATIONS),
            dice: Dice(seed),
            seconds: 0,
            votes: BTreeMap::new(),
            closed: BTreeMap::new(),
            statuses: BTreeSet::new(),
        }
    }

    fn organisation(&mut self) -> u32 {
        1 + self.dice.roll(u64::from(ORGANISATIONS)) as u32
    }

    /// Mostly a proposal that was open a moment ago, and sometimes any, or one that does not exist.
    fn some_id(&mut self) -> u64 {
        let all = self.votes.keys();
        let open: Vec<u64> = all
            .filter(|id| !self.closed.contains_key(id))
            .copied()
            .collect();
        if open.is_empty() || self.dice.roll(8) == 0 {
            return self.dice.roll(self.votes.len() as u64 + 1);
        }
        let oldest = open.len().min(4) as u64;
        open[self.dice.roll(oldest) as usize]
    }

    fn step(&mut self) {
        match self.dice.roll(16) {
            0..=1 => self.propose(),
            2..=9 => self.vote(),
            10..=13 => self.vote_as(),
            14 => {
                let (organisation, proposal) = (self.organisation(), self.some_id());
                let _ = self.council.call(organisation, &settleCall { proposal });
            }
            _ => {
                self.seconds += self.dice.roll(86_400);
                self.council.world.after(self.seconds);
            }
        }
    }

    fn propose(&mut self) {
        let (organisation, number) = (self.organisation(), self.dice.roll(4) as usize);
        let identity = self.some_identity();
        let id = match self.dice.roll(3) {
            0 => self.council.call(
                organisation,
                &proposeQuotaCall {
                    organisation: 1,
                    gasPerBlock: 1 + number as u64,
                },
            ),
            1 => self
                .council
                .call(organisation, &proposeRemoveValidatorCall { identity }),
            _ => self.council.call(
                organisation,
                &proposeAddValidatorCall {
                    identity: fresh(number),
                    organisation: 1 + number as u32 % ORGANISATIONS,
                    location: format!("10.3.0.{number}:9000"),
                },
            ),
        };
        if let Ok(id) = id {
            assert_eq!(id, self.votes.len() as u64, "numbers are dense");
            self.votes.insert(id, BTreeMap::new());
        }
    }

    fn some_identity(&mut self) -> B256 {
        if self.dice.roll(2) == 0 {
            identity(self.dice.roll(u64::from(ORGANISATIONS)))
        } else {
            fresh(self.dice.roll(4) as usize)
        }
    }

    fn vote(&mut self) {
        let (organisation, proposal) = (self.organisation(), self.some_id());
        let support = self.dice.roll(8) != 0;
        let own = seats::of_organisation(&mut self.council.world.host, organisation);
        let call = voteCall { proposal, support };
        if self.council.call(organisation, &call).is_ok() {
            for validator in own.expect("memory") {
                let votes = self.votes.get_mut(&proposal).expect("it exists");
                votes.entry(validator).or_insert(support);
            }
        }
    }

    fn vote_as(&mut self) {
        let (organisation, proposal) = (self.organisation(), self.some_id());
        let (validator, support) = (self.dice.roll(12), self.dice.roll(8) != 0);
        let call = voteAsCall {
            proposal,
            validator,
            support,
        };
        match self.council.call(organisation, &call) {
            Ok(_) => {
                let votes = self.votes.get_mut(&proposal).expect("it exists");
                let earlier = votes.insert(validator, support);
                assert_eq!(earlier, None, "a validator votes once");
            }
            Err(Stop::Revert(_)) => {}
            Err(Stop::Halt(halt)) => panic!("{halt:?}"),
        }
    }

    /// Compares every proposal with the model.
    fn check(&mut self) {
        let active: BTreeSet<u64> = seats::active(&mut self.council.world.host)
            .expect("memory")
            .into_iter()
            .collect();
        assert!(
            active.len() >= 4,
            "a network that can bear a failure stays so"
        );
        let seats = committee(&mut self.council.world.host).expect("memory");
        let identities: BTreeSet<_> = seats.iter().map(|seat| seat.identity).collect();
        assert_eq!(identities.len(), active.len(), "no identity sits twice");
        for id in 0..self.votes.len() as u64 {
            let view = self.council.proposal(id);
            let status = ProposalStatus::from_code(view.status).expect("of the list");
            self.statuses.insert(view.status);
            if let Some(closed) = self.closed.get(&id) {
                assert_eq!(view.status, closed.status, "what is closed stays so");
                if closed.decidedHeight != 0 {
                    assert_eq!(view, *closed, "what is decided never changes");
                    continue;
                }
            }
            check_sums(&view);
            self.check_votes(id, &view, &active);
            if status != ProposalStatus::Open {
                self.closed.insert(id, view);
            }
        }
    }

    fn check_votes(&mut self, id: u64, view: &Proposal, active: &BTreeSet<u64>) {
        let votes = &self.votes[&id];
        let told = self.council.ok(1, &votesCall { id });
        let told: Vec<_> = told
            .iter()
            .map(|one| (one.validator, one.support))
            .collect();
        let noted: Vec<_> = votes
            .iter()
            .map(|(one, support)| (*one, *support))
            .collect();
        assert_eq!(told, noted);
        if view.decidedHeight != 0 {
            // A decision may have changed who is active; the sums are those before it.
            return;
        }
        let count = |wanted: bool| {
            let counted = noted
                .iter()
                .filter(|(one, support)| *support == wanted && active.contains(one));
            counted.count() as u32
        };
        assert_eq!((view.yes, view.no), (count(true), count(false)));
        assert_eq!(view.validators as usize, active.len());
    }
}

/// A decision has the votes that it needs.
fn check_sums(view: &Proposal) {
    let (yes, no, all) = (view.yes, view.no, view.validators);
    match ProposalStatus::from_code(view.status).expect("of the list") {
        ProposalStatus::Accepted | ProposalStatus::Failed => {
            assert!(3 * yes > 2 * all, "{view:?}");
        }
        ProposalStatus::Rejected => assert!(3 * (all - no) <= 2 * all, "{view:?}"),
        ProposalStatus::Open => {
            // Votes of those who left may leave an open proposal that the next count decides.
            assert!(yes + no <= all, "{view:?}");
        }
        ProposalStatus::Expired => {}
    }
}

#[test]
fn votes_count_once_and_a_decided_proposal_never_changes() {
    let mut statuses = BTreeSet::new();
    let mut sizes = BTreeSet::new();
    for seed in 0..12 {
        let mut walk = Walk::new(seed);
        for _ in 0..400 {
            walk.step();
            walk.check();
            let seats = committee(&mut walk.council.world.host).expect("memory");
            sizes.insert(seats.len());
        }
        statuses.append(&mut walk.statuses);
    }
    assert_eq!(
        statuses.len(),
        ProposalStatus::ALL.len(),
        "the walks reach every status, got {statuses:?}"
    );
    assert!(
        sizes.len() >= 4,
        "the walks change the committee, got {sizes:?}"
    );
}
