//! A PostgreSQL of Debian's, started for a measurement and ended with it.

use super::super::process::Process;
use anyhow::{Context as _, ensure};
use std::{
    fs,
    net::TcpListener,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);
/// A program that is root becomes this user, since PostgreSQL refuses to run as root.
const USER: &str = "postgres";

/// A server that ends with this value; its data is durable as PostgreSQL's default has it.
pub(super) struct Postgres {
    _process: Process,
    port: u16,
}

impl Postgres {
    /// Starts a server with its data in a new folder; `None` where PostgreSQL is not installed.
    ///
    /// # Errors
    /// Where it is and does not start.
    pub(super) fn start(folder: &Path) -> anyhow::Result<Option<Self>> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        fs::create_dir(folder).context("the folder of PostgreSQL")?;
        if id("-u", None)? == 0 {
            let (user, group) = (id("-u", Some(USER))?, id("-g", Some(USER))?);
            chown(folder, Some(user), Some(group)).context("the folder of PostgreSQL")?;
        }
        let data = folder.join("data");
        let made = command(&programs.join("initdb"))?
            .args(["--username=theriac", "--auth=trust", "--encoding=UTF8"])
            .arg("-D")
            .arg(&data)
            .current_dir(folder)
            .stdout(Stdio::null())
            .status()?;
        ensure!(made.success(), "initdb failed: {made}");
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let options = ["listen_addresses=127.0.0.1", "unix_socket_directories="];
        let child = command(&programs.join("postgres"))?
            .arg("-D")
            .arg(&data)
            .args(options.iter().flat_map(|option| ["-c", option]))
            .args(["-p", &port.to_string()])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start PostgreSQL")?;
        let server = Self {
            _process: Process(child),
            port,
        };
        wait(&data)?;
        Ok(Some(server))
    }

    /// Its connection string.
    pub(super) fn url(&self) -> String {
        let port = self.port;
        format!("host=127.0.0.1 port={port} user=theriac dbname=postgres")
    }
}

/// Waits until the server says in its lock file that it takes connections.
fn wait(data: &Path) -> anyhow::Result<()> {
    let begun = Instant::now();
    let is_ready = || {
        let lock = fs::read_to_string(data.join("postmaster.pid"));
        lock.is_ok_and(|lock| lock.lines().any(|line| line.trim_end() == "ready"))
    };
    while !is_ready() {
        ensure!(begun.elapsed() < PATIENCE, "PostgreSQL does not get ready");
        thread::sleep(PAUSE);
    }
    Ok(())
}

/// The folder of `initdb` and `postgres`: Debian's, or one of the path.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql");
    let versions = versions.into_iter().flatten().flatten();
    let debian = versions.map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<_> = std::env::split_paths(&path).collect();
    let mut all = debian.chain(on_path);
    all.find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

fn command(program: &Path) -> anyhow::Result<Command> {
    if id("-u", None)? != 0 {
        return Ok(Command::new(program));
    }
    let mut command = Command::new("setpriv");
    let (user, group) = (format!("--reuid={USER}"), format!("--regid={USER}"));
    command
        .args([&user, &group, "--clear-groups", "--"])
        .arg(program);
    Ok(command)
}

fn id(what: &str, name: Option<&str>) -> anyhow::Result<u32> {
    let output = Command::new("id").arg(what).args(name).output()?;
    let text = String::from_utf8(output.stdout)?;
    text.trim().parse().context("a number of a user or group")
}
