//! `theriac genesis charter`: one file that all founding members agree on.

use std::{fs, num::NonZeroU64, path::PathBuf, str::FromStr};

use alloy_primitives::Address;
use anyhow::{Context as _, bail};
use clap::Args;
use theriac_consensus::genesis::{self, Organisation, Validator};
use theriac_contracts::OrganisationKind;

use super::{EPOCH_BLOCKS, GAS_PER_BLOCK, devnet};
use crate::output::{Output, table};

/// Write the charter of a network.
#[derive(Debug, Args)]
pub(super) struct Charter {
    /// The EIP-155 chain id.
    #[arg(long)]
    chain_id: u64,
    /// What the network is called.
    #[arg(long)]
    name: String,
    /// A member organisation and the account of its administrator, in the order of their numbers. Repeat for more.
    #[arg(
        long = "organisation",
        value_name = "NAME:KIND:ACCOUNT",
        required = true
    )]
    organisations: Vec<Member>,
    /// A file made by `theriac genesis identity`. Repeat for more.
    #[arg(long = "validator", value_name = "FILE", required = true)]
    validators: Vec<PathBuf>,
    /// Blocks of an epoch; shares of the key are dealt anew in each.
    #[arg(long, default_value_t = EPOCH_BLOCKS)]
    epoch_blocks: NonZeroU64,
    /// Where to write the charter.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Member {
    name: String,
    kind: OrganisationKind,
    admin: Address,
}

impl Charter {
    pub(super) fn run(self, output: Output) -> anyhow::Result<()> {
        if self.out.exists() {
            bail!("{} is already there; name another file", self.out.display());
        }
        let organisations = (1..)
            .zip(self.organisations)
            .map(|(id, member)| Organisation {
                id,
                name: member.name,
                kind: member.kind,
                admin: member.admin,
                gas_per_block: GAS_PER_BLOCK,
            });
        let validators = self.validators.iter().map(|file| {
            let json = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            serde_json::from_slice::<Validator>(&json).with_context(|| {
                format!(
                    "{} is not a file of `theriac genesis identity`",
                    file.display()
                )
            })
        });
        let charter = genesis::Charter::new(
            (self.chain_id, &self.name),
            (devnet::now_ms(), self.epoch_blocks),
            organisations.collect(),
            validators.collect::<anyhow::Result<_>>()?,
        )?;
        fs::write(&self.out, charter.to_json())
            .with_context(|| format!("cannot write {}", self.out.display()))?;
        let digest = hex::encode(charter.digest());
        let value = serde_json::json!({ "file": self.out, "charterDigest": digest });
        output.result(
            &value,
            &table([
                ("charter", self.out.display().to_string()),
                ("digest", digest),
            ]),
        )?;
        let file = self.out.display();
        output.next(&format!(
            "read it, change its parameters if you must, and give it to every member. Each compares the digest of\n\
             `theriac genesis show {file}` with the others by another way than the one the file came; then all run at the same time\n\
             theriac genesis join --directory DIR --charter {file}"
        ));
        Ok(())
    }
}

/// `NAME:KIND:ACCOUNT`.
impl FromStr for Member {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let malformed = || format!("expected NAME:KIND:ACCOUNT, got {text:?}");
        let (rest, account) = text.rsplit_once(':').ok_or_else(malformed)?;
        let (name, kind) = rest.rsplit_once(':').ok_or_else(malformed)?;
        let admin = account
            .parse()
            .map_err(|_| format!("expected an account as 0x and 40 hex digits, got {account:?}"))?;
        Ok(Self {
            name: name.to_owned(),
            kind: devnet::kind_of(kind)?,
            admin,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_written_as_name_kind_and_account() {
        let text = "St. Mary: Main:hospital:0x4040404040404040404040404040404040404040";
        let member: Member = text.parse().expect("well formed");
        assert_eq!(member.name, "St. Mary: Main");
        assert_eq!(member.kind, OrganisationKind::Hospital);
        assert_eq!(member.admin, Address::repeat_byte(0x40));
        for wrong in [
            "",
            "hospital",
            "A:hospital",
            "A:casino:0x4040404040404040404040404040404040404040",
            "A:clinic:0x40",
        ] {
            assert!(wrong.parse::<Member>().is_err(), "{wrong}");
        }
    }
}
