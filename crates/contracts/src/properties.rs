//! What holds whatever people do: long walks of random calls from fixed seeds.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolCall;

use walk::{EVERYONE, walks};

use crate::{
    addresses::{ACCESS, DIRECTORY, RECORDS},
    codes::{Effect, RequestStatus},
    interfaces::{
        IAccess::{
            NumberedRule, Rule, denyCall, logEntriesCall, removeRuleCall, revokeCall, rulesCall,
            setRuleCall,
        },
        IDirectory::personCall,
        IRecords::chartCall,
    },
    log::entry_hash,
    testing::{CHART, OTHER_CHART, Who, World},
};

mod openings;
mod recovery;
mod shut_out;
mod walk;

fn is_final(status: RequestStatus) -> bool {
    matches!(
        status,
        RequestStatus::Denied | RequestStatus::Revoked | RequestStatus::Expired
    )
}

#[test]
fn a_denied_revoked_or_expired_request_stays_so() {
    let mut reached = BTreeMap::new();
    let mut last: BTreeMap<B256, RequestStatus> = BTreeMap::new();
    walks(|walk, step| {
        let statuses = walk.statuses();
        if step == 0 {
            last.clear();
        }
        for (id, status) in &last {
            if is_final(*status) {
                assert_eq!(statuses.get(id), Some(status));
            }
        }
        for status in statuses.values() {
            *reached.entry(status.code()).or_insert(0) += 1;
        }
        last = statuses;
    });
    assert_eq!(
        reached.len(),
        RequestStatus::ALL.len(),
        "the walks reach every status"
    );
}

#[test]
fn nobody_but_time_and_the_controller_changes_anything_of_control() {
    walks(|walk, _| {
        for (id, controller) in [(CHART, Who::Patient), (OTHER_CHART, Who::OtherPatient)] {
            let chart = walk.world.ok(controller, RECORDS, &chartCall { id });
            assert_eq!(chart.controller, controller.address());
        }
    });
}

#[test]
fn a_key_is_set_by_its_person_only() {
    let keys = |world: &mut World| -> Vec<(Address, B256)> {
        let people = EVERYONE.map(|who| who.address());
        let key = |account| personCall { account };
        people
            .map(|who| (who, world.ok(Who::Stranger, DIRECTORY, &key(who)).key))
            .to_vec()
    };
    let mut set = 0;
    walks(|walk, _| {
        // In the walks only admin accounts and two of the hospital's people send `setKey`, with somebody else's address as key.
        for (account, key) in keys(&mut walk.world) {
            let may = [Who::Administrator, Who::Author].map(|who| who.address());
            assert!(key.is_zero() || may.contains(&account), "{account}");
            set += usize::from(!key.is_zero());
        }
    });
    assert!(set > 0, "the walks set keys");
}

#[test]
fn the_log_is_dense_append_only_and_equal_to_its_events() {
    let mut last: Vec<B256> = Vec::new();
    let mut longest = 0;
    walks(|walk, step| {
        let mut hashes = Vec::new();
        loop {
            let call = logEntriesCall {
                chart: CHART,
                from: hashes.len() as u64,
                limit: 100,
            };
            let found = walk.world.ok(Who::Patient, ACCESS, &call);
            hashes.extend(found.page);
            if hashes.len() as u64 == found.total {
                break;
            }
        }
        let events = walk.world.log_of(CHART);
        assert_eq!(events.iter().map(entry_hash).collect::<Vec<_>>(), hashes);
        assert!(
            events
                .iter()
                .zip(0..)
                .all(|(entry, sequence)| entry.sequence == sequence)
        );
        if step > 0 {
            assert!(hashes.starts_with(&last));
        }
        longest = longest.max(hashes.len());
        last = hashes;
    });
    assert!(longest > 50, "the walks fill the log, got {longest}");
}

#[test]
fn what_succeeded_once_and_moves_a_state_changes_nothing_when_it_is_sent_again() {
    let mut world = World::with_records();
    let (pending, denied, granted) = (world.ask(), world.ask(), world.granted());
    let approval = world.approval(pending, 7);
    let steps: [(&str, Vec<u8>); 4] = [
        ("approveSigned", approval.abi_encode()),
        ("deny", denyCall { id: denied }.abi_encode()),
        ("revoke", revokeCall { id: granted }.abi_encode()),
        ("revoke", revokeCall { id: pending }.abi_encode()),
    ];
    for (name, input) in steps {
        world
            .raw(Who::Patient.address(), ACCESS, &input)
            .expect("the first time it counts");
        let after = world.host.snapshot();
        world
            .raw(Who::Patient.address(), ACCESS, &input)
            .expect_err("the second time it does not");
        assert!(
            world.host.snapshot() == after,
            "{name} changed state by replay"
        );
    }
}

#[test]
fn rules_number_as_the_controller_left_them() {
    let mut world = World::with_records();
    let rule = Rule {
        effect: Effect::Deny.code(),
        ..Rule::default()
    };
    for index in 0..3 {
        world.ok(
            Who::Patient,
            ACCESS,
            &setRuleCall {
                chart: CHART,
                index,
                rule: rule.clone(),
            },
        );
    }
    world.ok(
        Who::Patient,
        ACCESS,
        &removeRuleCall {
            chart: CHART,
            index: 1,
        },
    );
    let call = rulesCall {
        chart: CHART,
        from: 0,
        limit: 100,
    };
    let rules: Vec<NumberedRule> = world.ok(Who::Patient, ACCESS, &call).page;
    let effects: Vec<_> = rules
        .iter()
        .map(|one| (one.index, one.rule.effect))
        .collect();
    assert_eq!(effects, [(0, 1), (1, 0), (2, 1)]);
}
