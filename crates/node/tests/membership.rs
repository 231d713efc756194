//! The committee changes by vote under load, with real processes and kills: 4 to 5, and with `THERIAC_LONG` on to 7 and back to 6.

mod cluster;
mod pace;

use cluster::{Acknowledged, Cluster};
use pace::Watch;
use std::time::Duration;

/// The least epoch in which five validators have their turns, and one in which seven have.
const EPOCH_BLOCKS: u64 = 80;
const LONG_EPOCH_BLOCKS: u64 = 112;
/// Longest wait for a block, at an epoch or elsewhere.
const STALL: Duration = Duration::from_secs(10);

#[test]
fn machines_join_and_vote_and_another_leaves_and_erases() {
    let mut cluster = Cluster::found_with(match is_long() {
        true => LONG_EPOCH_BLOCKS,
        false => EPOCH_BLOCKS,
    });
    cluster.start_all();
    let group_key = cluster.status(0)["groupKey"].clone();
    let watch = Watch::start(cluster.client_of_each());

    let fifth = join(&mut cluster, 1)[0];
    // With one of five down, every other vote counts, the newcomer's too.
    let together = enrol_without(&mut cluster, &[2]);
    cluster.expect_at(fifth, &together);
    assert_eq!(cluster.status(fifth)["groupKey"], group_key);
    if is_long() {
        let joined = join(&mut cluster, 2);
        // Who fetched the state has the receipts from then on.
        let mut together = enrol_without(&mut cluster, &[3, fifth]);
        assert_eq!(cluster.status(joined[1])["groupKey"], group_key);
        leave(&mut cluster, 1, &[0, 2, 3, fifth, joined[0], joined[1]]);
        together.extend(enrol_without(&mut cluster, &[joined[0]]));
        cluster.expect_at(joined[1], &together);
        assert_eq!(cluster.status(joined[1])["groupKey"], group_key);
    }

    let longest = watch.stop();
    println!("the longest wait for a block was {longest:?}");
    assert!(longest <= STALL, "no block for {longest:?}");
}

/// Machines that nobody knew are let in, and the committee grows by them.
fn join(cluster: &mut Cluster, count: usize) -> Vec<usize> {
    let before = cluster.committee(0).len();
    let joining: Vec<_> = (0..count).map(|_| cluster.add_machine()).collect();
    for machine in &joining {
        cluster.spawn(*machine, true);
        cluster.vote_in(*machine);
    }
    cluster.enrol_until(|cluster| cluster.committee(0).len() == before + count);
    joining
}

/// A founder is voted out, erases its shares, and those who stay keep theirs.
fn leave(cluster: &mut Cluster, leaving: usize, staying: &[usize]) {
    cluster.vote_out(leaving);
    let left = cluster.identity(leaving);
    cluster.enrol_until(|cluster| !cluster.committee(0).contains(&left));
    assert_eq!(cluster.committee(0).len(), staying.len());
    cluster.expect_shares(leaving, 0);
    for index in staying {
        cluster.expect_shares(*index, 2);
    }
}

/// People are enrolled while members are killed, which then come back.
fn enrol_without(cluster: &mut Cluster, victims: &[usize]) -> Acknowledged {
    let mut acknowledged = cluster.enrol(1);
    for victim in victims {
        cluster.kill(*victim);
    }
    acknowledged.extend(cluster.enrol(3));
    for victim in victims {
        cluster.restart(*victim, false);
    }
    acknowledged
}

/// Whether the longer way is gone, some epochs more.
fn is_long() -> bool {
    std::env::var_os("THERIAC_LONG").is_some()
}
