//! Committees that follow each other under one key: made together, then reshared, with nobody dealing for the others.

use super::network::{Member, Network};
use commonware_cryptography::{
    Signer as _,
    bls12381::{
        dkg::feldman_desmedt::{Dealer, Info, Logs, Output, Player, Reveal},
        primitives::{group::Share, sharing::Mode, variant::MinSig},
    },
    certificate::mocks::Fixture,
    ed25519::{PrivateKey, PublicKey},
};
use commonware_parallel::Sequential;
use commonware_utils::{N3f1, TestRng, ordered::Set};
use std::collections::BTreeMap;
use theriac_evidence::certificate::base_namespace;

const NAMESPACE: &[u8] = b"theriac/evidence/reshare";

/// A committee with the share of each member.
pub struct Committee {
    keys: Vec<PrivateKey>,
    output: Output<MinSig, PublicKey>,
    shares: BTreeMap<PublicKey, Share>,
}

impl Committee {
    /// The first committee, whose members make the key together.
    pub fn first(members: std::ops::Range<u64>) -> Self {
        let keys: Vec<_> = members.map(PrivateKey::from_seed).collect();
        ceremony(0, None, (&keys, &BTreeMap::new()), keys.clone())
    }

    /// The next committee, to whose members those of this one reshare the key.
    pub fn next(&self, round: u64, members: std::ops::Range<u64>) -> Self {
        let players: Vec<_> = members.map(PrivateKey::from_seed).collect();
        let previous = Some(self.output.clone());
        ceremony(round, previous, (&self.keys, &self.shares), players)
    }

    /// The committee as it signs for a network.
    pub fn network(&self, chain_id: u64) -> Network {
        let namespace = base_namespace(chain_id);
        let players = self.output.players();
        let sharing = self.output.public();
        let sign = |share: &Share| {
            Member::signer(&namespace, players.clone(), sharing.clone(), share.clone())
                .expect("a share fits its committee")
        };
        let fixture = Fixture {
            participants: players.iter().cloned().collect(),
            private_keys: self.keys.clone(),
            schemes: self.shares.values().map(sign).collect(),
            verifier: Member::verifier(&namespace, players.clone(), sharing.clone()),
        };
        Network { chain_id, fixture }
    }
}

fn ceremony(
    round: u64,
    previous: Option<Output<MinSig, PublicKey>>,
    (dealers, shares): (&[PrivateKey], &BTreeMap<PublicKey, Share>),
    keys: Vec<PrivateKey>,
) -> Committee {
    let mut rng = TestRng::new(round);
    let set = |keys: &[PrivateKey]| Set::from_iter_dedup(keys.iter().map(PrivateKey::public_key));
    let info = Info::new::<N3f1>(
        NAMESPACE,
        round,
        previous,
        Mode::NonZeroCounter,
        Reveal::V1,
        set(dealers),
        set(&keys),
    )
    .expect("dealers are the players before");
    let mut players: BTreeMap<PublicKey, Player<MinSig, PrivateKey>> = keys
        .iter()
        .map(|key| {
            (
                key.public_key(),
                Player::new(info.clone(), key.clone()).expect("a player"),
            )
        })
        .collect();
    let mut logs = Logs::<MinSig, PublicKey, N3f1>::new(info.clone());
    for key in dealers {
        let share = shares.get(&key.public_key()).cloned();
        let (mut dealer, public, private) =
            Dealer::start::<N3f1>(&mut rng, info.clone(), key.clone(), share).expect("a dealer");
        for (name, dealing) in private {
            let player = players.get_mut(&name).expect("dealt to players");
            let answer = player
                .dealer_message::<N3f1>(key.public_key(), public.clone(), dealing)
                .expect("an honest dealing");
            if let Some(answer) = answer {
                dealer
                    .receive_player_ack(name, answer)
                    .expect("an honest answer");
            }
        }
        let (name, log) = dealer
            .finalize::<N3f1>()
            .check(&info)
            .expect("an honest log");
        logs.record(name, log);
    }
    let mut results = players.into_iter().map(|(name, player)| {
        let (output, share) = player
            .finalize::<N3f1>(&mut rng, logs.clone(), &Sequential)
            .expect("all were honest");
        (name, output, share)
    });
    let (name, output, share) = results.next().expect("a committee is never empty");
    let mut shares = BTreeMap::from([(name, share)]);
    shares.extend(results.map(|(name, _, share)| (name, share)));
    Committee {
        keys,
        output,
        shares,
    }
}
