//! `theriac bench seals`: four keepers and their readers on this machine.
//!
//! ```text
//! bare cryptography: sign, combine, decrypt -> found, start, enrol, seal records -> plain transactions -> openings at leisure ->
//! openings at the rate asked for: from the wish to the plaintext, and where that time went
//! ```

use super::{
    cluster::Cluster,
    figures::Figures,
    keepers_bound,
    times::{at, load_average, millis},
};
use crate::{logging, output::Output};
use alloy_primitives::B256;
use anyhow::{Context as _, ensure};
use clap::Args;
use std::{sync::Arc, time::Duration};
use theriac_consensus::chain::Execution;
use theriac_contracts::codes::{Effect, Kind, Protection, Purpose, Role};
use theriac_sdk::{
    Client, access::Rule, account::Account, directory::NewPerson, records::NewRecord, seals::Spent,
};
use tokio::time::{Instant, sleep_until};

/// Readers, each an account of its own, so that no limit for one requester is met.
const READERS: usize = 24;
/// Records of the chart that is read.
const RECORDS: usize = 8;
/// Openings one after the other, and plain transactions to compare with.
const AT_LEISURE: usize = 30;
/// Longest wait until a member has a block that another one has.
const BEHIND: Duration = Duration::from_secs(10);
const BETWEEN_LOGINS: Duration = Duration::from_millis(500);
const DOCUMENT: &[u8] =
    br#"{"resourceType":"Observation","status":"final","valueString":"a measured value"}"#;

/// Measure openings of seals: how many in a second, how long from request to plaintext, and where that time goes.
#[derive(Debug, Args)]
pub(crate) struct Seals {
    /// Openings per second that are offered; above the bar, since the last ones end after the offer does.
    #[arg(long, default_value_t = 106)]
    rate: u32,
    /// For how many seconds.
    #[arg(long, default_value_t = 20)]
    seconds: u32,
}

/// The chart that is read, and who reads it.
struct Stage {
    chart: B256,
    records: Vec<B256>,
    author: Client,
    readers: Vec<Client>,
}

/// Times of a phase in milliseconds, each ascending.
#[derive(Default)]
struct Times {
    whole: Vec<f64>,
    ledger: Vec<f64>,
    keepers: Vec<f64>,
    reader: Vec<f64>,
    errors: usize,
}

impl Times {
    /// Openings that ended in a second of `span`.
    fn rate(&self, span: Duration) -> f64 {
        self.whole.len() as f64 / span.as_secs_f64()
    }
}

impl Seals {
    pub(super) fn run(self, output: Output) -> anyhow::Result<()> {
        logging::start();
        ensure!(
            self.rate > 0 && self.seconds > 0,
            "nothing would be measured"
        );
        let mut figures = Figures::default();
        let bound = keepers_bound::measure()?;
        let cluster = Cluster::start(Execution::Full)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .context("cannot start the runtime")?;
        runtime.block_on(async {
            cluster.first_block().await?;
            let stage = Stage::prepare(&cluster).await?;
            let plain = stage.plain().await?;
            let leisure = stage.at_leisure().await?;
            let cpu = cluster.cpu_seconds()?;
            let (loaded, span) = stage.at_rate(&self).await?;
            let cpu = cluster.cpu_seconds()? - cpu;
            tell_load(&mut figures, &loaded, (span, cpu));
            tell_alone(&mut figures, &leisure, at(&plain, 0.5));
            tell_bound(&mut figures, &bound, loaded.rate(span));
            figures.tell("load average at the end", (load_average()?, ""));
            anyhow::Ok(())
        })?;
        output.result(&serde_json::to_value(&figures)?, &figures.table())
    }
}

