//! `theriac gateway` as processes: a configuration that is written and read, partners that are added, signals that end it, and packs that are
//! dispensed at a network of four processes, with a gateway that is killed and nodes that go away.

mod cluster;

use cluster::{Cluster, gateway::Gateway};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(60);
const GTIN: &str = "04012345123456";

fn theriac(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
    command.args(arguments).arg("--json").stdin(Stdio::null());
    for name in [
        "THERIAC_RPC",
        "THERIAC_ACCOUNT",
        "THERIAC_PASSWORD_FILE",
        "THERIAC_BOOK",
    ] {
        command.env_remove(name);
    }
    command
}

#[track_caller]
fn told(mut command: Command) -> Value {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("theriac runs");
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    serde_json::from_slice(&stdout).expect("one JSON object")
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// One request with a JSON body: status and body.
fn ask(
    gateway: &Gateway,
    (method, path): (&str, &str),
    token: &str,
    body: Option<(&str, Value)>,
) -> (u16, Value) {
    let (key, body) = body.map_or(("-", String::new()), |(key, body)| (key, body.to_string()));
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", key),
    ];
    let answer = gateway.send((method, path), token, (&headers, body.as_bytes()));
    let body = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    (answer.status, body)
}

fn make(folder: &Path) -> String {
    let mut command = theriac(&["gateway", "init"]);
    command.arg(folder);
    text(&told(command)["token"])
}

fn add(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = theriac(&["gateway", "partner"]);
    command.arg(folder).args(arguments);
    command.output().expect("theriac runs")
}

#[test]
fn a_gateway_is_made_run_asked_and_ended_by_signals() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("gateway");
    let own = make(&folder);
    let added = add(
        &folder,
        &[
            "--name",
            "shop",
            "--gln",
            "4012345000023",
            "--right",
            "query",
        ],
    );
    let added: Value = serde_json::from_slice(&added.stdout).unwrap();
    let shop = text(&added["token"]);
    let file = fs::read_to_string(folder.join("gateway.toml")).unwrap();
    assert!(!file.contains(&own) && !file.contains(&shop));
    for signal in ["TERM", "INT"] {
        let mut gateway = Gateway::start(&folder);
        assert!(gateway.address.starts_with("127.0.0.1:"));
        assert_eq!(ask(&gateway, ("GET", "/"), &own, None).0, 200);
        assert_eq!(ask(&gateway, ("GET", "/events"), &shop, None).0, 200);
        assert_eq!(ask(&gateway, ("GET", "/capture"), &shop, None).0, 403);
        assert_eq!(ask(&gateway, ("GET", "/"), "other", None).0, 401);
        let (status, problem) = ask(&gateway, ("GET", "/packs/alarms"), &own, None);
        assert_eq!((status, &problem["type"]), (404, &json!("theriac:NoPacks")));
        assert!(gateway.signal(signal), "{signal}");
    }
}

#[test]
fn a_configuration_that_cannot_be_is_refused_and_none_is_overwritten() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("gateway");
    make(&folder);
    let mut again = theriac(&["gateway", "init"]);
    assert_eq!(again.arg(&folder).output().unwrap().status.code(), Some(1));
    let rows: [(&[&str], i32); 5] = [
        (&["--name", "own", "--right", "query"], 2),
        (&["--name", "", "--right", "query"], 2),
        (&["--name", "a", "--right", "everything"], 2),
        (&["--name", "a", "--gln", "12", "--right", "query"], 2),
        (&["--name", "a"], 2),
    ];
    for (arguments, code) in rows {
        assert_eq!(
            add(&folder, arguments).status.code(),
            Some(code),
            "{arguments:?}"
        );
    }
    let path = folder.join("gateway.toml");
    let file = fs::read_to_string(&path).unwrap();
    for (from, to) in [
        ("listen = ", "listens = "),
        ("\"embedded\"", "\"mysql://x\""),
        ("rights = [\"capture\"", "rights = [\"fly\""),
        ("token_sha256 = \"", "token_sha256 = \"0"),
    ] {
        fs::write(&path, file.replacen(from, to, 1)).unwrap();
        let mut run = theriac(&["gateway", "run"]);
        assert_eq!(
            run.arg(&folder).output().unwrap().status.code(),
            Some(1),
            "{to}"
        );
    }
    let mut book = theriac(&["gateway", "init", "--book", "packs"]);
    let other = place.path().join("other");
    assert_eq!(book.arg(other).output().unwrap().status.code(), Some(2));
}

/// A desk with a book, which runs commands.
struct Desk {
    folder: PathBuf,
    rpc: String,
    files: [PathBuf; 2],
}

impl Desk {
    /// The desk of an organisation's admin.
    fn new(cluster: &Cluster, organisation: usize) -> Self {
        let folder = cluster.workplace().join(format!("desk-{organisation}"));
        fs::create_dir_all(&folder).expect("a folder");
        Self {
            folder,
            rpc: cluster.rpc_of_all(),
            files: cluster.keystore(organisation).clone(),
        }
    }

