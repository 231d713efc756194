//! A patient with guardians, and the steps of her recovery.

use alloy_primitives::Address;

use super::{Who, World};
use crate::{
    addresses::RECOVERY,
    codes::RecoveryStatus,
    interfaces::IRecovery::{self, recoveryCall, setGuardiansCall},
};

/// The patient's guardians: two people, and an organisation's admin account. Two must agree.
pub(crate) const GUARDIANS: [Who; 3] = [Who::Physician, Who::Nurse, Who::Clinic];

/// The delay of the patient's recovery, in seconds.
pub(crate) const DELAY: u64 = 600;

impl World {
    /// With records, and the patient has guardians.
    pub(crate) fn guarded() -> Self {
        let mut world = Self::with_records();
        world.name_guardians(Who::Patient, &GUARDIANS, 2);
        world
    }

    pub(crate) fn name_guardians(&mut self, who: Who, guardians: &[Who], threshold: u8) {
        let call = setGuardiansCall {
            guardians: guardians
                .iter()
                .map(|guardian| guardian.address())
                .collect(),
            threshold,
            delay: DELAY,
        };
        self.ok(who, RECOVERY, &call);
    }

    /// A guardian proposes a successor for the patient.
    pub(crate) fn propose(&mut self, guardian: Who, successor: Who) {
        let call = IRecovery::proposeCall {
            account: Who::Patient.address(),
            successor: successor.address(),
        };
        self.ok(guardian, RECOVERY, &call);
    }

    /// A guardian approves a successor for the patient.
    pub(crate) fn approve_successor(&mut self, guardian: Who, successor: Who) {
        let call = IRecovery::approveCall {
            account: Who::Patient.address(),
            successor: successor.address(),
        };
        self.ok(guardian, RECOVERY, &call);
    }

    pub(crate) fn freeze(&mut self, guardian: Who) {
        let account = Who::Patient.address();
        self.ok(guardian, RECOVERY, &IRecovery::freezeCall { account });
    }

    pub(crate) fn cancel(&mut self, guardian: Who) {
        let account = Who::Patient.address();
        self.ok(guardian, RECOVERY, &IRecovery::cancelCall { account });
    }

    /// Two guardians have approved the successor at the start.
    pub(crate) fn recovering() -> Self {
        let mut world = Self::guarded();
        world.propose(Who::Physician, Who::Successor);
        world.approve_successor(Who::Nurse, Who::Successor);
        world
    }

    /// Two guardians proposed a recovery and froze the patient's key.
    pub(crate) fn freeze_patient(&mut self) {
        self.propose(Who::Physician, Who::Successor);
        self.freeze(Who::Physician);
        self.freeze(Who::Clinic);
    }

    /// The successor takes the patient's place, `DELAY` seconds after the start.
    pub(crate) fn replace_patient(&mut self) {
        self.propose(Who::Physician, Who::Successor);
        self.approve_successor(Who::Nurse, Who::Successor);
        self.after(DELAY);
        self.execute(Who::Patient);
    }

    pub(crate) fn execute(&mut self, who: Who) -> u64 {
        let account = who.address();
        self.ok(Who::Agent, RECOVERY, &IRecovery::executeCall { account })
    }

    /// The newest recovery of the patient, as a guardian sees it.
    pub(crate) fn recovery(&mut self) -> IRecovery::Recovery {
        let account = Who::Patient.address();
        self.ok(Who::Clinic, RECOVERY, &recoveryCall { account })
    }

    pub(crate) fn recovery_status(&mut self) -> RecoveryStatus {
        RecoveryStatus::from_code(self.recovery().status).expect("a status that exists")
    }

    /// Who controls a chart now.
    pub(crate) fn controller(&mut self, chart: alloy_primitives::B256) -> Address {
        let found = crate::records::state::chart(&mut self.host, chart);
        found.expect("memory").expect("a chart").controller
    }
}
