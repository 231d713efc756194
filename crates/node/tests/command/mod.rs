//! A command that needs no node: run in a folder, and what it says.

use serde_json::Value;
use std::{
    path::Path,
    process::{Command, Output},
};

pub(crate) fn theriac(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
    command.current_dir(folder).args(arguments);
    command.output().expect("the program starts")
}

pub(crate) fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let stderr = String::from_utf8_lossy(&output.stderr);
        panic!("no JSON: {error}: {stderr}")
    })
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
