//! `theriac member propose remove`.

use clap::Args;
use theriac_sdk::members::Change;

/// Propose to remove an organisation; its validators must be removed first.
///
/// Its people may act no longer. Those who control a chart keep it, and may send for it in the common quota.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member propose remove 5 --account admin.json\n\nNext:\n  theriac member vote NUMBER yes"
)]
pub(crate) struct Remove {
    /// The organisation.
    #[arg(value_name = "ORGANISATION")]
    organisation: u32,
}

impl Remove {
    pub(super) fn change(self) -> Change {
        Change::Remove {
            organisation: self.organisation,
        }
    }
}
