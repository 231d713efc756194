//! The parties that an event names, as GLNs.

use std::collections::BTreeSet;
use theriac_standards::epcis::{hash::canonical_identifier, model::Event};

/// The GLN of a location or party, whatever form its identifier has; extensions and qualifiers do not count.
pub(crate) fn gln_of(identifier: &str) -> Option<String> {
    let canonical = canonical_identifier(identifier)?;
    let path = canonical.strip_prefix("https://id.gs1.org/")?;
    let mut parts = path.split('/');
    match (parts.next(), parts.next()) {
        (Some("414" | "417"), Some(gln)) if gln.len() == 13 => Some(gln.to_owned()),
        _ => None,
    }
}

/// The GLNs of all sources, destinations and the business location of `event`.
pub(crate) fn named_parties(event: &Event) -> BTreeSet<String> {
    let lists = [&event.source_list, &event.destination_list];
    let parties = lists.into_iter().flatten().flatten();
    let parties = parties.filter_map(|party| party.id.as_deref());
    let location = event.biz_location.as_ref();
    let location = location.and_then(|place| place.id.as_deref());
    parties.chain(location).filter_map(gln_of).collect()
}
