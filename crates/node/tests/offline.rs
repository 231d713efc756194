//! Commands that need no node: accounts, verification, and what is said where the command line or the network is not there.

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn theriac(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
    for variable in ["THERIAC_RPC", "THERIAC_ACCOUNT", "THERIAC_PASSWORD_FILE"] {
        command.env_remove(variable);
    }
    command
        .current_dir(folder)
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn code(output: &Output, expected: i32) {
    assert_eq!(
        output.status.code(),
        Some(expected),
        "{}{}",
        stdout(output),
        stderr(output)
    );
}

/// A folder with a password file and an account.
fn folder_with_account() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("password"), "correct horse\n").unwrap();
    let made = theriac(
        folder.path(),
        &[
            "account",
            "new",
            "me.json",
            "--light",
            "--password-file",
            "password",
        ],
    );
    code(&made, 0);
    folder
}

#[test]
fn an_account_is_made_shown_and_never_overwritten() {
    let folder = folder_with_account();
    let shown = theriac(folder.path(), &["account", "show", "me.json", "--json"]);
    code(&shown, 0);
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let address = shown["address"].as_str().unwrap();
    assert!(address.starts_with("0x") && address.len() == 42);
    let by_option = theriac(folder.path(), &["account", "show", "--account", "me.json"]);
    assert_eq!(
        stdout(&by_option).trim().to_lowercase(),
        address.to_lowercase()
    );
    let again = theriac(
        folder.path(),
        &[
            "account",
            "new",
            "me.json",
            "--light",
            "--password-file",
            "password",
        ],
    );
    code(&again, 1);
    assert!(
        stderr(&again).contains("never overwritten"),
        "{}",
        stderr(&again)
    );
}

#[test]
fn a_wrong_password_is_refused_before_any_node_is_asked() {
    let folder = folder_with_account();
    fs::write(folder.path().join("wrong"), "horse correct\n").unwrap();
    let output = theriac(
        folder.path(),
        &[
            "directory",
            "show",
            "--account",
            "me.json",
            "--password-file",
            "wrong",
        ],
    );
    code(&output, 1);
    assert_eq!(
        stderr(&output),
        "error: the password does not open this keystore file\n"
    );
}

