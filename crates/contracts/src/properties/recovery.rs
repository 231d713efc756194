//! Random schedules of recovery: guardians, a thief with the old key, and anyone who executes.

use std::collections::BTreeSet;

use alloy_primitives::Address;

use crate::{
    addresses::RECOVERY,
    codes::RecoveryStatus,
    interfaces::IRecovery::{
        Recovery, approveCall, cancelCall, executeCall, freezeCall, proposeCall, recoveryCall,
        setGuardiansCall, vetoCall,
    },
    testing::{CHART, DELAY, Dice, Who, World},
};

const EVERY_GUARDIAN: [Who; 6] = [
    Who::Physician,
    Who::Nurse,
    Who::Clinic,
    Who::Author,
    Who::Agent,
    Who::Insurer,
];
const SUCCESSORS: [Who; 2] = [Who::Successor, Who::OtherSuccessor];

/// What happened in the newest round, counted from the calls that succeeded.
struct Count {
    approves: Vec<Option<Address>>,
    vetoes: usize,
    restarted: u64,
}

/// One schedule: the world, who plays, and the count.
struct Schedule {
    world: World,
    dice: Dice,
    guardians: Vec<Who>,
    threshold: usize,
    playing: usize,
    seconds: u64,
    count: Count,
}

impl Schedule {
    /// Guardians of whom the first `playing` act; the patient's key is a thief's.
    fn new(seed: u64, choose_playing: impl FnOnce(usize, usize) -> usize) -> Self {
        let mut dice = Dice::new(seed);
        let guardians = EVERY_GUARDIAN[..2 + dice.roll(5) as usize].to_vec();
        let threshold = 2 + dice.roll(guardians.len() as u64 - 1) as usize;
        let mut world = World::with_records();
        world.name_guardians(Who::Patient, &guardians, threshold as u8);
        let count = Count {
            approves: vec![None; guardians.len()],
            vetoes: 0,
            restarted: 0,
        };
        let playing = choose_playing(guardians.len(), threshold);
        Self {
            world,
            dice,
            guardians,
            threshold,
            playing,
            seconds: 0,
            count,
        }
    }

    fn needed(&self) -> usize {
        (self.threshold + self.count.vetoes).min(self.guardians.len())
    }

    fn approving(&self, successor: Address) -> usize {
        let agrees = |one: &&Option<Address>| **one == Some(successor);
        self.count.approves.iter().filter(agrees).count()
    }

    fn view(&mut self) -> Option<Recovery> {
        let account = Who::Patient.address();
        let call = recoveryCall { account };
        self.world.call(Who::Patient, RECOVERY, &call).ok()
    }

    /// One random step; returns whether the recovery was executed by it.
    fn step(&mut self) -> bool {
        self.seconds += self.dice.roll(DELAY / 2);
        self.world.after(self.seconds);
        let account = Who::Patient.address();
        match self.dice.roll(12) {
            0..5 => self.choose(),
            5 => self.veto(),
            6 => self.take_back(),
            7 => {
                let guardian = self.guardians[self.dice.roll(self.playing as u64) as usize];
                let call = freezeCall { account };
                let _refused_or_not = self.world.call(guardian, RECOVERY, &call);
            }
            8 => {
                let thief = setGuardiansCall {
                    guardians: vec![Who::OtherPatient.address(), Who::Wallet.address()],
                    threshold: 2,
                    delay: DELAY,
                };
                // Only refused ones here: guardians that changed are the subject of their own tests.
                if self
                    .view()
                    .is_some_and(|found| found.successor != Address::ZERO)
                {
                    let _refused = self.world.call(Who::Patient, RECOVERY, &thief);
                }
            }
            _ => {
                let call = executeCall { account };
                return self.world.call(Who::Stranger, RECOVERY, &call).is_ok();
            }
        }
        false
    }

