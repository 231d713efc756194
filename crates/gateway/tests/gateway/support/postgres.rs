//! PostgreSQL of the tests: one server for all that run at once, one database for each.

use super::is_skipped;
use std::{
    net::TcpListener,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, Weak},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio_postgres::NoTls;

static SERVER: Mutex<Weak<Server>> = Mutex::new(Weak::new());

/// A database of its own.
pub(crate) struct Database {
    pub(crate) url: String,
    _server: Arc<Server>,
}

struct Server {
    child: Child,
    port: u16,
    databases: std::sync::atomic::AtomicU32,
    _folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Database {
    /// A new database, or `None` where PostgreSQL is absent.
    pub(crate) async fn new(test: &str) -> Option<Self> {
        let Some(programs) = programs() else {
            is_skipped(test, "initdb and postgres are absent; install postgresql");
            return None;
        };
        let server = tokio::task::spawn_blocking(move || {
            let mut known = SERVER.lock().unwrap();
            known.upgrade().unwrap_or_else(|| {
                let server = Arc::new(start(&programs));
                *known = Arc::downgrade(&server);
                server
            })
        });
        let server = server.await.expect("PostgreSQL starts");
        let number = server
            .databases
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("test_{number}");
        let client = connect(server.port).await;
        let made = client
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .await;
        made.expect("a database");
        Some(Self {
            url: url(server.port, &name),
            _server: server,
        })
    }
}

fn url(port: u16, database: &str) -> String {
    format!("host=127.0.0.1 port={port} user=theriac dbname={database}")
}

async fn connect(port: u16) -> tokio_postgres::Client {
    let began = Instant::now();
    loop {
        match tokio_postgres::connect(&url(port, "postgres"), NoTls).await {
            Ok((client, connection)) => {
                tokio::spawn(connection);
                return client;
            }
            Err(error) => {
                assert!(began.elapsed() < Duration::from_secs(60), "{error}");
                tokio::task::yield_now().await;
            }
        }
    }
}

/// The folder of `initdb` and `postgres`.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let debian = versions.flatten().map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<_> = std::env::split_paths(&path).collect();
    let mut all = debian.chain(on_path);
    all.find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// PostgreSQL refuses to run as root: a command as its own user then.
fn command(program: &Path) -> Command {
    if user("-u", None) != 0 {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    let options = [
        "--reuid=postgres",
        "--regid=postgres",
        "--clear-groups",
        "--",
    ];
    command.args(options).arg(program);
    command
}

fn user(what: &str, name: Option<&str>) -> u32 {
    let output = Command::new("id")
        .arg(what)
        .args(name)
        .output()
        .expect("id");
    let text = String::from_utf8(output.stdout).expect("text");
    text.trim().parse().expect("a number")
}

fn start(programs: &Path) -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    if user("-u", None) == 0 {
        let (uid, gid) = (user("-u", Some("postgres")), user("-g", Some("postgres")));
        chown(folder.path(), Some(uid), Some(gid)).expect("root may");
    }
    let data = folder.path().join("data");
    let made = command(&programs.join("initdb"))
        .args([
            "--username=theriac",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
        ])
        .arg("-D")
        .arg(&data)
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .status();
    assert!(made.expect("initdb runs").success());
    let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    let port = port.expect("a free port").port();
    let child = command(&programs.join("postgres"))
        .arg("-D")
        .arg(&data)
        .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"])
        .args([
            "-c",
            "max_connections=200",
            "-c",
            "unix_socket_directories=",
        ])
        .args(["-p", &port.to_string()])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Server {
        child: child.expect("postgres runs"),
        port,
        databases: std::sync::atomic::AtomicU32::new(0),
        _folder: folder,
    }
}
