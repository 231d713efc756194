//! The ceremony in the deterministic runtime, over real handshakes and encryption on a simulated network.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use commonware_consensus::types::Epoch;
use commonware_cryptography::{
    Signer as _,
    bls12381::primitives::{
        ops::{self, threshold},
        variant::MinSig,
    },
    ed25519,
};
use commonware_glue::dkg::{SecretStore as _, network::Directory as _};
use commonware_parallel::Sequential;
use commonware_runtime::{
    Clock as _, Handle, Runner as _, Spawner as _, Supervisor as _, deterministic,
};
use commonware_utils::N3f1;
use theriac_consensus::{
    genesis::{CeremonyError, Completed, ParticipantConfig, participate},
    secrets::memory::MemorySecretStore,
};

type Outcome = Result<Completed, CeremonyError>;

fn participant(number: u64, count: u64) -> ParticipantConfig<MemorySecretStore> {
    let key = ed25519::PrivateKey::from_seed;
    let address = |number: u64| SocketAddr::from(([127, 0, 0, 1], 4_000 + number as u16));
    let participants: BTreeMap<_, _> = (0..count)
        .map(|other| (key(other).public_key(), address(other)))
        .collect();
    ParticipantConfig {
        identity: key(number),
        listen: address(number),
        participants,
        secrets: MemorySecretStore::default(),
        partition: format!("ceremony-{number}"),
        chain_id: 8_421,
        attempt: 1,
        charter: [9; 32],
        revealed_max: 0,
        timeout: Duration::from_secs(120),
    }
}

/// The same participant after a crash. The simulated network never frees a port, so it listens elsewhere and dials out.
fn restarted(config: ParticipantConfig<MemorySecretStore>) -> ParticipantConfig<MemorySecretStore> {
    let mut listen = config.listen;
    listen.set_port(listen.port() + 100);
    ParticipantConfig { listen, ..config }
}

fn start(
    context: &deterministic::Context,
    config: ParticipantConfig<MemorySecretStore>,
) -> Handle<Outcome> {
    context
        .child("participant")
        .spawn(move |context| participate(context, config))
}

async fn join_all(handles: Vec<Handle<Outcome>>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for handle in handles {
        outcomes.push(handle.await.expect("a participant ends by itself"));
    }
    outcomes
}

/// Everybody has the same epoch and a share of one key, with which a quorum signs and fewer do not.
fn assert_one_key(outcomes: Vec<Outcome>) {
    let completed: Vec<_> = outcomes
        .into_iter()
        .map(|outcome| outcome.expect("completed"))
        .collect();
    let info = completed[0].info.clone();
    let count = completed.len();
    for member in &completed {
        assert_eq!(member.info, info);
        assert!(member.unconfirmed.is_empty());
        let public = info
            .output
            .public()
            .partial_public(member.share.index)
            .expect("in the committee");
        assert_eq!(member.share.public::<MinSig>(), public);
    }
    assert_eq!(info.epoch, Epoch::zero());
    assert_eq!(info.players.len(), count);
    assert_eq!(info.next_players, info.players);
    assert!(info.directory.matches(&info.players));

    let quorum = info.output.quorum::<N3f1>() as usize;
    for first in 0..count {
        let chosen = (0..quorum).map(|offset| &completed[(first + offset) % count].share);
        assert!(
            signs(&info, chosen.collect()),
            "a quorum from {first} signs"
        );
        let chosen = (0..quorum - 1).map(|offset| &completed[(first + offset) % count].share);
        assert!(!signs(&info, chosen.collect()), "one less does not");
    }
}

fn signs(
    info: &theriac_ledger::block::EpochInfo,
    shares: Vec<&commonware_cryptography::bls12381::primitives::group::Share>,
) -> bool {
    let partials: Vec<_> = shares
        .iter()
        .map(|share| threshold::sign_message::<MinSig>(share, b"namespace", b"message"))
        .collect();
    let Ok(signature) =
        threshold::recover::<MinSig, _>(info.output.public(), &partials, &Sequential)
    else {
        return false;
    };
    ops::verify_message::<MinSig>(
        info.output.public().public(),
        b"namespace",
        b"message",
        &signature,
    )
    .is_ok()
}

#[test]
fn four_members_make_one_key_that_any_three_use() {
    deterministic::Runner::seeded(1).start(|context| async move {
        let handles = (0..4)
            .map(|number| start(&context, participant(number, 4)))
            .collect();
        assert_one_key(join_all(handles).await);
    });
}

#[test]
fn one_member_alone_makes_a_key() {
    deterministic::Runner::seeded(2).start(|context| async move {
        let outcome = start(&context, participant(0, 1)).await.expect("ends");
        let completed = outcome.expect("completed");
        assert_eq!(completed.info.output.players().len(), 1);
    });
}

#[test]
fn nobody_begins_before_the_last_member_came() {
    deterministic::Runner::seeded(3).start(|context| async move {
        let mut handles: Vec<_> = (0..3)
            .map(|number| start(&context, participant(number, 4)))
            .collect();
        context.sleep(Duration::from_secs(20)).await;
        handles.push(start(&context, participant(3, 4)));
        assert_one_key(join_all(handles).await);
    });
}

