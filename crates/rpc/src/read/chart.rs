//! Which chart, or whose recovery, an event of the native contracts is about.

use alloy_primitives::{Address, B256, Log};
use alloy_sol_types::SolEvent;
use theriac_contracts::{
    OrganisationId, addresses,
    interfaces::{IAccess, IDelegation, IRecords, IRecovery, ISeals},
};

/// Whom a log concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concern {
    /// No chart: any enrolled caller may read it.
    Open,
    /// The parties of this chart.
    Chart(B256),
    /// The parties of this chart, and those who watch over privacy in this organisation.
    Watched(B256, OrganisationId),
    /// This account, its guardians and its successor.
    Recovery(Address),
    /// A chart's contract, but this server does not know of which chart it speaks.
    Unknown,
}

/// Native contracts whose state, logs and calls are open to every enrolled caller.
const OPEN: [Address; 5] = [
    addresses::HISTORY,
    addresses::MEMBERS,
    addresses::DIRECTORY,
    addresses::PACKS,
    addresses::TRIALS,
];

/// Events and the topic that names the chart.
const CHART_TOPICS: [(Address, B256, usize); 18] = [
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

/// Events of `seals` that concern an organisation too, which the last topic names.
const WATCHED: [B256; 2] = [
    ISeals::GlassBroken::SIGNATURE_HASH,
    ISeals::Reviewed::SIGNATURE_HASH,
];
const ORGANISATION_TOPIC: usize = 3;

/// Whether the contract holds what not everyone may read: charts, cabinets, prescriptions. The whole native range is closed but for those in `OPEN`, so
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
    let known = CHART_TOPICS
        .iter()
        .find(|(address, event, _)| *address == log.address && topics.first() == Some(event));
    let Some((_, event, position)) = known else {
        return Concern::Unknown;
    };
    match (topics.get(*position), organisation(event, topics)) {
        (None, _) => Concern::Unknown,
        (Some(chart), None) => Concern::Chart(*chart),
        (Some(chart), Some(organisation)) => Concern::Watched(*chart, organisation),
    }
}

/// The organisation that an event concerns, if it concerns one.
fn organisation(event: &B256, topics: &[B256]) -> Option<OrganisationId> {
    let watched = WATCHED.contains(event);
    let topic = topics.get(ORGANISATION_TOPIC).filter(|_| watched)?;
    let (zero, low) = topic.split_last_chunk::<4>()?;
    let fits = zero.iter().all(|byte| *byte == 0);
    fits.then(|| OrganisationId(u32::from_be_bytes(*low)))
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
        let (delegation, seals) = (IDelegation::abi::events(), ISeals::abi::events());
        let all = [&events, &access, &delegation, &seals];
        for event in all.into_iter().flat_map(|events| events.values().flatten()) {
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
            if WATCHED.contains(&event.selector()) {
                let organisation = indexed[ORGANISATION_TOPIC - 1];
                assert_eq!(organisation.name, "organisation", "{}", event.name);
            }
        }
    }

    #[test]
    fn broken_glass_concerns_the_chart_and_the_organisation_and_other_openings_the_chart() {
        let chart = B256::repeat_byte(3);
        let log = |data| Log {
            address: addresses::SEALS,
            data,
        };
        let broken = ISeals::GlassBroken {
            chart,
            organisation: 0x0102,
            ..Default::default()
        };
        let decided = ISeals::OpeningDecided {
            chart,
            ..Default::default()
        };
        let watched = Concern::Watched(chart, OrganisationId(0x0102));
        assert_eq!(concern(&log(broken.encode_log_data())), watched);
        let of_chart = Concern::Chart(chart);
        assert_eq!(concern(&log(decided.encode_log_data())), of_chart);
        let mut odd = broken.encode_log_data();
        odd.topics_mut_unchecked()[3][0] = 1;
        assert_eq!(
            concern(&log(odd)),
            of_chart,
            "no organisation has this number"
        );
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
        let later = address!("0000000000000000000000000000000000ec00fe");
        for closed in [addresses::CABINETS, addresses::PRESCRIPTIONS, later] {
            assert_eq!(concern(&log(closed)), Concern::Unknown);
        }
        assert_eq!(concern(&log(addresses::PACKS)), Concern::Open);
        assert_eq!(concern(&log(addresses::TRIALS)), Concern::Open);
        assert_eq!(concern(&log(addresses::DIRECTORY)), Concern::Open);
        assert_eq!(concern(&log(Address::repeat_byte(5))), Concern::Open);
    }
}
