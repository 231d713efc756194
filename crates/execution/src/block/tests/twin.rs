//! The native rules against their twin in Solidity, on random rules and random requests: no difference.

mod scene;

use crate::environment::BlockEnvironment;
use crate::simulate::{CallRequest, Session};
use crate::testing::AskAll::{AccessRequest, askCall};
use crate::testing::{Chain, NativeTwin, environment, example, testing_code};
use alloy_primitives::{Address, B256, TxKind, U256};
use alloy_sol_types::{SolCall, SolEvent};
use scene::{Scene, chart};
use theriac_contracts::addresses::{ACCESS, RECORDS};
use theriac_contracts::codes::{EntryKind, RequestStatus};
use theriac_contracts::interfaces::{IAccess, IRecords};

/// Charts, each with rules of its own: with the requests to each, 100,000 pairs.
const CHARTS: u64 = 250;
/// Requests to each chart at each time.
const REQUESTS: usize = 100;
/// Moments at which each chart is asked, a second apart.
const MOMENTS: u64 = 4;
/// Rules of a chart, at most.
const MOST_RULES: u64 = 9;
/// Blocks hold this many transactions of 2,000,000 gas.
const BATCH: usize = 90;

/// What rules say: 0 nothing, 1 deny, 2 permit, and the index of the rule that decides.
type Verdict = (u8, u16);

/// The calls that bring rules into the native contract.
fn native_calls(chart: B256, rules: &[Option<IAccess::Rule>]) -> Vec<(Address, Vec<u8>)> {
    let mut calls = Vec::new();
    for (rule, index) in rules.iter().zip(0..) {
        let set = IAccess::setRuleCall {
            chart,
            index,
            rule: rule.clone().unwrap_or(IAccess::Rule {
                effect: 2,
                ..Default::default()
            }),
        };
        calls.push((ACCESS, set.abi_encode()));
        if rule.is_none() {
            let remove = IAccess::removeRuleCall { chart, index };
            calls.push((ACCESS, remove.abi_encode()));
        }
    }
    calls
}

/// The call that brings the same rules into a twin.
fn twin_call(chart: B256, rules: &[Option<IAccess::Rule>]) -> Vec<u8> {
    let all = rules.iter().map(|rule| {
        let rule = rule.clone().unwrap_or_default();
        NativeTwin::Rule {
            who: rule.who,
            organisation: rule.organisation,
            kinds: rule.kinds,
            effect: rule.effect,
            role: rule.role,
            purpose: rule.purpose,
            from: rule.from,
            until: rule.until,
        }
    });
    let all = all.collect();
    NativeTwin::setRulesCall { chart, all }.abi_encode()
}

/// What the native rules say, through `access.request` and the entry that it leaves.
fn native_verdict(session: &mut Session<'_>, chain: &Chain, request: &AccessRequest) -> Verdict {
    let call = IAccess::requestCall {
        chart: request.chart,
        record: B256::ZERO,
        purpose: request.purpose,
        kinds: request.kinds,
        reason: B256::repeat_byte(7),
        key: B256::repeat_byte(8),
        expiry: request.time + 1_000,
    };
    let question = CallRequest {
        from: request.requester,
        to: TxKind::Call(ACCESS),
        input: call.abi_encode().into(),
        ..CallRequest::default()
    };
    let said = session
        .call(&chain.spec, &question)
        .expect("all state is in the map");
    let answer = IAccess::requestCall::abi_decode_returns(&said.output).expect("it is answered");
    let decided = said.logs.iter().find_map(|log| {
        let entry = IAccess::LogEntry::decode_log(log).ok()?;
        let effect = match EntryKind::from_code(entry.kind)? {
            EntryKind::DeniedByRule => 1,
            EntryKind::PermittedByRule => 2,
            _ => return None,
        };
        Some((effect, U256::from_be_bytes(entry.detail.0).to()))
    });
    let verdict = decided.unwrap_or((0, 0));
    let statuses = [
        RequestStatus::Pending,
        RequestStatus::Denied,
        RequestStatus::Admitted,
    ];
    assert_eq!(answer.status, statuses[usize::from(verdict.0)].code());
    verdict
}