    /// The desk of an organisation's gateway, which an admin enrols.
    fn of_gateway(cluster: &Cluster, organisation: usize) -> Self {
        let admin = Self::new(cluster, organisation);
        let folder = admin.folder.join("counter");
        fs::create_dir_all(&folder).expect("a folder");
        let files = ["account.json", "password"].map(|name| folder.join(name));
        fs::write(&files[1], "correct horse\n").expect("a file");
        let desk = Self {
            folder,
            files,
            rpc: cluster.rpc_of_all(),
        };
        let mut made = theriac(&["account", "new", "--light"]);
        made.arg(&desk.files[0])
            .env("THERIAC_PASSWORD_FILE", &desk.files[1]);
        let made = told(made);
        fs::write(admin.folder.join("person.json"), r#"{"name": "Counter 1"}"#).expect("a file");
        let address = text(&made["address"]);
        let role = ["--role", "gateway", "--person", "person.json"];
        admin.run(&[&["directory", "enrol", &address][..], &role].concat());
        desk
    }

    /// With a book of this place.
    fn with_book(self, gln: &str) -> Self {
        self.run(&["pack", "card", "--out", "card.json", "--gln", gln]);
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = theriac(arguments);
        command
            .current_dir(&self.folder)
            .env("THERIAC_RPC", &self.rpc)
            .env("THERIAC_ACCOUNT", &self.files[0])
            .env("THERIAC_PASSWORD_FILE", &self.files[1]);
        command
    }

    fn run(&self, arguments: &[&str]) -> Value {
        told(self.command(arguments))
    }

    /// A gateway's folder on this desk's book; its own token.
    fn gateway(&self) -> (PathBuf, String) {
        let folder = self.folder.join("gateway");
        let made = self.run(&["gateway", "init", "gateway", "--book", "packs"]);
        (folder, text(&made["token"]))
    }
}

/// A maker and a hospital that received packs of it.
fn supply(cluster: &Cluster, packs: &str) -> (Desk, Desk) {
    let maker = Desk::new(cluster, 1).with_book("4012345000009");
    let hospital = Desk::of_gateway(cluster, 2).with_book("4012345000023");
    maker.run(&["pack", "product", GTIN, "--claim"]);
    let lot = ["--lot", "L7", "--expiry", "751100", "--count", packs];
    maker.run(&[&["pack", "commission", "--gtin", GTIN][..], &lot].concat());
    let card = hospital.folder.join("card.json");
    let package = hospital.folder.join("first.theriac");
    let (card, package) = (card.to_str().unwrap(), package.to_str().unwrap());
    maker.run(&[
        "pack", "ship", "--to", card, "--lot", "L7", "--count", packs, "--out", package,
    ]);
    let receipt = hospital.run(&["pack", "receive", package]);
    assert_eq!(receipt["exceptions"], json!([]));
    (maker, hospital)
}

fn until(mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "it never came to be");
        std::thread::yield_now();
    }
}

#[test]
fn packs_are_dispensed_through_a_gateway_that_dies_and_nodes_that_go_away() {
    let mut cluster = Cluster::found_of(&[
        "Maker:manufacturer",
        "Hospital:hospital",
        "Third:clinic",
        "Fourth:regulator",
    ]);
    cluster.start_all();
    let (maker, hospital) = supply(&cluster, "6");
    let stock = hospital.run(&["pack", "stock", "--packs"]);
    let scans: Vec<_> = stock["packs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pack| text(&pack["pack"]))
        .collect();
    let (folder, token) = hospital.gateway();
    let mut gateway = Gateway::start(&folder);
    let post = |gateway: &Gateway, path: &str, key: &str, scan: &str| {
        ask(
            gateway,
            ("POST", path),
            &token,
            Some((key, json!({ "scan": scan }))),
        )
    };
    let (status, verified) = post(&gateway, "/packs/verify", "-", &scans[0]);
    assert_eq!(
        (status, &verified["fit"]),
        (200, &json!(true)),
        "{verified}"
    );
    let (status, done) = post(&gateway, "/packs/dispense", "a", &scans[0]);
    assert_eq!((status, &done["final"]), (200, &json!(true)), "{done}");

    // A recall is among the alarms, and is cleared again.
    let raised = maker.run(&["pack", "recall", "--lot", "L7", "--class", "1"]);
    let alarms = |gateway: &Gateway| ask(gateway, ("GET", "/packs/alarms"), &token, None).1;
    until(|| {
        alarms(&gateway)["flags"][0]["pull"]
            .as_array()
            .is_some_and(|pull| pull.len() == 5)
    });
    assert_eq!(
        post(&gateway, "/packs/dispense", "b", &scans[1]).1["code"],
        "NotFit"
    );
    maker.run(&["pack", "clear", &raised["flags"][0]["number"].to_string()]);
    until(|| alarms(&gateway)["flags"] == json!([]));

    // All nodes go; what is dispensed is queued, and the process is killed.
    cluster.kill_all();
    let (status, queued) = post(&gateway, "/packs/dispense", "c", &scans[2]);
    assert_eq!((status, &queued["queued"]), (202, &json!(true)), "{queued}");
    gateway.signal("KILL");
    let gateway = Gateway::start(&folder);
    let (status, again) = post(&gateway, "/packs/dispense", "c", &scans[2]);
    assert_eq!((status, &again["repeated"]), (202, &json!(true)), "{again}");
    cluster.start_all_again();
    until(|| ask(&gateway, ("GET", "/packs/queue"), &token, None).1["entries"] == json!([]));
    let (status, again) = post(&gateway, "/packs/dispense", "c", &scans[2]);
    assert_eq!((status, &again["final"]), (200, &json!(true)), "{again}");
    // Another node may be a block behind the one that the gateway asked.
    until(|| {
        let traced = hospital.run(&["pack", "trace", &scans[2]]);
        traced["exit"]["kind"] == "dispensed"
    });
}
