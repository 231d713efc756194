//! Remembers on disk what final blocks say of each epoch, and raises the alarm when an epoch is exposed.
//!
//! Marshal hands over every final block until it is acknowledged, so no epoch is missed through a crash; after a state
//! sync, the epoch that the probe found is remembered first.

use crate::committees::{Committees, RevealLimit};
use commonware_actor::Feedback;
use commonware_consensus::{Reporter, marshal::Update};
use commonware_cryptography::Digested;
use commonware_glue::dkg::ReshareBlock as _;
use commonware_runtime::telemetry::metrics::{Gauge, GaugeExt as _, MetricsExt as _};
use commonware_storage::{
    Context,
    metadata::{self, Metadata},
};
use commonware_utils::{Acknowledgement as _, acknowledgement::Exact, sequence::U64};
use futures::{StreamExt as _, channel::mpsc};
use theriac_ledger::{
    Block,
    block::{EpochInfo, MAX_PARTICIPANTS, Payload, supported_mode},
};

/// The record of epochs.
pub(super) struct Epochs<E: Context> {
    store: Metadata<E, U64, EpochInfo>,
    committees: Committees,
    blocks: mpsc::UnboundedReceiver<(Digested<Block>, Exact)>,
    revealed: Gauge,
}

/// Hands final blocks to [`Epochs`].
#[derive(Clone)]
pub(super) struct EpochsMailbox(mpsc::UnboundedSender<(Digested<Block>, Exact)>);

impl<E: Context> Epochs<E> {
    /// Reads the record under `prefix` and adds `known`, which is durable when this returns.
    ///
    /// # Panics
    /// Where the record cannot be read or written.
    pub(super) async fn init(
        context: E,
        prefix: &str,
        known: EpochInfo,
        limit: RevealLimit,
    ) -> (Self, EpochsMailbox, Committees) {
        let revealed = context.gauge(
            "revealed_shares",
            "shares of the running epoch that are revealed",
        );
        let config = metadata::Config {
            partition: format!("{prefix}-epochs"),
            codec_config: (MAX_PARTICIPANTS, supported_mode()),
        };
        let store = Metadata::init(context, config)
            .await
            .expect("the record of epochs opens");
        let keys: Vec<U64> = store.keys().cloned().collect();
        let remembered = keys.iter().filter_map(|key| store.get(key).cloned());
        let committees = Committees::new(remembered.chain([known]), limit);
        let (sender, blocks) = mpsc::unbounded();
        let mut epochs = Self {
            store,
            committees: committees.clone(),
            blocks,
            revealed,
        };
        epochs = epochs.write().await;
        epochs.tell();
        (epochs, EpochsMailbox(sender), committees)
    }

    /// Takes in final blocks until the node ends.
    pub(super) async fn run(mut self) {
        while let Some((block, acknowledgement)) = self.blocks.next().await {
            if let Some(Payload::EpochInfo(info)) = block.inner().payload() {
                self.committees.insert(info);
                self = self.write().await;
                self.tell();
            }
            acknowledgement.acknowledge();
        }
    }

    /// Makes what the committees' table holds durable.
    async fn write(mut self) -> Self {
        let remembered = self.committees.all();
        self.store.clear();
        for info in remembered {
            self.store
                .put(U64::new(info.epoch.get()), info.as_ref().clone());
        }
        self.store = self
            .store
            .sync()
            .await
            .expect("the record of epochs can be written");
        self
    }

    fn tell(&self) {
        let info = self.committees.current();
        let revealed = info.output.revealed().len();
        let _ = self.revealed.try_set(revealed);
        if self.committees.is_hurried() {
            tracing::warn!(
                epoch = info.epoch.get(),
                revealed,
                of = info.output.players().len(),
                "too many shares were revealed: no seal is opened, and the epoch is hurried to its end"
            );
        } else if revealed > 0 {
            tracing::info!(epoch = info.epoch.get(), revealed, "shares were revealed");
        }
    }
}

impl Reporter for EpochsMailbox {
    type Activity = Update<Block>;

    fn report(&mut self, activity: Self::Activity) -> Feedback {
        let Update::Block(block, acknowledgement) = activity else {
            return Feedback::Ok;
        };
        match self.0.unbounded_send((block, acknowledgement)) {
            Ok(()) => Feedback::Ok,
            Err(_) => Feedback::Closed,
        }
    }
}
