//! A trial at the command line and through gateways against a network of four processes: registered, enrolled, captured, signed, locked, proven
//! with one file; a copy that was altered, and a process that dies.

mod cluster;
mod trial;

use cluster::Cluster;
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};
use trial::{HEAD, MEMBERS, Trial, path, rows, write};

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
    for (slot, label) in (1..).zip(["01-001", "01-002", "01-003", "01-004"]) {
        assert_eq!(trial.enrol(label), slot);
        trial.allocate(label, slot);
    }
    trial.capture(&["01-001", "01-002"]);
    die_and_finish(&trial, "01-003");
    trial.correct("01-001");
    trial::door::capture(&cluster, &trial);
    trial.set_factor();
    assert_eq!(trial.manager.refused("trial lock"), "SignaturesMissing");
    assert_eq!(trial.sign()["signatures"].as_array().map(Vec::len), Some(4));
    trial.copy_to_sponsor("whole");
    assert_eq!(
        trial.unblinded.refused("trial unblind --plan 1"),
        "NotLocked"
    );
    trial.manager.json("trial lock");
    let late = "trial correct 01-002 --visit BASELINE --form VS SYSBP=1 --reason other";
    assert_eq!(trial.investigator.refused(late), "StudyLocked");
    trial.analyse();
    trial::door::datasets(&trial);
    let verified = trial.bundle(&trial.sponsor, "regulator", &cluster);
    assert_eq!(
        (&verified["verified"], verdict(&verified, "C14")),
        (&true.into(), "PASS")
    );
    assert_eq!(
        verified["figures"]["itemsOpened"],
        verified["figures"]["items"]
    );
    // The lists are in the book of who made them.
    let verified = trial.bundle(&trial.unblinded, "public", &cluster);
    assert_eq!(
        (&verified["verified"], verdict(&verified, "C12")),
        (&true.into(), "PASS")
    );
    alter_and_mend(&trial);
}

/// A form of the sponsor's copy is altered beside every program; it is named, and mended from the site's copy.
fn alter_and_mend(trial: &Trial) {
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

fn verdict<'a>(verified: &'a Value, claim: &str) -> &'a str {
    let claims = verified["claims"].as_array().expect("claims");
    let found = claims.iter().find(|one| one["id"] == claim);
    found.expect("the claim is told")["verdict"]
        .as_str()
        .expect("a verdict")
}
