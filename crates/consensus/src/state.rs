//! Reads and proofs of the state of the last applied block.

use alloy_consensus::Header;
use alloy_primitives::{B256, Bytes};
use commonware_runtime::{Clock, Metrics, Spawner, Storage};
use std::{collections::BTreeMap, sync::Arc};
use theriac_evidence::state::StateKey;
use theriac_execution::{Lookup, StateSource};
use theriac_ledger::state::{Database, StateAnswer, StateDatabase, key_of, prove, root_of};
use thiserror::Error;

/// Why state cannot be read.
#[derive(Debug, Error)]
pub enum ReadFailure {
    /// No block was applied since this node started and none is on its disk.
    #[error("this node has no final block yet; try again when it has synchronised")]
    NotReady,
    /// The database failed.
    #[error("the state database cannot be read")]
    Database,
    /// A read asked for more keys than a request may.
    #[error("the request reads more state than one request may")]
    TooMuch,
}

/// Rounds of loading that one request may need.
const ROUNDS_MAX: usize = 4_096;

/// Finds the header of the final block with a state root.
pub type HeaderByRoot = Arc<dyn Fn(B256) -> Option<Header> + Send + Sync>;

/// The state of the last applied block.
#[derive(Clone)]
pub struct State<E: Storage + Clock + Metrics> {
    database: Database<E>,
    header_by_root: HeaderByRoot,
}

/// State that was loaded for one request.
#[derive(Debug, Default)]
pub struct Loaded(BTreeMap<StateKey, Option<Bytes>>);

impl Loaded {
    /// What is loaded under `key`; `None` where nothing was.
    pub(crate) fn value(&self, key: &StateKey) -> Option<Option<Bytes>> {
        self.0.get(key).cloned()
    }

    /// Takes in what state holds under `key`.
    pub(crate) fn insert(&mut self, key: StateKey, value: Option<Bytes>) {
        self.0.insert(key, value);
    }
}

impl StateSource for Loaded {
    fn get(&self, key: &StateKey) -> Lookup {
        self.0
            .get(key)
            .map_or(Lookup::Missing, |value| Lookup::Value(value.clone()))
    }
}

impl<E: Spawner + Storage + Clock + Metrics> State<E> {
    /// Reads from `database`, whose headers `header_by_root` finds.
    pub fn new(database: Database<E>, header_by_root: HeaderByRoot) -> Self {
        Self {
            database,
            header_by_root,
        }
    }

    /// Runs `attempt` on the state of one block. It returns the keys that it misses; they are loaded
    /// and it runs again, on the same block.
    ///
    /// # Errors
    /// A [`ReadFailure`].
    pub async fn read<T>(
        &self,
        mut attempt: impl FnMut(&Header, &Loaded) -> Result<T, Vec<StateKey>> + Send,
    ) -> Result<T, ReadFailure> {
        let database = self.database.read().await;
        let header = self.header(&database)?;
        let mut loaded = Loaded::default();
        for _ in 0..ROUNDS_MAX {
            let missing = match attempt(&header, &loaded) {
                Ok(answer) => return Ok(answer),
                Err(missing) => missing,
            };
            for key in missing {
                let value = database
                    .get(&key_of(&key))
                    .await
                    .map_err(|_| ReadFailure::Database)?;
                loaded
                    .0
                    .insert(key, value.map(|value| Bytes::from(value.0)));
            }
        }
        Err(ReadFailure::TooMuch)
    }

    /// Proves that each key has its value, or has none, in the state of one block.
    ///
    /// # Errors
    /// A [`ReadFailure`].
    pub async fn prove(
        &self,
        keys: &[StateKey],
    ) -> Result<(Header, Vec<StateAnswer>), ReadFailure> {
        let database = self.database.read().await;
        let header = self.header(&database)?;
        let mut answers = Vec::with_capacity(keys.len());
        for key in keys {
            answers.push(
                prove(&*database, key)
                    .await
                    .map_err(|_| ReadFailure::Database)?,
            );
        }
        Ok((header, answers))
    }

    fn header(&self, database: &StateDatabase<E>) -> Result<Header, ReadFailure> {
        (self.header_by_root)(root_of(&database.root())).ok_or(ReadFailure::NotReady)
    }
}
