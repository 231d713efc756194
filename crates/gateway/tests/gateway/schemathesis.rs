//! The served document against the served door, by a fuzzer of others.

use crate::{
    packs_support::{World, settings},
    support::{Fixture, is_skipped},
};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};
use theriac_gateway::{Packs, packs::Partner as Holder};

const VERSION: &str = "schemathesis==4.32.5";

/// What is left out, and why.
const EXCLUDED: [(&str, &str); 1] = [(
    "positive_data_acceptance",
    "EPCIS demands of documents, queries and subscriptions what no schema says",
)];

/// A body that is too long is refused as such, which the fuzzer does not expect.
const CONFIGURATION: &str = "[checks]\nnegative_data_rejection.expected-statuses = [\"4xx\"]\n";

/// A virtual environment with the fuzzer, made where it is absent; `None` where it cannot be.
fn environment() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemathesis");
    let program = folder.join("bin/st");
    if !program.is_file() {
        let made = Command::new("python3")
            .args(["-m", "venv"])
            .arg(&folder)
            .status();
        made.ok().filter(|status| status.success())?;
        let installed = Command::new(folder.join("bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check", VERSION])
            .status();
        installed.ok().filter(|status| status.success())?;
    }
    program.is_file().then_some(program)
}

/// Examples of each operation, and seconds at most for each phase.
fn effort() -> (&'static str, &'static str) {
    match env::var_os("THERIAC_LONG") {
        Some(_) => ("100", "1200"),
        None => ("2", "60"),
    }
}

/// The book of a pharmacy that holds three packs.
fn packs(holder: &Holder) -> Packs {
    Packs {
        book: holder.book().folder().to_owned(),
        client: holder.client().clone(),
        settings: settings(),
        answers_anyone: false,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_door_keeps_to_its_document_under_fuzzing() {
    let test = "the_door_keeps_to_its_document_under_fuzzing";
    let Some(program) = tokio::task::spawn_blocking(environment).await.unwrap() else {
        is_skipped(test, "python3 with venv, or schemathesis, is absent");
        return;
    };
    let mut world = World::start().await;
    world.supplied("L7", 3).await;
    let packs = packs(&world.pharmacy);
    let fixture = Fixture::embedded_with(move |config| config.packs = Some(packs.clone())).await;
    let own = fixture.own();
    own.capture(&crate::support::document(&[crate::support::event(1)]))
        .await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("schemathesis.toml"), CONFIGURATION).unwrap();
    let excluded: Vec<_> = EXCLUDED.iter().map(|(check, _)| *check).collect();
    let (examples, seconds) = effort();
    let mut command = Command::new(program);
    command
        .current_dir(folder.path())
        .arg("run")
        .arg(format!("{}/openapi.json", fixture.base))
        .args(["--url", &fixture.base])
        .args(["-H", "Authorization: Bearer own-token"])
        .args(["--checks", "all", "--exclude-checks", &excluded.join(",")])
        .args(["--phases", "examples,coverage,fuzzing,stateful"])
        .args(["--max-examples", examples, "--max-time", seconds])
        .args(["--seed", "7", "--no-shrink", "--request-timeout", "20"])
        .args(["--suppress-health-check", "all", "--continue-on-failure"]);
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.unwrap().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    println!(
        "{}",
        text.lines().rev().take(12).collect::<Vec<_>>().join("\n")
    );
    fixture.stop().await;
}
