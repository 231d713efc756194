//! Questions that the node itself asks the contracts, such as who may read a chart.

use super::session::Session;
use crate::block::ExecuteError;
use crate::environment::BlockEnvironment;
use crate::spec::ChainSpec;
use crate::state::StateSource;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use theriac_contracts::{Halt, Host};

/// Asks `question` on the state of `source`, at no gas; it may be asked several times until all keys are there.
///
/// # Errors
/// [`ExecuteError::Missing`] with the keys that the source lacks.
pub fn view<T>(
    spec: &ChainSpec,
    environment: &BlockEnvironment,
    source: &dyn StateSource,
    question: impl Fn(&mut dyn Host) -> Result<T, Halt>,
) -> Result<T, ExecuteError> {
    let mut session = Session::new(spec, environment, source);
    loop {
        // After a key was found missing the rest runs on guesses, where a contract may come upon what cannot be.
        let answer = catch_unwind(AssertUnwindSafe(|| question(&mut session.machine().view())));
        if session.machine().journal().database.is_missing() {
            session.load_missing()?;
            continue;
        }
        return answer
            .unwrap_or_else(|panic| resume_unwind(panic))
            .map_err(|halt| {
                ExecuteError::Failed(format!("the contracts cannot be asked: {halt:?}"))
            });
    }
}
