//! A session at the command line against a network in memory, which runs the real native contracts.

#[path = "../../sdk/tests/sdk/support/mod.rs"]
mod support;

use serde_json::Value;
use std::{fs, path::Path};
use support::{Network, Someone, document};
use theriac_sdk::account::{Keystore, Password, Strength};

struct Session {
    network: Network,
    folder: tempfile::TempDir,
}

impl Session {
    async fn begin() -> Self {
        let session = Self {
            network: Network::start().await,
            folder: tempfile::tempdir().unwrap(),
        };
        fs::write(session.path("password"), "correct horse\n").unwrap();
        session.keep(&session.network.hospital, "hospital.json");
        session.keep(&session.network.clinic, "clinic.json");
        session
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn keep(&self, someone: &Someone, name: &str) {
        let password = Password::from_file(Path::new(&self.path("password"))).unwrap();
        Keystore::seal(&someone.account, &password, Strength::Light)
            .write(&self.path(name))
            .unwrap();
    }

    /// Runs a command as an account; its exit code, stdout and stderr.
    async fn run(&self, account: &str, line: &str) -> (i32, Vec<u8>, Vec<u8>) {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_theriac"));
        command
            .current_dir(self.folder.path())
            .args(line.split_whitespace())
            .stdin(std::process::Stdio::null());
        command
            .env("THERIAC_RPC", &self.network.nodes[0].address)
            .env("THERIAC_PASSWORD_FILE", "password");
        match account {
            "" => command.env_remove("THERIAC_ACCOUNT"),
            account => command.env("THERIAC_ACCOUNT", account),
        };
        let output = command.output().await.unwrap();
        (output.status.code().unwrap(), output.stdout, output.stderr)
    }

    /// Runs a command that goes well, and returns its one JSON object.
    #[track_caller]
    fn json<'a>(&'a self, account: &'a str, line: &'a str) -> impl Future<Output = Value> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let (code, stdout, stderr) = self.run(account, &format!("{line} --json")).await;
            assert_eq!(
                code,
                0,
                "{caller}: {line}: {}",
                String::from_utf8_lossy(&stderr)
            );
            serde_json::from_slice(&stdout)
                .unwrap_or_else(|error| panic!("{caller}: {line}: {error}"))
        }
    }

    /// Runs a command that a rule refuses, and returns the code of the refusal.
    async fn refused(&self, account: &str, line: &str) -> String {
        let (code, stdout, stderr) = self.run(account, &format!("{line} --json")).await;
        assert_eq!(
            (code, stdout.is_empty()),
            (3, true),
            "{line}: {}",
            String::from_utf8_lossy(&stderr)
        );
        let error: Value = serde_json::from_slice(&stderr).unwrap();
        assert!(error["error"]["hint"].is_string(), "{line}: {error}");
        error["error"]["code"].as_str().unwrap().to_owned()
    }

    async fn person(&self, admin: &str, name: &str, role: &str) -> String {
        let made = self
            .json("", &format!("account new {name}.json --light"))
            .await;
        let address = made["address"].as_str().unwrap().to_owned();
        fs::write(self.path("person.json"), format!(r#"{{"name": "{name}"}}"#)).unwrap();
        let enrolled = self
            .json(
                admin,
                &format!("directory enrol {address} --role {role} --person person.json"),
            )
            .await;
        assert_eq!(enrolled["role"], role);
        assert_ne!(enrolled["name"]["salt"], enrolled["name"]["commitment"]);
        self.json(&format!("{name}.json"), "directory key").await;
        address
    }

    /// A patient and a doctor of the clinic, and a record that the hospital added: chart and record.
    async fn record(&self) -> (String, String) {
        let patient = self.person("hospital.json", "patient", "patient").await;
        self.person("clinic.json", "doctor", "physician").await;
        fs::write(self.path("record.json"), document("potassium 4.1")).unwrap();
        let added = self
            .json(
                "hospital.json",
                &format!("record add record.json --kind laboratory --patient {patient}"),
            )
            .await;
        (text(&added["chart"]), text(&added["record"]))
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The names in an object, in their order.
fn keys(value: &Value) -> String {
    let object = value.as_object().unwrap();
    object.keys().cloned().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_added_requested_approved_opened_revoked_and_logged() {
    let session = Session::begin().await;
    let (chart, record) = session.record().await;
    for (expiry, refusal) in [("1", "ExpiryPassed"), ("2100-01-01", "ExpiryTooFar")] {
        let ask = format!(
            "access request --chart {chart} --record {record} --purpose TREAT --expires {expiry}"
        );
        assert_eq!(session.refused("doctor.json", &ask).await, refusal);
    }
    let expiry = session.network.in_seconds(3_600);
    let ask = format!(
        "access request --chart {chart} --record {record} --purpose TREAT --expires {expiry}"
    );
    let requested = session.json("doctor.json", &ask).await;
    assert_eq!(requested["status"], "pending");
    let request = text(&requested["request"]);
    let open = format!("access open {request} --record {record} --out opened.json");
    assert_eq!(session.refused("doctor.json", &open).await, "NotYetGranted");
    let listed = session.json("patient.json", "access list").await;
    assert_eq!(listed["requests"][0]["status"], "pending");
    let granted = session
        .json("patient.json", &format!("access approve {request} --yes"))
        .await;
    assert_eq!(granted["status"], "granted");
    let opened = session.json("doctor.json", &open).await;
    assert_eq!(opened["bytes"], document("potassium 4.1").len());
    assert_eq!(
        fs::read(session.path("opened.json")).unwrap(),
        document("potassium 4.1")
    );
    session
        .json("patient.json", &format!("access revoke {request}"))
        .await;
    assert_eq!(session.refused("doctor.json", &open).await, "GrantRevoked");
    let log = session
        .json("patient.json", &format!("access log --chart {chart}"))
        .await;
    let kinds: Vec<_> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| text(&entry["kind"]))
        .collect();
    assert_eq!(kinds, ["requested", "approved", "sealed-opened", "revoked"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_with_direct_protection_opens_by_its_wrap_and_not_by_rule() {
    let session = Session::begin().await;
    let (chart, _) = session.record().await;
    let add = format!("record add record.json --kind plan --chart {chart} --protection direct");
    let record = text(&session.json("hospital.json", &add).await["record"]);
    let by_rule =
        format!("access open --chart {chart} --record {record} --purpose TREAT --out opened.json");
    assert_eq!(
        session.refused("doctor.json", &by_rule).await,
        "RecordNotSealed"
    );
    let expiry = session.network.in_seconds(3_600);
    let ask = format!(
        "access request --chart {chart} --record {record} --purpose TREAT --expires {expiry}"
    );
    let request = text(&session.json("doctor.json", &ask).await["request"]);
    session
        .json("patient.json", &format!("access approve {request} --yes"))
        .await;
    let open = format!("access open {request} --record {record} --out opened.json");
    session.json("doctor.json", &open).await;
    let log = session
        .json("patient.json", &format!("access log --chart {chart}"))
        .await;
    assert_eq!(
        log["entries"].as_array().unwrap().last().unwrap()["kind"],
        "opened"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_record_opens_by_rule_at_once() {
    let session = Session::begin().await;
    let (chart, record) = session.record().await;
    let open =
        format!("access open --chart {chart} --record {record} --purpose TREAT --out opened.json");
    assert_eq!(session.refused("doctor.json", &open).await, "OpeningDenied");
    let permit = format!("access rule set permit --chart {chart} --role physician --purpose TREAT");
    session.json("patient.json", &permit).await;
    session.json("doctor.json", &open).await;
    let opened = fs::read(session.path("opened.json")).unwrap();
    assert_eq!(opened, document("potassium 4.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_is_scoped_by_the_patient_and_reviewed_by_the_officer() {
    let session = Session::begin().await;
    let (chart, record) = session.record().await;
    session
        .person("clinic.json", "officer", "privacy-officer")
        .await;
    fs::write(session.path("reason.txt"), "unconscious\n").unwrap();
    let scope = format!("access scope --chart {chart}");
    let told = session.json("patient.json", &scope).await;
    assert!(
        told["kinds"]
            .as_array()
            .unwrap()
            .contains(&"allergy".into())
    );
    let open = format!(
        "access break-glass --chart {chart} --record {record} --purpose ETREAT --reason-file reason.txt --out emergency"
    );
    assert_eq!(session.refused("doctor.json", &open).await, "OpeningDenied");
    session
        .json("patient.json", &format!("{scope} --kinds laboratory"))
        .await;
    let opened = session.json("doctor.json", &open).await;
    let file = session.path(opened["documents"][0]["file"].as_str().unwrap());
    assert_eq!(fs::read(file).unwrap(), document("potassium 4.1"));
    let owed = session.json("officer.json", "access review").await;
    let opening = owed["reviews"][0]["opening"].as_u64().unwrap();
    assert_eq!(Some(opening), opened["opening"].as_u64());
    let status = session.json("officer.json", "status").await;
    assert_eq!(status["overdueReviews"], 0);
    let review = format!("access review {opening} --outcome justified");
    session.json("officer.json", &review).await;
    assert_eq!(
        session.refused("officer.json", &review).await,
        "ReviewedAlready"
    );
    session
        .json("patient.json", &format!("{scope} --forbid"))
        .await;
    let again = open.replace("emergency", "again");
    assert_eq!(
        session.refused("doctor.json", &again).await,
        "OpeningDenied"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_goes_to_standard_output_alone() {
    let session = Session::begin().await;
    let (chart, record) = session.record().await;
    let expiry = session.network.in_seconds(3_600);
    let ask = format!(
        "access request --chart {chart} --record {record} --purpose TREAT --expires {expiry}"
    );
    let request = text(&session.json("doctor.json", &ask).await["request"]);
    session
        .json(
            "patient.json",
            &format!("access approve {request} --sign-only approval.json --yes"),
        )
        .await;
    session
        .json("clinic.json", "access approve --relay approval.json")
        .await;
    let (code, stdout, _) = session
        .run(
            "doctor.json",
            &format!("access open {request} --record {record}"),
        )
        .await;
    assert_eq!((code, stdout), (0, document("potassium 4.1")));
    let (code, _, stderr) = session
        .run(
            "doctor.json",
            &format!("access open {request} --record {record} --json"),
        )
        .await;
    assert_eq!(code, 2, "{}", String::from_utf8_lossy(&stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_commands_print_one_object_of_a_stable_shape() {
    let session = Session::begin().await;
    let (chart, record) = session.record().await;
    let organisations = session.json("doctor.json", "directory show").await;
    assert_eq!(
        keys(&organisations["organisations"][0]),
        "admin id kind name status"
    );
    let people = session
        .json("doctor.json", "directory show --organisation 2")
        .await;
    let person = "account changedTimeMs enrolledTimeMs expiry key licenceCommitment nameCommitment organisation role status";
    assert_eq!(keys(&people["people"][0]), person);
    let entry = "author changedHeight changedTimeMs chart commitment contentId kind protection record registeredHeight registeredTimeMs status \
                 version wrapId";
    assert_eq!(
        keys(
            &session
                .json("patient.json", &format!("record show {record}"))
                .await
        ),
        entry
    );
    let listed = session.json("patient.json", "record list").await;
    assert_eq!(listed["charts"][0]["chart"].as_str(), Some(chart.as_str()));
    assert_eq!(keys(&listed["charts"][0]["records"][0]), entry);
    assert_eq!(
        keys(
            &session
                .json("patient.json", &format!("access log --chart {chart}"))
                .await
        ),
        "chart entries"
    );
    let rules = session
        .json("patient.json", &format!("access rule list --chart {chart}"))
        .await;
    assert_eq!(keys(&rules), "chart pointers rules");
    let status = session.json("doctor.json", "status").await;
    assert_eq!(status["organisations"].as_array().unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_set_listed_and_removed() {
    let session = Session::begin().await;
    let (chart, record) = session.record().await;
    session
        .json(
            "patient.json",
            &format!("access rule set deny --chart {chart} --role physician --kinds laboratory"),
        )
        .await;
    let expiry = session.network.in_seconds(3_600);
    let ask = format!(
        "access request --chart {chart} --record {record} --purpose TREAT --expires {expiry}"
    );
    assert_eq!(session.json("doctor.json", &ask).await["status"], "denied");
    let rules = session
        .json("patient.json", &format!("access rule list --chart {chart}"))
        .await;
    assert_eq!(
        (&rules["rules"][0]["effect"], &rules["rules"][0]["kinds"]),
        (&"deny".into(), &"laboratory".into())
    );
    session
        .json(
            "patient.json",
            &format!("access rule remove 0 --chart {chart}"),
        )
        .await;
    assert_eq!(session.json("doctor.json", &ask).await["status"], "pending");
}

/// Its code keeps data that can change: the patient is told so, and nothing happens until she says yes.
#[tokio::test(flavor = "multi_thread")]
async fn a_contract_decides_only_after_its_patient_was_told_and_said_yes() {
    let session = Session::begin().await;
    let (chart, _) = session.record().await;
    let contract = alloy_primitives::Address::repeat_byte(0xaa);
    let code = [0x5f, 0x54, 0x5f, 0x55];
    session
        .network
        .ledger
        .lock()
        .unwrap()
        .place(contract, &code);
    let inspect = format!("access rule inspect {contract}");
    let told = session.json("patient.json", &inspect).await;
    assert_eq!(keys(&told), "bytes codeHash contract findings forbidden");
    let (_, text, _) = session.run("patient.json", &inspect).await;
    let text = String::from_utf8(text).unwrap();
    assert!(
        text.contains("warning: It keeps data that can change after you chose it."),
        "{text}"
    );

    let point =
        format!("access rule point --chart {chart} --kinds laboratory --contract {contract}");
    let (code, _, stderr) = session.run("patient.json", &point).await;
    let stderr = String::from_utf8(stderr).unwrap();
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("can change after you chose it") && stderr.contains("--yes"));
    let list = format!("access rule list --chart {chart}");
    assert_eq!(
        session.json("patient.json", &list).await["pointers"],
        serde_json::json!([])
    );

    let pointed = session
        .json("patient.json", &format!("{point} --yes"))
        .await;
    assert_eq!(keys(&pointed), "chart contract height kinds transaction");
    let listed = session.json("patient.json", &list).await;
    let pointer = &listed["pointers"][0];
    assert_eq!(keys(pointer), "codeHash contract kind");
    assert_eq!(pointer["kind"], "laboratory");
    let nobody = alloy_primitives::Address::repeat_byte(0xbb);
    let nothing =
        format!("access rule point --chart {chart} --kinds summary --contract {nobody} --yes");
    assert_eq!(
        session.refused("patient.json", &nothing).await,
        "RuleForbidden"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_without_rights_says_so_and_names_nobody() {
    let session = Session::begin().await;
    let (chart, record) = session.record().await;
    assert_eq!(session.refused("", "directory show").await, "LoginNeeded");
    assert_eq!(
        session
            .refused("", &format!("record list --chart {chart}"))
            .await,
        "LoginNeeded"
    );
    session.person("clinic.json", "nurse", "nurse").await;
    assert_eq!(
        session
            .refused("nurse.json", &format!("record list --chart {chart}"))
            .await,
        "NotAParty"
    );
    assert_eq!(
        session
            .refused("nurse.json", &format!("record show {record}"))
            .await,
        "NotAParty"
    );
    let (_, _, stderr) = session
        .run("nurse.json", &format!("access log --chart {chart}"))
        .await;
    let stderr = String::from_utf8(stderr).unwrap();
    assert!(
        stderr.contains("hint: ")
            && !stderr.contains("potassium")
            && !stderr.contains("patient.json"),
        "{stderr}"
    );
    let (code, _, _) = session.run("", "account new stranger.json --light").await;
    assert_eq!(code, 0);
    assert_eq!(
        session.refused("stranger.json", "directory show").await,
        "NotEnrolled"
    );
}

/// Guardians of the patient: a nurse, and the clinic's and the hospital's own accounts.
async fn guarded(session: &Session) -> (String, String) {
    let patient = session.person("hospital.json", "patient", "patient").await;
    let nurse = session.person("clinic.json", "nurse", "nurse").await;
    let made = session.json("", "account new fresh.json --light").await;
    let organisations = [&session.network.clinic, &session.network.hospital];
    let [clinic, hospital] = organisations.map(|admin| admin.account.address());
    let line = format!("recovery guardians {nurse} {clinic} {hospital} --threshold 2 --delay 1h");
    let named = session.json("patient.json", &line).await;
    assert_eq!(named["account"].as_str(), Some(patient.as_str()));
    (patient, text(&made["address"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_key_is_recovered_and_the_new_one_told_what_it_cannot_read() {
    let session = Session::begin().await;
    let (old, new) = guarded(&session).await;
    fs::write(session.path("record.json"), document("potassium 4.1")).unwrap();
    let add = format!("record add record.json --kind laboratory --patient {old}");
    let chart = text(&session.json("hospital.json", &add).await["chart"]);
    let shown = session.json("patient.json", "recovery guardians").await;
    assert_eq!(shown["guardians"]["threshold"], 2);
    let none = session.json("nurse.json", "recovery status").await;
    assert_eq!(none["recoveries"].as_array().unwrap().len(), 0);

    let named = format!("{old} --successor {new}");
    session
        .json("nurse.json", &format!("recovery propose {named}"))
        .await;
    session
        .json("clinic.json", &format!("recovery approve {named}"))
        .await;
    let vetoed = session.json("patient.json", "recovery veto").await;
    assert_eq!(vetoed["needed"], 3);
    let execute = format!("recovery execute {old}");
    let early = session.refused("nurse.json", &execute).await;
    assert_eq!(early, "ApprovalsMissing");
    session
        .json("hospital.json", &format!("recovery approve {named}"))
        .await;
    let early = session.refused("nurse.json", &execute).await;
    assert_eq!(early, "DelayNotOver");
    session.network.ledger.lock().unwrap().host.time_ms += 3_600_000;
    let executed = session.json("nurse.json", &execute).await;
    assert_eq!(
        (&executed["charts"], text(&executed["successor"])),
        (&1.into(), new)
    );
    assert!(text(&executed["note"]).contains("direct protection"));
    let status = session.json("nurse.json", "recovery status").await;
    let found = &status["recoveries"][0];
    assert_eq!(
        (&found["status"], &found["vetoes"]),
        (&"executed".into(), &1.into())
    );
    let listed = session.json("fresh.json", "record list").await;
    assert_eq!(listed["charts"][0]["chart"].as_str(), Some(chart.as_str()));
    let (code, _, _) = session.run("patient.json", "record list").await;
    assert_eq!(code, 3, "the old key is not let in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_key_is_frozen_and_set_free_again() {
    let session = Session::begin().await;
    let (old, new) = guarded(&session).await;
    let propose = format!("recovery propose {old} --successor {new}");
    session.json("nurse.json", &propose).await;
    for guardian in ["nurse.json", "clinic.json"] {
        let freeze = format!("recovery freeze {old}");
        session.json(guardian, &freeze).await;
    }
    let status = session
        .json("nurse.json", &format!("recovery status {old}"))
        .await;
    assert_eq!(status["recoveries"][0]["frozen"], true);
    let (code, _, _) = session.run("patient.json", "recovery veto").await;
    assert_eq!(code, 3);
    for guardian in ["nurse.json", "clinic.json"] {
        session
            .json(guardian, &format!("recovery cancel {old}"))
            .await;
    }
    let status = session.json("patient.json", "recovery status").await;
    assert_eq!(status["recoveries"][0]["status"], "cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_handed_over_and_a_delegate_appointed_listed_and_dismissed() {
    let session = Session::begin().await;
    let (chart, _) = session.record().await;
    session.json("", "account new fresh.json --light").await;
    let deadline = session.network.in_seconds(3_600);
    let line = format!(
        "recovery hand-over --to fresh.json --to-password-file password --consent-until {deadline}"
    );
    let handed = session.json("patient.json", &line).await;
    assert_eq!(handed["done"], true, "there are no guardians");

    let proxy = session.person("clinic.json", "proxy", "nurse").await;
    let until = session.network.in_seconds(86_400);
    let appoint = format!(
        "delegate appoint {proxy} --chart {chart} --as proxy --until {until} --kinds laboratory --purposes TREAT,FAMRQT"
    );
    let old = session.run("patient.json", &appoint).await;
    assert_eq!(old.0, 3, "the old key is not let in");
    session.json("fresh.json", &appoint).await;
    let listed = session.json("proxy.json", "delegate list").await;
    let found = &listed["delegations"][0];
    assert_eq!(found["chart"].as_str(), Some(chart.as_str()));
    assert_eq!(
        (&found["kind"], &found["purposes"], &found["inForce"]),
        (&"proxy".into(), &"TREAT, FAMRQT".into(), &true.into())
    );
    let dismiss = format!("delegate dismiss {proxy} --chart {chart}");
    session.json("fresh.json", &dismiss).await;
    let listed = session
        .json("fresh.json", &format!("delegate list --chart {chart}"))
        .await;
    assert_eq!(listed["delegations"].as_array().unwrap().len(), 0);
}