/// What `--rate` came to, with what a node's CPU spent on it.
fn tell_load(figures: &mut Figures, loaded: &Times, (span, cpu): (Duration, f64)) {
    figures.at_least("openings per second", (loaded.rate(span), "1/s"), 100.0);
    let p99 = at(&loaded.whole, 0.99);
    figures.at_most("request to plaintext p99", (p99, "ms"), 400.0);
    figures.tell("request to plaintext p50", (at(&loaded.whole, 0.5), "ms"));
    figures.at_most("openings that failed", (loaded.errors as f64, ""), 0.0);
    let whole: f64 = loaded.whole.iter().sum();
    for (name, part) in [
        (
            "share of the ledger (decided, final, durable)",
            &loaded.ledger,
        ),
        ("share of the keepers (asked and answered)", &loaded.keepers),
        (
            "share of the reader (blobs, combining, decrypting)",
            &loaded.reader,
        ),
    ] {
        figures.tell(name, (part.iter().sum::<f64>() / whole * 100.0, "%"));
    }
    let opened = loaded.whole.len() as f64;
    let each = cpu / 4.0 / opened * 1e3;
    figures.tell("CPU of a node for an opening", (each, "ms"));
}

/// What one opening takes when nobody else asks, beside a plain transaction.
fn tell_alone(figures: &mut Figures, leisure: &Times, plain: f64) {
    let alone = at(&leisure.whole, 0.5);
    for (name, time) in [
        ("one at a time: request to plaintext p50", alone),
        (
            "one at a time: request to plaintext p99",
            at(&leisure.whole, 0.99),
        ),
        ("one at a time: the keepers p50", at(&leisure.keepers, 0.5)),
        ("one at a time: the reader p50", at(&leisure.reader, 0.5)),
        ("one at a time: a plain transaction p50", plain),
    ] {
        figures.tell(name, (time, "ms"));
    }
    let ratio = "ratio of an opening to a plain transaction, one at a time";
    figures.tell(ratio, (alone / plain, ""));
}

/// What the cryptography alone would take, and how near `rate` comes to it.
fn tell_bound(figures: &mut Figures, bound: &keepers_bound::Bound, rate: f64) {
    for (name, time) in [
        ("bare cryptography: a keeper's partial", bound.sign_us),
        ("bare cryptography: a keeper's message", bound.message_us),
        ("bare cryptography: combine and decrypt", bound.open_us),
    ] {
        figures.tell(name, (time, "us"));
    }
    let bare = bound.cpu_ms(4);
    let name = "bare cryptography of an opening, 4 keepers and reader";
    figures.tell(name, (bare, "ms"));
    let name = "ratio of the rate to what a core's bare cryptography allows";
    figures.tell(name, (rate * bare / 1e3, ""));
}

impl Stage {
    /// Enrols a patient, an author and readers, opens a chart whose rule admits the readers, and seals its records.
    async fn prepare(cluster: &Cluster) -> anyhow::Result<Self> {
        let admin = client(cluster, 0, cluster.admin(0)?)?;
        let patient = enrol(cluster, (&admin, 0), Role::Patient).await?;
        let author = enrol(cluster, (&admin, 0), Role::Physician).await?;
        patient.publish_key().await?;
        let chart = patient.open_chart(patient.address()).await?.chart;
        let rule = Rule {
            effect: Effect::Permit.code(),
            role: Role::Physician.code(),
            purpose: Purpose::Treatment.code(),
            ..Default::default()
        };
        patient.set_rule(chart, Some(0), rule).await?;
        let mut records = Vec::new();
        for _ in 0..RECORDS {
            let new = NewRecord {
                chart,
                patient: Some(patient.address()),
                kind: Kind::Observation,
                protection: Protection::Sealed,
                document: DOCUMENT,
            };
            records.push(author.add_record(new).await?.record);
        }
        let mut readers = Vec::new();
        for index in 0..READERS {
            let reader = enrol(cluster, (&admin, index), Role::Physician).await?;
            // Logs in now, and no faster than a node lets strangers from one address.
            reader.publish_key().await?;
            tokio::time::sleep(BETWEEN_LOGINS).await;
            readers.push(reader);
        }
        Ok(Self {
            chart,
            records,
            author,
            readers,
        })
    }

