//! Tests of `vote` and `voteAs`.

use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    codes::ProposalStatus,
    interfaces::IMembers::{
        Decided, QuotaSet, Vote, Voted, proposeAddValidatorCall, proposeRemoveValidatorCall,
        voteAsCall, voteCall, votesCall,
    },
    members::council::{Council, fresh, identity},
    testing::START,
};

/// A council of four whose first organisation has two validators: indexes 0 and 4.
fn with_two_of_one() -> Council {
    let mut council = Council::of(4);
    let call = proposeAddValidatorCall {
        identity: fresh(0),
        organisation: 1,
        location: "10.2.0.3:9000".into(),
    };
    council.carry(&call);
    council
}

#[test]
fn vote_refuses_in_the_documented_order() {
    let mut council = Council::of(4);
    let mut call = voteCall {
        proposal: 9,
        support: true,
    };
    council.refuses(5, &call, Refusal::NotAValidatorsAdmin);
    council.refuses(1, &call, Refusal::ProposalUnknown);
    call.proposal = council.some_proposal();
    council.ok(1, &call);
    council.refuses(1, &call, Refusal::VotedAlready);
    call.support = false;
    council.refuses(1, &call, Refusal::VotedAlready);
    council.world.after(7 * 86_400);
    council.refuses(2, &call, Refusal::ProposalExpired);
    let decided = council.some_proposal();
    for organisation in [1, 2, 3] {
        council.vote(organisation, decided, true);
    }
    call.proposal = decided;
    council.refuses(4, &call, Refusal::ProposalDecided);
    council.world.after(30 * 86_400);
    council.refuses(4, &call, Refusal::ProposalDecided);
}

#[test]
fn vote_as_refuses_in_the_documented_order() {
    let mut council = with_two_of_one();
    let mut call = voteAsCall {
        proposal: 9,
        validator: 1,
        support: true,
    };
    council.refuses(5, &call, Refusal::NotAValidatorsAdmin);
    council.refuses(1, &call, Refusal::ProposalUnknown);
    call.proposal = council.some_proposal();
    for validator in [1, 5, u64::MAX] {
        call.validator = validator;
        council.refuses(1, &call, Refusal::NotYourValidator);
    }
    call.validator = 4;
    council.ok(1, &call);
    council.refuses(1, &call, Refusal::VotedAlready);
    call.validator = 0;
    council.ok(1, &call);
}

#[test]
fn an_organisation_with_two_validators_votes_for_each_or_for_all_at_once() {
    let mut council = with_two_of_one();
    let at_once = council.some_proposal();
    council.vote(1, at_once, true);
    assert_eq!(council.proposal(at_once).yes, 2);

    let one_by_one = council.some_proposal();
    let call = voteAsCall {
        proposal: one_by_one,
        validator: 4,
        support: false,
    };
    council.ok(1, &call);
    council.vote(1, one_by_one, true);
    let (view, votes) = (
        council.proposal(one_by_one),
        council.ok(2, &votesCall { id: one_by_one }),
    );
    assert_eq!((view.yes, view.no, view.validators), (1, 1, 5));
    let vote = |validator, support| Vote { validator, support };
    assert_eq!(votes, [vote(0, true), vote(4, false)]);
}

#[test]
fn more_than_two_thirds_accept_at_exactly_the_vote_that_reaches_it() {
    for (count, needed) in [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 3),
        (5, 4),
        (6, 5),
        (7, 5),
        (10, 7),
    ] {
        let mut council = Council::of(count);
        let proposal = council.some_proposal();
        for organisation in 1..=needed {
            assert_eq!(council.status(proposal), ProposalStatus::Open, "of {count}");
            council.vote(organisation, proposal, true);
        }
        let view = council.proposal(proposal);
        assert_eq!(view.status, ProposalStatus::Accepted.code(), "of {count}");
        assert_eq!((view.yes, view.no, view.validators), (needed, 0, count));
    }
}

#[test]
fn it_is_rejected_at_exactly_the_vote_that_puts_two_thirds_out_of_reach() {
    for (count, blocking) in [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 2),
        (5, 2),
        (6, 2),
        (7, 3),
        (10, 4),
    ] {
        let mut council = Council::of(count);
        let proposal = council.some_proposal();
        for organisation in 1..=blocking {
            assert_eq!(council.status(proposal), ProposalStatus::Open, "of {count}");
            council.vote(organisation, proposal, false);
        }
        let view = council.proposal(proposal);
        assert_eq!(view.status, ProposalStatus::Rejected.code(), "of {count}");
        assert_eq!((view.yes, view.no, view.validators), (0, blocking, count));
    }
}

