//! `theriac bench ledger`: four members and the load on this machine.
//!
//! ```text
//! the bare engine: saturated, ended -> found, start, enrol -> idle: memory -> saturated -> the rate asked for: throughput,
//! latency, CPU, bytes -> where latency did not hold: a rate below saturation -> one member down -> anvil, members ended
//! ```

use super::{
    anvil,
    author::Author,
    bare::{self, Saturated},
    batch::{self, Plan},
    cluster::Cluster,
    door::Door,
    figures::Figures,
    load::{Pace, drive},
    phase::Phase,
    prepare,
    process::disk_bytes,
    shares,
    times::load_average,
};
use crate::{logging, output::Output};
use alloy_primitives::Address;
use anyhow::{Context as _, ensure};
use clap::Args;
use std::{path::PathBuf, time::Duration};
use theriac_consensus::chain::Execution;
use theriac_contracts::addresses::RECORDS;
use tokio::runtime::Runtime;

/// The member that is killed; the first is the one that is observed.
const VICTIM: usize = 3;
/// A silent leader is skipped after 5 s; then the network has its pace with one member down.
const SKIP_PERIOD: Duration = Duration::from_secs(8);
const IDLE: Duration = Duration::from_secs(5);
/// Seconds of the phases beside the main one, at most.
const SHORT_SECONDS: usize = 15;
/// Transactions that are on their way at once when the network is saturated.
const WINDOW: usize = 2_000;
/// Below this, a registration was refused: one uses about 194,000.
const LEAST_GAS: u64 = 150_000;
/// Of the throughput attained, where latency did not hold.
const BELOW_SATURATION: f64 = 0.5;

/// Measure the ledger: throughput, latency, memory, bytes, one member down, and an equal contract on anvil.
#[derive(Debug, Args)]
pub(crate) struct Ledger {
    /// Transactions per second that are offered; a little above the bar, which could not be reached by offering just that.
    #[arg(long, default_value_t = 1_020)]
    rate: u32,
    /// For how many seconds.
    #[arg(long, default_value_t = 60)]
    seconds: usize,
    /// Transactions that saturate.
    #[arg(long, default_value_t = 10_000)]
    saturate: usize,
    /// Transactions of a batch.
    #[arg(long, default_value_t = 10)]
    batch: usize,
    /// Where anvil is; without it there is no comparison.
    #[arg(
        long,
        value_name = "FILE",
        env = "THERIAC_ANVIL",
        hide_env_values = true
    )]
    anvil: Option<PathBuf>,
}

/// A network under load.
struct Bench {
    arguments: Ledger,
    output: Output,
    cluster: Cluster,
    doors: Vec<Door>,
    authors: Vec<Author>,
    figures: Figures,
    bare: Saturated,
}

impl Ledger {
    pub(super) fn run(self, output: Output) -> anyhow::Result<()> {
        logging::start();
        ensure!(
            self.rate > 0 && self.seconds > 0 && self.batch > 0,
            "nothing would be measured"
        );
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = runtime.context("cannot start the runtime")?;
        let bare = self.bare(&runtime, output)?;
        let cluster = Cluster::start(Execution::Full)?;
        let figures = runtime.block_on(async {
            cluster.first_block().await?;
            let doors = prepare::doors(&cluster).await?;
            let authors = prepare::authors(&cluster, &doors).await?;
            let figures = Figures::default();
            Bench {
                arguments: self,
                output,
                cluster,
                doors,
                authors,
                figures,
                bare,
            }
            .measure()
            .await
        })?;
        output.result(&serde_json::to_value(&figures)?, &figures.table())
    }

    /// The yardstick of efficiency, in a network of its own that has ended when this returns.
    fn bare(&self, runtime: &Runtime, output: Output) -> anyhow::Result<Saturated> {
        let cluster = Cluster::start(Execution::Empty)?;
        let load = (self.saturate, self.batch);
        let (bare, phase) =
            runtime.block_on(bare::measure(&cluster, load, Pace::Window(WINDOW)))?;
        report(output, "bare engine, saturated", &phase);
        Ok(bare)
    }
}

impl Bench {
    async fn measure(mut self) -> anyhow::Result<Figures> {
        self.tell_load("load average at the start")?;
        self.idle().await?;
        let saturated = self.saturate().await?;
        let main = self.main().await?;
        if main.quantile_ms(0.99) > 500.0 {
            self.below_saturation(main.throughput()).await?;
        }
        self.one_down(main.throughput()).await?;
        self.tell_load("load average at the end")?;
        self.peer(saturated).await
    }

