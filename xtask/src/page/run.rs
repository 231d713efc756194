//! What is told of the page.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use super::make::make;

/// Makes the page that verifies bundles of trials in a browser.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Copy it here as well.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Makes the page, and prints where it is, how long, and its digest, by which pages of one release are known to be the same.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let made = make()?;
    if let Some(out) = arguments.out {
        std::fs::copy(&made.file, out)?;
    }
    println!("{}", made.file.display());
    println!(
        "module {} bytes, deflated {}; page {} bytes",
        made.module_bytes, made.packed_bytes, made.page_bytes
    );
    println!("SHA-256 {}", made.sha256);
    Ok(ExitCode::SUCCESS)
}