/// What a twin says to each of the requests.
fn twin_verdicts(
    session: &mut Session<'_>,
    scene: &Scene,
    (twin, requests): (Address, &[AccessRequest]),
) -> Vec<Verdict> {
    let requests = requests.to_vec();
    let question = CallRequest {
        to: TxKind::Call(scene.asker),
        input: askCall { twin, requests }.abi_encode().into(),
        ..CallRequest::default()
    };
    let said = session
        .call(&scene.chain.spec, &question)
        .expect("all state is in the map");
    let said = askCall::abi_decode_returns(&said.output).expect("every request is answered");
    said.iter()
        .map(|word| ((word >> 14) as u8, word & 0x3fff))
        .collect()
}

/// The environment of a block at this second.
fn at(height: u64, seconds: u64) -> BlockEnvironment {
    BlockEnvironment {
        time_ms: seconds * 1_000 + 999,
        ..environment(height)
    }
}

/// Asks natives and twins the same; how often each twin differs, and how often each verdict was heard.
fn compare(scene: &mut Scene, twins: &[Address], charts: u64) -> (Vec<usize>, [usize; 3]) {
    let first = environment(scene.chain.height).timestamp() + 10_000;
    let mut calls = Vec::new();
    for number in 0..charts {
        let (id, rules) = (chart(number), scene.rules(first));
        let open = IRecords::openChartCall {
            chart: id,
            controller: scene.patient.address(),
        };
        calls.push((RECORDS, open.abi_encode()));
        calls.extend(native_calls(id, &rules));
        calls.extend(twins.iter().map(|twin| (*twin, twin_call(id, &rules))));
    }
    scene.all_succeed(calls);
    let mut differences = vec![0; twins.len()];
    let mut heard = [0; 3];
    for (number, moment) in (0..charts).flat_map(|number| (0..MOMENTS).map(move |m| (number, m))) {
        let seconds = first + moment;
        let draw = |_| scene.request(chart(number), seconds);
        let requests: Vec<_> = (0..REQUESTS).map(draw).collect();
        let environment = at(scene.chain.height + 1, seconds);
        let mut session = Session::new(&scene.chain.spec, &environment, &scene.chain.state);
        let native: Vec<_> = requests
            .iter()
            .map(|request| native_verdict(&mut session, &scene.chain, request))
            .collect();
        native
            .iter()
            .for_each(|verdict| heard[usize::from(verdict.0)] += 1);
        for (twin, differences) in twins.iter().zip(&mut differences) {
            let said = twin_verdicts(&mut session, scene, (*twin, &requests));
            let pairs = native.iter().zip(&said);
            *differences += pairs.filter(|(native, said)| native != said).count();
        }
    }
    (differences, heard)
}

#[test]
fn twin_in_solidity_says_what_the_native_rules_say() {
    let mut scene = Scene::new();
    let twin = scene.deploy(example("NativeTwin"));
    let (differences, heard) = compare(&mut scene, &[twin], CHARTS);
    let total = heard.iter().sum::<usize>();
    assert_eq!(total, 100_000);
    assert_eq!(differences, [0]);
    // Each verdict is heard often, so that the agreement says something.
    assert!(heard.iter().all(|count| count * 10 > total), "{heard:?}");
}

/// Each of the twins has one mistake; the comparison finds every one, in a thirtieth of what it asks of the right one.
#[test]
fn comparison_finds_every_twin_with_a_mistake() {
    let mut scene = Scene::new();
    let names = crate::testing::mutants();
    assert!(names.len() >= 12);
    let twins: Vec<_> = names
        .iter()
        .map(|name| scene.deploy(testing_code("mutants", name)))
        .collect();
    let (differences, _) = compare(&mut scene, &twins, 8);
    for (name, count) in names.iter().zip(differences) {
        assert!(count > 0, "{name}");
    }
}
