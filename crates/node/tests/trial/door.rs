//! The gateways of a site and of the sponsor with the study's book: what their partners get and give over HTTP.

use super::Trial;
use crate::cluster::{
    Cluster,
    desk::{Desk, text},
    gateway::{Answer, Gateway},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs};

/// Bytes of clinical data at once.
const MOST: usize = 1 << 20;
/// A subject whose forms come through the door.
const LABEL: &str = "01-004";

const BASELINE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="Transactional" FileOID="F" CreationDateTime="2026-01-04T00:00:00Z" ODMVersion="1.3.2">
  <ClinicalData StudyOID="S" MetaDataVersionOID="1"><SubjectData SubjectKey="01-004"><StudyEventData StudyEventOID="BASELINE">
    <FormData FormOID="DM"><ItemGroupData ItemGroupOID="DM">
      <ItemData ItemOID="SEX" TransactionType="Insert" Value="M"/><ItemData ItemOID="AGE" TransactionType="Insert" Value="58"/>
    </ItemGroupData></FormData>
    <FormData FormOID="VS"><ItemGroupData ItemGroupOID="VS"><ItemData ItemOID="SYSBP" TransactionType="Insert" Value="131"/></ItemGroupData></FormData>
  </StudyEventData></SubjectData></ClinicalData>
</ODM>
"#;
const WEEK_8: &str = r#"{"datasetJSONCreationDateTime":"2026-11-30T09:30:00Z","datasetJSONVersion":"1.1.0","itemGroupOID":"IG.VS","records":1,"name":"VS","label":"Vital signs","columns":[{"itemOID":"IT.VS.SUBJID","name":"SUBJID","label":"Subject","dataType":"string"},{"itemOID":"IT.VS.SYSBP","name":"SYSBP","label":"Systolic","dataType":"float"}]}
["01-004",127.50]
"#;

/// A gateway with the study's book, and the tokens of its partners.
struct Door {
    gateway: Gateway,
    tokens: BTreeMap<String, String>,
    study: String,
}

impl Door {
    /// Partners with their rights and sites; who is unblinded.
    fn open(desk: &Desk, partners: &[(&str, &[&str], &str)], unblinded: &str) -> Self {
        let study = text(&desk.json("trial status")["study"]);
        let own = text(&desk.json("gateway init gateway")["token"]);
        let mut tokens = BTreeMap::from([
            ("nobody".to_owned(), String::new()),
            ("own".to_owned(), own),
        ]);
        let mut reaches = Vec::new();
        for (name, rights, sites) in partners {
            let rights = rights.iter().map(|right| format!(" --right {right}"));
            let line = format!(
                "gateway partner gateway --name {name}{}",
                rights.collect::<String>()
            );
            tokens.insert((*name).to_owned(), text(&desk.json(&line)["token"]));
            if !sites.is_empty() {
                reaches.push(format!("{name} = {sites}"));
            }
        }
        let file = desk.folder.join("gateway/gateway.toml");
        let written = fs::read_to_string(&file).expect("it was made");
        let bounded = written.replace("odm_bytes = 67108864", &format!("odm_bytes = {MOST}"));
        assert_ne!(bounded, written);
        let nodes: Vec<_> = desk.rpc.split(',').collect();
        let trials = format!(
            "\n[[trials]]\nstudy = \"{study}\"\nbook = \"../trial\"\naccount = {:?}\npassword_file = {:?}\nnodes = {nodes:?}\npartners = {{ {} }}\nunblinded = {unblinded}\n",
            desk.keystore,
            desk.password,
            reaches.join(", ")
        );
        fs::write(&file, bounded + &trials).expect("it is written");
        let gateway = Gateway::start(&desk.folder.join("gateway"));
        Self {
            gateway,
            tokens,
            study,
        }
    }

    fn get(&self, who: &str, path: &str) -> Answer {
        self.get_as(who, path, "*/*")
    }

    fn get_as(&self, who: &str, path: &str, accept: &str) -> Answer {
        let path = path.replace("STUDY", &self.study);
        let headers = [("accept", accept)];
        self.gateway
            .send(("GET", &path), &self.tokens[who], (&headers, b""))
    }

