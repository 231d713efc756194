//! A trial at the command line against a network of four processes: registered, enrolled, captured, signed, locked, proven with one file; a
//! copy that was altered, and a process that dies.

mod cluster;

use cluster::{
    Cluster,
    desk::{Desk, admin, person},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

const MEMBERS: [&str; 2] = ["Sponsor:sponsor", "Hospital:hospital"];
/// Blocks that are to pass between a list's commitment and its draw.
const DELAY: u64 = 8;

const CONSENT: &str = "CONSENT DOCUMENT, VERSION 1";
const HEAD: &str = "subject,visit,form,item,value,unit,null_flavour,reason\n";

struct Trial {
    sponsor: Desk,
    manager: Desk,
    statistician: Desk,
    unblinded: Desk,
    investigator: Desk,
}

impl Trial {
    fn begin(cluster: &Cluster) -> Self {
        let trial = Self {
            sponsor: admin(cluster, 1),
            manager: person(cluster, 1, "researcher"),
            statistician: colleague(cluster, 1, "statistician"),
            unblinded: colleague(cluster, 1, "unblinded"),
            investigator: person(cluster, 2, "physician"),
        };
        trial.register();
        trial.open_site();
        trial.give_roles();
        trial.distribute();
        trial
    }

    fn register(&self) {
        let definition = json!({
            "format": "theriac-study/1", "title": "A small study", "protocol": "Protocol, version 1",
            "visits": [{ "name": "BASELINE", "forms": ["DM", "VS"] }, { "name": "WEEK 8", "forms": ["VS"] }],
            "outcomes": [{
                "level": "primary", "id": "O1", "domain": "blood pressure", "measurement": "SYSBP",
                "metric": "change from baseline", "aggregation": "mean", "timePoint": "week 8", "population": "all allocated",
            }],
            "approvers": [self.sponsor.client().address()], "threshold": 1, "retentionUntil": "2075-12-31",
        });
        write(&self.sponsor, "study.json", &definition.to_string());
        let registered = self.sponsor.json("trial register study.json");
        assert_eq!(
            (&registered["number"], &registered["forms"]),
            (&1.into(), &3.into())
        );
    }

    fn open_site(&self) {
        self.investigator.json("trial card --out card.json");
        let card = path(&self.investigator, "card.json");
        let line = format!("trial site 1 --card '{card}' --out site.theriac");
        assert_eq!(self.sponsor.json(&line)["status"], "open");
        let package = path(&self.sponsor, "site.theriac");
        let received = self
            .investigator
            .json(&format!("trial receive '{package}'"));
        assert_eq!(received["differences"], json!([]));
    }

    fn give_roles(&self) {
        let roles = [
            (&self.investigator, "investigator --site 1"),
            (&self.manager, "data-manager"),
            (&self.statistician, "statistician"),
            (&self.unblinded, "unblinded-statistician"),
        ];
        for (desk, role) in roles {
            let address = desk.client().address();
            self.sponsor
                .json(&format!("trial role {address} {role} --until 2070-01-01"));
        }
        let address = self.statistician.client().address();
        let mixed = format!("trial role {address} unblinded-statistician --until 2070-01-01");
        assert_eq!(self.sponsor.refused(&mixed), "SightsMixed");
    }

    /// The others of the sponsor have books of their own.
    fn distribute(&self) {
        for (number, desk) in [&self.manager, &self.statistician, &self.unblinded]
            .iter()
            .enumerate()
        {
            desk.json("trial card --out card.json");
            let card = path(desk, "card.json");
            let out = format!("study-{number}.theriac");
            self.sponsor
                .json(&format!("trial send --to '{card}' --out {out}"));
            let package = path(&self.sponsor, &out);
            desk.json(&format!("trial receive '{package}'"));
        }
    }

    fn commit_list(&self) {
        let line = format!(
            "trial randomise commit --stratum all --block Placebo,Active --blocks 4 --delay {DELAY}"
        );
        assert_eq!(self.unblinded.json(&line)["length"], 8);
    }

    fn draw_list(&self, cluster: &Cluster) {
        let wanted = self.unblinded.json("trial status")["entries"].clone();
        assert!(wanted.is_u64());
        cluster.block_on(async {
            let client = self.unblinded.client();
            let from = client.height().await.expect("it answers");
            while client.height().await.expect("it answers") < from + DELAY + 1 {
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            }
        });
        self.unblinded.json("trial randomise draw 1");
        self.unblinded.json("trial randomise seal 1");
    }

    fn enrol(&self, label: &str) -> u64 {
        write(&self.investigator, "consent.txt", CONSENT);
        write(&self.investigator, "signed.txt", "the same, signed");
        let line = format!(
            "trial enrol --site 1 --document consent.txt --signed signed.txt --label {label}"
        );
        let enrolled = self.investigator.json(&line);
        enrolled["subject"].as_u64().expect("a slot")
    }

    fn capture(&self, subjects: &[&str]) {
        let rows: String = subjects.iter().map(|label| rows(label)).collect();
        write(&self.investigator, "data.csv", &format!("{HEAD}{rows}"));
        let captured = self.investigator.json("trial capture data.csv");
        assert_eq!(captured["captured"], subjects.len() * 3);
        let again = self.investigator.json("trial capture data.csv");
        assert_eq!(
            (&again["captured"], &again["same"]),
            (&0.into(), &json!(subjects.len() * 3))
        );
    }

    fn correct(&self, label: &str) {
        let line = format!(
            "trial correct {label} --visit BASELINE --form VS SYSBP=181 --reason transcription --text typing"
        );
        self.investigator.json(&line);
    }

    /// The site's copy goes to the sponsor.
    fn copy_to_sponsor(&self, name: &str) {
        self.sponsor.json("trial sync");
        let card = path(&self.sponsor, "card-of-book.json");
        if !Path::new(&card).exists() {
            self.sponsor.json("trial card --out card-of-book.json");
        }
        self.investigator
            .json(&format!("trial send --to '{card}' --out {name}.theriac"));
        let package = path(&self.investigator, &format!("{name}.theriac"));
        let received = self.sponsor.json(&format!("trial receive '{package}'"));
        assert_eq!(received["differences"], json!([]));
    }

    fn set_factor(&self) {
        let made = Command::new(env!("CARGO_BIN_EXE_theriac"))
            .current_dir(&self.investigator.folder)
            .args(["account", "new", "factor.json", "--light", "--json"])
            .env(
                "THERIAC_PASSWORD_FILE",
                self.investigator.folder.join("password"),
            )
            .output()
            .expect("theriac runs");
        assert!(made.status.success());
        self.investigator
            .json("trial factor factor.json --factor-password-file password");
    }

    fn sign(&self) -> Value {
        self.investigator.json(
            "trial sign --subject all --meaning responsibility --name 'A. Person' --factor factor.json --factor-password-file password",
        )
    }

    fn verify(&self, cluster: &Cluster, bundle: &Path) -> Value {
        let network = cluster.folder(0).join("network.json");
        let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
        let output = command
            .args(["--json", "verify"])
            .arg(bundle)
            .arg("--network")
            .arg(network)
            .output()
            .expect("theriac runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{error} {}",
            String::from_utf8_lossy(&output.stdout)
        );
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }
}

/// Another person of the same organisation.
fn colleague(cluster: &Cluster, organisation: usize, name: &str) -> Desk {
    cluster::desk::named(cluster, organisation, ("researcher", name))
}

fn rows(label: &str) -> String {
    format!(
        "{label},BASELINE,DM,SEX,F,,,\n{label},BASELINE,DM,AGE,63,,,\n{label},BASELINE,VS,SYSBP,118,mmHg,,\n\
         {label},BASELINE,VS,PULSE,,,NASK,device broken\n{label},WEEK 8,VS,SYSBP,112,mmHg,,\n"
    )
}

fn write(desk: &Desk, name: &str, content: &str) {
    fs::write(desk.folder.join(name), content).expect("a file");
}

fn path(desk: &Desk, name: &str) -> String {
    desk.folder.join(name).display().to_string()
}

/// Runs a command and kills it when a file has so many bytes, unless it ends before.
fn kill_when(command: &mut Command, file: &Path, bytes: u64) {
    let mut child = command.spawn().expect("theriac runs");
    while child.try_wait().expect("it can be asked").is_none() {
        if fs::metadata(file).is_ok_and(|file| file.len() >= bytes) {
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
            return;
        }
        std::thread::yield_now();
    }
}

/// A capture dies at several places; sync finishes it, and nothing is there twice.
fn die_and_finish(trial: &Trial, label: &str) {
    write(
        &trial.investigator,
        "dying.csv",
        &format!("{HEAD}{}", rows(label)),
    );
    let written = trial.investigator.folder.join("trial/trial.sqlite-wal");
    for bytes in [1, 16 << 10, 64 << 10, u64::MAX] {
        let mut command = trial.investigator.command("trial capture dying.csv");
        kill_when(
            command.stdout(Stdio::null()).stderr(Stdio::null()),
            &written,
            bytes,
        );
        trial.investigator.json("trial sync");
        assert_eq!(trial.investigator.json("trial status")["waiting"], 0);
        let compared = trial.investigator.json("trial compare");
        assert_eq!(compared["differences"], json!([]));
    }
    let captured = trial.investigator.json("trial capture dying.csv");
    assert_eq!(
        (&captured["captured"], &captured["same"]),
        (&0.into(), &3.into())
    );
}

#[test]
fn a_trial_is_run_from_registration_to_the_proof_and_what_is_altered_is_named() {
    let mut cluster = Cluster::found_of(&MEMBERS);
    cluster.start_all();
    let trial = Trial::begin(&cluster);
    trial.commit_list();
    trial.draw_list(&cluster);
    for (slot, label) in (1..).zip(["01-001", "01-002", "01-003"]) {
        assert_eq!(trial.enrol(label), slot);
    }
    trial.capture(&["01-001", "01-002"]);
    die_and_finish(&trial, "01-003");
    trial.correct("01-001");
    trial.set_factor();
    assert_eq!(trial.manager.refused("trial lock"), "SignaturesMissing");
    assert_eq!(trial.sign()["signatures"].as_array().map(Vec::len), Some(3));
    trial.copy_to_sponsor("whole");
    trial.manager.json("trial lock");
    let late = "trial correct 01-002 --visit BASELINE --form VS SYSBP=1 --reason other";
    assert_eq!(trial.investigator.refused(late), "StudyLocked");
    let made = trial
        .sponsor
        .json("trial bundle --audience regulator --out study.zip");
    assert!(made["bytes"].as_u64().expect("bytes") > 1_000);
    let verified = trial.verify(&cluster, &trial.sponsor.folder.join("study.zip"));
    assert_eq!(verified["verified"], true);
    let book = trial.sponsor.folder.join("trial/trial.sqlite");
    let altered = rusqlite::Connection::open(book).expect("the book");
    let change = "UPDATE forms SET sealed = zeroblob(60) WHERE slot = 2 AND cell = 1";
    assert_eq!(altered.execute(change, []).expect("it is changed"), 1);
    assert_eq!(trial.sponsor.refused("trial compare"), "CopiesDiffer");
    let copy = path(&trial.investigator, "whole.theriac");
    let mended = trial
        .sponsor
        .json(&format!("trial restore '{copy}' --mend"));
    assert_eq!(mended["restored"], 1);
    trial.sponsor.json("trial compare");
}
