//! `theriac bench vault`: a large file through four members on this machine.
//!
//! ```text
//! costs of AES-GCM, hashing and coding alone -> put -> get at another member -> get with one member down -> its shards lost,
//! repaired by a scrub -> memory
//! ```

use super::{
    cluster::Cluster,
    figures::Figures,
    process::{Process, own},
    vault_bound::{Costs, costs},
};
use crate::{logging, output::Output};
use anyhow::{Context as _, ensure};
use clap::Args;
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};
use theriac_consensus::chain::Execution;
use theriac_envelope::ContentId;
use theriac_sdk::{Client, Transferred};

/// The member that is killed and loses its shards.
const VICTIM: usize = 3;
const PATIENCE: Duration = Duration::from_secs(900);
const PAUSE: Duration = Duration::from_millis(200);
/// The aims, in MB of content for each second of a core, and the memory that a node and a client may take.
const PUT_BAR: f64 = 150.0;
const GET_BAR: f64 = 250.0;
const MEMORY_BAR_MIB: f64 = 128.0;

/// Measure the vault: put, get, get with a member down, repair, memory.
#[derive(Debug, Args)]
pub(crate) struct Vault {
    /// MiB of the file.
    #[arg(long, default_value_t = 512)]
    mib: u64,
}

/// Wall time and CPU time of all, of something that went over so many bytes.
struct Took {
    mb: f64,
    seconds: f64,
    /// Of the client and all members.
    cpu: f64,
    /// Of the client and the member that was asked.
    cpu_of_two: f64,
}

struct Bench {
    cluster: Cluster,
    clients: Vec<Client>,
    figures: Figures,
    mb: f64,
}

impl Vault {
    pub(super) fn run(self, output: Output) -> anyhow::Result<()> {
        logging::start();
        let bound = costs()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = runtime.context("cannot start the runtime")?;
        let cluster = Cluster::start(Execution::Full)?;
        let figures = runtime.block_on(async {
            cluster.first_block().await?;
            let bench = Bench::new(cluster, self.mib)?;
            bench.measure(self.mib, bound).await
        })?;
        let value = serde_json::to_value(&figures)?;
        output.result(&value, &figures.table())
    }
}

impl Bench {
    fn new(cluster: Cluster, mib: u64) -> anyhow::Result<Self> {
        let validators = &cluster.founded.network.charter.validators;
        let addresses: Vec<_> = validators
            .iter()
            .map(|validator| format!("http://{}", validator.rpc))
            .collect();
        let account = Arc::new(cluster.admin(0)?);
        let clients = addresses
            .iter()
            .map(|address| Client::new(&[address], Some(account.clone())));
        Ok(Self {
            clients: clients.collect::<Result<_, _>>()?,
            cluster,
            figures: Figures::default(),
            mb: (mib << 20) as f64 / 1e6,
        })
    }

    async fn measure(mut self, mib: u64, bound: Costs) -> anyhow::Result<Figures> {
        let file = self.cluster.scratch().join("file");
        write_random(&file, mib)?;
        let idle = self.peak_mib()?;
        // A content is coded into twice as much, and the reader writes it once.
        self.touch_memory(3 * mib)?;
        let id = self.put(&file, bound).await?;
        self.touch_memory(mib)?;
        self.get(1, id, "get", bound).await?;
        let busy = self.peak_mib()?;
        self.figures.tell("node: most memory", (busy, "MiB"));
        self.figures.at_most(
            "node: memory for the file",
            (busy - idle, "MiB"),
            MEMORY_BAR_MIB,
        );
        let (_, client) = own()?;
        self.figures
            .at_most("client: most memory", (client, "MiB"), MEMORY_BAR_MIB);
        self.cluster.kill(VICTIM);
        self.get(1, id, "get, one member down", bound).await?;
        self.repair().await?;
        Ok(self.figures)
    }

    /// Fills as much of the page cache and gives it back. Memory that a virtual machine has not used yet is brought in by
    /// its host at the first touch, and that time would be counted as the vault's.
    fn touch_memory(&self, mib: u64) -> anyhow::Result<()> {
        let path = self.cluster.scratch().join("touched");
        write_random(&path, mib)?;
        fs::remove_file(&path).context("the scratch file")
    }

    async fn put(&mut self, file: &Path, bound: Costs) -> anyhow::Result<ContentId> {
        let silent: Transferred = Arc::new(|_, _| {});
        let before = self.cpu(0)?;
        let begun = Instant::now();
        let put = self.clients[0].put_blob_file(file, &silent).await;
        let content = put.context("the file was not put")?;
        let took = self.took(0, begun, before)?;
        // The client names and sends it; the node checks the name, codes it and hashes two pieces for each of content.
        let least = bound.hash + bound.hash + bound.encode + 2.0 * bound.hash;
        let full = bound.encrypt - bound.hash + least;
        self.tell("put", &took, full);
        self.figures.at_least(
            "put: MB per core-second of client and node",
            (took.mb / took.cpu_of_two, "MB/s"),
            PUT_BAR,
        );
        Ok(content.id)
    }

