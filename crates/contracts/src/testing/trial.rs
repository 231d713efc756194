//! A study of manufacturer 4 with two sites, and everyone whom it takes.

use std::sync::LazyLock;

use alloy_primitives::{Address, B256, Bytes};
use alloy_sol_types::SolStruct;

use super::{OneTime, START, Who, World};
use crate::{
    Host,
    addresses::{BLOCK_HASHES, TRIALS},
    codes::TrialRole,
    interfaces::ITrials::{self, Capture, Correction, Missed, Outcome, Schedule, When},
    signing::{Factor, Sign, domain},
    trials::study_id,
};

/// The study.
pub(crate) static STUDY: LazyLock<B256> = LazyLock::new(|| study_id(1_337, 4, 1));
/// Forms of the three visits.
pub(crate) const CELLS: [u8; 3] = [2, 3, 1];
/// Unix milliseconds until which the data are kept.
pub(crate) const RETENTION: u64 = (START + 10_000_000) * 1_000;
/// Something that was committed to.
pub(crate) const WORD: B256 = B256::repeat_byte(0x77);

/// Who holds which role, at which site.
pub(crate) const CAST: [(Who, u16, TrialRole); 11] = [
    (Who::Manager, 0, TrialRole::Manager),
    (Who::Author, 1, TrialRole::Investigator),
    (Who::Administrator, 1, TrialRole::Coordinator),
    (Who::Physician, 2, TrialRole::Investigator),
    (Who::Nurse, 2, TrialRole::Coordinator),
    (Who::Agent, 0, TrialRole::Monitor),
    (Who::OtherMaker, 0, TrialRole::DataManager),
    (Who::Pharmacist, 0, TrialRole::TrialPharmacist),
    (Who::Wholesaler, 0, TrialRole::Statistician),
    (Who::OtherPharmacist, 0, TrialRole::UnblindedStatistician),
    (Who::Regulator, 0, TrialRole::DataProtectionOfficer),
];

impl World {
    /// The study is registered; nothing else.
    pub(crate) fn with_registration() -> Self {
        let mut world = Self::with_supply();
        world.ok(Who::Maker, TRIALS, &registration());
        world
    }

    /// Sites are open, roles given.
    pub(crate) fn with_study() -> Self {
        let mut world = Self::with_registration();
        for (number, organisation) in [(1, 1), (2, 2)] {
            world.ok(Who::Maker, TRIALS, &site(number, organisation));
        }
        for (who, site, code) in CAST {
            world.ok(Who::Maker, TRIALS, &role(who, site, code));
        }
        world.after(1);
        world
    }

    /// So many subjects consented, at sites 1 and 2 in turns.
    pub(crate) fn with_subjects(count: u32) -> Self {
        let mut world = Self::with_study();
        for slot in 1..=count {
            world.ok(investigator(slot), TRIALS, &consent(slot));
        }
        world
    }

    /// One subject, all of whose forms are captured and signed.
    pub(crate) fn with_whole_data() -> Self {
        let mut world = Self::with_subjects(1);
        let call = ITrials::captureCall {
            study: *STUDY,
            captures: (0..6).map(|cell| capture(1, cell)).collect(),
        };
        world.ok(Who::Author, TRIALS, &call);
        world.sign_subject(1);
        world
    }

    /// One subject, and the data are locked.
    pub(crate) fn with_lock() -> Self {
        let mut world = Self::with_whole_data();
        let call = world.locking();
        world.ok(Who::OtherMaker, TRIALS, &call);
        world
    }

    /// A list of six entries in blocks of two, sealed; nobody has consented.
    pub(crate) fn with_list() -> Self {
        let mut world = Self::with_study();
        world.ok(Who::OtherPharmacist, TRIALS, &list(1));
        let header = world.reach_list(1);
        let draw = ITrials::drawListCall {
            study: *STUDY,
            list: 1,
            header,
        };
        world.ok(Who::Patient, TRIALS, &draw);
        let seal = ITrials::sealListCall {
            study: *STUDY,
            list: 1,
            root: WORD,
        };
        world.ok(Who::OtherPharmacist, TRIALS, &seal);
        world
    }

    /// The chain comes to the block after that of a list, whose header this is.
    pub(crate) fn reach_list(&mut self, list: u16) -> Bytes {
        let height = self.list(list).height;
        self.host.height = height + 1;
        let header = header(height, B256::repeat_byte(0x42));
        self.pass(height, alloy_primitives::keccak256(&header));
        header
    }

