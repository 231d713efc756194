//! Faults with real processes: kills, stops, losses of disks. Nothing acknowledged is lost.

mod cluster;

use cluster::Cluster;

#[test]
fn members_killed_stopped_and_wiped_lose_nothing_acknowledged() {
    let mut cluster = Cluster::found();
    cluster.start_all();

    // One of four is killed during load: the others go on, and it catches up.
    let before = cluster.enrol_while_killing(2, 12);
    cluster.restart(2, false);
    cluster.expect_at_all(&before);

    // Two down: the chain stops. One back: it goes on.
    cluster.kill(1);
    cluster.kill(3);
    cluster.expect_standstill();
    cluster.restart(3, false);
    let after = cluster.enrol(3);
    cluster.restart(1, false);
    cluster.expect_at_all(&after);

    // A member whose storage is lost fetches the state, and does not vote again in that epoch.
    cluster.kill(0);
    cluster.wipe_storage(0);
    cluster.restart(0, true);
    let synced = cluster.enrol(2);
    cluster.expect_at(0, &synced);
    cluster.kill(1);
    cluster.expect_standstill();
    cluster.restart(1, false);
    let resumed = cluster.enrol(2);

    // All four are killed at once: they agree on the last acknowledged block.
    cluster.kill_all();
    cluster.start_all_again();
    cluster.expect_at(1, &before);
    cluster.expect_at(1, &after);
    cluster.expect_at_all(&resumed);
    cluster.expect_agreement();

    // f + 1 members lose their storage at once: too few may vote, and the chain halts for good.
    cluster.kill(2);
    cluster.kill(3);
    cluster.wipe_storage(2);
    cluster.wipe_storage(3);
    cluster.spawn(2, true);
    cluster.spawn(3, true);
    cluster.expect_standstill();
    cluster.expect_at(1, &resumed);
}
