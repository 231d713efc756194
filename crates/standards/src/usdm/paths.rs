//! Which instances of a timeline every subject passes.

use super::Timeline;
use std::collections::{BTreeMap, BTreeSet};

/// The ids of the instances that lie on every way from the entry to an end.
pub(super) fn unavoidable(timeline: &Timeline) -> BTreeSet<&str> {
    let graph: BTreeMap<&str, Vec<&str>> = timeline
        .instances
        .iter()
        .map(|one| {
            let branches = one.branches.iter().map(|(_, target)| target.as_str());
            let next = one.next_id.iter().map(String::as_str);
            (one.id.as_str(), next.chain(branches).collect())
        })
        .collect();
    let has_decision = timeline.instances.iter().any(|one| one.is_decision());
    let reached = reachable(&timeline.entry_id, &graph, None);
    if !has_decision {
        return reached;
    }
    let ends = |avoided: Option<&str>| {
        let reached = reachable(&timeline.entry_id, &graph, avoided);
        reached
            .iter()
            .any(|id| graph.get(id).is_none_or(|next| next.is_empty()))
    };
    let all = reached.iter().copied();
    all.filter(|id| !ends(Some(*id))).collect()
}

fn reachable<'a>(
    entry: &'a str,
    graph: &BTreeMap<&'a str, Vec<&'a str>>,
    avoided: Option<&str>,
) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![entry];
    while let Some(id) = open.pop() {
        if Some(id) == avoided || !graph.contains_key(id) || !reached.insert(id) {
            continue;
        }
        open.extend(graph.get(id).into_iter().flatten());
    }
    reached
}
