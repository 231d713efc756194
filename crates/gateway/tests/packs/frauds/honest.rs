//! Honest trade beside the frauds, with scanners of which one reading in a hundred is garbled: what alarms there is a false alarm.

use theriac_contracts::codes::ExitKind;
use theriac_gateway::packs::CauseClass;
use theriac_standards::supply::{Fault, Rate, Reading};

use super::stall::{Stall, Who, codes};

const FAULTS: Rate = Rate::of_ten_thousand(100);

/// What became of honest scans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) scans: u64,
    /// Garbled, and read all the same.
    pub(super) repaired: u64,
    /// Garbled, and told as a matter of the scanner.
    pub(super) unreadable: u64,
    /// Told as anything else.
    pub(super) false_alarms: u64,
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.scans += other.scans;
        self.repaired += other.repaired;
        self.unreadable += other.unreadable;
        self.false_alarms += other.false_alarms;
    }

    fn count(&mut self, reading: &Reading, causes: &[theriac_gateway::packs::Cause]) {
        let of_scanner = |cause: &theriac_gateway::packs::Cause| {
            cause.class() == CauseClass::Scanner && reading.fault.is_some()
        };
        self.scans += 1;
        let is_read = reading.fault.is_some() && causes.is_empty();
        self.repaired += u64::from(is_read);
        let is_told = !causes.is_empty() && causes.iter().all(of_scanner);
        self.unreadable += u64::from(is_told);
        self.false_alarms += u64::from(!causes.is_empty() && !is_told);
    }
}

/// Many scans of what is held, from the book; some of them asked of the ledger.
pub(super) async fn scans(stall: &mut Stall, (offline, online): (usize, usize)) -> Tally {
    let mut tally = Tally::default();
    let now_ms = stall.now_ms();
    let held = stall.untouched();
    for _ in 0..offline {
        let label = *stall.random.pick(&held);
        let reading = Reading::of(label.values(), &mut stall.random, FAULTS);
        let partner = stall.partner(Who::Pharmacy);
        let verified = partner.verify_offline(&reading.text, now_ms).unwrap();
        assert!(
            verified.label.is_none_or(|read| read == label),
            "{reading:?}"
        );
        tally.count(&reading, &verified.causes);
    }
    for _ in 0..online {
        let label = *stall.random.pick(&held);
        let reading = Reading::of(label.values(), &mut stall.random, FAULTS);
        let partner = stall.partner(Who::Pharmacy);
        let verified = partner.verify(&reading.text, now_ms).await.unwrap();
        tally.count(&reading, &verified.causes);
    }
    tally
}

/// Each fault of a scanner once, asked of the ledger.
pub(super) async fn each_fault(stall: &mut Stall) -> Tally {
    let mut tally = Tally::default();
    let pack = stall.held(Who::Pharmacy);
    let now_ms = stall.now_ms();
    for fault in Fault::ALL {
        let reading = Reading::garbled(pack.values(), fault, &mut stall.random);
        let partner = stall.partner(Who::Pharmacy);
        let verified = partner.verify(&reading.text, now_ms).await.unwrap();
        tally.count(&reading, &verified.causes);
    }
    tally
}

/// A day of trade in which nothing is wrong: no exception, no cause, no alarm.
pub(super) async fn trade(stall: &mut Stall) {
    let packs: Vec<_> = (0..3).map(|_| stall.held(Who::Wholesaler)).collect();
    let package = stall.ship(Who::Wholesaler, Who::Pharmacy, &packs).await;
    let receipt = stall.receive(Who::Pharmacy, &package, Some(&packs)).await;
    assert_eq!(codes(&receipt.unwrap().exceptions), Vec::<String>::new());
    let now_ms = stall.now_ms();
    let scans: Vec<_> = packs.iter().map(|pack| stall.scan(pack)).collect();
    let pharmacy = stall.partner(Who::Pharmacy);
    pharmacy.dispense(&scans[0], now_ms).await.unwrap();
    pharmacy.undo(&scans[0], now_ms).await.unwrap();
    pharmacy.dispense(&scans[0], now_ms).await.unwrap();
    let destroyed = ExitKind::Destroyed;
    let left = pharmacy.decommission(&scans[1], destroyed, now_ms).await;
    left.unwrap();
    let back = stall
        .ship(Who::Pharmacy, Who::Wholesaler, &packs[2..])
        .await;
    let receipt = stall
        .receive(Who::Wholesaler, &back, Some(&packs[2..]))
        .await;
    assert_eq!(codes(&receipt.unwrap().exceptions), Vec::<String>::new());
    let now_ms = stall.now_ms();
    let wholesaler = stall.partner(Who::Wholesaler);
    let verified = wholesaler.verify(&scans[2], now_ms).await.unwrap();
    assert_eq!(verified.causes, []);
}
