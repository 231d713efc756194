//! Whether the events of a package are those that the ledger was told of, and at the time that they say.

use std::collections::BTreeMap;

use alloy_primitives::B256;
use theriac_standards::epcis::{model::Event, time::Instant};

use super::{
    events,
    exception::{Exception, Fault},
    ledger::Told,
};

/// How long an event may wait until the ledger is told: a partner may be without a node for a day.
const WAITING_MS: i64 = 86_400_000;
/// How far the clocks of ledger and partner may be apart.
const CLOCKS_APART_MS: i64 = 3_600_000;

/// Whether each event was committed to, by a hand-over of this way or for itself, and says when.
pub(super) fn check_papers(events: &[Event], salts: &[B256], told: &Told) -> Vec<Exception> {
    let mut entered: BTreeMap<B256, u64> = BTreeMap::new();
    let documents = told.documents.iter();
    entered.extend(documents.map(|(hash, entry)| (*hash, entry.timeMs)));
    let closings = told.closings.values();
    entered.extend(closings.map(|closing| (closing.document, closing.timeMs)));
    let fault = |(event, (paper, salt)): (usize, (&Event, &B256))| match entered
        .get(&events::commitment(paper, *salt))
    {
        None => Some(Fault::PaperNotCommitted { event }),
        Some(time_ms) if is_timely(paper, time_ms.cast_signed()) => None,
        Some(_) => Some(Fault::PaperTime { event }),
    };
    let papers = events.iter().zip(salts).enumerate();
    papers.filter_map(fault).map(Exception::alone).collect()
}

fn is_timely(event: &Event, entered_ms: i64) -> bool {
    let stated = event.event_time.as_deref().and_then(Instant::parse);
    stated.is_some_and(|stated| {
        let waited_ms = entered_ms.saturating_sub(stated.to_millis());
        (-CLOCKS_APART_MS..=WAITING_MS + CLOCKS_APART_MS).contains(&waited_ms)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_may_wait_a_day_and_no_longer() {
        let at = |text: &str| Event {
            event_time: Some(text.to_owned()),
            ..Event::default()
        };
        let entered = Instant::parse("2026-11-23T08:00:00Z").unwrap().to_millis();
        for (text, is_fine) in [
            ("2026-11-23T08:00:00Z", true),
            ("2026-11-22T07:30:00Z", true),
            ("2026-11-22T06:30:00Z", false),
            ("2026-11-23T08:59:00Z", true),
            ("2026-11-23T09:01:00Z", false),
            ("then", false),
        ] {
            assert_eq!(is_timely(&at(text), entered), is_fine, "{text}");
        }
    }
}