    fn choose(&mut self) {
        let index = self.dice.roll(self.playing as u64) as usize;
        let successor = self.dice.pick(&SUCCESSORS).address();
        let (account, guardian) = (Who::Patient.address(), self.guardians[index]);
        let round = self.view().map_or(0, |found| found.round);
        let propose = proposeCall { account, successor };
        let approve = approveCall { account, successor };
        let done = match self.dice.roll(2) {
            0 => self.world.call(guardian, RECOVERY, &propose).is_ok(),
            _ => self.world.call(guardian, RECOVERY, &approve).is_ok(),
        };
        if !done {
            return;
        }
        if self.view().is_some_and(|found| found.round != round) {
            self.count.approves.fill(None);
            self.count.vetoes = 0;
        }
        self.count.approves[index] = Some(successor);
        if self.approving(successor) == self.needed() {
            self.count.restarted = self.seconds;
        }
    }

    fn veto(&mut self) {
        if self
            .world
            .call(Who::Patient, RECOVERY, &vetoCall {})
            .is_ok()
        {
            self.count.vetoes += 1;
            self.count.restarted = self.seconds;
        }
    }

    fn take_back(&mut self) {
        let index = self.dice.roll(self.playing as u64) as usize;
        let account = Who::Patient.address();
        let call = cancelCall { account };
        if self
            .world
            .call(self.guardians[index], RECOVERY, &call)
            .is_ok()
        {
            self.count.approves[index] = None;
        }
    }
}

fn status(found: &Option<Recovery>) -> Option<RecoveryStatus> {
    let found = found.as_ref()?;
    Some(RecoveryStatus::from_code(found.status).expect("a status that exists"))
}

#[test]
fn only_as_many_guardians_as_are_needed_execute_and_only_after_the_delay() {
    let mut executed = 0;
    for seed in 0..400 {
        let mut schedule = Schedule::new(seed, |all, _| all);
        for _ in 0..80 {
            let before = schedule.view();
            if !schedule.step() {
                continue;
            }
            executed += 1;
            let successor = before.expect("a recovery").successor;
            assert!(
                schedule.approving(successor) >= schedule.needed(),
                "seed {seed}"
            );
            let waited = schedule.seconds - schedule.count.restarted;
            assert!(waited >= DELAY, "seed {seed} waited {waited}");
            assert_eq!(schedule.world.controller(CHART), successor);
            break;
        }
    }
    assert!(executed > 50, "the schedules execute, got {executed}");
}

#[test]
fn fewer_guardians_than_the_threshold_never_execute_nor_freeze_nor_cancel() {
    for seed in 0..400 {
        let mut schedule = Schedule::new(seed, |_, threshold| threshold - 1);
        for _ in 0..80 {
            assert!(!schedule.step(), "seed {seed}");
            if let Some(found) = schedule.view() {
                assert!(!found.frozen && found.successor.is_zero(), "seed {seed}");
                assert_ne!(found.status, RecoveryStatus::Cancelled.code());
            }
        }
        let patient = Who::Patient.address();
        assert_eq!(schedule.world.controller(CHART), patient);
    }
}

#[test]
fn a_round_never_leaves_a_final_status_and_reaches_every_one() {
    let mut reached = BTreeSet::new();
    for seed in 0..400 {
        let mut schedule = Schedule::new(seed, |all, _| all);
        let mut last: Option<Recovery> = None;
        for step in 0..80 {
            if step % 30 == 29 {
                schedule.seconds += 35 * 86_400;
                schedule.world.after(schedule.seconds);
            }
            schedule.step();
            let found = schedule.view();
            reached.extend(status(&found));
            if let (Some(before), Some(now)) = (&last, &found)
                && before.round == now.round
            {
                assert!(now.needed >= before.needed, "seed {seed}");
                assert!(before.successor.is_zero() || before.successor == now.successor);
                let is_final = before.status >= RecoveryStatus::Executed.code();
                assert!(!is_final || before.status == now.status, "seed {seed}");
            }
            last = found;
        }
    }
    let all: BTreeSet<_> = RecoveryStatus::ALL.iter().copied().collect();
    assert_eq!(reached, all);
}
