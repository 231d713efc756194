//! The command line of xtask as a contributor meets it.

use std::process::{Command, Output};

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .output()
        .expect("xtask is built for this test")
}

#[test]
fn help_names_the_five_tasks() {
    let output = xtask(&["--help"]);
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success());
    for task in ["demo", "test", "check", "bench", "page"] {
        assert!(
            help.contains(&format!("\n  {task} ")),
            "{task} is missing in:\n{help}"
        );
    }
}

#[test]
fn an_unknown_bench_is_refused_with_the_names_that_there_are() {
    let output = xtask(&["bench", "nothing"]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("ledger"), "{message}");
}
