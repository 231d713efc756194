//! One schedule: acts and ends of blocks in the order of a seed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use alloy_primitives::B256;

use super::{
    audit::Block,
    chain::{Chain, Fault},
    model::{Model, Outcome, Record},
};
use crate::{
    Refusal,
    addresses::RECORDS,
    codes::{Kind, Kinds},
    interfaces::IRecords::openChartCall,
    members::state::{LIMITS, state as members_state},
    memory::MemoryHost,
    seal_id,
    testing::{
        CHART, Dice, OTHER_CHART, OTHER_SEALED, RULE, START, Who, World, sealed_registration,
    },
};

/// Acts of one schedule.
const ACTS: usize = 30;
/// Keepers that finalise at their own pace.
const KEEPERS: usize = 4;
/// The code of the rule contract at the beginning.
const CODE: B256 = B256::repeat_byte(0xc0);

/// A promise that was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "read when a test fails and prints it")]
pub(super) enum Violation {
    /// Something was decided otherwise than it must be.
    Decided {
        act: &'static str,
        expected: Outcome,
        admitted: Option<bool>,
    },
    /// A keeper answered otherwise than the block that it finalised says.
    Answered {
        opening: u64,
        expected: Result<(), Refusal>,
        got: Result<(), Refusal>,
    },
    /// An opening has another number than the next.
    Number(u64),
    /// An opening has no entry, or the log is not dense.
    Entry(String),
    /// An act that moves no opening came out otherwise than it must.
    Act(&'static str),
}

/// An opening as it must stand.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) reader: Who,
    /// None for the controller.
    pub(super) organisation: Option<u32>,
    pub(super) chart: B256,
    pub(super) admitted: bool,
    pub(super) expiry_s: u64,
    /// Acts before it.
    pub(super) act: usize,
    pub(super) height: u64,
    pub(super) seals: Vec<B256>,
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) admitted: u64,
    pub(super) denied: u64,
    pub(super) refused: u64,
    pub(super) answered: u64,
    pub(super) closed: u64,
    pub(super) expired: u64,
    pub(super) not_final: u64,
    pub(super) left: u64,
}

impl Tally {
    fn counts(&mut self, other: &Self) -> [(&mut u64, u64); 8] {
        [
            (&mut self.admitted, other.admitted),
            (&mut self.denied, other.denied),
            (&mut self.refused, other.refused),
            (&mut self.answered, other.answered),
            (&mut self.closed, other.closed),
            (&mut self.expired, other.expired),
            (&mut self.not_final, other.not_final),
            (&mut self.left, other.left),
        ]
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.counts(other) {
            *mine += theirs;
        }
    }

    /// Whether everything happened often.
    pub(super) fn is_rich(mut self) -> bool {
        let same = self;
        self.counts(&same).iter().all(|(_, count)| *count > 100)
    }
}

/// A schedule as far as it went.
pub(super) struct Race {
    pub(super) chain: Chain,
    pub(super) model: Model,
    pub(super) dice: Dice,
    pub(super) openings: Vec<Opened>,
    /// Restrictions of the patient's chart: acts before each, and its block.
    pub(super) restrictions: Vec<(usize, u64)>,
    pub(super) blocks: Vec<Block>,
    pub(super) act: usize,
    pub(super) tally: Tally,
    keepers: [usize; KEEPERS],
}

/// Runs the schedule of a seed.
pub(super) fn run(seed: u64, fault: Fault) -> Result<Tally, Violation> {
    let mut race = Race::new(seed, fault);
    for act in 0..ACTS {
        race.act = act;
        race.act()?;
        if race.dice.roll(3) == 0 {
            race.end_block()?;
        }
    }
    race.end_block()?;
    race.audit_log()?;
    Ok(race.tally)
}

impl Race {
    fn new(seed: u64, fault: Fault) -> Self {
        static SCENE: OnceLock<(MemoryHost, Vec<Record>)> = OnceLock::new();
        let (memory, records) = SCENE.get_or_init(scene).clone();
        let model = Model {
            now_s: START,
            records,
            requests: Vec::new(),
            rules: vec![None; 3],
            pinned: BTreeMap::new(),
            code: CODE,
            admitted_by_contract: BTreeSet::new(),
            scope: Kinds(0b1110_0001),
            standing: [(Who::Physician, 2), (Who::Nurse, 2), (Who::Agent, 3)]
                .map(|(who, organisation)| (who as u8, organisation))
                .into(),
        };
        Self {
            chain: Chain::new(memory, fault),
            model,
            dice: Dice::new(seed),
            openings: Vec::new(),
            restrictions: Vec::new(),
            blocks: Vec::new(),
            act: 0,
            tally: Tally::default(),
            keepers: [0; KEEPERS],
        }
    }

    /// Ends a block: it is final, and keepers move on to it or stay behind.
    fn end_block(&mut self) -> Result<(), Violation> {
        self.blocks.push(Block {
            chain: self.chain.clone(),
            now_s: self.model.now_s,
            standing: self.model.standing.clone(),
        });
        for keeper in 0..KEEPERS {
            let behind = self.keepers[keeper];
            let ahead = (self.blocks.len() - behind) as u64;
            self.keepers[keeper] = behind + self.dice.roll(ahead) as usize;
            self.audit_keeper(self.keepers[keeper])?;
        }
        self.chain.memory.height += 1;
        self.chain.memory.time_ms += 1 + self.dice.roll(900_000);
        self.model.now_s = self.chain.memory.time_ms / 1_000;
        Ok(())
    }
}

/// The patient's chart with four sealed records, another chart with one, and readers.
fn scene() -> (MemoryHost, Vec<Record>) {
    let mut world = World::new();
    let state = &mut members_state(&mut world.host);
    let mut limits = LIMITS.load(state).expect("memory");
    limits.requests_per_day = u32::MAX;
    LIMITS.save(state, &limits).expect("memory");
    for (chart, patient) in [(CHART, Who::Patient), (OTHER_CHART, Who::OtherPatient)] {
        let call = openChartCall {
            chart,
            controller: patient.address(),
        };
        world.ok(Who::Author, RECORDS, &call);
    }
    let kinds = [
        Kind::Laboratory,
        Kind::Laboratory,
        Kind::Summary,
        Kind::Allergy,
    ];
    let mut records = Vec::new();
    for (kind, index) in kinds.into_iter().zip(1..) {
        let id = B256::with_last_byte(index);
        let call = sealed_registration(id, CHART, kind);
        world.ok(Who::Author, RECORDS, &call);
        records.push(Record {
            id,
            kind,
            version: 1,
            seal: seal_id(1_337, (id, 1), Who::Patient.address(), call.salt),
            withdrawn: false,
        });
    }
    let other = sealed_registration(OTHER_SEALED, OTHER_CHART, Kind::Summary);
    world.ok(Who::Author, RECORDS, &other);
    world.host.codes.insert(RULE, CODE);
    (world.host, records)
}