    /// The chain has this hash at this height.
    pub(crate) fn pass(&mut self, height: u64, hash: B256) {
        let slot = alloy_primitives::U256::from(height % 8_191);
        self.host
            .sstore(BLOCK_HASHES, slot, hash.into())
            .expect("memory does not halt");
    }

    pub(crate) fn study(&mut self) -> ITrials::Study {
        let call = ITrials::studyOfCall { study: *STUDY };
        self.ok(Who::Stranger, TRIALS, &call)
    }

    pub(crate) fn sums(&mut self) -> ITrials::Sums {
        let call = ITrials::sumsOfCall { study: *STUDY };
        self.ok(Who::Stranger, TRIALS, &call)
    }

    pub(crate) fn subject(&mut self, slot: u32) -> ITrials::Subject {
        let call = ITrials::subjectOfCall {
            study: *STUDY,
            slot,
        };
        self.ok(Who::Stranger, TRIALS, &call)
    }

    pub(crate) fn list(&mut self, list: u16) -> ITrials::List {
        let call = ITrials::listOfCall {
            study: *STUDY,
            list,
        };
        self.ok(Who::Stranger, TRIALS, &call)
    }

    pub(crate) fn milestone(&mut self, milestone: u8) -> ITrials::Milestone {
        let call = ITrials::milestoneOfCall {
            study: *STUDY,
            milestone,
        };
        self.ok(Who::Stranger, TRIALS, &call)
    }

    /// Locks the data as they stand.
    pub(crate) fn locking(&mut self) -> ITrials::lockCall {
        let study = self.study();
        ITrials::lockCall {
            study: *STUDY,
            size: study.size,
            root: study.root,
            sums: study.sums,
        }
    }

    /// The investigator sets a second key where there is none, and signs a subject as it stands.
    pub(crate) fn sign_subject(&mut self, slot: u32) {
        let who = investigator(slot);
        let call = ITrials::factorOfCall {
            account: who.address(),
        };
        if self.ok(Who::Stranger, TRIALS, &call).is_zero() {
            self.ok(who, TRIALS, &factor(who, second_key(who), None));
            self.after(2);
        }
        let tip = self.subject(slot).tip;
        let call = signature(who, slot, tip, self.host.time_ms);
        self.ok(who, TRIALS, &call);
    }
}

/// The investigator of a subject's site.
pub(crate) fn investigator(slot: u32) -> Who {
    match slot % 2 {
        1 => Who::Author,
        _ => Who::Physician,
    }
}

pub(crate) fn outcome(level: u8, id: u8) -> Outcome {
    Outcome {
        level,
        id: B256::repeat_byte(id),
        domain: WORD,
        measurement: WORD,
        metric: B256::ZERO,
        aggregation: B256::ZERO,
        timePoint: WORD,
        population: B256::ZERO,
    }
}

pub(crate) fn registration() -> ITrials::registerCall {
    ITrials::registerCall {
        number: 1,
        protocol: WORD,
        schedule: Schedule {
            root: WORD,
            cells: CELLS.into(),
        },
        outcomes: vec![outcome(1, 1), outcome(2, 2)],
        approvers: [Who::Hospital, Who::Clinic, Who::Regulator]
            .map(Who::address)
            .to_vec(),
        threshold: 2,
        retention: RETENTION,
    }
}

/// The amendment to a version, which appends a visit of two forms and renews consent.
pub(crate) fn amendment(version: u32) -> ITrials::amendCall {
    ITrials::amendCall {
        study: *STUDY,
        version,
        protocol: B256::repeat_byte(0x78),
        reasonCode: 1,
        reason: WORD,
        schedule: Schedule {
            root: B256::repeat_byte(0x79),
            cells: [CELLS.as_slice(), &[2]].concat().into(),
        },
        outcomes: Vec::new(),
        renew: true,
    }
}

pub(crate) fn site(site: u16, organisation: u32) -> ITrials::siteCall {
    ITrials::siteCall {
        study: *STUDY,
        site,
        organisation,
        status: 1,
    }
}

pub(crate) fn role(who: Who, site: u16, role: TrialRole) -> ITrials::roleCall {
    ITrials::roleCall {
        study: *STUDY,
        account: who.address(),
        site,
        role: role.code(),
        until: u64::MAX,
    }
}

pub(crate) fn never() -> When {
    When {
        observed: 0,
        beaconHeight: 0,
        beaconHash: B256::ZERO,
    }
}

/// A consent at the site of the slot, with the patient's account.
pub(crate) fn consent(slot: u32) -> ITrials::consentCall {
    ITrials::consentCall {
        study: *STUDY,
        slot,
        site: if slot % 2 == 1 { 1 } else { 2 },
        document: WORD,
        version: 1,
        signature: WORD,
        participant: Who::Patient.address(),
        when: never(),
    }
}

