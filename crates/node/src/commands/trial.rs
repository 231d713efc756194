//! `theriac trial`: clinical trials, from the registration to the evidence.

mod amend;
mod analyse;
mod bundle;
mod capture;
mod card;
mod closed;
mod compare;
mod consent;
mod correct;
mod dataset;
mod diff;
mod enrol;
mod erase;
mod factor;
mod lock;
mod miss;
pub(super) mod page;
mod plan;
mod publish;
mod query;
mod randomise;
mod reader;
mod receive;
mod register;
mod restore;
mod role;
mod screen;
mod send;
mod sign;
mod site;
mod status;
mod sync;
mod unblind;
mod unlock;
mod withdraw;
mod words;

use crate::{cli::Global, output::Output, person::Person};
use anyhow::Context as _;
use clap::{Args, Subcommand};
use std::{
    cell::OnceCell,
    fs::{self, File},
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};
use theriac_gateway::{
    book::Form,
    trials::{Party, book::lock},
};
use theriac_sdk::account::Account;

/// Run a clinical trial whose data nobody can alter unseen: register, enrol, capture, sign, lock, unblind, analyse, and prove it with one file.
///
/// The book is a folder on this machine that only you may read: values, salts and texts, encrypted under a key for each subject. Sponsor and site
/// each have one, and give each other copies.
#[derive(Debug, Args)]
pub(crate) struct Trial {
    /// The folder of your book; the first command makes it.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "THERIAC_TRIAL",
        hide_env_values = true,
        default_value = "trial"
    )]
    book: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Register(register::Register),
    Amend(amend::Amend),
    Site(site::Site),
    Role(role::Role),
    Card(card::Card),
    Reader(reader::Reader),
    Enrol(enrol::Enrol),
    Consent(consent::Consent),
    Withdraw(withdraw::Withdraw),
    Capture(capture::Capture),
    #[command(subcommand)]
    Closed(closed::Closed),
    Miss(miss::Miss),
    Correct(correct::Correct),
    #[command(subcommand)]
    Query(query::Query),
    Factor(factor::Factor),
    Sign(sign::Sign),
    Lock(lock::Lock),
    Unlock(unlock::Unlock),
    #[command(subcommand)]
    Randomise(randomise::Randomise),
    Plan(plan::Plan),
    Unblind(unblind::Unblind),
    Dataset(dataset::Dataset),
    Analyse(analyse::Analyse),
    Publish(publish::Publish),
    Diff(diff::Diff),
    Screen(screen::Screen),
    Erase(erase::Erase),
    Send(send::Send),
    Receive(receive::Receive),
    Compare(compare::Compare),
    Restore(restore::Restore),
    Sync(sync::Sync),
    Status(status::Status),
    Bundle(bundle::Bundle),
}

/// What a verb works with.
struct Desk {
    person: Person,
    book: PathBuf,
    /// Held until the command ends.
    lock: OnceCell<File>,
}

impl Trial {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let desk = Desk {
            person: Person::new(global)?,
            book: self.book,
            lock: OnceCell::new(),
        };
        match self.verb {
            Verb::Register(register) => register.run(&desk).await,
            Verb::Amend(amend) => amend.run(&desk).await,
            Verb::Site(site) => site.run(&desk).await,
            Verb::Role(role) => role.run(&desk).await,
            Verb::Card(card) => card.run(&desk).await,
            Verb::Reader(reader) => reader.run(&desk).await,
            Verb::Enrol(enrol) => enrol.run(&desk).await,
            Verb::Consent(consent) => consent.run(&desk).await,
            Verb::Withdraw(withdraw) => withdraw.run(&desk).await,
            Verb::Capture(capture) => capture.run(&desk).await,
            Verb::Closed(closed) => closed.run(&desk).await,
            Verb::Miss(miss) => miss.run(&desk).await,
            Verb::Correct(correct) => correct.run(&desk).await,
            Verb::Query(query) => query.run(&desk).await,
            Verb::Factor(factor) => factor.run(&desk).await,
            Verb::Sign(sign) => sign.run(&desk).await,
            Verb::Lock(lock) => lock.run(&desk).await,
            Verb::Unlock(unlock) => unlock.run(&desk).await,
            Verb::Randomise(randomise) => randomise.run(&desk).await,
            Verb::Plan(plan) => plan.run(&desk).await,
            Verb::Unblind(unblind) => unblind.run(&desk).await,
            Verb::Dataset(dataset) => dataset.run(&desk).await,
            Verb::Analyse(analyse) => analyse.run(&desk).await,
            Verb::Publish(publish) => publish.run(&desk).await,
            Verb::Diff(diff) => diff.run(&desk).await,
            Verb::Screen(screen) => screen.run(&desk).await,
            Verb::Erase(erase) => erase.run(&desk).await,
            Verb::Send(send) => send.run(&desk).await,
            Verb::Receive(receive) => receive.run(&desk).await,
            Verb::Compare(compare) => compare.run(&desk).await,
            Verb::Restore(restore) => restore.run(&desk).await,
            Verb::Sync(sync) => sync.run(&desk).await,
            Verb::Status(status) => status.run(&desk).await,
            Verb::Bundle(bundle) => bundle.run(&desk).await,
        }
    }
}

impl Desk {
    /// The party whose book is there, and who alone writes it until the command ends.
    async fn party(&self) -> anyhow::Result<Party> {
        let client = self.person.client.clone();
        self.writing(Party::open(client, &self.book).await?)
    }

    /// The party whose book is there or begins.
    async fn begin(&self) -> anyhow::Result<Party> {
        Ok(Party::begin(self.person.client.clone(), &self.book).await?)
    }

    /// Takes the right to write the book.
    fn writing(&self, party: Party) -> anyhow::Result<Party> {
        let lock = lock(&self.book)?;
        self.lock.get_or_init(|| lock);
        Ok(party)
    }

    fn output(&self) -> Output {
        self.person.output
    }
}

/// A file of a form.
fn form<F: Form>(file: &Path) -> anyhow::Result<F> {
    F::read(&read(file)?).with_context(|| format!("cannot take {}", file.display()))
}

/// The bytes of a file.
fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// The second key of the person.
fn second_key(file: &Path, password: Option<&Path>, desk: &Desk) -> anyhow::Result<Account> {
    crate::person::unlock(file, password, desk.output())
}

/// Unix milliseconds.
fn now_ms() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| {
        u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
    })
}