    fn post(&self, who: &str, path: &str, (kind, body): (&str, &str)) -> Answer {
        let path = path.replace("STUDY", &self.study);
        let headers = [("content-type", kind)];
        self.gateway.send(
            ("POST", &path),
            &self.tokens[who],
            (&headers, body.as_bytes()),
        )
    }

    fn post_odm(&self, who: &str, body: &str) -> Answer {
        self.post(who, "/odm/STUDY", ("application/xml", body))
    }
}

/// How many entries the ledger has of the study.
fn entries(cluster: &Cluster, desk: &Desk, study: &str) -> u64 {
    let study = study.parse().expect("32 bytes");
    let told = cluster.block_on(async { desk.client().trial(study).await });
    told.expect("a node answers").size
}

/// The forms of a subject come through the site's gateway while its partners read; nobody is told an arm.
pub(crate) fn capture(cluster: &Cluster, trial: &Trial) {
    let site = &trial.investigator;
    let partners: [(&str, &[&str], &str); 4] = [
        ("monitor", &["read-trials"], "\"all\""),
        ("laboratory", &["capture-trials"], "[1]"),
        ("elsewhere", &["read-trials", "capture-trials"], "[2]"),
        ("clerk", &["query"], ""),
    ];
    let mut door = Door::open(site, &partners, "[]");
    list(&door);
    let (whole, next) = export(&door, "/odm/STUDY");
    assert_eq!(next, entries(cluster, site, &door.study));
    assert!(whole.contains("http://www.cdisc.org/ns/odm/v2.0") && whole.contains(">181<"));
    let (older, _) = export(&door, "/odm/STUDY?version=1.3.2");
    assert!(older.contains("http://www.cdisc.org/ns/odm/v1.3") && older.contains("Value=\"181\""));
    refuse(&door);
    meet(&door, site);
    assert_eq!(entries(cluster, site, &door.study), next);
    take(&door);
    assert_eq!(entries(cluster, site, &door.study), next + 3);
    assert_eq!(site.json("trial compare")["differences"], json!([]));
    let (fresh, last) = export(&door, &format!("/odm/STUDY?from={next}"));
    assert_eq!((fresh.matches("<SubjectData").count(), last), (3, next + 3));
    assert!(fresh.contains(LABEL) && !fresh.contains("01-001"));
    let (none, _) = export(&door, &format!("/odm/STUDY?from={last}"));
    assert!(!none.contains("<SubjectData"));
    assert!(door.gateway.signal("TERM"));
}

fn list(door: &Door) {
    let study = &door.study;
    for (who, status, told) in [
        ("own", 200, json!([{ "study": study }])),
        ("monitor", 200, json!([{ "study": study }])),
        ("elsewhere", 200, json!([{ "study": study, "sites": [2] }])),
        ("clerk", 403, Value::Null),
        ("nobody", 401, Value::Null),
    ] {
        let answer = door.get(who, "/odm");
        assert_eq!(
            (answer.status, &answer.json()["studies"]),
            (status, &told),
            "{who}"
        );
    }
}

/// An export as the monitor and as the site itself get it, and the entry that comes after it. It tells no arm, kit or list.
fn export(door: &Door, path: &str) -> (String, u64) {
    let answer = door.get("monitor", path);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("theriac-unreadable"), "0");
    for told in [answer.text(), door.get("own", path).text()] {
        for word in ["Placebo", "Active", "llocat", "andomis"] {
            assert!(!told.contains(word), "{word}");
        }
    }
    let theirs = door.get("elsewhere", path);
    assert_eq!(
        (theirs.status, theirs.text().contains("<SubjectData")),
        (200, false)
    );
    let next = answer.header("theriac-next-entry");
    (answer.text().to_owned(), next.parse().expect("a number"))
}

