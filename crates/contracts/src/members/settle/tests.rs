//! Tests of `settle`, and of what a decision finds when it is done.

use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    codes::ProposalStatus,
    interfaces::IMembers::{
        Decided, openProposalsCall, proposeAdmitCall, proposeQuotaCall, proposeRemoveCall,
        proposeRemoveValidatorCall, settleCall,
    },
    members::{
        council::{Council, identity},
        state::{self, PROPOSAL_CONTENT, PROPOSALS},
    },
    testing::Who,
};

#[test]
fn settle_refuses_in_the_documented_order() {
    let mut council = Council::of(4);
    let mut call = settleCall { proposal: 0 };
    council.refuses(1, &call, Refusal::ProposalUnknown);
    call.proposal = council.some_proposal();
    council.refuses(1, &call, Refusal::VotesUndecided);
    for organisation in [1, 2] {
        council.vote(organisation, call.proposal, true);
        council.refuses(1, &call, Refusal::VotesUndecided);
    }
    council.vote(3, call.proposal, true);
    council.refuses(1, &call, Refusal::ProposalDecided);
}

#[test]
fn what_is_decided_since_a_validator_left_can_be_settled_by_anyone() {
    let mut council = Council::of(7);
    let proposal = council.some_proposal();
    for organisation in [1, 2, 3, 4] {
        council.vote(organisation, proposal, true);
    }
    for organisation in [5, 6] {
        council.vote(organisation, proposal, false);
    }
    assert_eq!(council.status(proposal), ProposalStatus::Open);
    for index in [4, 5] {
        let leave = proposeRemoveValidatorCall {
            identity: identity(index),
        };
        council.carry(&leave);
    }
    assert_eq!(council.status(proposal), ProposalStatus::Open);
    let call = settleCall { proposal };
    council
        .world
        .ok(Who::Stranger, crate::addresses::MEMBERS, &call);
    let view = council.proposal(proposal);
    assert_eq!((view.yes, view.no, view.validators), (4, 0, 5));
    assert_eq!(view.status, ProposalStatus::Accepted.code());
    assert_eq!(view.decidedHeight, 7);
}

#[test]
fn an_expiry_is_written_once_and_stays_whatever_the_votes_come_to() {
    let mut council = Council::of(7);
    let proposal = council.some_proposal();
    for organisation in [1, 2, 3, 4] {
        council.vote(organisation, proposal, true);
    }
    council.world.after(7 * 86_400);
    assert_eq!(council.status(proposal), ProposalStatus::Expired);
    council.settle(proposal).expect("its time is over");
    let view = council.proposal(proposal);
    let last = council.world.host.logs().last().expect("a log");
    let decided = Decided::decode_log(last).expect("a decision");
    assert_eq!((decided.proposal, decided.status), (proposal, 4));
    for index in [5, 6] {
        let leave = proposeRemoveValidatorCall {
            identity: identity(index),
        };
        council.carry(&leave);
    }
    assert_eq!(council.proposal(proposal), view);
    council.refuses(1, &settleCall { proposal }, Refusal::ProposalDecided);
}

#[test]
fn what_is_no_longer_possible_when_it_is_accepted_fails_with_its_refusal() {
    let mut council = Council::of(5);
    let admit = proposeAdmitCall {
        name: "Pharmacy".into(),
        kind: 3,
        admin: Who::Stranger.address(),
        gasPerBlock: 9,
    };
    let (first, second) = (council.ok(1, &admit), council.ok(2, &admit));
    for organisation in [1, 2, 3, 4] {
        council.vote(organisation, first, true);
        council.vote(organisation, second, true);
    }
    assert_eq!(council.status(first), ProposalStatus::Accepted);
    let view = council.proposal(second);
    assert_eq!(view.status, ProposalStatus::Failed.code());
    assert_eq!(view.refusal, Refusal::AdminAccountTaken.code());

    let quota = proposeQuotaCall {
        organisation: 6,
        gasPerBlock: 5,
    };
    let quota = council.ok(1, &quota);
    council.carry(&proposeRemoveCall { organisation: 6 });
    for organisation in [1, 2, 3, 4] {
        council.vote(organisation, quota, true);
    }
    assert_eq!(
        council.proposal(quota).refusal,
        Refusal::NoLongerAMember.code()
    );
}

#[test]
fn open_proposals_are_those_that_can_be_voted_on() {
    let mut council = Council::of(4);
    let old = council.some_proposal();
    council.world.after(86_400);
    let (decided, rejected, open) = (
        council.some_proposal(),
        council.some_proposal(),
        council.some_proposal(),
    );
    for organisation in [1, 2, 3] {
        council.vote(organisation, decided, true);
    }
    for organisation in [1, 2] {
        council.vote(organisation, rejected, false);
    }
    assert_eq!(council.ok(1, &openProposalsCall {}), [open, old]);
    council.world.after(7 * 86_400);
    assert_eq!(council.ok(1, &openProposalsCall {}), [open]);
    council.world.after(200 * 86_400);
    assert!(council.ok(1, &openProposalsCall {}).is_empty());
}

#[test]
fn a_proposal_written_under_other_rules_fails_when_it_is_accepted() {
    let mut council = Council::of(4);
    let proposal = council.some_proposal();
    let state = &mut state::state(&mut council.world.host);
    let entry = PROPOSALS.at(state, proposal).expect("memory");
    let content = entry.data(PROPOSAL_CONTENT);
    content.save(state, &[7; 96]).expect("memory");
    for organisation in [1, 2, 3] {
        council.vote(organisation, proposal, true);
    }
    let view = council.proposal(proposal);
    assert_eq!(view.status, ProposalStatus::Failed.code());
    assert_eq!(view.refusal, Refusal::ContentUnreadable.code());
}
