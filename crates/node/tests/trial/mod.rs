//! A small study over a network of processes: who runs it, and what each does at the command line.

pub(crate) mod door;

use crate::cluster::{
    Cluster,
    desk::{Desk, admin, named, person},
};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Command};

/// The organisations of the study.
pub(crate) const MEMBERS: [&str; 2] = ["Sponsor:sponsor", "Hospital:hospital"];
/// Blocks that are to pass between a list's commitment and its draw.
const DELAY: u64 = 8;

const CONSENT: &str = "CONSENT DOCUMENT, VERSION 1";
pub(crate) const HEAD: &str = "subject,visit,form,item,value,unit,null_flavour,reason\n";

/// A study, by the desks of its people; each has a book.
pub(crate) struct Trial {
    pub(crate) sponsor: Desk,
    pub(crate) manager: Desk,
    pub(crate) statistician: Desk,
    pub(crate) unblinded: Desk,
    pub(crate) investigator: Desk,
}

impl Trial {
    pub(crate) fn begin(cluster: &Cluster) -> Self {
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

    pub(crate) fn commit_list(&self) {
        let line = format!(
            "trial randomise commit --stratum all --block Placebo,Active --blocks 4 --delay {DELAY}"
        );
        assert_eq!(self.unblinded.json(&line)["length"], 8);
    }

    pub(crate) fn draw_list(&self, cluster: &Cluster) {
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

    pub(crate) fn enrol(&self, label: &str) -> u64 {
        write(&self.investigator, "consent.txt", CONSENT);
        write(&self.investigator, "signed.txt", "the same, signed");
        let line = format!(
            "trial enrol --site 1 --document consent.txt --signed signed.txt --label {label}"
        );
        let enrolled = self.investigator.json(&line);
        enrolled["subject"].as_u64().expect("a slot")
    }

    /// Takes the next index, which the unblinded statistician alone can read.
    pub(crate) fn allocate(&self, label: &str, slot: u64) {
        let line = format!("trial randomise allocate {label} --list 1");
        assert_eq!(self.investigator.json(&line)["allocated"], true);
        let show = format!("trial randomise show {slot} --list 1");
        assert_eq!(self.investigator.refused(&show), "NotOpened");
        let arm = self.unblinded.json(&show)["arm"].clone();
        assert!(arm == "Placebo" || arm == "Active", "{arm}");
    }

    /// Plan, unblinding, analysis and publication of the locked data.
    pub(crate) fn analyse(&self) {
        write(&self.statistician, "plan.txt", "mean change by arm");
        let planned = self.statistician.json("trial plan plan.txt");
        assert_eq!(planned["plan"], 1);
        let unblinded = self.unblinded.json("trial unblind --plan 1");
        assert_eq!(unblinded["unblinded"], true);
        // The sponsor's book has the values.
        let address = self.sponsor.client().address();
        let role = format!("trial role {address} statistician --until 2070-01-01");
        self.sponsor.json(&role);
        let definition = json!({
            "format": "theriac-dataset/1", "name": "ADVS", "label": "Vital signs", "visits": ["BASELINE", "WEEK 8"],
            "columns": [
                { "name": "SUBJID", "label": "Subject", "type": "integer", "from": "slot" },
                { "name": "AVISIT", "label": "Visit", "type": "string", "from": "visit" },
                { "name": "SYSBP", "label": "Systolic", "type": "float", "from": { "item": { "form": "VS", "item": "SYSBP" } } },
            ],
        });
        write(&self.sponsor, "dataset.json", &definition.to_string());
        let made = self.sponsor.json("trial dataset dataset.json --out data");
        assert_eq!(made["rows"], 8);
        for (name, content) in [("program.R", "mean"), ("result.json", "6")] {
            write(&self.sponsor, name, content);
        }
        let line = "trial analyse --plan 1 --outcome 0 --dataset data/ADVS.ndjson --program program.R --result result.json";
        assert_eq!(self.sponsor.json(line)["analysis"], 1);
        write(&self.sponsor, "paper.txt", "Results");
        let line = "trial publish paper.txt --definition study.json";
        assert_eq!(self.sponsor.json(line)["outcomes"], 1);
    }

    /// Makes a bundle at a desk, and verifies it as a stranger would.
    pub(crate) fn bundle(&self, desk: &Desk, audience: &str, cluster: &Cluster) -> Value {
        let file = format!("{audience}.zip");
        let made = desk.json(&format!("trial bundle --audience {audience} --out {file}"));
        assert!(made["bytes"].as_u64().expect("bytes") > 1_000);
        self.verify(cluster, &desk.folder.join(file))
    }

    pub(crate) fn capture(&self, subjects: &[&str]) {
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

    pub(crate) fn correct(&self, label: &str) {
        let line = format!(
            "trial correct {label} --visit BASELINE --form VS SYSBP=181 --reason transcription --text typing"
        );
        self.investigator.json(&line);
    }

    /// The site's copy goes to the sponsor.
    pub(crate) fn copy_to_sponsor(&self, name: &str) {
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

    pub(crate) fn set_factor(&self) {
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

    pub(crate) fn sign(&self) -> Value {
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
    named(cluster, organisation, ("researcher", name))
}

/// The table of a participant: three forms with five values.
pub(crate) fn rows(label: &str) -> String {
    format!(
        "{label},BASELINE,DM,SEX,F,,,\n{label},BASELINE,DM,AGE,63,,,\n{label},BASELINE,VS,SYSBP,118,mmHg,,\n\
         {label},BASELINE,VS,PULSE,,,NASK,device broken\n{label},WEEK 8,VS,SYSBP,112,mmHg,,\n"
    )
}

pub(crate) fn write(desk: &Desk, name: &str, content: &str) {
    fs::write(desk.folder.join(name), content).expect("a file");
}

pub(crate) fn path(desk: &Desk, name: &str) -> String {
    desk.folder.join(name).display().to_string()
}
