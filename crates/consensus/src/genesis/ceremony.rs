//! The ceremony: the first key, made by all members together, so that nobody ever holds it.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    num::{NonZeroU32, NonZeroU64},
    time::{Duration, SystemTime},
};

use commonware_codec::Encode as _;
use commonware_consensus::types::Epoch;
use commonware_cryptography::{
    Hasher as _, Sha256, Signer as _, bls12381::primitives::group::Share, ed25519,
};
use commonware_glue::dkg::{SecretStore, bootstrap::Completion, types::EpochOutcome};
use commonware_runtime::{Clock, Metrics, Network, Resolver, Spawner, Storage};
use commonware_utils::channel::oneshot;
use rand_core::CryptoRng;
use theriac_ledger::block::{Directory, EpochInfo, PublicKey, Variant};
use thiserror::Error;

use super::{bootstrap, rollcall::RollCall, transport};

/// What one member brings to the ceremony.
#[derive(Clone)]
pub struct ParticipantConfig<S> {
    /// This member's key.
    pub identity: ed25519::PrivateKey,
    /// Where this member listens.
    pub listen: SocketAddr,
    /// Every member, this one too, and where it is reached.
    pub participants: BTreeMap<PublicKey, SocketAddr>,
    /// Secrets of this ceremony alone: a network's own store takes the share afterwards, and this one is destroyed.
    pub secrets: S,
    /// Prefix of the partitions in the runtime's storage; a restarted participant brings the same.
    pub partition: String,
    /// The network's chain id.
    pub chain_id: u64,
    /// 1, and one more for each ceremony that failed.
    pub attempt: u32,
    /// Digest of the charter; a member that brings another is told so.
    pub charter: [u8; 32],
    /// Most shares that may have been revealed; none, unless the members accept to reshare before the key is used.
    pub revealed_max: usize,
    /// How long all of it may take.
    pub timeout: Duration,
}

/// The first epoch and this member's part in it.
#[derive(Clone, Debug)]
pub struct Completed {
    /// Epoch zero, ready for continuous resharing: the next players are the players.
    pub info: EpochInfo,
    /// This member's share, checked against the public polynomial.
    pub share: Share,
    /// Members that had not confirmed the same result when this member stopped waiting for them.
    pub unconfirmed: Vec<PublicKey>,
}

/// The ceremony gave no key.
#[derive(Debug, Error)]
pub enum CeremonyError {
    /// The member's own key is not in the list.
    #[error(
        "this node's identity {0} is not among the participants; check the charter and the node directory"
    )]
    NotAParticipant(Box<PublicKey>),
    /// Not everybody came.
    #[error("{} of the participants did not come within {waited:?}: {}; check that they run with the same charter and attempt and are reachable at their addresses", .missing.len(), names(.missing))]
    Absent {
        /// Who was not heard.
        missing: Vec<PublicKey>,
        /// How long they were waited for.
        waited: Duration,
    },
    /// Members disagree on what the network is to be.
    #[error("another charter was brought by {}; compare the digests that `theriac genesis show` prints", names(.0))]
    AnotherCharter(Vec<PublicKey>),
    /// All came, but the ceremony did not end in time.
    #[error(
        "the ceremony did not end within {0:?}; run it again at every member with the next attempt"
    )]
    TimedOut(Duration),
    /// Too few members dealt.
    #[error(
        "too few participants dealt in time for a key; run it again at every member with the next attempt"
    )]
    Failed,
    /// Members whose dealings went astray had their shares made public.
    #[error("the shares of {} were revealed; run it again at every member with the next attempt", names(.0))]
    Revealed(Vec<PublicKey>),
    /// The key was made, but this member cannot compute its share.
    #[error(
        "the key was made without a share for this member; run it again at every member with the next attempt"
    )]
    NoShare,
    /// Members hold different results: one of them, or the network between them, lies.
    #[error("{} hold another result; nothing of this ceremony may be used", names(.0))]
    Disagreement(Vec<PublicKey>),
    /// Network or engine ended early; the log says why.
    #[error(
        "the ceremony stopped before its end; see the log, then start it again: it goes on where it stopped"
    )]
    Stopped,
}

/// Blocks of the ceremony's own short chain for `participants`: in its second half each gets several turns to post.
pub fn blocks_of_ceremony(participants: NonZeroU32) -> NonZeroU64 {
    const LEAST: u64 = 64;
    const PER_PARTICIPANT: u64 = 8;
    let wanted = u64::from(participants.get()).saturating_mul(PER_PARTICIPANT);
    NonZeroU64::new(wanted.max(LEAST)).expect("at least 64")
}

