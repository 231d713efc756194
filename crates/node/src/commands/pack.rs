//! `theriac pack`: serialised packs of medicines, from the lot to the patient.

mod card;
mod clear;
mod commission;
mod contest;
mod count;
mod decommission;
mod dispense;
mod exceptions;
mod fill;
mod flag;
mod loss;
mod prescribe;
mod prescription;
mod product;
mod recall;
mod receive;
mod ship;
mod show;
mod simulate;
mod stock;
mod sync;
mod trace;
mod undo;
mod unpack;
mod verify;
mod watch;

use crate::{cli::Global, output::Output, person::Person};
use clap::{Args, Subcommand};
use std::{
    cell::OnceCell,
    fs::File,
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};
use theriac_gateway::packs::{Partner, book::lock};

/// Make, ship, receive, verify and dispense packs, with a book of your own and entries on the ledger that tell nothing of them.
///
/// The book is a folder on this machine that only you may read: packs, one-time keys and papers. Keep copies of it.
#[derive(Debug, Args)]
pub(crate) struct Pack {
    /// The folder of your book; the first command makes it.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "THERIAC_BOOK",
        hide_env_values = true,
        default_value = "packs"
    )]
    book: PathBuf,
    /// Your place of business, a GLN of 13 digits; needed with the first command.
    #[arg(
        long,
        global = true,
        value_name = "GLN",
        default_value = "",
        hide_default_value = true
    )]
    gln: String,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Product(product::Product),
    Card(card::Card),
    Commission(commission::Commission),
    Ship(ship::Ship),
    Receive(receive::Receive),
    Unpack(unpack::Unpack),
    Stock(stock::Stock),
    Verify(verify::Verify),
    Dispense(dispense::Dispense),
    Undo(undo::Undo),
    Decommission(decommission::Decommission),
    Recall(recall::Recall),
    Flag(flag::Flag),
    Clear(clear::Clear),
    Watch(watch::Watch),
    Trace(trace::Trace),
    Contest(contest::Contest),
    Prescribe(prescribe::Prescribe),
    #[command(subcommand)]
    Prescription(prescription::Prescription),
    Fill(fill::Fill),
    #[command(subcommand)]
    Exceptions(exceptions::Exceptions),
    #[command(subcommand)]
    Loss(loss::Loss),
    #[command(subcommand)]
    Count(count::Count),
    Sync(sync::Sync),
    Simulate(simulate::Simulate),
}

/// What a verb works with.
struct Desk {
    person: Person,
    book: PathBuf,
    gln: String,
    /// Held until the command ends.
    lock: OnceCell<File>,
}

impl Pack {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let desk = Desk {
            person: Person::new(global)?,
            book: self.book,
            gln: self.gln,
            lock: OnceCell::new(),
        };
        match self.verb {
            Verb::Product(product) => product.run(&desk).await,
            Verb::Card(card) => card.run(&desk).await,
            Verb::Commission(commission) => commission.run(&desk).await,
            Verb::Ship(ship) => ship.run(&desk).await,
            Verb::Receive(receive) => receive.run(&desk).await,
            Verb::Unpack(unpack) => unpack.run(&desk).await,
            Verb::Stock(stock) => stock.run(&desk),
            Verb::Verify(verify) => verify.run(&desk).await,
            Verb::Dispense(dispense) => dispense.run(&desk).await,
            Verb::Undo(undo) => undo.run(&desk).await,
            Verb::Decommission(decommission) => decommission.run(&desk).await,
            Verb::Recall(recall) => recall.run(&desk).await,
            Verb::Flag(flag) => flag.run(&desk).await,
            Verb::Clear(clear) => clear.run(&desk).await,
            Verb::Watch(watch) => watch.run(&desk).await,
            Verb::Trace(trace) => trace.run(&desk).await,
            Verb::Contest(contest) => contest.run(&desk).await,
            Verb::Prescribe(prescribe) => prescribe.run(&desk).await,
            Verb::Prescription(prescription) => prescription.run(&desk).await,
            Verb::Fill(fill) => fill.run(&desk).await,
            Verb::Exceptions(exceptions) => exceptions.run(&desk),
            Verb::Loss(loss) => loss.run(&desk).await,
            Verb::Count(count) => count.run(&desk).await,
            Verb::Sync(sync) => sync.run(&desk).await,
            Verb::Simulate(simulate) => simulate.run(global),
        }
    }
}

impl Desk {
    /// The partner, whose standing is asked of the ledger, and who alone writes the book until the command ends.
    async fn partner(&self) -> anyhow::Result<Partner> {
        let partner = self.beside().await?;
        let lock = lock(&self.book)?;
        self.lock.get_or_init(|| lock);
        Ok(partner)
    }

    /// The partner, whose standing is asked of the ledger, for what may be done beside a gateway on the same book: it enters nothing on the ledger.
    async fn beside(&self) -> anyhow::Result<Partner> {
        if !self.gln.is_empty() {
            theriac_standards::gs1::key::Gln::parse(&self.gln)
                .map_err(|error| crate::errors::UsageError(format!("--gln: {error}")))?;
        }
        let client = self.person.client.clone();
        Ok(Partner::begin(client, &self.book, &self.gln).await?)
    }

    /// The partner, without asking anybody.
    fn offline(&self) -> anyhow::Result<Partner> {
        Ok(Partner::open(self.person.client.clone(), &self.book)?)
    }

    /// The same, who alone writes the book until the command ends.
    fn offline_writing(&self) -> anyhow::Result<Partner> {
        let lock = lock(&self.book)?;
        self.lock.get_or_init(|| lock);
        self.offline()
    }

    fn output(&self) -> Output {
        self.person.output
    }
}

/// Unix milliseconds.
fn now_ms() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| {
        u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
    })
}
