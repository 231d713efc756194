//! Someone signs data as they stand, with two keys.

use alloy_primitives::{B256, FixedBytes};
use theriac_contracts::codes::{Meaning, SignatureScope};
use theriac_evidence::trial::name_word;
use theriac_sdk::{account::Account, trials::NewSignature};

use super::{
    Error, Party, Refusal,
    book::{Document, DocumentKind, Follow, Logged},
};

/// What is to be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// A subject's data.
    Subject(u32),
    /// A site's data.
    Site(u16),
    /// The study.
    Study,
}

impl Signing {
    fn scope(self) -> SignatureScope {
        match self {
            Self::Subject(_) => SignatureScope::Subject,
            Self::Site(_) => SignatureScope::Site,
            Self::Study => SignatureScope::Study,
        }
    }
}

impl Party {
    /// Signs data as they stand now, which the book's log must be. A clock that is ahead of the last final block is held back to its time, since the ledger
    /// takes no signature from the future.
    ///
    /// # Errors
    /// `OtherFactor`; those of book and ledger.
    pub async fn sign(
        &mut self,
        what: Signing,
        (meaning, name): (Meaning, &str),
        (factor, now_ms): (&Account, u64),
    ) -> Result<Vec<Logged>, Error> {
        self.sync().await?;
        if self.client.factor_of(self.client.address()).await? != factor.address() {
            return Err(Refusal::OtherFactor.into());
        }
        let ledger_ms = self.client.head().await?.timestamp.to::<u64>() * 1_000;
        let (study, salt) = (self.study()?, FixedBytes::new(crate::random::random()));
        let (slot, site, data_root) = match what {
            Signing::Subject(slot) => {
                let subject = self.client.trial_subject(study, slot).await?;
                (slot, subject.site, subject.tip)
            }
            Signing::Site(site) => (0, site, self.client.trial(study).await?.root),
            Signing::Study => (0, 0, self.client.trial(study).await?.root),
        };
        let new = NewSignature {
            study,
            slot,
            site,
            scope: what.scope().code(),
            data_root,
            meaning: meaning.code(),
            name: name_word(&salt.0, name),
            time: now_ms.min(ledger_ms),
        };
        let signed = self.client.sign_data(new, factor).await?;
        let follow = Follow {
            documents: vec![printed_name(new.name, salt, name)],
            ..Follow::default()
        };
        let entered = self.enter(&signed.call(), &follow).await?;
        self.sync().await?;
        Ok(entered)
    }
}

/// A printed name with its salt, which fills the lower half of the document's.
fn printed_name(hash: B256, salt: FixedBytes<16>, name: &str) -> Document {
    Document {
        hash,
        kind: DocumentKind::Name,
        salt: B256::left_padding_from(salt.as_slice()),
        content: name.as_bytes().to_vec(),
    }
}

/// The salt of a printed name.
pub(super) fn name_salt(document: &Document) -> FixedBytes<16> {
    FixedBytes::from_slice(&document.salt[16..])
}
