//! Executes transactions on a batch of the database, loading state as execution asks for it.

use super::{Batches, Runtime, announce::announce};
use crate::chain::{Chain, Execution};
use alloy_primitives::B256;
use commonware_storage::qmdb;
use theriac_evidence::{
    addresses::HISTORY,
    history::{Peaks, SIZE_SLOT},
    state::{StateKey, decode_slot},
};
use theriac_execution::{
    BlockEnvironment, ExecuteError, Executor, Outcome, Transaction, TransactionRefusal,
    genesis_changes,
};
use theriac_ledger::state::{Key, key_of};

/// The batch belongs to a branch that lost; there is nothing left to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stale;

/// The execution of one block.
pub(super) struct Run {
    executor: Executor,
    execution: Execution,
}

impl Run {
    /// Begins the block of `environment` with what the chain itself writes.
    pub(super) async fn begin<E: Runtime>(
        chain: &Chain,
        environment: BlockEnvironment,
        batches: &Batches<E>,
    ) -> Result<Self, Stale> {
        let mut executor = Executor::begin(chain.spec, environment);
        if environment.number == 1 {
            executor.write(genesis_changes(&chain.members));
        }
        executor.write(announce::<E>(chain, &environment, batches).await?);
        Ok(Self {
            executor,
            execution: chain.execution,
        })
    }

    /// Executes one transaction.
    pub(super) async fn execute<E: Runtime>(
        &mut self,
        transaction: &Transaction,
        batches: &Batches<E>,
    ) -> Result<Result<(), TransactionRefusal>, Stale> {
        if self.execution == Execution::Empty {
            self.executor.carry(transaction);
            return Ok(Ok(()));
        }
        loop {
            match self.executor.execute(transaction) {
                Ok(()) => return Ok(Ok(())),
                Err(ExecuteError::Refused(refusal)) => return Ok(Err(refusal)),
                Err(ExecuteError::Missing(keys)) => self.load(&keys, batches).await?,
                Err(ExecuteError::Failed(reason)) => panic!("the state is damaged: {reason}"),
            }
        }
    }

    async fn load<E: Runtime>(
        &mut self,
        keys: &[StateKey],
        batches: &Batches<E>,
    ) -> Result<(), Stale> {
        let values = read_many::<E>(keys, batches).await?;
        for (key, value) in keys.iter().zip(values) {
            self.executor.insert(*key, value.map(Into::into));
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Outcome {
        self.executor.finish()
    }
}

pub(super) async fn read_many<E: Runtime>(
    keys: &[StateKey],
    batches: &Batches<E>,
) -> Result<Vec<Option<Vec<u8>>>, Stale> {
    let keys: Vec<Key> = keys.iter().map(key_of).collect();
    let keys: Vec<&Key> = keys.iter().collect();
    match batches.get_many(&keys).await {
        Ok(values) => Ok(values
            .into_iter()
            .map(|value| value.map(|value| value.0))
            .collect()),
        Err(qmdb::Error::StaleRead | qmdb::Error::StaleBatch) => Err(Stale),
        Err(error) => panic!("the state database cannot be read: {error}"),
    }
}

/// The history's peaks in the state that `batches` extends.
pub(super) async fn peaks<E: Runtime>(batches: &Batches<E>) -> Result<Peaks, Stale> {
    let size = read_many::<E>(&[StateKey::slot(&HISTORY, SIZE_SLOT)], batches).await?;
    let size = slot_value(size.into_iter().next().flatten());
    let size = u64::try_from(size).expect("the history has fewer than 2^64 leaves");
    let heights: Vec<u32> = (0..64).filter(|height| size >> height & 1 == 1).collect();
    let keys: Vec<StateKey> = heights
        .iter()
        .map(|height| StateKey::slot(&HISTORY, alloy_primitives::U256::from(*height)))
        .collect();
    let values = read_many::<E>(&keys, batches).await?;
    let peaks: std::collections::BTreeMap<u32, B256> = heights
        .into_iter()
        .zip(
            values
                .into_iter()
                .map(|value| B256::from(slot_value(value))),
        )
        .collect();
    Peaks::load(size, |height| Ok::<_, Stale>(peaks[&height]))
}

fn slot_value(bytes: Option<Vec<u8>>) -> alloy_primitives::U256 {
    bytes.map_or(alloy_primitives::U256::ZERO, |bytes| {
        decode_slot(&bytes).expect("this node wrote the slot in its only encoding")
    })
}
