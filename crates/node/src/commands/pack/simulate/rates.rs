//! How often things happen, as options.

use clap::Args;
use theriac_standards::supply::{Rate, Rates};

/// Percentages.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "How often, in percent")]
pub(super) struct RateArgs {
    /// Of scans: the scanner garbles it.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().faults)]
    faults: Rate,
    /// Of totes: packs of several lots go into it.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().mixed)]
    mixed: Rate,
    /// Of cases at wholesalers: it goes to a hospital whole.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().whole_cases)]
    whole_cases: Rate,
    /// Of packs at pharmacies: it goes back to the wholesaler, and out again.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().returns)]
    returns: Rate,
    /// Of packs at pharmacies: it is destroyed.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().destroyed)]
    destroyed: Rate,
    /// Of packs at pharmacies: it stays on the shelf.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().kept)]
    kept: Rate,
    /// Of packs that are dispensed: it is undone, and dispensed again.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().undone)]
    undone: Rate,
    /// Of packs at pharmacies: a copy of it is offered elsewhere.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().clones)]
    clones: Rate,
    /// Of packs at pharmacies: beside it one is offered whose serial number was guessed.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().guesses)]
    guesses: Rate,
    /// Of packs that are dispensed: it bears another lot or expiry than it was made with.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().relabelled)]
    relabelled: Rate,
    /// Of cases in transit, and of packs at pharmacies: it is stolen.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().thefts)]
    thefts: Rate,
    /// Of pallets: another wholesaler than the addressee takes it in.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().diversions)]
    diversions: Rate,
    /// Of receipts: its paper says an earlier time.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().back_dated)]
    back_dated: Rate,
    /// Of totes: its papers go to another pharmacy too, and nothing with them.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().ghosts)]
    ghosts: Rate,
    /// Of totes: a pack travels in it that no paper names.
    #[arg(long, value_name = "PERCENT", default_value_t = Rates::default().unannounced)]
    unannounced: Rate,
}

impl RateArgs {
    pub(super) fn rates(self) -> Rates {
        Rates {
            faults: self.faults,
            mixed: self.mixed,
            whole_cases: self.whole_cases,
            returns: self.returns,
            destroyed: self.destroyed,
            kept: self.kept,
            undone: self.undone,
            clones: self.clones,
            guesses: self.guesses,
            relabelled: self.relabelled,
            thefts: self.thefts,
            diversions: self.diversions,
            back_dated: self.back_dated,
            ghosts: self.ghosts,
            unannounced: self.unannounced,
        }
    }
}
