//! What an opening costs in cryptography alone, in this process and on one thread: the yardstick of the keepers.

use commonware_codec::Encode as _;
use commonware_cryptography::bls12381::dkg::feldman_desmedt::deal_anonymous;
use commonware_cryptography::bls12381::primitives::{sharing::Mode, variant::MinSig};
use commonware_cryptography::{Signer as _, ed25519};
use commonware_utils::{N3f1, NZU32};
use std::time::{Duration, Instant};
use theriac_envelope::seal::{
    Combination, Committee, GroupKey, Partial, PartialsContext, PartialsMessage, SealContext, seal,
    seals_root,
};
use theriac_envelope::{Encrypted, PrivateKey, Suite, encrypt};

const ROUNDS: u32 = 100;
const CHAIN: u64 = 1;
const OPENING: u64 = 7;

/// Microseconds of CPU time.
pub(super) struct Bound {
    /// One keeper signs one seal id.
    pub(super) sign_us: f64,
    /// It encrypts that to the reader and signs the message.
    pub(super) message_us: f64,
    /// The reader opens three messages, combines and decrypts.
    pub(super) open_us: f64,
}

impl Bound {
    /// Of one opening of one seal, with so many keepers that answer.
    pub(super) fn cpu_ms(&self, keepers: u32) -> f64 {
        (f64::from(keepers) * (self.sign_us + self.message_us) + self.open_us) / 1e3
    }
}

/// Measures a committee of four.
///
/// # Errors
/// Where what was sealed does not open.
pub(super) fn measure() -> anyhow::Result<Bound> {
    let rng = &mut rand::rng();
    let (sharing, shares) =
        deal_anonymous::<MinSig, N3f1>(&mut *rng, Mode::NonZeroCounter, NZU32!(4));
    let group_key = GroupKey::decode(&sharing.public().encode())?;
    let mut identities: Vec<_> = (0..4).map(ed25519::PrivateKey::from_seed).collect();
    identities.sort_by_key(|identity| identity.public_key());
    let names: Vec<[u8; 32]> = identities.iter().map(name).collect();
    let committee = Committee::new((CHAIN, 0), names.clone(), sharing, &group_key)?;
    let context = SealContext {
        chain_id: CHAIN,
        seal: [5; 32],
    };
    let Encrypted { secret, .. } = encrypt(b"{}", rng)?;
    let seals = [(context.seal, seal(&secret, &group_key, &context, rng)?)];
    let key = PrivateKey::generate(Suite::XWing, rng);
    let (public, root) = (key.public_key(), seals_root(&[context.seal]));
    let (mut sign, mut message, mut open) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for _ in 0..ROUNDS {
        let mut messages = Vec::new();
        for (place, share) in shares.iter().enumerate() {
            let bound = PartialsContext {
                chain_id: CHAIN,
                opening: OPENING,
                epoch: 0,
                keeper: names[place],
                seals_root: root,
            };
            let begun = Instant::now();
            let partial = Partial::sign(share, &context);
            sign += begun.elapsed();
            let begun = Instant::now();
            let made = PartialsMessage::new(&[partial], &public, &bound, &identities[place], rng)?;
            message += begun.elapsed();
            messages.push(made);
        }
        let begun = Instant::now();
        let mut combination = Combination::new(&committee, (OPENING, root), &seals)?;
        for (message, name) in messages.iter().zip(&names).take(3) {
            combination.add(*name, 0, message, &key)?;
        }
        let opened = combination.open()?;
        open += begun.elapsed();
        anyhow::ensure!(
            opened[0].commitment() == secret.commitment(),
            "another secret"
        );
    }
    let each = |total: Duration, count: u32| total.as_secs_f64() * 1e6 / f64::from(count);
    Ok(Bound {
        sign_us: each(sign, 4 * ROUNDS),
        message_us: each(message, 4 * ROUNDS),
        open_us: each(open, ROUNDS),
    })
}

fn name(identity: &ed25519::PrivateKey) -> [u8; 32] {
    let bytes = identity.public_key().encode();
    bytes[..].try_into().expect("32 bytes")
}