#[test]
fn every_sequence_of_votes_ends_where_the_sums_say() {
    for count in [4, 5, 6, 7, 10] {
        for pattern in 0..1_u32 << count {
            let mut council = Council::of(count);
            let proposal = council.some_proposal();
            let (mut yes, mut no) = (0, 0);
            for organisation in 1..=count {
                let support = pattern >> (organisation - 1) & 1 == 1;
                council.vote(organisation, proposal, support);
                (yes, no) = (yes + u32::from(support), no + u32::from(!support));
                let status = council.status(proposal);
                let expected = if 3 * yes > 2 * count {
                    ProposalStatus::Accepted
                } else if 3 * (count - no) <= 2 * count {
                    ProposalStatus::Rejected
                } else {
                    ProposalStatus::Open
                };
                assert_eq!(status, expected, "{yes} for and {no} against of {count}");
                if status != ProposalStatus::Open {
                    break;
                }
            }
            assert_ne!(council.status(proposal), ProposalStatus::Open);
        }
    }
}

#[test]
fn the_vote_of_a_removed_validator_counts_no_longer() {
    let mut council = Council::of(6);
    let proposal = council.some_proposal();
    for organisation in [5, 6] {
        council.vote(organisation, proposal, true);
    }
    council.vote(4, proposal, false);
    let leave = proposeRemoveValidatorCall {
        identity: identity(5),
    };
    council.carry(&leave);
    let view = council.proposal(proposal);
    assert_eq!((view.yes, view.no, view.validators), (1, 1, 5));
    let call = voteCall {
        proposal,
        support: true,
    };
    council.refuses(6, &call, Refusal::NotAValidatorsAdmin);
    for organisation in [1, 2] {
        council.vote(organisation, proposal, true);
        assert_eq!(council.status(proposal), ProposalStatus::Open);
    }
    council.vote(3, proposal, true);
    let view = council.proposal(proposal);
    assert_eq!((view.yes, view.no, view.validators), (4, 1, 5));
    assert_eq!(view.status, ProposalStatus::Accepted.code());
}

#[test]
fn a_validator_that_came_later_votes_and_counts() {
    let mut council = Council::of(4);
    let proposal = council.some_proposal();
    for organisation in [2, 3] {
        council.vote(organisation, proposal, true);
    }
    let join = proposeAddValidatorCall {
        identity: fresh(0),
        organisation: 4,
        location: "10.2.0.4:9000".into(),
    };
    council.carry(&join);
    council.vote(1, proposal, true);
    assert_eq!(council.status(proposal), ProposalStatus::Open, "3 of 5");
    council.vote(4, proposal, true);
    let view = council.proposal(proposal);
    assert_eq!((view.yes, view.validators), (5, 5));
    assert_eq!(view.status, ProposalStatus::Accepted.code());
}

#[test]
fn the_transaction_that_decides_also_does_and_tells_each_step() {
    let mut council = Council::of(4);
    let proposal = council.some_proposal();
    for organisation in [1, 2] {
        council.vote(organisation, proposal, true);
    }
    let before = council.world.host.logs().len();
    council.vote(3, proposal, true);
    let logs = &council.world.host.logs()[before..];
    let voted = Voted::decode_log(&logs[0]).expect("a vote");
    assert_eq!(
        (voted.proposal, voted.validator, voted.support),
        (0, 2, true)
    );
    let decided = Decided::decode_log(&logs[1]).expect("a decision");
    assert_eq!((decided.status, decided.yes, decided.no), (2, 3, 0));
    assert_eq!((decided.validators, decided.refusal), (4, 0));
    let set = QuotaSet::decode_log(&logs[2]).expect("its effect");
    assert_eq!((set.organisation, set.gasPerBlock), (1, 7));
    assert_eq!(logs.len(), 3);
}

#[test]
fn a_vote_is_taken_until_the_millisecond_of_the_deadline() {
    let mut council = Council::of(4);
    let proposal = council.some_proposal();
    let deadline = START + 7 * 86_400;
    assert_eq!(council.proposal(proposal).deadline, deadline);
    council.world.host.time_ms = deadline * 1_000 - 1;
    council.vote(1, proposal, true);
    council.world.host.time_ms = deadline * 1_000;
    assert_eq!(council.status(proposal), ProposalStatus::Expired);
    let call = voteCall {
        proposal,
        support: true,
    };
    council.refuses(2, &call, Refusal::ProposalExpired);
}