/// Takes part in the ceremony, from the wait for everybody to the confirmation by everybody.
///
/// A participant that crashed starts again with the same storage and secrets and goes on where it was, as long as the
/// others still run. All tasks and sockets have ended when this returns.
///
/// # Errors
/// [`CeremonyError`]. After any but [`CeremonyError::Stopped`] and [`CeremonyError::Absent`], storage and secrets of this
/// attempt are worthless.
///
/// # Panics
/// Where storage or secrets fail, or belong to another ceremony.
pub async fn participate<E, S>(
    context: E,
    config: ParticipantConfig<S>,
) -> Result<Completed, CeremonyError>
where
    E: Spawner + Clock + CryptoRng + Network + Resolver + Metrics + Storage,
    S: SecretStore + Clone,
{
    // A task of its own: when it ends or is dropped, all that it spawned ends with it.
    let task = context
        .spawn(move |context| run(context, config))
        .abort_on_drop();
    match task.join().await {
        Ok(outcome) => outcome,
        Err(_) => Err(CeremonyError::Stopped),
    }
}

async fn run<E, S>(context: E, mut config: ParticipantConfig<S>) -> Result<Completed, CeremonyError>
where
    E: Spawner + Clock + CryptoRng + Network + Resolver + Metrics + Storage,
    S: SecretStore + Clone,
{
    let me = config.identity.public_key();
    if !config.participants.contains_key(&me) {
        return Err(CeremonyError::NotAParticipant(Box::new(me)));
    }
    let deadline = context.current() + config.timeout;
    let (transport, rollcall) = transport::open(&context, &config);
    let peers = config
        .participants
        .keys()
        .filter(|key| **key != me)
        .cloned()
        .collect();
    let rollcall = RollCall::start(&context, rollcall, peers, config.charter);

    // With the share at hand the result is at hand too, and the others may have left.
    if config.secrets.get_share(Epoch::zero()).await.is_none() {
        rollcall
            .await_all(&context, deadline, config.timeout)
            .await?;
    }
    let completion = bootstrap::start(&context, &config, transport);
    let info = await_completion(&context, deadline, completion, config.timeout).await?;
    let info = continuous(info, &config)?;
    let share = config
        .secrets
        .get_share(Epoch::zero())
        .await
        .ok_or(CeremonyError::NoShare)?;
    if !holds(&info, &me, &share) {
        return Err(CeremonyError::NoShare);
    }
    let unconfirmed = rollcall
        .confirm(&context, deadline, Sha256::hash(&[&info.encode()]).0)
        .await?;
    Ok(Completed {
        info,
        share,
        unconfirmed,
    })
}

async fn await_completion<E: Clock>(
    context: &E,
    deadline: SystemTime,
    completion: oneshot::Receiver<Completion<Variant, Directory>>,
    timeout: Duration,
) -> Result<EpochInfo, CeremonyError> {
    let left = deadline
        .duration_since(context.current())
        .unwrap_or_default();
    match context.timeout(left, completion).await {
        Ok(Ok(Completion { info })) => info.ok_or(CeremonyError::Failed),
        Ok(Err(_)) => Err(CeremonyError::Stopped),
        Err(_) => Err(CeremonyError::TimedOut(timeout)),
    }
}

/// The ceremony's result as the first epoch of a chain that reshares: the same members play the next one.
fn continuous<S>(
    mut info: EpochInfo,
    config: &ParticipantConfig<S>,
) -> Result<EpochInfo, CeremonyError> {
    if info.outcome != EpochOutcome::Success {
        return Err(CeremonyError::Failed);
    }
    let revealed = info.output.revealed();
    if revealed.len() > config.revealed_max {
        return Err(CeremonyError::Revealed(revealed.iter().cloned().collect()));
    }
    info.next_players = info.players.clone();
    Ok(info)
}

/// Whether `share` is the one that the public polynomial gives to `member`.
fn holds(info: &EpochInfo, member: &PublicKey, share: &Share) -> bool {
    info.output.players().position(member) == Some(usize::from(share.index))
        && info
            .output
            .public()
            .partial_public(share.index)
            .is_ok_and(|public| public == share.public::<Variant>())
}

fn names(members: &[PublicKey]) -> String {
    let names: Vec<_> = members.iter().map(ToString::to_string).collect();
    names.join(", ")
}
