//! A small world for tests: three organisations, their people, one patient's chart; every call goes through the ABI.

mod amounts;
mod cabinet;
mod dice;
mod guarded;
mod prescription;
mod seals;
mod story;
mod supply;
pub(crate) mod trial;
mod who;

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
pub(crate) use amounts::{Opened, movement};
pub(crate) use cabinet::{CABINET, ITEM, recording, witness};
pub(crate) use dice::Dice;
pub(crate) use guarded::{DELAY, GUARDIANS};
pub(crate) use prescription::{filling, prescription};
pub(crate) use seals::{
    KEY, OTHER_SEALED, REASON, RULE, SEALED, SEALED_SUMMARY, emergency, opening,
    sealed_registration,
};
pub(crate) use story::{WRAP, proxy, question, registration};
pub(crate) use supply::{Shipment, closing, left, tags};
pub(crate) use who::{OneTime, Who, recover};

use crate::{
    Call, GenesisMembers, GenesisOrganisation, GenesisValidator, Host, Parameters, Refusal, Stop,
    codes::{OrganisationKind, Role},
    genesis_storage,
    memory::MemoryHost,
    registry::native,
};

/// Time of the first block, in seconds.
pub(crate) const START: u64 = 1_800_000_000;
/// An expiry that everything in the world accepts.
pub(crate) const EXPIRY: u64 = START + 3_600;
/// The patient's chart.
pub(crate) const CHART: B256 = B256::repeat_byte(0xc1);
/// Chart of the other patient.
pub(crate) const OTHER_CHART: B256 = B256::repeat_byte(0xc2);
/// A laboratory record in the patient's chart.
pub(crate) const RECORD: B256 = B256::repeat_byte(0xe1);
/// An imaging record in the patient's chart.
pub(crate) const IMAGE: B256 = B256::repeat_byte(0xe2);
/// A record in the other patient's chart.
pub(crate) const OTHER_RECORD: B256 = B256::repeat_byte(0xe3);

/// Names that every world's hospital, clinic and insurer have; the hospital's takes more than a slot.
pub(crate) const NAMES: [&str; 3] = [
    "Saint Theriac University Hospital, Heidelberg",
    "Clinic",
    "Insurer",
];

/// A host with people in it.
pub(crate) struct World {
    pub(crate) host: MemoryHost,
}

impl World {
    /// Organisations only.
    pub(crate) fn at_genesis() -> Self {
        Self::founded(&members())
    }

    /// A network of these members.
    pub(crate) fn founded(members: &GenesisMembers) -> Self {
        let mut host = MemoryHost::default();
        (host.chain_id, host.height, host.time_ms) = (1_337, 7, START * 1_000);
        host.recover = recover;
        for (address, slot, value) in genesis_storage(members) {
            host.sstore(address, slot, value)
                .expect("memory does not halt");
        }
        Self { host }
    }

    /// Organisations and their people.
    pub(crate) fn new() -> Self {
        Self::at_genesis().with_people()
    }

    fn with_people(mut self) -> Self {
        for (who, organisation, role) in [
            (Who::Patient, Who::Hospital, Role::Patient),
            (Who::OtherPatient, Who::Hospital, Role::Patient),
            (Who::Author, Who::Hospital, Role::Physician),
            (Who::Administrator, Who::Hospital, Role::Administrator),
            (Who::Physician, Who::Clinic, Role::Physician),
            (Who::Nurse, Who::Clinic, Role::Nurse),
            (Who::Agent, Who::Insurer, Role::InsurerAgent),
            (Who::Wallet, Who::Hospital, Role::Patient),
        ] {
            self.enrol(organisation, who, role);
        }
        self
    }

    /// Calls a contract through the ABI; what is refused leaves no trace.
    pub(crate) fn call<C: SolCall>(
        &mut self,
        caller: Who,
        contract: Address,
        call: &C,
    ) -> Result<C::Return, Stop> {
        let snapshot = self.host.snapshot();
        let result = self.raw(caller.address(), contract, &call.abi_encode());
        match result {
            Ok(output) => {
                Ok(C::abi_decode_returns(&output).expect("the output has the ABI's form"))
            }
            Err(stop) => {
                self.host.rollback(snapshot);
                Err(stop)
            }
        }
    }

    /// Calls with bytes, without rollback.
    pub(crate) fn raw(
        &mut self,
        caller: Address,
        contract: Address,
        input: &[u8],
    ) -> Result<alloy_primitives::Bytes, Stop> {
        let call = Call {
            caller,
            input,
            is_static: false,
            is_direct: true,
            value: U256::ZERO,
        };
        native(contract)
            .expect("a native contract")
            .call(&mut self.host, &call)
    }

    /// Calls what must succeed.
    #[track_caller]
    pub(crate) fn ok<C: SolCall>(&mut self, caller: Who, contract: Address, call: &C) -> C::Return {
        match self.call(caller, contract, call) {
            Ok(value) => value,
            Err(stop) => panic!("{caller:?} was refused {}: {}", C::SIGNATURE, tell(&stop)),
        }
    }

    /// Calls what must be refused with exactly this error, before anything is written.
    #[track_caller]
    pub(crate) fn refuses<C: SolCall>(
        &mut self,
        caller: Who,
        contract: Address,
        call: &C,
        refusal: Refusal,
    ) {
        let before = self.host.snapshot();
        match self.raw(caller.address(), contract, &call.abi_encode()) {
            Ok(_) => panic!(
                "{caller:?} was not refused {}, expected {refusal:?}",
                C::SIGNATURE
            ),
            Err(stop) => assert_eq!(stop, refusal.into(), "got {}", tell(&stop)),
        }
        assert!(
            self.host.snapshot() == before,
            "a refusal must come before the first write"
        );
    }

    /// Moves the clock to `seconds` after the start, and the chain one block on.
    pub(crate) fn after(&mut self, seconds: u64) -> &mut Self {
        self.host.time_ms = (START + seconds) * 1_000;
        self.host.height += 1;
        self
    }
}

fn tell(stop: &Stop) -> String {
    match stop {
        Stop::Revert(data) => format!("{:?} {data}", Refusal::from_revert(data)),
        Stop::Halt(halt) => format!("{halt:?}"),
    }
}

/// The members of every world.
pub(crate) fn members() -> GenesisMembers {
    let organisation = |name: &str, kind, who: Who| GenesisOrganisation {
        name: name.into(),
        kind,
        admin: who.address(),
        gas_per_block: 1_000_000 * u64::from(who as u8),
    };
    GenesisMembers {
        organisations: vec![
            organisation(NAMES[0], OrganisationKind::Hospital, Who::Hospital),
            organisation(NAMES[1], OrganisationKind::Clinic, Who::Clinic),
            organisation(NAMES[2], OrganisationKind::Insurer, Who::Insurer),
        ],
        validators: vec![
            GenesisValidator {
                identity: B256::repeat_byte(1),
                organisation: 1,
                location: "10.0.0.1:9000".into(),
            },
            GenesisValidator {
                identity: B256::repeat_byte(2),
                organisation: 2,
                location: String::new(),
            },
        ],
        validators_max: 64,
        parameters: Parameters {
            requests_per_day: 5,
            rules_per_chart: 3,
            recovery_delay_min: 60,
            ..Parameters::default()
        },
    }
}
