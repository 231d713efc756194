//! `cargo xtask demo | test | check | bench | page`: all that a contributor runs, in one small program.

mod bench;
mod check;
mod command;
mod demo;
mod page;
mod test;
mod wasm_target;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs, tests, checks and measures Theriac.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Demo(demo::Arguments),
    Test(test::Arguments),
    Check(check::Arguments),
    Bench(bench::Arguments),
    Page(page::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Demo(arguments) => demo::run(arguments),
        Task::Test(arguments) => test::run(arguments),
        Task::Check(arguments) => check::run(arguments),
        Task::Bench(arguments) => bench::run(arguments),
        Task::Page(arguments) => page::run(arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
