//! What a node tells its operator, on stderr. `RUST_LOG` chooses; without it, warnings and worse, and
//! of the engine errors: it warns of what is ordinary, such as a new database.

use tracing_subscriber::EnvFilter;

const ORDINARY: &str = "warn,commonware_storage=error,commonware_p2p=error,commonware_resolver=off,commonware_broadcast=off";

/// Starts logging; a second start changes nothing.
pub(crate) fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(ORDINARY));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}
