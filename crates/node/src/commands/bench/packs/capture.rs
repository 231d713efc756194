//! A document goes through a gateway's `POST /capture`, until all of its events are durable, indexed and visible.

use super::super::{gateway::TOKEN, process::Process};
use anyhow::{Context as _, bail, ensure};
use bytes::Bytes;
use futures::{Stream, stream};
use http_body_util::{BodyExt as _, StreamBody, combinators::BoxBody};
use hyper::{
    Request, StatusCode,
    body::Frame,
    header::{AUTHORIZATION, CONTENT_TYPE, LOCATION},
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;
use std::{
    env,
    io::{self, BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tokio::io::AsyncReadExt as _;

const CHUNK_BYTES: usize = 256 << 10;
const PAUSE: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(40 * 60);

type Body = BoxBody<Bytes, io::Error>;

/// What a capture took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Captured {
    /// From the first byte sent until the events are visible.
    pub(super) seconds: f64,
    /// CPU seconds of the gateway.
    pub(super) cpu: f64,
    /// The most memory that the gateway had resident, in MiB.
    pub(super) peak_mib: f64,
}

/// Starts a gateway on an empty repository, gives it a document, and ends it.
///
/// # Errors
/// Where the gateway does not start, or the document is not captured whole.
pub(super) async fn capture(
    data: &Path,
    postgres: Option<&str>,
    document: &Path,
) -> anyhow::Result<Captured> {
    let (gateway, address) = start(data, postgres)?;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let door = Door { client, address };
    let before = gateway.cpu_seconds()?;
    let begun = Instant::now();
    let job = door.send(document).await?;
    door.finished(&job, begun).await?;
    Ok(Captured {
        seconds: begun.elapsed().as_secs_f64(),
        cpu: gateway.cpu_seconds()? - before,
        peak_mib: gateway.peak_mib()?,
    })
}

fn start(data: &Path, postgres: Option<&str>) -> anyhow::Result<(Process, String)> {
    let mut command = Command::new(env::current_exe().context("where this program is")?);
    command
        .args(["--quiet", "bench", "gateway", "--data"])
        .arg(data);
    if let Some(text) = postgres {
        command.args(["--postgres", text]);
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start a gateway")?;
    let output = child.stdout.take().context("its output is piped")?;
    let process = Process(child);
    let mut address = String::new();
    BufReader::new(output).read_line(&mut address)?;
    ensure!(!address.is_empty(), "the gateway did not start");
    Ok((process, address.trim_end().to_owned()))
}

struct Door {
    client: Client<HttpConnector, Body>,
    address: String,
}

impl Door {
    /// Sends a document and returns the path of its job.
    async fn send(&self, document: &Path) -> anyhow::Result<String> {
        let file = tokio::fs::File::open(document).await?;
        let request = Request::post(format!("http://{}/capture", self.address))
            .header(AUTHORIZATION, format!("Bearer {TOKEN}"))
            .header(CONTENT_TYPE, "application/json")
            .body(StreamBody::new(chunks(file)).boxed())?;
        let response = self.client.request(request).await?;
        ensure!(
            response.status() == StatusCode::ACCEPTED,
            "the gateway does not accept the document: {}",
            response.status()
        );
        let location = response.headers().get(LOCATION);
        let location = location
            .context("an accepted document has a job")?
            .to_str()?;
        let path = location.split_once(&self.address).map(|(_, path)| path);
        Ok(path.unwrap_or(location).to_owned())
    }

    /// Waits until the job has ended well.
    async fn finished(&self, job: &str, begun: Instant) -> anyhow::Result<()> {
        loop {
            let told = self.ask(job).await?;
            match (&told["running"], &told["success"]) {
                (Value::Bool(false), Value::Bool(true)) => return Ok(()),
                (Value::Bool(false), _) => bail!("the document was not captured: {told}"),
                (_, _) => {}
            }
            ensure!(
                begun.elapsed() < PATIENCE,
                "the capture takes more than {PATIENCE:?}"
            );
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn ask(&self, path: &str) -> anyhow::Result<Value> {
        let nothing = http_body_util::Empty::new().map_err(|never| match never {});
        let request = Request::get(format!("http://{}{path}", self.address))
            .header(AUTHORIZATION, format!("Bearer {TOKEN}"))
            .body(nothing.boxed())?;
        let response = self.client.request(request).await?;
        let body = response.into_body().collect().await?.to_bytes();
        serde_json::from_slice(&body).context("a job is told in JSON")
    }
}

fn chunks(file: tokio::fs::File) -> impl Stream<Item = io::Result<Frame<Bytes>>> + Send + Sync {
    stream::try_unfold(file, |mut file| async move {
        let mut chunk = vec![0; CHUNK_BYTES];
        let read = file.read(&mut chunk).await?;
        chunk.truncate(read);
        Ok((read > 0).then(|| (Frame::data(Bytes::from(chunk)), file)))
    })
}
