//! Sealed records in the world, and openings of them.

use alloy_primitives::{Address, B256};

use super::{CHART, OTHER_CHART, Who, World, registration};
use crate::{
    Answerable, Refusal,
    addresses::{ACCESS, RECORDS, SEALS},
    answerable,
    codes::{Effect, Kind, Purpose, Role},
    interfaces::{
        IAccess::{Rule, removeRuleCall, setRuleCall},
        IRecords::registerSealedCall,
        ISeals::{Opening, breakGlassCall, openCall, openingByNumberCall, sealOfCall},
    },
};

/// A sealed laboratory record in the patient's chart.
pub(crate) const SEALED: B256 = B256::repeat_byte(0xe5);
/// A sealed summary in the patient's chart.
pub(crate) const SEALED_SUMMARY: B256 = B256::repeat_byte(0xe6);
/// A sealed record in the other patient's chart.
pub(crate) const OTHER_SEALED: B256 = B256::repeat_byte(0xe7);
/// The key of an opening.
pub(crate) const KEY: B256 = B256::repeat_byte(0x5e);
/// A reason that someone gives in an emergency.
pub(crate) const REASON: B256 = B256::repeat_byte(0x5f);
/// A contract that serves as a rule.
pub(crate) const RULE: Address = Address::repeat_byte(0xaf);

impl World {
    /// The records of [`World::with_records`], sealed ones, and the clinic's privacy officer.
    pub(crate) fn with_seals() -> Self {
        let mut world = Self::with_records();
        world.enrol(Who::Clinic, Who::Officer, Role::PrivacyOfficer);
        for (record, chart, kind) in [
            (SEALED, CHART, Kind::Laboratory),
            (SEALED_SUMMARY, CHART, Kind::Summary),
            (OTHER_SEALED, OTHER_CHART, Kind::Summary),
        ] {
            let call = sealed_registration(record, chart, kind);
            world.ok(Who::Author, RECORDS, &call);
        }
        world
    }

    /// The patient's rule at index 0 permits or denies everyone.
    pub(crate) fn rule(&mut self, effect: Effect) {
        let rule = Rule {
            effect: effect.code(),
            ..Rule::default()
        };
        self.rule_at(0, rule);
    }

    /// The patient sets a rule.
    pub(crate) fn rule_at(&mut self, index: u32, rule: Rule) {
        let call = setRuleCall {
            chart: CHART,
            index,
            rule,
        };
        self.ok(Who::Patient, ACCESS, &call);
    }

    /// The patient removes her rule at index 0.
    pub(crate) fn no_rule(&mut self) {
        let call = removeRuleCall {
            chart: CHART,
            index: 0,
        };
        self.ok(Who::Patient, ACCESS, &call);
    }

    /// The physician opens the laboratory record, which a rule permits.
    pub(crate) fn opened(&mut self) -> u64 {
        self.rule(Effect::Permit);
        let answer = self.ok(Who::Physician, SEALS, &opening());
        assert!(answer.admitted);
        answer.opening
    }

    /// An opening as the patient sees it.
    pub(crate) fn opening_at(&mut self, number: u64) -> Opening {
        self.ok(Who::Patient, SEALS, &openingByNumberCall { number })
    }

    /// The seal of the newest version of a record.
    pub(crate) fn seal_of(&mut self, record: B256) -> B256 {
        let controller = match record {
            OTHER_SEALED => Who::OtherPatient,
            _ => Who::Patient,
        };
        self.ok(controller, SEALS, &sealOfCall { record }).id
    }

    /// What a keeper says that has finalised this state, asked for the seals of these records.
    pub(crate) fn keeper(&mut self, opening: u64, records: &[B256]) -> Result<Answerable, Refusal> {
        let seals: Vec<_> = records.iter().map(|record| self.seal_of(*record)).collect();
        answerable(&mut self.host, opening, &seals).expect("memory does not halt")
    }
}

/// A sealed registration that the hospital's author may send.
pub(crate) fn sealed_registration(record: B256, chart: B256, kind: Kind) -> registerSealedCall {
    let plain = registration(record, chart, kind);
    registerSealedCall {
        record,
        chart,
        commitment: plain.commitment,
        contentId: plain.contentId,
        wrapId: plain.wrapId,
        kind: plain.kind,
        salt: B256::repeat_byte(0x64),
        sealedKey: B256::repeat_byte(0x65),
    }
}

/// An opening of the sealed laboratory record for treatment.
pub(crate) fn opening() -> openCall {
    openCall {
        chart: CHART,
        records: vec![SEALED],
        purpose: Purpose::Treatment.code(),
        key: KEY,
        request: B256::ZERO,
    }
}

/// An emergency in which the summary is needed.
pub(crate) fn emergency() -> breakGlassCall {
    breakGlassCall {
        chart: CHART,
        records: vec![SEALED_SUMMARY],
        purpose: Purpose::BreakTheGlass.code(),
        reason: REASON,
        key: KEY,
    }
}
