//! The committee changes by vote, with real processes: one joins, one is killed, and with `THERIAC_LONG` one leaves.

mod cluster;

use cluster::Cluster;

/// The least epoch in which five validators have their turns.
const EPOCH_BLOCKS: u64 = 80;

#[test]
fn a_machine_joins_and_votes_and_another_leaves_and_erases() {
    let mut cluster = Cluster::found_with(EPOCH_BLOCKS);
    cluster.start_all();
    let group_key = cluster.status(0)["groupKey"].clone();

    // A machine that nobody knows yet waits to be let in.
    let joining = cluster.add_machine();
    cluster.spawn(joining, true);
    cluster.vote_in(joining);
    let begun = cluster.epoch(0);
    cluster.enrol_until(|cluster| cluster.epoch(0) > begun);

    // One of the founders is voted out an epoch later, so that there is a committee of five between.
    let leaving = 1;
    if is_long() {
        cluster.vote_out(leaving);
    }
    cluster.enrol_until(|cluster| cluster.committee(0).len() == 5);

    // With one of five down, every other vote counts, the newcomer's too.
    cluster.kill(2);
    let together = cluster.enrol(3);
    cluster.restart(2, false);
    cluster.expect_at(joining, &together);
    assert_eq!(cluster.status(joining)["groupKey"], group_key);
    if !is_long() {
        return;
    }

    let left = cluster.identity(leaving);
    cluster.enrol_until(|cluster| !cluster.committee(0).contains(&left));
    assert_eq!(cluster.committee(0).len(), 4);
    assert_eq!(cluster.status(joining)["groupKey"], group_key);
    cluster.expect_shares(leaving, 0);
    for staying in [0, 2, 3, joining] {
        cluster.expect_shares(staying, 2);
    }
    let last = cluster.enrol(2);
    cluster.expect_at(joining, &last);
}

/// Whether the founder's leaving is waited for too, some epochs more.
fn is_long() -> bool {
    std::env::var_os("THERIAC_LONG").is_some()
}
