//! `theriac member propose upgrade`.

use clap::Args;
use theriac_sdk::members::Change;

/// Propose that the network follows another version of its rules from a height on.
///
/// A node whose program does not know the version stops before that height and says so. The height must be 100 blocks away when the
/// vote is over; what was decided earlier and is not yet in force is replaced.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member propose upgrade 2 --height 1200000 --account admin.json\n\nNext:\n  theriac member vote NUMBER yes"
)]
pub(crate) struct Upgrade {
    /// The version of the rules.
    #[arg(value_name = "VERSION")]
    version: u32,
    /// The first block that follows it.
    #[arg(long, value_name = "HEIGHT")]
    height: u64,
}

impl Upgrade {
    pub(super) fn change(self) -> Change {
        Change::Upgrade {
            version: self.version,
            height: self.height,
        }
    }
}
