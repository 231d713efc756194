//! The verifier in Python beside the one in Rust: bundles go in, what it found comes out.

use super::{chain, study::CHAIN};
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};
use theriac_evidence::trial::verify::Report;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../clients/python");
const ABSENT: &str = "THERIAC_PYTHON names no Python that has py_ecc";

/// A process that judges one bundle after the other.
pub struct Python {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Python {
    /// `None` where no Python was named.
    pub fn start() -> Option<Self> {
        let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
        let Some(program) = std::env::var_os("THERIAC_PYTHON") else {
            assert!(!is_ci, "{ABSENT}");
            return None;
        };
        let mut child = Command::new(program)
            .arg("stream.py")
            .arg(chain::network().group_key().to_string())
            .arg(CHAIN.to_string())
            .current_dir(FOLDER)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the Python that THERIAC_PYTHON names starts");
        let input = child.stdin.take().expect("it is piped");
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        Some(Self {
            child,
            input,
            output,
        })
    }

    /// Verdict, count and failures with their places for each claim.
    pub fn judge(&mut self, bytes: &[u8]) -> Value {
        let length = u32::try_from(bytes.len()).expect("bundles of tests are small");
        let sent = self
            .input
            .write_all(&length.to_be_bytes())
            .and_then(|()| self.input.write_all(bytes))
            .and_then(|()| self.input.flush());
        let mut line = String::new();
        let read = sent.and_then(|()| self.output.read_line(&mut line));
        assert!(read.is_ok_and(|read| read > 0), "Python ended, see above");
        serde_json::from_str(&line).expect("an answer is a line of JSON")
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It waits for the next bundle, which does not come.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What both verifiers must agree on: all but the words.
pub fn essence(report: &Report) -> Value {
    let claims = report.claims.iter().map(|claim| {
        let failures = claim.failures.iter();
        let failures: Vec<_> = failures
            .map(|failure| json!([failure.code, failure.place]))
            .collect();
        let of_claim = json!([claim.verdict, claim.failed, failures]);
        (format!("{:?}", claim.id), of_claim)
    });
    Value::Object(claims.collect())
}

/// Says so where the comparison is left out; the campaign makes it.
#[test]
fn second_verifier_is_there() {
    if std::env::var_os("THERIAC_PYTHON").is_none() {
        println!("SKIPPED second_verifier_is_there: {ABSENT}");
    }
}