    /// Memory and CPU of members that do nothing but their rhythm of blocks.
    async fn idle(&mut self) -> anyhow::Result<()> {
        let before = self.cluster.cpu_seconds()?;
        tokio::time::sleep(IDLE).await;
        let cpu = self.cluster.cpu_seconds()? - before;
        let mut resident = 0.0_f64;
        for member in self.cluster.running() {
            resident = resident.max(member.resident_mib()?);
        }
        let each = cpu / self.doors.len() as f64 / IDLE.as_secs_f64();
        self.figures
            .at_most("idle memory of a node, largest", (resident, "MiB"), 160.0);
        self.figures
            .tell("idle CPU of a node", (each * 100.0, "% core"));
        Ok(())
    }

    /// The most that goes through, beside the bare engine.
    async fn saturate(&mut self) -> anyhow::Result<f64> {
        let count = self.arguments.saturate;
        let cpu = self.cluster.cpu_seconds()?;
        let phase = self
            .phase("saturated", (count, 4, RECORDS), Pace::Window(WINDOW))
            .await?;
        check_gas(&phase)?;
        let cpu = self.cluster.cpu_seconds()? - cpu;
        let saturated = Saturated::new(&phase, cpu, self.doors.len());
        let throughput = saturated.throughput;
        let bare = self.bare.throughput;
        let figures = &mut self.figures;
        figures.tell("saturated throughput", (throughput, "tx/s"));
        figures.tell("bare engine: saturated throughput", (bare, "tx/s"));
        figures.at_least("ratio to the bare engine", (throughput / bare, ""), 0.5);
        self.shares(saturated.cpu_us)?;
        Ok(throughput)
    }

    /// The rate asked for.
    async fn main(&mut self) -> anyhow::Result<Phase> {
        let rate = f64::from(self.arguments.rate);
        let count = self.arguments.rate as usize * self.arguments.seconds;
        let root = self.cluster.founded.nodes[0].root().to_owned();
        let index = self.cluster.founded.nodes[0].index();
        let (disk, indexed) = (disk_bytes(&root)?, disk_bytes(&index)?);
        let cpu = self.cluster.cpu_seconds()?;
        let phase = self
            .phase("main", (count, 4, RECORDS), Pace::Rate(rate))
            .await?;
        check_gas(&phase)?;
        let finals = phase.finals() as f64;
        let cpu_us = (self.cluster.cpu_seconds()? - cpu) / 4.0 / finals * 1e6;
        let figures = &mut self.figures;
        figures.at_least("throughput", (phase.throughput(), "tx/s"), 1_000.0);
        figures.at_most("latency p50", (phase.quantile_ms(0.5), "ms"), 150.0);
        figures.at_most("latency p99", (phase.quantile_ms(0.99), "ms"), 500.0);
        figures.at_most(
            "transactions not final",
            (phase.offered as f64 - finals, ""),
            0.0,
        );
        figures.at_most(
            "errors",
            (phase.errors.values().sum::<usize>() as f64, ""),
            0.0,
        );
        figures.tell(
            "transactions of a block",
            (finals / phase.blocks as f64, ""),
        );
        figures.tell(
            "gas of a transaction",
            (phase.gas_used as f64 / finals, "gas"),
        );
        figures.tell(
            "CPU of a node for a thousand transactions",
            (cpu_us / 1e3, "s"),
        );
        let bytes = |path: &std::path::Path, before: u64| -> anyhow::Result<f64> {
            Ok((disk_bytes(path)?.saturating_sub(before)) as f64 / finals)
        };
        figures.tell("ledger bytes of a transaction", (bytes(&root, disk)?, "B"));
        figures.tell(
            "ledger bytes of a transaction, index alone",
            (bytes(&index, indexed)?, "B"),
        );
        Ok(phase)
    }

    /// Where the CPU time of a saturated node went: recovery and execution timed by themselves, the rest by what the bare
    /// engine does without.
    fn shares(&mut self, cpu_us: f64) -> anyhow::Result<()> {
        let costs = shares::measure(
            &self.cluster.founded.network.chain(),
            self.cluster.admin(0)?,
        )?;
        let bare_us = self.bare.cpu_us;
        let figures = &mut self.figures;
        figures.tell("cost of signature recovery", (costs.recovery_us, "us"));
        figures.tell("cost of admission", (costs.admission_us, "us"));
        figures.tell("cost of execution", (costs.execution_us, "us"));
        figures.tell("saturated: CPU of a node for a transaction", (cpu_us, "us"));
        figures.tell(
            "bare engine: CPU of a node for a transaction",
            (bare_us, "us"),
        );
        let share = |cost: f64| (cost / cpu_us * 100.0, "% CPU");
        figures.tell("share of signature recovery", share(costs.recovery_us));
        figures.tell("share of execution", share(costs.execution_us));
        figures.tell(
            "share of state commit, logs and index (full less bare less execution)",
            share(cpu_us - bare_us - costs.execution_us),
        );
        figures.tell(
            "share of consensus, network and rpc (bare less recovery)",
            share(bare_us - costs.recovery_us),
        );
        Ok(())
    }

