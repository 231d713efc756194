//! `theriac access rule deploy`.

use crate::{arguments, errors::UsageError, person::Person};
use alloy_primitives::Bytes;
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Longer files are no creation code: EIP-3860 allows 49,152 bytes, which are twice as many digits.
const MAX_FILE_BYTES: u64 = 100_000;

/// Bring a rule that you compiled onto the ledger; anyone enrolled may.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac access rule deploy EmergencyRole.hex --arguments 0x... --account patient.json\n\nNext:\n  theriac access rule inspect ADDRESS"
)]
pub(crate) struct Deploy {
    /// Creation code as the compiler gives it, in hexadecimal.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What its constructor takes, ABI-encoded, in hexadecimal.
    #[arg(long, value_name = "HEX", value_parser = arguments::bytes, default_value = "0x", hide_default_value = true)]
    arguments: Bytes,
}

impl Deploy {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let code = [read(&self.file)?, self.arguments].concat();
        let progress = person.output.progress("deploying the contract");
        let contract = person.client.deploy(code.into()).await?;
        drop(progress);
        person.output.result(
            &json!({ "contract": contract }),
            &format!("contract  {contract}"),
        )?;
        person.output.next(&format!(
            "see what it can do: theriac access rule inspect {contract}"
        ));
        Ok(())
    }
}

fn read(path: &Path) -> anyhow::Result<Bytes> {
    let shown = path.display();
    let length = fs::metadata(path)
        .with_context(|| format!("cannot read {shown}"))?
        .len();
    if length > MAX_FILE_BYTES {
        let text = format!(
            "{shown} has {length} bytes, expected creation code of at most {MAX_FILE_BYTES}"
        );
        return Err(UsageError(text).into());
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    arguments::bytes(text.trim()).map_err(|wrong| UsageError(format!("{shown}: {wrong}")).into())
}
