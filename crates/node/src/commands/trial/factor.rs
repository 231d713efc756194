//! `theriac trial factor`.

use super::{Desk, second_key};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Set the second key of your account, with which you sign from then on: keep it apart from the first.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac account new factor.json\n  theriac trial factor factor.json --account investigator.json\n\nNext:\n  theriac trial sign --subject LABEL --meaning responsibility --name 'A. Person' --factor factor.json"
)]
pub(super) struct Factor {
    /// The keystore file of the second key.
    #[arg(value_name = "FILE")]
    factor: PathBuf,
    /// A file whose first line is its password.
    #[arg(long, value_name = "FILE")]
    factor_password_file: Option<PathBuf>,
    /// The keystore file of the second key before it, where there is one.
    #[arg(long, value_name = "FILE")]
    former: Option<PathBuf>,
    /// A file whose first line is that one's password.
    #[arg(long, value_name = "FILE", requires = "former")]
    former_password_file: Option<PathBuf>,
}

impl Factor {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let factor = second_key(&self.factor, self.factor_password_file.as_deref(), desk)?;
        let former = self
            .former
            .as_deref()
            .map(|file| second_key(file, self.former_password_file.as_deref(), desk));
        let former = former.transpose()?;
        desk.person
            .client
            .set_factor(&factor, former.as_ref())
            .await?;
        let value = json!({ "account": desk.person.client.address(), "factor": factor.address() });
        desk.output()
            .result(&value, &format!("second key {}", factor.address()))
    }
}
