//! A network for tests of votes: as many organisations as one likes, each with one validator.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolCall;

use super::seats;
use crate::{
    GenesisMembers, GenesisOrganisation, GenesisValidator, OrganisationId, Parameters, Refusal,
    Stop,
    addresses::{DIRECTORY, MEMBERS},
    codes::{OrganisationKind, ProposalStatus, Role},
    interfaces::{
        IDirectory::enrolCall,
        IMembers::{self, proposalCall, proposeQuotaCall, settleCall, voteAsCall, voteCall},
    },
    testing::World,
};

/// The network; organisation and validator `i` belong together, from 1 and from 0 on.
pub(super) struct Council {
    pub(super) world: World,
}

/// The admin account of an organisation.
pub(super) fn admin(organisation: u32) -> Address {
    Address::repeat_byte(0x80 + organisation as u8)
}

/// The identity of a validator of genesis.
pub(super) fn identity(index: u64) -> B256 {
    B256::with_last_byte(0x80 + index as u8)
}

/// An identity for a new validator: one of the bytes whose repetition is an Ed25519 public key.
pub(super) fn fresh(number: usize) -> B256 {
    const BYTES: [u8; 16] = [1, 3, 6, 9, 10, 11, 12, 16, 17, 19, 22, 23, 25, 26, 29, 32];
    B256::repeat_byte(BYTES[number])
}

/// Where a validator of genesis is reached.
pub(super) fn location(index: u64) -> String {
    format!("10.1.0.{index}:9000")
}

impl Council {
    /// A network of `count` organisations with a validator each.
    pub(super) fn of(count: u32) -> Self {
        let organisations = (1..=count).map(|id| GenesisOrganisation {
            name: format!("Member {id}"),
            kind: OrganisationKind::Hospital,
            admin: admin(id),
            gas_per_block: 1_000_000,
        });
        let validators = (1..=count).map(|id| GenesisValidator {
            identity: identity(u64::from(id) - 1),
            organisation: id,
            location: location(u64::from(id) - 1),
        });
        let genesis = GenesisMembers {
            organisations: organisations.collect(),
            validators: validators.collect(),
            validators_max: 64,
            parameters: Parameters::default(),
        };
        let world = World::founded(&genesis);
        Self { world }
    }

    /// Enrols someone as a physician of an organisation.
    pub(super) fn enrol(&mut self, organisation: u32, person: Address) {
        let call = enrolCall {
            person,
            role: Role::Physician.code(),
            expiry: 0,
            nameCommitment: B256::repeat_byte(0x41),
            licenceCommitment: B256::ZERO,
        };
        let input = call.abi_encode();
        let result = self.world.raw(admin(organisation), DIRECTORY, &input);
        result.expect("an admin account enrols");
    }

    /// Calls as the admin account of an organisation; what is refused leaves no trace.
    pub(super) fn call<C: SolCall>(
        &mut self,
        organisation: u32,
        call: &C,
    ) -> Result<C::Return, Stop> {
        let snapshot = self.world.host.snapshot();
        match self
            .world
            .raw(admin(organisation), MEMBERS, &call.abi_encode())
        {
            Ok(output) => {
                Ok(C::abi_decode_returns(&output).expect("the output has the ABI's form"))
            }
            Err(stop) => {
                self.world.host.rollback(snapshot);
                Err(stop)
            }
        }
    }

    #[track_caller]
    pub(super) fn ok<C: SolCall>(&mut self, organisation: u32, call: &C) -> C::Return {
        match self.call(organisation, call) {
            Ok(value) => value,
            Err(Stop::Revert(data)) => panic!("refused: {:?}", Refusal::from_revert(&data)),
            Err(Stop::Halt(halt)) => panic!("halted: {halt:?}"),
        }
    }

    /// Calls what must be refused with exactly this error, before anything is written.
    #[track_caller]
    pub(super) fn refuses<C: SolCall>(&mut self, organisation: u32, call: &C, refusal: Refusal) {
        let before = self.world.host.snapshot();
        let input = call.abi_encode();
        match self.world.raw(admin(organisation), MEMBERS, &input) {
            Ok(_) => panic!("not refused, expected {refusal:?}"),
            Err(Stop::Revert(data)) => {
                assert_eq!(Refusal::from_revert(&data), Some(refusal));
            }
            Err(Stop::Halt(halt)) => panic!("halted: {halt:?}"),
        }
        let is_untouched = self.world.host.snapshot() == before;
        assert!(is_untouched, "a refusal must come before the first write");
    }

    /// A proposal of the first organisation that harms nothing.
    pub(super) fn some_proposal(&mut self) -> u64 {
        let call = proposeQuotaCall {
            organisation: 1,
            gasPerBlock: 7,
        };
        self.ok(1, &call)
    }

    #[track_caller]
    pub(super) fn vote(&mut self, organisation: u32, proposal: u64, support: bool) {
        self.ok(organisation, &voteCall { proposal, support });
    }

    /// Proposes as organisation 1, and lets as many vote for it as are needed.
    #[track_caller]
    pub(super) fn carry<C: SolCall<Return = u64>>(&mut self, call: &C) -> u64 {
        let proposal = self.ok(1, call);
        let validators = seats::active(&mut self.world.host).expect("memory");
        for validator in validators {
            if self.status(proposal) != ProposalStatus::Open {
                break;
            }
            let of = seats::validator(&mut self.world.host, validator).expect("memory");
            let call = voteAsCall {
                proposal,
                validator,
                support: true,
            };
            self.ok(of.organisation, &call);
        }
        proposal
    }

    pub(super) fn proposal(&mut self, id: u64) -> IMembers::Proposal {
        self.ok(1, &proposalCall { id })
    }

    pub(super) fn status(&mut self, id: u64) -> ProposalStatus {
        let status = self.proposal(id).status;
        ProposalStatus::from_code(status).expect("a status of the list")
    }

    pub(super) fn settle(&mut self, proposal: u64) -> Result<(), Stop> {
        self.call(1, &settleCall { proposal }).map(drop)
    }

    /// Whether an account may send, and in whose quota.
    pub(super) fn may_send(&mut self, account: Address) -> Option<OrganisationId> {
        crate::may_send(&mut self.world.host, account).expect("memory")
    }
}
