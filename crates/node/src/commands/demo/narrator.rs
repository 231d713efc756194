//! Tells the story step by step.

use super::network::Network;
use crate::output::Output;
use std::{cell::Cell, time::Instant};

/// Counts and prints the steps of the story.
pub(super) struct Narrator {
    output: Output,
    step: Cell<u32>,
    started: Instant,
}

impl Narrator {
    pub(super) fn new(output: Output) -> Self {
        Self {
            output,
            step: Cell::new(0),
            started: Instant::now(),
        }
    }

    /// Begins a step.
    pub(super) fn step(&self, what: &str) {
        self.step.set(self.step.get() + 1);
        let seconds = self.started.elapsed().as_secs_f32();
        self.say(&format!(
            "\n{:>2}. {what}  [{seconds:.1} s]",
            self.step.get()
        ));
    }

    /// A detail of the step: a name and a value.
    pub(super) fn detail(&self, name: &str, value: impl std::fmt::Display) {
        self.say(&format!("      {name:<14} {value}"));
    }

    /// What to try.
    pub(super) fn next(&self, command: &str) {
        self.say(&format!("      try: {command}"));
    }

    pub(super) fn say(&self, line: &str) {
        if !self.output.quiet {
            println!("{line}");
        }
    }

    /// Says that the network stays up, and what to do with it.
    pub(super) fn staying(&self, network: &Network) {
        let rpc = network.rpc(0);
        self.say("\nThe network stays up until Ctrl-C. In another terminal:");
        for line in [
            format!("theriac status --rpc {rpc}"),
            format!(
                "theriac watch --rpc {rpc} --account {} --password-file {}",
                network.keystore("patient").display(),
                network.password("patient").display(),
            ),
            format!(
                "theriac verify {} --network {}",
                network.bundle().display(),
                network.file().display()
            ),
            format!("ls {}", network.directory().display()),
        ] {
            self.say(&format!("  {line}"));
        }
    }

    /// Shows that work goes on, until the value is dropped.
    pub(super) fn progress(&self, what: &'static str) -> crate::output::Progress {
        self.output.progress(what)
    }
}
