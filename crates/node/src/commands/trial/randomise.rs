//! `theriac trial randomise`.

mod allocate;
mod commit;
mod draw;
mod open;
mod seal;
mod show;

use super::Desk;
use clap::Subcommand;

/// Make lists that nobody can know or choose, and allocate from them: committed before the first consent, ordered by a later block.
#[derive(Debug, Subcommand)]
pub(super) enum Randomise {
    Commit(commit::Commit),
    Draw(draw::Draw),
    Seal(seal::Seal),
    Allocate(allocate::Allocate),
    Open(open::Open),
    Show(show::Show),
}

impl Randomise {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Self::Commit(commit) => commit.run(desk).await,
            Self::Draw(draw) => draw.run(desk).await,
            Self::Seal(seal) => seal.run(desk).await,
            Self::Allocate(allocate) => allocate.run(desk).await,
            Self::Open(open) => open.run(desk).await,
            Self::Show(show) => show.run(desk).await,
        }
    }
}
