//! A desk of someone with an account and a folder, who runs commands.

use super::Cluster;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::Arc,
};
use theriac_sdk::{
    Client,
    account::{Account, Keystore, Password},
};

/// A desk with a book: an account that runs commands.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
    pub(crate) rpc: String,
    pub(crate) keystore: PathBuf,
    pub(crate) password: PathBuf,
}

impl Desk {
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
        command
            .current_dir(&self.folder)
            .args(words(line))
            .arg("--json")
            .env("THERIAC_RPC", &self.rpc)
            .env("THERIAC_ACCOUNT", &self.keystore)
            .env("THERIAC_PASSWORD_FILE", &self.password)
            .env_remove("THERIAC_BOOK")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, line: &str) -> Output {
        self.command(line).output().expect("theriac runs")
    }

    /// Runs a command that goes well; its one JSON object.
    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> Value {
        let output = self.run(line);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {error}");
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }

    /// Runs a command that is refused; the code of the refusal.
    #[track_caller]
    pub(crate) fn refused(&self, line: &str) -> String {
        let output = self.run(line);
        assert_eq!(
            output.status.code(),
            Some(3),
            "{line}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let error: Value = serde_json::from_slice(&output.stderr).expect("one JSON object");
        assert!(error["error"]["hint"].is_string(), "{error}");
        text(&error["error"]["code"])
    }

    /// Verifies a scan that is not fit; its causes.
    #[track_caller]
    pub(crate) fn causes(&self, scan: &str) -> Vec<String> {
        let output = self.run(&format!("pack verify '{scan}'"));
        assert_eq!(
            output.status.code(),
            Some(3),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let answer: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
        assert_eq!(answer["fit"], false);
        answer["causes"]
            .as_array()
            .expect("causes")
            .iter()
            .map(|cause| text(&cause["code"]))
            .collect()
    }

    #[track_caller]
    pub(crate) fn is_fit(&self, scan: &str) {
        assert_eq!(self.json(&format!("pack verify '{scan}'"))["fit"], true);
    }

    /// Scans of the packs that are held.
    pub(crate) fn scans(&self) -> Vec<String> {
        let stock = self.json("pack stock --packs");
        stock["packs"]
            .as_array()
            .expect("packs")
            .iter()
            .map(|pack| text(&pack["pack"]))
            .collect()
    }

    pub(crate) fn client(&self) -> Client {
        let password = Password::from_file(&self.password).expect("a password file");
        let keystore = Keystore::read(&self.keystore).expect("a keystore file");
        let account: Account = keystore.open(&password).expect("the password opens it");
        let addresses: Vec<_> = self.rpc.split(',').collect();
        Client::new(&addresses, Some(Arc::new(account))).expect("addresses are HTTP")
    }
}

/// Words of a line; what stands between single quotes is one.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('\'').enumerate();
    let words = parts.flat_map(|(place, part)| match place % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

/// A text of an answer.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The desk of an organisation's admin, in a folder of its own.
pub(crate) fn admin(cluster: &Cluster, organisation: usize) -> Desk {
    let folder = cluster.workplace().join(format!("desk-{organisation}"));
    fs::create_dir_all(&folder).expect("a folder");
    let [keystore, password] = cluster.keystore(organisation).clone();
    Desk {
        folder,
        rpc: cluster.rpc_of_all(),
        keystore,
        password,
    }
}

/// Someone of an organisation, in this role.
pub(crate) fn person(cluster: &Cluster, organisation: usize, role: &str) -> Desk {
    named(cluster, organisation, (role, role))
}

/// Someone of an organisation, in this role, by a name for the desk.
pub(crate) fn named(cluster: &Cluster, organisation: usize, (role, name): (&str, &str)) -> Desk {
    let admin = admin(cluster, organisation);
    let name = format!("{name}-{organisation}");
    let folder = cluster.workplace().join(name);
    fs::create_dir_all(&folder).expect("a folder");
    let password = folder.join("password");
    fs::write(&password, "correct horse\n").expect("a file");
    fs::write(admin.folder.join("person.json"), r#"{"name": "A. Person"}"#).expect("a file");
    let desk = Desk {
        keystore: folder.join("account.json"),
        password,
        rpc: cluster.rpc_of_all(),
        folder,
    };
    let made = Command::new(env!("CARGO_BIN_EXE_theriac"))
        .current_dir(&desk.folder)
        .args(["account", "new", "account.json", "--light", "--json"])
        .env("THERIAC_PASSWORD_FILE", &desk.password)
        .output()
        .expect("theriac runs");
    let made: Value = serde_json::from_slice(&made.stdout).expect("one JSON object");
    let address = text(&made["address"]);
    admin.json(&format!(
        "directory enrol {address} --role {role} --person person.json"
    ));
    desk
}

/// Ships from one desk to the other; the package.
pub(crate) fn ship(from: &Desk, to: &Desk, (which, name): (&str, &str)) -> PathBuf {
    let card = to.folder.join("card.json");
    let package = to.folder.join(format!("{name}.theriac"));
    let line = format!(
        "pack ship --to '{}' {which} --out '{}'",
        card.display(),
        package.display()
    );
    from.json(&line);
    package
}

/// Receives a package.
pub(crate) fn receive(desk: &Desk, package: &Path) -> Value {
    desk.json(&format!("pack receive '{}'", package.display()))
}