    /// Plain transactions of the same client, each until it is final.
    async fn plain(&self) -> anyhow::Result<Vec<f64>> {
        let mut times = Vec::new();
        for _ in 0..AT_LEISURE {
            let begun = Instant::now();
            self.author.open_chart(self.author.address()).await?;
            times.push(millis(begun.elapsed()));
        }
        times.sort_by(f64::total_cmp);
        Ok(times)
    }

    async fn at_leisure(&self) -> anyhow::Result<Times> {
        let mut times = Times::default();
        for number in 0..AT_LEISURE {
            times.note(self.open(number).await?);
        }
        Ok(times.sorted())
    }

    /// Openings at a rate, whether or not those before have ended.
    async fn at_rate(&self, arguments: &Seals) -> anyhow::Result<(Times, Duration)> {
        let count = (arguments.rate * arguments.seconds) as usize;
        let begun = Instant::now();
        let each = Duration::from_secs(1) / arguments.rate;
        let openings = (0..count).map(|number| async move {
            sleep_until(begun + each * number as u32).await;
            self.open(number).await
        });
        let ended = futures::future::join_all(openings).await;
        let span = begun.elapsed();
        let mut times = Times::default();
        for opened in ended {
            match opened {
                Ok(spent) => times.note(spent),
                Err(error) => {
                    tracing::warn!(%error, "an opening failed");
                    times.errors += 1;
                }
            }
        }
        ensure!(!times.whole.is_empty(), "nothing was opened");
        Ok((times.sorted(), span))
    }

    /// One opening by rule, until the document is there as it was recorded.
    async fn open(&self, number: usize) -> anyhow::Result<Spent> {
        let reader = &self.readers[number % self.readers.len()];
        let record = self.records[number % self.records.len()];
        let opened = reader
            .open_sealed(self.chart, &[record], Purpose::Treatment, None)
            .await?;
        ensure!(
            *opened.documents[0].bytes == DOCUMENT,
            "another document was opened"
        );
        ensure!(opened.bad.is_empty(), "a keeper was found to lie");
        Ok(opened.spent)
    }
}

impl Times {
    fn note(&mut self, spent: Spent) {
        self.whole.push(millis(spent.whole));
        self.ledger.push(millis(spent.ledger));
        self.keepers.push(millis(spent.keepers));
        self.reader
            .push(millis(spent.whole - spent.ledger - spent.keepers));
    }

    fn sorted(mut self) -> Self {
        for times in [
            &mut self.whole,
            &mut self.ledger,
            &mut self.keepers,
            &mut self.reader,
        ] {
            times.sort_by(f64::total_cmp);
        }
        self
    }
}

/// A client that asks the members in turn, each beginning with another.
fn client(cluster: &Cluster, first: usize, account: Account) -> anyhow::Result<Client> {
    let validators = &cluster.founded.network.charter.validators;
    let mut nodes: Vec<String> = validators
        .iter()
        .map(|validator| format!("http://{}", validator.rpc))
        .collect();
    let count = nodes.len();
    nodes.rotate_left(first % count);
    Ok(Client::new(&nodes, Some(Arc::new(account)))?)
}

async fn enrol(
    cluster: &Cluster,
    (admin, first): (&Client, usize),
    role: Role,
) -> anyhow::Result<Client> {
    let person = client(cluster, first, Account::generate())?;
    let new = NewPerson {
        account: person.address(),
        role,
        expiry: 0,
        name: "A. Person",
        licence: None,
    };
    admin.enrol(new).await?;
    // The member that the person begins with may be a block behind the one that acknowledged.
    let height = admin.height().await?;
    let begun = Instant::now();
    while person.height().await? < height {
        ensure!(begun.elapsed() < BEHIND, "a member stays behind the others");
        tokio::time::sleep(BETWEEN_LOGINS).await;
    }
    Ok(person)
}