    async fn get(
        &mut self,
        at: usize,
        id: ContentId,
        name: &str,
        bound: Costs,
    ) -> anyhow::Result<()> {
        let silent: Transferred = Arc::new(|_, _| {});
        let into: PathBuf = self
            .cluster
            .scratch()
            .join(format!("got-{}", rand::random::<u32>()));
        let before = self.cpu(at)?;
        let begun = Instant::now();
        let got = self.clients[at].get_blob_file(id, &into, &silent).await;
        got.context("the file was not got")?;
        let took = self.took(at, begun, before)?;
        fs::remove_file(&into)?;
        // The node checks each chunk, the client the whole, and then decrypts.
        let full = bound.decrypt - bound.hash + 2.0 * bound.hash;
        self.tell(name, &took, full);
        if name == "get" {
            self.figures.at_least(
                "get: MB per core-second of client and node",
                (took.mb / took.cpu_of_two, "MB/s"),
                GET_BAR,
            );
        }
        Ok(())
    }

    /// The member that was down lost its shards, and has them made anew.
    async fn repair(&mut self) -> anyhow::Result<()> {
        let shards = self.cluster.vault(VICTIM).join("shards");
        fs::remove_dir_all(&shards).context("the victim's shards")?;
        self.cluster.restart(VICTIM)?;
        self.cluster.first_block().await?;
        let before = self.cluster.cpu_seconds()?;
        let begun = Instant::now();
        let client = &self.clients[VICTIM];
        wait_for_shards(client).await?;
        let (seconds, cpu) = (
            begun.elapsed().as_secs_f64(),
            self.cluster.cpu_seconds()? - before,
        );
        self.figures.tell("repair", (self.mb / seconds, "MB/s"));
        self.figures.tell(
            "repair: per core-second of all members",
            (self.mb / cpu, "MB/s"),
        );
        Ok(())
    }

    fn tell(&mut self, name: &str, took: &Took, least: f64) {
        let per_core = took.mb / took.cpu;
        self.figures.tell(name, (took.mb / took.seconds, "MB/s"));
        let all = format!("{name}: MB per core-second of client and four members");
        self.figures.tell(&all, (per_core, "MB/s"));
        let bound = format!("{name}: bound by AES-GCM, hashing and coding");
        self.figures.tell(&bound, (1.0 / least, "MB/s"));
        let ratio = format!("{name}: of the bound, client and node");
        self.figures
            .tell(&ratio, (took.mb / took.cpu_of_two * least, ""));
    }

    /// CPU seconds of the client, of all members, and of one.
    fn cpu(&self, index: usize) -> anyhow::Result<(f64, f64, f64)> {
        let (client, _) = own()?;
        let asked = self.cluster.running().nth(index);
        let asked = asked.context("the member runs")?.cpu_seconds()?;
        Ok((client, self.cluster.cpu_seconds()?, asked))
    }

    fn took(&self, index: usize, begun: Instant, before: (f64, f64, f64)) -> anyhow::Result<Took> {
        let seconds = begun.elapsed().as_secs_f64();
        let after = self.cpu(index)?;
        let client = after.0 - before.0;
        Ok(Took {
            mb: self.mb,
            seconds,
            cpu: client + after.1 - before.1,
            cpu_of_two: client + after.2 - before.2,
        })
    }

    fn peak_mib(&self) -> anyhow::Result<f64> {
        let peaks = self.cluster.running().map(Process::peak_mib);
        peaks
            .into_iter()
            .try_fold(0f64, |most, peak| Ok(most.max(peak?)))
    }
}

async fn wait_for_shards(client: &Client) -> anyhow::Result<()> {
    let begun = Instant::now();
    // First, since it logs in.
    client.vault_status().await?;
    client
        .scrub_vault()
        .await
        .context("the scrub did not begin")?;
    loop {
        let status = client.vault_status().await?;
        let is_there = status["shards"]
            .as_str()
            .is_some_and(|count| count != "0x0");
        if is_there && status["scrubs"] != *"0x0" {
            return Ok(());
        }
        ensure!(
            begun.elapsed() < PATIENCE,
            "the shards were not repaired: {status}"
        );
        tokio::time::sleep(PAUSE).await;
    }
}

/// Bytes like those of a ciphertext.
fn write_random(path: &Path, mib: u64) -> anyhow::Result<()> {
    let mut file = fs::File::create(path).context("the file to put")?;
    let mut part = vec![0u8; 1 << 20];
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    for _ in 0..mib {
        for bytes in part.chunks_exact_mut(8) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            bytes.copy_from_slice(&state.to_le_bytes());
        }
        file.write_all(&part)?;
    }
    Ok(file.sync_all()?)
}