/// What must not come in does not.
fn refuse(door: &Door) {
    let path = "/odm/STUDY/datasets?subject=SUBJID&visit=WEEK%208&form=VS";
    for (who, status, code) in [
        ("nobody", 401, "SecurityException"),
        ("clerk", 403, "SecurityException"),
        ("monitor", 403, "SecurityException"),
        ("elsewhere", 422, "SubjectUnknown"),
    ] {
        for answer in [
            door.post_odm(who, BASELINE),
            door.post(who, path, ("application/x-ndjson", WEEK_8)),
        ] {
            assert_eq!(answer.status, status, "{who}");
            assert!(answer.text().contains(code), "{who}: {}", answer.text());
        }
    }
    assert_eq!(door.get("laboratory", "/odm/STUDY").status, 403);
    assert_eq!(door.get("nobody", "/odm/STUDY").status, 401);
    let large = door.post_odm("laboratory", &" ".repeat(MOST + 1));
    assert_eq!(large.status, 413, "{}", large.text());
    let unfit = door.post_odm("laboratory", &BASELINE.replace("\"DM\"", "\"LB\""));
    assert_eq!((unfit.status, &unfit.json()["captured"]), (422, &json!(0)));
}

/// A request that meets other work with the book is told to come again.
fn meet(door: &Door, site: &Desk) {
    let other = theriac_gateway::book::lock(&site.folder.join("trial")).expect("nobody has it");
    for answer in [
        door.get("monitor", "/odm/STUDY"),
        door.get("monitor", "/odm/STUDY/datasets"),
        door.post_odm("laboratory", BASELINE),
    ] {
        assert_eq!((answer.status, answer.header("retry-after")), (503, "5"));
    }
    drop(other);
}

/// Three forms come in, and not twice.
fn take(door: &Door) {
    let path = "/odm/STUDY/datasets?subject=SUBJID&visit=WEEK%208&form=VS";
    for (odm, dataset) in [(2, 1), (0, 0)] {
        let told = door.post_odm("laboratory", BASELINE);
        assert_eq!(
            (told.status, &told.json()["captured"]),
            (200, &json!(odm)),
            "{}",
            told.text()
        );
        let told = door.post("laboratory", path, ("application/x-ndjson", WEEK_8));
        assert_eq!(
            (told.status, &told.json()["captured"]),
            (200, &json!(dataset)),
            "{}",
            told.text()
        );
    }
}

/// The dataset of the analysis is for the partner alone who is named as unblinded.
pub(crate) fn datasets(trial: &Trial) {
    let sponsor = &trial.sponsor;
    let partners: [(&str, &[&str], &str); 2] = [
        ("statistics", &["read-trials"], "\"all\""),
        ("monitor", &["read-trials"], "\"all\""),
    ];
    let mut door = Door::open(sponsor, &partners, "[\"statistics\"]");
    let (list, one) = ("/odm/STUDY/datasets", "/odm/STUDY/datasets/ADVS");
    for who in ["own", "monitor"] {
        assert_eq!(
            door.get(who, list).json(),
            json!({ "datasets": [] }),
            "{who}"
        );
        assert_eq!(door.get(who, one).status, 404, "{who}");
    }
    assert_eq!(door.get("nobody", one).status, 401);
    assert_eq!(
        door.get("statistics", list).json()["datasets"][0]["name"],
        "ADVS"
    );
    let lines = door.get_as("statistics", one, "application/x-ndjson");
    let made = fs::read(sponsor.folder.join("data/ADVS.ndjson")).expect("it was made");
    assert_eq!((lines.status, lines.body == made), (200, true));
    for (accept, name) in [
        ("application/json", "told.json"),
        ("application/zlib", "told.dsjc"),
    ] {
        let told = door.get_as("statistics", one, accept);
        assert_eq!((told.status, told.header("content-type")), (200, accept));
        fs::write(sponsor.folder.join(name), &told.body).expect("a file");
        let report = sponsor.json(&format!("dataset validate {name}"));
        assert_eq!(
            (&report["accepted"], &report["rows"]),
            (&true.into(), &8.into())
        );
    }
    assert!(door.gateway.signal("INT"));
}
