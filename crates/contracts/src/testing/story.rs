//! Steps that many tests begin with.

use alloy_primitives::{B256, U256};
use alloy_sol_types::SolEvent;

use super::{CHART, EXPIRY, IMAGE, OTHER_CHART, OTHER_RECORD, RECORD, Who, World};
use crate::{
    addresses::{ACCESS, DIRECTORY, RECORDS},
    codes::{DelegationKind, Effect, Kind, Protection, Purpose, RequestStatus, Role},
    interfaces::{IAccess, IDelegation, IDirectory, IRecords},
};

impl World {
    pub(crate) fn enrol(&mut self, organisation: Who, who: Who, role: Role) {
        let call = IDirectory::enrolCall {
            person: who.address(),
            role: role.code(),
            expiry: 0,
            nameCommitment: B256::repeat_byte(0x41),
            licenceCommitment: B256::ZERO,
        };
        self.ok(organisation, DIRECTORY, &call);
    }

    pub(crate) fn end(&mut self, organisation: Who, who: Who) {
        self.ok(
            organisation,
            DIRECTORY,
            &IDirectory::endCall {
                person: who.address(),
            },
        );
    }

    /// Both patients have charts, with records by the hospital's author.
    pub(crate) fn with_records() -> Self {
        let mut world = Self::new();
        for (chart, patient) in [(CHART, Who::Patient), (OTHER_CHART, Who::OtherPatient)] {
            let call = IRecords::openChartCall {
                chart,
                controller: patient.address(),
            };
            world.ok(Who::Author, RECORDS, &call);
        }
        world.ok(
            Who::Author,
            RECORDS,
            &registration(RECORD, CHART, Kind::Laboratory),
        );
        world.ok(
            Who::Author,
            RECORDS,
            &registration(IMAGE, CHART, Kind::Imaging),
        );
        world.ok(
            Who::Author,
            RECORDS,
            &registration(OTHER_RECORD, OTHER_CHART, Kind::Laboratory),
        );
        world
    }

    /// The clinic's physician asks for the laboratory record.
    pub(crate) fn ask(&mut self) -> B256 {
        self.ok(Who::Physician, ACCESS, &question()).id
    }

    /// The physician's request, approved by the patient.
    pub(crate) fn granted(&mut self) -> B256 {
        let id = self.ask();
        self.ok(
            Who::Patient,
            ACCESS,
            &IAccess::approveCall { id, wrap: WRAP },
        );
        id
    }

    /// The physician's request, admitted by a rule of the patient.
    pub(crate) fn admitted(&mut self) -> B256 {
        let rule = IAccess::Rule {
            effect: Effect::Permit.code(),
            ..IAccess::Rule::default()
        };
        self.ok(
            Who::Patient,
            ACCESS,
            &IAccess::setRuleCall {
                chart: CHART,
                index: 0,
                rule,
            },
        );
        self.ask()
    }

    /// The physician's request, denied by the patient.
    pub(crate) fn denied(&mut self) -> B256 {
        let id = self.ask();
        self.ok(Who::Patient, ACCESS, &IAccess::denyCall { id });
        id
    }

    /// The physician's grant, revoked by the patient.
    pub(crate) fn revoked(&mut self) -> B256 {
        let id = self.granted();
        self.ok(Who::Patient, ACCESS, &IAccess::revokeCall { id });
        id
    }

    /// The status of a request as its controller sees it.
    pub(crate) fn status(&mut self, id: B256) -> RequestStatus {
        let view = self.ok(Who::Patient, ACCESS, &IAccess::requestByIdCall { id });
        RequestStatus::from_code(view.status).expect("a status that exists")
    }

    /// Entries of a chart's log as the events told them.
    pub(crate) fn log_of(&self, chart: B256) -> Vec<IAccess::LogEntry> {
        let entries = self
            .host
            .logs()
            .iter()
            .filter_map(|log| IAccess::LogEntry::decode_log(log).ok());
        entries
            .map(|log| log.data)
            .filter(|entry| entry.chart == chart)
            .collect()
    }

    /// What the patient's wallet signs to approve.
    pub(crate) fn approval(&mut self, id: B256, nonce: u64) -> IAccess::approveSignedCall {
        let nonce = U256::from(nonce);
        let view = IAccess::approvalDigestCall {
            id,
            wrap: WRAP,
            nonce,
        };
        let digest = self.ok(Who::Patient, ACCESS, &view);
        let signature = Who::Patient.sign(digest);
        IAccess::approveSignedCall {
            id,
            wrap: WRAP,
            nonce,
            signature,
        }
    }
}

/// A wrap's content id.
pub(crate) const WRAP: B256 = B256::repeat_byte(0x77);

/// The physician's request for the laboratory record.
pub(crate) fn question() -> IAccess::requestCall {
    IAccess::requestCall {
        chart: CHART,
        record: RECORD,
        purpose: Purpose::Treatment.code(),
        kinds: Kind::Laboratory.bit().0,
        reason: B256::repeat_byte(0x51),
        key: B256::repeat_byte(0x52),
        expiry: EXPIRY,
    }
}

/// A registration that the hospital's author may send.
pub(crate) fn registration(record: B256, chart: B256, kind: Kind) -> IRecords::registerCall {
    IRecords::registerCall {
        record,
        chart,
        commitment: B256::repeat_byte(0x61),
        contentId: B256::repeat_byte(0x62),
        wrapId: B256::repeat_byte(0x63),
        kind: kind.code(),
        protection: Protection::Direct.code(),
    }
}

/// The appointment of the insurer's agent as proxy for laboratory results and treatment.
pub(crate) fn proxy() -> IDelegation::appointCall {
    IDelegation::appointCall {
        chart: CHART,
        delegate: Who::Agent.address(),
        kind: DelegationKind::Proxy.code(),
        kinds: Kind::Laboratory.bit().0,
        purposes: 1 << Purpose::Treatment.code(),
        from: 0,
        until: EXPIRY,
        majority: 0,
    }
}