    /// Latency at a rate that the machine bears.
    async fn below_saturation(&mut self, attained: f64) -> anyhow::Result<()> {
        let rate = (attained * BELOW_SATURATION).max(1.0);
        let count = rate as usize * self.short_seconds();
        let phase = self
            .phase("below saturation", (count, 4, RECORDS), Pace::Rate(rate))
            .await?;
        self.figures.tell("below saturation: rate", (rate, "tx/s"));
        self.figures.tell(
            "below saturation: latency p50",
            (phase.quantile_ms(0.5), "ms"),
        );
        self.figures.tell(
            "below saturation: latency p99",
            (phase.quantile_ms(0.99), "ms"),
        );
        Ok(())
    }

    /// The rate asked for with three members, after the time in which the silent one is found out.
    async fn one_down(&mut self, with_all: f64) -> anyhow::Result<()> {
        self.cluster.kill(VICTIM);
        tokio::time::sleep(SKIP_PERIOD).await;
        let rate = f64::from(self.arguments.rate);
        let count = self.arguments.rate as usize * self.short_seconds();
        let phase = self
            .phase(
                "one member down",
                (count, VICTIM, RECORDS),
                Pace::Rate(rate),
            )
            .await?;
        check_gas(&phase)?;
        let ratio = phase.throughput() / with_all;
        self.figures
            .tell("one member down: throughput", (phase.throughput(), "tx/s"));
        self.figures.tell(
            "one member down: latency p50",
            (phase.quantile_ms(0.5), "ms"),
        );
        self.figures.tell(
            "one member down: latency p99",
            (phase.quantile_ms(0.99), "ms"),
        );
        self.figures
            .at_least("one member down: ratio of throughput", (ratio, ""), 0.6);
        Ok(())
    }

    /// The same call on anvil, with the members ended. Anvil is one node without consensus, signatures of blocks or durability.
    async fn peer(self, saturated: f64) -> anyhow::Result<Figures> {
        let Self {
            arguments,
            output,
            cluster,
            authors,
            mut figures,
            ..
        } = self;
        let chain_id = cluster.chain_id();
        drop(cluster);
        let Some(program) = &arguments.anvil else {
            say(
                output,
                "no anvil: set THERIAC_ANVIL or --anvil; the comparison is left out",
            );
            return Ok(figures);
        };
        let (transactions, batch) = (arguments.saturate, arguments.batch);
        let plan = Plan {
            chain_id,
            to: Address::ZERO,
            transactions,
            batch,
            doors: 1,
        };
        let members: Vec<_> = authors.iter().map(|author| author.member).collect();
        let phase = anvil::measure(program, &members, (plan, Pace::Window(WINDOW))).await?;
        report(output, "anvil, saturated", &phase);
        check_gas(&phase)?;
        figures.tell("anvil: saturated throughput", (phase.saturated(), "tx/s"));
        figures.tell(
            "ratio to anvil, both saturated",
            (saturated / phase.saturated(), ""),
        );
        Ok(figures)
    }

    /// Signs and sends `count` calls of `to` to the first `doors` members.
    async fn phase(
        &mut self,
        name: &str,
        (transactions, doors, to): (usize, usize, Address),
        pace: Pace,
    ) -> anyhow::Result<Phase> {
        let (chain_id, batch) = (self.cluster.chain_id(), self.arguments.batch);
        let plan = Plan {
            chain_id,
            to,
            transactions,
            batch,
            doors,
        };
        let batches = batch::sign(&mut self.authors, plan);
        let phase = drive(&self.doors, &self.doors[0], &batches, pace).await?;
        report(self.output, name, &phase);
        if phase.finals() < phase.offered {
            for words in self.cluster.last_words() {
                say(self.output, &words);
            }
        }
        Ok(phase)
    }

    /// One-minute load of the machine: whether timings were disturbed by others.
    fn tell_load(&mut self, metric: &str) -> anyhow::Result<()> {
        self.figures.tell(metric, (load_average()?, ""));
        Ok(())
    }

    fn short_seconds(&self) -> usize {
        self.arguments.seconds.min(SHORT_SECONDS)
    }
}

/// # Errors
/// Where nothing became final, or what did was refused by the contract.
fn check_gas(phase: &Phase) -> anyhow::Result<()> {
    ensure!(
        phase.finals() > 0,
        "nothing became final: {:?}",
        phase.errors
    );
    let gas = phase.gas_used / phase.finals() as u64;
    ensure!(
        gas >= LEAST_GAS,
        "a transaction uses {gas} gas: it is refused, not registered"
    );
    Ok(())
}

fn report(output: Output, name: &str, phase: &Phase) {
    say(output, &format!("{name}: {}", phase.line()));
    for (error, count) in &phase.errors {
        say(output, &format!("  {count} times: {error}"));
    }
}

fn say(output: Output, text: &str) {
    if !output.quiet {
        eprintln!("{text}");
    }
}
