//! The binary `theriac`.

mod arguments;
mod cli;
mod commands;
mod confirm;
mod errors;
mod logging;
mod output;
mod person;
mod validator;

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return errors::usage(&error),
    };
    let output = cli.global.output();
    match commands::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => errors::report(&error, &output),
    }
}
