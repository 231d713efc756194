//! Which chart, or whose recovery, an event of the native contracts is about.

use alloy_primitives::{Address, B256, Log};
use alloy_sol_types::SolEvent;
use theriac_contracts::{
    addresses,
    interfaces::{IAccess, IDelegation, IRecords, IRecovery},
};

/// Whom a log concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concern {
    /// No chart: any enrolled caller may read it.
    Open,
    /// The parties of this chart.
    Chart(B256),
    /// This account, its guardians and its successor.
    Recovery(Address),
    /// A chart's contract, but this server does not know of which chart it speaks.
    Unknown,
}

/// Native contracts whose state, logs and calls are open to every enrolled caller.
const OPEN: [Address; 3] = [addresses::HISTORY, addresses::MEMBERS, addresses::DIRECTORY];

/// Events and the topic that names the chart.
const CHART_TOPICS: [(Address, B256, usize); 9] = [
    (addresses::RECORDS, IRecords::ChartOpened::SIGNATURE_HASH, 1),
    (
        addresses::RECORDS,
        IRecords::RecordRegistered::SIGNATURE_HASH,
        2,
    ),
    (
        addresses::RECORDS,
        IRecords::RecordAmended::SIGNATURE_HASH,
        2,
    ),
    (
        addresses::RECORDS,
        IRecords::RecordWithdrawn::SIGNATURE_HASH,
        2,
    ),
    (addresses::ACCESS, IAccess::LogEntry::SIGNATURE_HASH, 1),
    (addresses::ACCESS, IAccess::Requested::SIGNATURE_HASH, 2),
    (
        addresses::RECORDS,
        IRecords::ControlMoved::SIGNATURE_HASH,
        1,
    ),
    (
        addresses::DELEGATION,
        IDelegation::Appointed::SIGNATURE_HASH,
        1,
    ),
    (
        addresses::DELEGATION,
        IDelegation::Dismissed::SIGNATURE_HASH,
        1,
    ),
];

/// Events of `recovery`; the first topic names the account.
const RECOVERY_EVENTS: [B256; 11] = [
    IRecovery::GuardiansSet::SIGNATURE_HASH,
    IRecovery::AnnouncementDropped::SIGNATURE_HASH,
    IRecovery::Proposed::SIGNATURE_HASH,
    IRecovery::Approved::SIGNATURE_HASH,
    IRecovery::Running::SIGNATURE_HASH,
    IRecovery::Vetoed::SIGNATURE_HASH,
    IRecovery::Frozen::SIGNATURE_HASH,
    IRecovery::Cancelled::SIGNATURE_HASH,
    IRecovery::Executed::SIGNATURE_HASH,
    IRecovery::HandOverAnnounced::SIGNATURE_HASH,
    IRecovery::HandedOver::SIGNATURE_HASH,
];

/// Whether the contract holds charts' data. The whole native range is closed but for those in `OPEN`, so
/// that a native contract that is added later is closed until it is opened here.
pub(super) fn holds_charts(address: &Address) -> bool {
    let native = address.as_slice()[..18] == addresses::HISTORY.as_slice()[..18]
        || theriac_contracts::addresses().contains(address);
    native && !OPEN.contains(address)
}

/// Whom a log concerns.
pub(super) fn concern(log: &Log) -> Concern {
    if !holds_charts(&log.address) {
        return Concern::Open;
    }
    let topics = log.topics();
    if log.address == addresses::RECOVERY {
        return match topics {
            [event, account, ..] if RECOVERY_EVENTS.contains(event) => {
                Concern::Recovery(Address::from_word(*account))
            }
            _ => Concern::Unknown,
        };
    }
    CHART_TOPICS
        .iter()
        .find(|(address, event, _)| *address == log.address && topics.first() == Some(event))
        .and_then(|(_, _, position)| topics.get(*position))
        .map_or(Concern::Unknown, |chart| Concern::Chart(*chart))
}

#[cfg(test)]
mod tests {
    use alloy_primitives::address;

    use super::*;

    #[test]
    fn every_event_of_the_charts_contracts_names_its_chart() {
        let known = CHART_TOPICS.map(|(_, event, _)| event);
        let events = IRecords::abi::events();
        let access = IAccess::abi::events();
        let delegation = IDelegation::abi::events();
        let all = events
            .values()
            .chain(access.values())
            .chain(delegation.values());
        for event in all.flatten() {
            assert!(
                known.contains(&event.selector()),
                "{} is not in CHART_TOPICS",
                event.name
            );
            let (_, _, position) = CHART_TOPICS
                .iter()
                .find(|(_, selector, _)| *selector == event.selector())
                .unwrap();
            let indexed: Vec<_> = event.inputs.iter().filter(|input| input.indexed).collect();
            assert_eq!(indexed[position - 1].name, "chart", "{}", event.name);
        }
    }

    #[test]
    fn every_event_of_recovery_names_its_account() {
        for event in IRecovery::abi::events().values().flatten() {
            assert!(
                RECOVERY_EVENTS.contains(&event.selector()),
                "{}",
                event.name
            );
            assert_eq!(event.inputs[0].name, "account", "{}", event.name);
            assert!(event.inputs[0].indexed, "{}", event.name);
            let account = Address::repeat_byte(7);
            let topics = vec![event.selector(), account.into_word()];
            let log = Log::new_unchecked(addresses::RECOVERY, topics, Default::default());
            assert_eq!(concern(&log), Concern::Recovery(account));
        }
        let topics = vec![B256::repeat_byte(9), B256::ZERO];
        let log = Log::new_unchecked(addresses::RECOVERY, topics, Default::default());
        assert_eq!(concern(&log), Concern::Unknown);
    }

    #[test]
    fn an_unknown_event_or_native_contract_is_closed() {
        let log =
            |address| Log::new_unchecked(address, vec![B256::repeat_byte(9)], Default::default());
        assert_eq!(concern(&log(addresses::RECORDS)), Concern::Unknown);
        let later = address!("0000000000000000000000000000000000ec0009");
        assert_eq!(concern(&log(later)), Concern::Unknown);
        assert_eq!(concern(&log(addresses::DIRECTORY)), Concern::Open);
        assert_eq!(concern(&log(Address::repeat_byte(5))), Concern::Open);
    }
}
