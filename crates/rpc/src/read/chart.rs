//! Which chart an event of the native contracts is about.

use alloy_primitives::{Address, B256, Log, U256};
use alloy_sol_types::SolEvent;
use theriac_contracts::{
    addresses,
    interfaces::{IAccess, IRecords, ISeals},
};

/// Whom a log concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concern {
    /// No chart: any enrolled caller may read it.
    Open,
    /// The parties of this chart.
    Chart(B256),
    /// The parties of this chart, and who watches over the emergencies of this organisation.
    Emergency(B256, u32),
    /// A chart's contract, but this server does not know of which chart it speaks.
    Unknown,
}

/// Native contracts whose state, logs and calls are open to every enrolled caller.
const OPEN: [Address; 3] = [addresses::HISTORY, addresses::MEMBERS, addresses::DIRECTORY];

/// Events and the topic that names the chart.
const CHART_TOPICS: [(Address, B256, usize); 15] = [
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
    (
        addresses::RECORDS,
        IRecords::RecordErased::SIGNATURE_HASH,
        2,
    ),
    (addresses::RECORDS, IRecords::HoldSet::SIGNATURE_HASH, 2),
    (
        addresses::RECORDS,
        IRecords::HoldReleased::SIGNATURE_HASH,
        2,
    ),
    (addresses::ACCESS, IAccess::LogEntry::SIGNATURE_HASH, 1),
    (addresses::ACCESS, IAccess::Requested::SIGNATURE_HASH, 2),
    (addresses::SEALS, ISeals::Sealed::SIGNATURE_HASH, 2),
    (addresses::SEALS, ISeals::OpeningDecided::SIGNATURE_HASH, 2),
    (addresses::SEALS, ISeals::RulePointed::SIGNATURE_HASH, 1),
    (addresses::SEALS, ISeals::GlassScopeSet::SIGNATURE_HASH, 1),
    (addresses::SEALS, ISeals::GlassBroken::SIGNATURE_HASH, 2),
    (addresses::SEALS, ISeals::Reviewed::SIGNATURE_HASH, 2),
];

/// Events of emergencies, and the topic that names the organisation of whoever opened.
const EMERGENCIES: [B256; 2] = [
    ISeals::GlassBroken::SIGNATURE_HASH,
    ISeals::Reviewed::SIGNATURE_HASH,
];
const ORGANISATION_TOPIC: usize = 3;

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
    let chart = CHART_TOPICS
        .iter()
        .find(|(address, event, _)| *address == log.address && topics.first() == Some(event))
        .and_then(|(_, _, position)| topics.get(*position));
    let Some(chart) = chart else {
        return Concern::Unknown;
    };
    let organisation = topics
        .get(ORGANISATION_TOPIC)
        .filter(|_| EMERGENCIES.contains(&topics[0]))
        .and_then(|topic| u32::try_from(U256::from_be_bytes(topic.0)).ok());
    organisation.map_or(Concern::Chart(*chart), |organisation| {
        Concern::Emergency(*chart, organisation)
    })
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
        let seals = ISeals::abi::events();
        let all = events.values().chain(access.values()).chain(seals.values());
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
    fn an_event_of_an_emergency_names_the_organisation_in_its_last_topic() {
        let seals = ISeals::abi::events();
        for event in seals.values().flatten() {
            let indexed: Vec<_> = event.inputs.iter().filter(|input| input.indexed).collect();
            let named = indexed
                .get(2)
                .is_some_and(|input| input.name == "organisation");
            assert_eq!(
                EMERGENCIES.contains(&event.selector()),
                named,
                "{}",
                event.name
            );
        }
        let topics = [
            EMERGENCIES[0],
            B256::ZERO,
            B256::repeat_byte(7),
            B256::with_last_byte(3),
        ];
        let log = Log::new_unchecked(addresses::SEALS, topics.to_vec(), Default::default());
        let expected = Concern::Emergency(B256::repeat_byte(7), 3);
        assert_eq!(concern(&log), expected);
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
