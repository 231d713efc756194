//! What a keeper may sign with a share, and what not.

use super::*;
use crate::{
    committees::RevealLimit,
    schemes::{Installer, Permission, Schemes},
    secrets::FileSecretStore,
};
use commonware_cryptography::{
    Signer as _,
    bls12381::{
        dkg::feldman_desmedt::deal,
        primitives::{ops, sharing::Mode},
    },
    certificate::Provider as _,
    ed25519,
};
use commonware_glue::dkg::{
    Registrar as _, SecretStore as _,
    types::{EpochOutcome, SchemeInfo},
};
use commonware_parallel::Sequential;
use commonware_utils::{N3f1, TestRng};
use futures::executor::block_on;

const NAMESPACE: &[u8] = b"theriac/\0\0\0\0\0\0\0\x07/seal";

fn epoch(number: u64, seed: u64) -> (EpochInfo, Vec<Share>) {
    let keys = (0..4).map(|seed| ed25519::PrivateKey::from_seed(seed).public_key());
    let players = Set::from_iter_dedup(keys);
    let (output, shares) =
        deal::<Variant, _, N3f1>(TestRng::new(seed), Mode::NonZeroCounter, players.clone())
            .expect("dealt");
    let info = EpochInfo {
        outcome: EpochOutcome::Success,
        epoch: Epoch::new(number),
        output,
        players: players.clone(),
        next_players: players,
        directory: std::iter::empty().collect(),
    };
    let shares = shares
        .iter_pairs()
        .map(|(_, share)| share.clone())
        .collect();
    (info, shares)
}

fn keeper(info: &EpochInfo, index: usize) -> KeeperShares {
    let committees = Committees::new([info.clone()], RevealLimit::Faulty);
    KeeperShares {
        namespace: NAMESPACE.into(),
        me: info.output.players()[index].clone(),
        committees,
        held: Arc::default(),
    }
}

#[test]
fn partials_of_a_quorum_combine_to_the_groups_signature_over_the_seal() {
    let (info, shares) = epoch(0, 1);
    let seals = [B256::repeat_byte(1), B256::repeat_byte(2)];
    let partials: Vec<Vec<Partial>> = shares
        .into_iter()
        .enumerate()
        .take(3)
        .map(|(index, share)| {
            let keeper = keeper(&info, index);
            assert_eq!(keeper.sign(0, &seals), None, "no share yet");
            keeper.restore(&info, share);
            keeper.sign(0, &seals).expect("it holds the share")
        })
        .collect();
    let public = keeper(&info, 0).public(0).expect("known");
    for (at, seal) in seals.iter().enumerate() {
        let of_seal: Vec<Partial> = partials.iter().map(|all| all[at].clone()).collect();
        let signature = threshold::recover::<Variant, _>(&public.sharing, &of_seal, &Sequential)
            .expect("three");
        let key = public.sharing.public();
        ops::verify_message::<Variant>(key, NAMESPACE, seal.as_slice(), &signature).expect("valid");
    }
}

#[test]
fn a_share_that_is_not_this_nodes_is_not_taken_from_disk() {
    let (info, shares) = epoch(0, 1);
    let keeper = keeper(&info, 0);
    keeper.restore(&info, shares[1].clone());
    assert_eq!(keeper.epochs(), [0; 0]);
    keeper.restore(&info, shares[0].clone());
    assert_eq!(keeper.epochs(), [0]);
}

#[test]
fn shares_of_two_epochs_are_held_and_none_older() {
    let (info, shares) = epoch(0, 1);
    let keeper = keeper(&info, 0);
    for number in 0..4 {
        keeper.hold(Epoch::new(number), shares[0].clone());
    }
    assert_eq!(keeper.epochs(), [2, 3]);
    keeper.hold(Epoch::new(9), shares[0].clone());
    assert_eq!(
        keeper.epochs(),
        [9],
        "an epoch without a share came between"
    );
    keeper.forget_below(Epoch::new(10));
    assert_eq!(keeper.epochs(), [0; 0]);
}

struct Always;

impl Permission for Always {
    fn may_vote(&self, _: u64) -> bool {
        true
    }
}

#[test]
fn who_left_holds_no_share_on_disk_or_in_memory() {
    let root = tempfile::tempdir().expect("a temporary directory");
    let mut secrets = FileSecretStore::open(root.path().join("secrets")).expect("open");
    let (info, shares) = epoch(5, 1);
    let keeper = keeper(&info, 0);
    let schemes = Schemes::new(NAMESPACE.to_vec(), Arc::new(Always));
    let installer = Installer {
        schemes: schemes.clone(),
        shares: keeper.clone(),
        secrets: secrets.clone(),
        me: keeper.me.clone(),
    };
    let (participants, sharing) = (info.output.players().clone(), info.output.public().clone());
    for number in [4, 5] {
        let share = shares[0].clone();
        block_on(secrets.put_share(Epoch::new(number), share.clone()));
        let signer = SchemeInfo::Signer {
            participants: participants.clone(),
            sharing: sharing.clone(),
            share,
        };
        block_on(installer.register(Epoch::new(number), signer));
    }
    assert_eq!(keeper.epochs(), [4, 5]);
    assert_eq!(secrets.epochs().expect("readable").len(), 2);

    let left = SchemeInfo::Verifier {
        participants,
        sharing,
    };
    block_on(installer.register(Epoch::new(6), left));
    assert_eq!(keeper.epochs(), [0; 0]);
    assert_eq!(keeper.sign(5, &[B256::ZERO]), None);
    assert!(secrets.epochs().expect("readable").is_empty());
    assert!(schemes.scheme(Epoch::new(5)).is_none());
    assert!(
        schemes
            .scheme(Epoch::new(6))
            .expect("it follows")
            .share()
            .is_none()
    );
}