#[test]
fn a_password_is_not_taken_from_a_pipe() {
    let folder = folder_with_account();
    let output = theriac(
        folder.path(),
        &["directory", "show", "--account", "me.json"],
    );
    code(&output, 2);
    assert!(
        stderr(&output).contains("give --password-file"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_command_line_that_is_not_understood_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let rows: [&[&str]; 10] = [
        &["acces"],
        &["access"],
        &["record", "add", "a.json"],
        &[
            "record", "add", "a.json", "--kind", "secret", "--chart", "0x00",
        ],
        &["record", "show", "0x12"],
        &["access", "request", "--chart", "0x12"],
        &["access", "request", "--expires", "soon"],
        &["directory", "enrol", "0x12", "--role", "physician"],
        &["verify", "a.json"],
        &["verify", "a.json", "--group-key", "0x12", "--chain-id", "1"],
    ];
    for arguments in rows {
        let output = theriac(folder.path(), arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert!(!stderr(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_network_that_is_not_there_ends_with_5_and_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let node = format!("http://127.0.0.1:{port}");
    let text = theriac(folder.path(), &["status", "--rpc", &node]);
    code(&text, 5);
    assert!(stderr(&text).contains(&format!(
        "error: no node can be reached; the last one tried was {node}"
    )));
    assert!(
        stderr(&text).contains("hint: start a node"),
        "{}",
        stderr(&text)
    );
    let json = theriac(folder.path(), &["status", "--rpc", &node, "--json"]);
    code(&json, 5);
    let error: Value = serde_json::from_slice(&json.stderr).unwrap();
    assert_eq!(error["error"]["exit"], 5);
    assert!(json.stdout.is_empty());
}

#[test]
fn a_document_that_is_not_taken_is_refused_before_the_network_is_asked() {
    let folder = folder_with_account();
    fs::write(
        folder.path().join("bad.json"),
        "{\"resourceType\": \"Patient\",",
    )
    .unwrap();
    let chart = format!("0x{}", "11".repeat(32));
    let common = [
        "--kind",
        "other",
        "--chart",
        &chart,
        "--account",
        "me.json",
        "--password-file",
        "password",
    ];
    let output = theriac(
        folder.path(),
        &[&["record", "add", "bad.json"], &common[..]].concat(),
    );
    code(&output, 3);
    assert!(
        stderr(&output).contains("(DocumentNotJson)"),
        "{}",
        stderr(&output)
    );
    let absent = theriac(
        folder.path(),
        &[&["record", "add", "absent.json"], &common[..]].concat(),
    );
    code(&absent, 1);
}

fn vectors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../evidence/tests/vectors")
}

/// `verify` of a golden bundle, with what its vectors say is trusted. Only the log's bundle leads to the known block.
fn verify(file: &Path, extra: &[&str]) -> Output {
    let trusted: Value =
        serde_json::from_slice(&fs::read(vectors().join("bundle_trusted.json")).unwrap()).unwrap();
    let (key, chain) = (
        trusted["groupKey"].as_str().unwrap(),
        trusted["chainId"].to_string(),
    );
    let known = format!(
        "{}:{}",
        trusted["knownHeight"],
        trusted["knownHash"].as_str().unwrap()
    );
    let file = file.to_str().unwrap();
    let leads_to_known = file.ends_with("chart_log.json");
    let known: &[&str] = if leads_to_known {
        &["--known", &known]
    } else {
        &[]
    };
    theriac(
        &vectors(),
        &[
            &["verify", file, "--group-key", key, "--chain-id", &chain],
            known,
            extra,
        ]
        .concat(),
    )
}

#[test]
fn golden_evidence_is_verified_offline() {
    for name in ["bundle_record", "bundle_chart_log"] {
        let output = verify(&vectors().join(format!("{name}.json")), &[]);
        code(&output, 0);
        let expected = fs::read_to_string(vectors().join(format!("{name}.txt"))).unwrap();
        assert!(
            stdout(&output).starts_with(expected.trim_end()),
            "{}",
            stdout(&output)
        );
        assert!(
            stdout(&output).contains("NOT CLAIMED"),
            "{}",
            stdout(&output)
        );
    }
    let json = verify(&vectors().join("bundle_record.json"), &["--json"]);
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(report["verified"], true);
    assert!(
        report["facts"]
            .as_array()
            .is_some_and(|facts| !facts.is_empty())
    );
    assert!(report["newest"]["height"].is_u64());
}

#[test]
fn bundle_of_a_trial_is_told_claim_by_claim() {
    for (name, exit) in [
        ("regulator", 0),
        ("journal", 0),
        ("public", 0),
        ("participant", 0),
        ("changed", 4),
    ] {
        let file = vectors().join(format!("trial_{name}.zip"));
        let output = verify(&file, &[]);
        code(&output, exit);
        let expected = fs::read_to_string(vectors().join(format!("trial_{name}.txt"))).unwrap();
        assert!(
            stdout(&output).starts_with(expected.trim_end()),
            "{}",
            stdout(&output)
        );
        let report: Value = serde_json::from_slice(&verify(&file, &["--json"]).stdout).unwrap();
        assert_eq!(report["verified"], exit == 0);
        assert_eq!(report["claims"].as_array().map(Vec::len), Some(15));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.zip");
    let whole = fs::read(vectors().join("trial_public.zip")).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let output = verify(&path, &[]);
    code(&output, 4);
    assert!(
        stderr(&output).starts_with("error: not verified: the file is no bundle"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn evidence_with_one_byte_flipped_ends_with_4_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let mut bundle: Value =
        serde_json::from_slice(&fs::read(vectors().join("bundle_record.json")).unwrap()).unwrap();
    let header = bundle["block"]["header"].as_str().unwrap().to_owned();
    let last = if header.ends_with('0') { "1" } else { "0" };
    bundle["block"]["header"] = format!("{}{last}", &header[..header.len() - 1]).into();
    let path = folder.path().join("flipped.json");
    fs::write(&path, bundle.to_string()).unwrap();
    let output = verify(&path, &[]);
    code(&output, 4);
    assert!(
        stderr(&output).starts_with("error: not verified: block"),
        "{}",
        stderr(&output)
    );
    let json = verify(&path, &["--json"]);
    let error: Value = serde_json::from_slice(&json.stderr).unwrap();
    assert_eq!(error["error"]["exit"], 4);
    assert!(error["error"]["code"].is_string());
}

#[test]
fn evidence_of_another_network_ends_with_4() {
    let key = format!("0x{}", "11".repeat(96));
    let file = vectors().join("bundle_record.json");
    let output = theriac(
        &vectors(),
        &[
            "verify",
            file.to_str().unwrap(),
            "--group-key",
            &key,
            "--chain-id",
            "1",
        ],
    );
    code(&output, 4);
    assert!(
        stderr(&output).contains("(network-differs)"),
        "{}",
        stderr(&output)
    );
}
