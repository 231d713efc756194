//! The acknowledgement of a recall: counts, signed by the partner's account, to the manufacturer alone.

use alloy_primitives::{Address, B256, Bytes};
use serde::{Deserialize, Serialize};
use theriac_sdk::account::signer_of;

use crate::book::{Form, FormFault};
use crate::packs::{Error, Partner, Refusal, book::PullCounts, card::Card, clock::utc};

/// What a partner tells a manufacturer about a recalled lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecallAck {
    format: String,
    /// The network.
    pub chain_id: u64,
    /// The lot.
    pub root: B256,
    /// The flag's number.
    pub flag: u64,
    /// The organisation that commissioned the lot.
    pub to: u32,
    /// Who acknowledges.
    pub from: Acknowledger,
    /// When, in the partner's own time.
    pub time_ms: u64,
    /// To be pulled.
    pub to_pull: u64,
    /// Pulled.
    pub pulled: u64,
    /// Looked for, and not there.
    pub not_found: u64,
    /// Dispensed before.
    pub dispensed: u64,
    /// Handed over to others before.
    pub sent_on: u64,
    /// EIP-191 over [`RecallAck::text`], 65 bytes.
    pub signature: Bytes,
}

/// Who acknowledges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledger {
    /// The account that signed.
    pub account: Address,
    /// Its organisation.
    pub organisation: u32,
    /// The place of business.
    pub gln: String,
}

/// Why an acknowledgement does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AckFault {
    /// It is not one.
    #[error("{0}")]
    Form(#[from] FormFault),
    /// It was encrypted to another, or was changed.
    #[error("it does not open for this account")]
    DoesNotOpen,
    /// It is of another network, lot or manufacturer.
    #[error("it is of another {0}")]
    OfAnother(&'static str),
    /// No recall with this flag was ever raised on the lot.
    #[error("flag {0} is no recall of this lot")]
    NoRecall(u64),
    /// The signature is not of the account that it names.
    #[error("the signature is not of the account that it names")]
    NotSigned,
    /// The ledger has the account in another organisation, or in none.
    #[error("the ledger does not have its account in organisation {0}")]
    NotOfOrganisation(u32),
}

impl Form for RecallAck {
    const FORMAT: &'static str = "theriac-recall-ack/1";

    fn format(&self) -> &str {
        &self.format
    }
}

impl RecallAck {
    /// What is signed.
    pub fn text(&self) -> String {
        let Acknowledger {
            account,
            organisation,
            gln,
        } = &self.from;
        let lines = [
            self.format.clone(),
            format!("network {}", self.chain_id),
            format!("lot {}", self.root),
            format!("flag {}", self.flag),
            format!("to organisation {}", self.to),
            format!("from {account} of organisation {organisation} at {gln}"),
            format!("at {}", utc(self.time_ms)),
            format!("to pull {}", self.to_pull),
            format!("pulled {}", self.pulled),
            format!("not found {}", self.not_found),
            format!("dispensed {}", self.dispensed),
            format!("sent on {}", self.sent_on),
        ];
        lines.join("\n")
    }

    /// Whether the account that it names signed it.
    pub fn is_signed(&self) -> bool {
        signer_of(&self.text(), &self.signature) == Some(self.from.account)
    }
}

impl Partner {
    /// Acknowledges the recall of a lot that stands, with what the book knows of its packs.
    ///
    /// # Errors
    /// `LotUnknown`, `LotAmbiguous`, `NotRecalled`; `NoAccount`; those of the book.
    pub fn acknowledge(
        &self,
        (gtin, lot): (Option<&str>, &str),
        now_ms: u64,
    ) -> Result<RecallAck, Error> {
        let root = self.root_of(gtin, lot)?;
        let flag = self.recall_of(root)?;
        let known = self.book.lot(root)?;
        let known = known.ok_or_else(|| Refusal::LotUnknown(lot.to_owned()))?;
        let counts = self.book.pull_counts(flag.number, root)?;
        let owner = self.book.owner();
        let PullCounts {
            to_pull,
            pulled,
            not_found,
            dispensed,
            sent_on,
        } = counts;
        let mut ack = RecallAck {
            format: RecallAck::FORMAT.to_owned(),
            chain_id: owner.chain_id,
            root,
            flag: flag.number,
            to: known.organisation,
            from: Acknowledger {
                account: owner.account,
                organisation: owner.organisation,
                gln: owner.gln.clone(),
            },
            time_ms: now_ms,
            to_pull,
            pulled,
            not_found,
            dispensed,
            sent_on,
            signature: Bytes::new(),
        };
        let signature = self.client.account()?.sign_message(&ack.text());
        ack.signature = Bytes::copy_from_slice(&signature);
        Ok(ack)
    }

    /// An acknowledgement encrypted to the manufacturer's card.
    ///
    /// # Errors
    /// `CardNotOfLedger` for a card of another organisation than the one that it is for; those of the ledger.
    pub async fn seal_acknowledgement(&self, ack: &RecallAck, to: &Card) -> Result<Vec<u8>, Error> {
        if to.organisation != ack.to {
            return Err(Refusal::CardNotOfLedger(ack.to).into());
        }
        let key = to
            .encryption_key()
            .map_err(crate::packs::card::CardError::from)?;
        Ok(self
            .client
            .seal_package(&key, ack.to_json().as_bytes())
            .await?)
    }
}
