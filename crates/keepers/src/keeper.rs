//! One keeper's own decision and answer. Stateless but for the rate of each requester.

use crate::limits::Rates;
use crate::wire::Answer;
use crate::{Config, OpenRequest, Refusal};
use commonware_codec::Encode as _;
use commonware_cryptography::{Signer as _, ed25519};
use commonware_runtime::{Clock, Spawner};
use rand_core::CryptoRng;
use std::sync::Arc;
use theriac_envelope::PublicKey;
use theriac_envelope::seal::{MAX_SEALS, PartialsContext, PartialsMessage, seals_root};
use tracing::warn;

/// The office of one node. Clones share it.
#[derive(Clone)]
pub(crate) struct Keeper {
    pub(crate) config: Arc<Config>,
    rates: Arc<Rates>,
}

/// A request as it reached this keeper.
pub(crate) struct Asked {
    pub(crate) chain_id: u64,
    /// The epoch whose share is wanted.
    pub(crate) epoch: u64,
    pub(crate) request: OpenRequest,
}

impl Keeper {
    pub(crate) fn new(config: Config) -> Self {
        let rates = Arc::new(Rates::new(config.limits));
        Self {
            config: Arc::new(config),
            rates,
        }
    }

    pub(crate) fn me(&self) -> ed25519::PublicKey {
        self.config.identity.public_key()
    }

    /// The answer as it goes over the wire.
    pub(crate) async fn reply<E: Spawner + Clock + CryptoRng>(
        &self,
        context: E,
        asked: Asked,
    ) -> Answer {
        match self.answer(context, asked).await {
            Ok(message) => Answer::Partials(message),
            Err(refusal) => self.refused(refusal),
        }
    }

    pub(crate) fn refused(&self, refusal: Refusal) -> Answer {
        let running = self.config.shares.running_epoch();
        Answer::Refused { refusal, running }
    }

    /// Decides by finalised state, then signs. The order of refusals is that of the checks.
    async fn answer<E: Spawner + Clock + CryptoRng>(
        &self,
        context: E,
        asked: Asked,
    ) -> Result<PartialsMessage, Refusal> {
        let Asked {
            chain_id,
            epoch,
            request,
        } = asked;
        if chain_id != self.config.chain_id {
            return Err(Refusal::OtherChain);
        }
        if !(1..=MAX_SEALS).contains(&request.seals.len()) {
            return Err(Refusal::SealCountOutOfRange);
        }
        let state = &self.config.finalised;
        let answerable = state.answerable(request.opening, &request.seals).await;
        let answerable = answerable.map_err(|error| {
            warn!(%error, "an opening could not be looked up");
            Refusal::Failed
        })??;
        let key = PublicKey::decode(&request.key).map_err(|_| Refusal::KeyDiffers)?;
        if key.id().0 != answerable.key {
            return Err(Refusal::KeyDiffers);
        }
        let keepers = self.config.shares.keepers(epoch);
        if keepers.ok_or(Refusal::EpochNotHeld)?.exposed {
            return Err(Refusal::SharesRevealed);
        }
        let seals = request.seals.len();
        self.rates
            .spend(answerable.requester, seals, context.current())?;
        let keeper = self.clone();
        // Up to a tenth of a second of signatures, which must not hold up the network's tasks.
        let signing = context
            .child("sign")
            .shared(true)
            .spawn(move |context| async move { keeper.sign(context, epoch, &request, &key) });
        signing.await.map_err(|_| Refusal::Failed)?
    }

    fn sign<E: CryptoRng>(
        &self,
        mut context: E,
        epoch: u64,
        request: &OpenRequest,
        key: &PublicKey,
    ) -> Result<PartialsMessage, Refusal> {
        let partials = self.config.shares.sign(epoch, &request.seals);
        let partials = partials.ok_or(Refusal::EpochNotHeld)?;
        let bound = self.context(&self.me(), epoch, request);
        PartialsMessage::new(&partials, key, &bound, &self.config.identity, &mut context)
            .map_err(|_| Refusal::KeyDiffers)
    }

    /// What a keeper's message for this request is bound to.
    pub(crate) fn context(
        &self,
        keeper: &ed25519::PublicKey,
        epoch: u64,
        request: &OpenRequest,
    ) -> PartialsContext {
        let keeper = keeper.encode()[..].try_into();
        PartialsContext {
            chain_id: self.config.chain_id,
            opening: request.opening,
            epoch,
            keeper: keeper.expect("an identity key has 32 bytes"),
            seals_root: seals_root(&request.seals),
        }
    }
}