/// How long the ceremony of four takes on the simulated clock, when nobody crashes.
fn undisturbed(seed: u64) -> Duration {
    deterministic::Runner::seeded(seed).start(|context| async move {
        let begun = context.current();
        let handles = (0..4)
            .map(|number| start(&context, participant(number, 4)))
            .collect();
        join_all(handles).await;
        context
            .current()
            .duration_since(begun)
            .expect("time goes on")
    })
}

#[test]
fn a_member_that_crashes_and_restarts_gets_its_share() {
    let whole = undisturbed(4);
    for eighths in 1..6 {
        deterministic::Runner::seeded(4).start(|context| async move {
            let config = |number| ParticipantConfig {
                revealed_max: 1,
                ..participant(number, 4)
            };
            let crashing = config(0);
            let doomed = start(&context, crashing.clone());
            let mut handles: Vec<_> = (1..4)
                .map(|number| start(&context, config(number)))
                .collect();
            context.sleep(whole * eighths / 8).await;
            doomed.abort();
            context.sleep(Duration::from_millis(50)).await;
            handles.push(start(&context, restarted(crashing)));
            assert_one_key(join_all(handles).await);
        });
    }
}

#[test]
fn a_member_that_restarts_after_the_end_finds_its_result_alone() {
    deterministic::Runner::seeded(8).start(|context| async move {
        let configs: Vec<_> = (0..4).map(|number| participant(number, 4)).collect();
        let handles = configs
            .iter()
            .map(|config| start(&context, config.clone()))
            .collect();
        let before = join_all(handles).await.remove(0).expect("completed");
        let again = start(&context, restarted(configs[0].clone()))
            .await
            .expect("ends")
            .expect("completed");
        assert_eq!(again.info, before.info);
        assert_eq!(again.share, before.share);
        assert_eq!(again.unconfirmed.len(), 3, "nobody is there to confirm");
    });
}

#[test]
fn an_absent_member_is_named() {
    deterministic::Runner::seeded(9).start(|context| async move {
        let config = |number| ParticipantConfig {
            timeout: Duration::from_secs(5),
            ..participant(number, 4)
        };
        let absent = config(3).identity.public_key();
        let handles = (0..3)
            .map(|number| start(&context, config(number)))
            .collect();
        for outcome in join_all(handles).await {
            match outcome {
                Err(CeremonyError::Absent { missing, .. }) => {
                    assert_eq!(missing, std::slice::from_ref(&absent))
                }
                other => panic!("expected an absent member, got {other:?}"),
            }
        }
    });
}

#[test]
fn a_member_with_another_charter_is_named() {
    deterministic::Runner::seeded(10).start(|context| async move {
        let other = ParticipantConfig {
            charter: [1; 32],
            ..participant(3, 4)
        };
        let name = other.identity.public_key();
        let mut handles: Vec<_> = (0..3)
            .map(|number| start(&context, participant(number, 4)))
            .collect();
        handles.push(start(&context, other));
        let outcome = handles.remove(0).await.expect("ends");
        match outcome {
            Err(CeremonyError::AnotherCharter(names)) => assert_eq!(names, [name]),
            other => panic!("expected another charter, got {other:?}"),
        }
    });
}

#[test]
fn a_key_that_is_not_in_the_charter_takes_no_part() {
    deterministic::Runner::seeded(11).start(|context| async move {
        let stranger = ParticipantConfig {
            identity: ed25519::PrivateKey::from_seed(99),
            ..participant(0, 4)
        };
        let outcome = start(&context, stranger).await.expect("ends");
        assert!(matches!(outcome, Err(CeremonyError::NotAParticipant(_))));
    });
}

#[test]
fn the_same_seed_gives_the_same_ceremony_and_another_gives_another_key() {
    let run = |seed| {
        deterministic::Runner::seeded(seed).start(|context| async move {
            let handles = (0..4)
                .map(|number| start(&context, participant(number, 4)))
                .collect();
            let completed = join_all(handles).await.remove(0).expect("completed");
            (context.auditor().state(), completed.info.output)
        })
    };
    assert_eq!(run(12), run(12));
    assert_ne!(run(12).1, run(13).1);
}

#[test]
fn the_ceremony_keeps_its_share_only_in_the_store_it_was_given() {
    deterministic::Runner::seeded(14).start(|context| async move {
        let configs: Vec<_> = (0..4).map(|number| participant(number, 4)).collect();
        let handles = configs
            .iter()
            .map(|config| start(&context, config.clone()))
            .collect();
        for (config, outcome) in configs.iter().zip(join_all(handles).await) {
            let mut secrets = config.secrets.clone();
            assert_eq!(
                secrets.get_share(Epoch::zero()).await,
                Some(outcome.expect("completed").share)
            );
            assert_eq!(secrets.share_epochs(), [Epoch::zero()]);
        }
    });
}

#[test]
fn the_namespace_of_the_ceremony_is_no_prefix_of_another() {
    let names: Vec<_> = [(1, 1), (1, 2), (2, 1), (256, 1)]
        .iter()
        .map(|(chain, attempt)| theriac_consensus::genesis::bootstrap_namespace(*chain, *attempt))
        .collect();
    let consensus = theriac_consensus::Chain::namespace(1);
    for (index, name) in names.iter().enumerate() {
        assert!(!name.starts_with(&consensus) && !consensus.starts_with(name));
        for other in &names[index + 1..] {
            assert!(!name.starts_with(other) && !other.starts_with(name));
        }
    }
}
