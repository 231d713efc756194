//! Asks the native contracts on the state that a block extends.

use super::{
    Batches, Runtime,
    run::{Stale, read_many},
};
use crate::{chain::Chain, state::Loaded};
use theriac_contracts::{Halt, Host};
use theriac_evidence::state::StateKey;
use theriac_execution::{BlockEnvironment, ExecuteError, view};

/// The answer in the block of `environment`, before its transactions; keys that it needs are loaded on the way.
pub(super) async fn ask<E: Runtime, T>(
    chain: &Chain,
    environment: &BlockEnvironment,
    loaded: &mut Loaded,
    batches: &Batches<E>,
    question: impl Fn(&mut dyn Host) -> Result<T, Halt>,
) -> Result<T, Stale> {
    loop {
        match view(&chain.spec, environment, loaded, &question) {
            Ok(answer) => return Ok(answer),
            Err(ExecuteError::Missing(keys)) => load::<E>(&keys, loaded, batches).await?,
            Err(error) => panic!("the state is damaged: {error}"),
        }
    }
}

/// Loads keys of the state.
pub(super) async fn load<E: Runtime>(
    keys: &[StateKey],
    loaded: &mut Loaded,
    batches: &Batches<E>,
) -> Result<(), Stale> {
    let values = read_many::<E>(keys, batches).await?;
    for (key, value) in keys.iter().zip(values) {
        loaded.insert(*key, value.map(Into::into));
    }
    Ok(())
}