pub(crate) fn withdrawal(slot: u32, scope: u8, due: u64) -> ITrials::withdrawCall {
    ITrials::withdrawCall {
        study: *STUDY,
        slot,
        scope,
        due,
        reason: WORD,
        when: never(),
    }
}

/// A form of ten items, one of them a null.
pub(crate) fn capture(slot: u32, cell: u32) -> Capture {
    Capture {
        slot,
        cell,
        root: WORD,
        items: 10,
        nulls: 1,
        when: never(),
    }
}

pub(crate) fn captures(captures: Vec<Capture>) -> ITrials::captureCall {
    ITrials::captureCall {
        study: *STUDY,
        captures,
    }
}

pub(crate) fn missed(slot: u32, cell: u32) -> Missed {
    Missed {
        slot,
        cell,
        reasonCode: 1,
        reason: WORD,
        when: never(),
    }
}

pub(crate) fn correction(slot: u32, cell: u32, entry: u64) -> Correction {
    Correction {
        slot,
        cell,
        entry,
        root: WORD,
        items: 2,
        reasonCode: 1,
        when: never(),
    }
}

pub(crate) fn question(slot: u32, query: u32, state: u8) -> ITrials::queryCall {
    ITrials::queryCall {
        study: *STUDY,
        slot,
        query,
        cell: 0,
        state,
        text: WORD,
    }
}

pub(crate) fn list(list: u16) -> ITrials::commitListCall {
    ITrials::commitListCall {
        study: *STUDY,
        list,
        stratum: B256::ZERO,
        baseRoot: WORD,
        length: 6,
        blockLength: 2,
        delay: 8,
        secret: WORD,
    }
}

/// The second key of someone.
pub(crate) fn second_key(who: Who) -> OneTime {
    OneTime(9_000 + who as u64)
}

/// Sets a second key, signed by it and by the one before it.
pub(crate) fn factor(who: Who, key: OneTime, former: Option<OneTime>) -> ITrials::setFactorCall {
    let message = Factor {
        account: who.address(),
        factor: key.address(),
    };
    let digest = message.eip712_signing_hash(&domain(1_337, TRIALS));
    ITrials::setFactorCall {
        factor: key.address(),
        signature: key.sign(digest),
        former: former.map(|key| key.sign(digest)).unwrap_or_default(),
    }
}

/// An investigator answers for a subject, with both keys.
pub(crate) fn signature(who: Who, slot: u32, data: B256, time: u64) -> ITrials::signCall {
    let site = if slot % 2 == 1 { 1 } else { 2 };
    let call = ITrials::signCall {
        study: *STUDY,
        slot,
        site,
        scope: 1,
        dataRoot: data,
        meaning: 4,
        name: WORD,
        time,
        signature: Bytes::new(),
        second: Bytes::new(),
    };
    signed(who, call)
}

/// The call with both signatures over what it says.
pub(crate) fn signed(who: Who, call: ITrials::signCall) -> ITrials::signCall {
    let digest = sign_digest(&call, who.address());
    ITrials::signCall {
        signature: who.sign(digest),
        second: second_key(who).sign(digest),
        ..call
    }
}

fn sign_digest(call: &ITrials::signCall, account: Address) -> B256 {
    let message = Sign {
        study: call.study,
        slot: call.slot,
        site: call.site,
        scope: call.scope,
        dataRoot: call.dataRoot,
        meaning: call.meaning,
        name: call.name,
        time: call.time,
        account,
    };
    message.eip712_signing_hash(&domain(1_337, TRIALS))
}

/// A header as Ethereum has them, of this height and random value.
pub(crate) fn header(height: u64, random: B256) -> Bytes {
    use alloy_rlp::Encodable;
    let mut fields = Vec::new();
    for word in [[1; 32]; 2] {
        word.encode(&mut fields);
    }
    [2; 20].encode(&mut fields);
    for word in [[3; 32]; 3] {
        word.encode(&mut fields);
    }
    [4; 256].encode(&mut fields);
    for number in [0, height, 200_000_000, 21_000, START] {
        number.encode(&mut fields);
    }
    [5; 32].encode(&mut fields);
    random.encode(&mut fields);
    [0; 8].encode(&mut fields);
    0u64.encode(&mut fields);
    let mut header = Vec::new();
    let list = alloy_rlp::Header {
        list: true,
        payload_length: fields.len(),
    };
    list.encode(&mut header);
    header.extend(fields);
    header.into()
}
