//! A list is made and committed to, drawn, and its entries sealed.

use alloy_primitives::B256;
use theriac_contracts::interfaces::ITrials::{commitListCall, sealListCall};
use theriac_evidence::trial::{
    Body,
    list::{base_root, secret_commitment},
};

use super::{
    kept::{Kept, NewList},
    sealed,
};
use crate::trials::{
    Error, Party, Refusal,
    book::{Document, DocumentKind, Follow},
};

impl Party {
    /// Makes a list of permuted blocks and commits to it; returns its number.
    ///
    /// # Errors
    /// `ListFaulty`; those of book and ledger.
    pub async fn commit_list(&mut self, new: &NewList) -> Result<u16, Error> {
        let kept = Kept::make(new)?;
        let study = self.study()?;
        let list = self.client.trial(study).await?.lists + 1;
        self.keep_list(list, &kept).await?;
        let call = commitListCall {
            study,
            list,
            stratum: kept.stratum_word(),
            baseRoot: base_root(&kept.base()),
            length: kept.length(),
            blockLength: kept.block_length,
            delay: new.delay,
            secret: secret_commitment(&kept.secret),
        };
        self.enter(&call, &Follow::default()).await?;
        self.sync().await?;
        Ok(list)
    }

    /// Shows the ledger the block whose random value orders a list; anyone enrolled may.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn draw_list(&mut self, list: u16) -> Result<(), Error> {
        let study = self.study()?;
        self.client.draw_list(study, list).await?;
        self.sync().await
    }

    /// Seals the entries of a drawn list in the order in which they will be opened, each under a key that the network's keepers alone open. They go to
    /// the other books with the next copy.
    ///
    /// # Errors
    /// `ListAbsent`; those of book and ledger.
    pub async fn seal_list(&mut self, list: u16) -> Result<(), Error> {
        let kept = self.kept_list(list).await?;
        let ordered = kept.ordered(&self.prevrandao(list)?);
        let (chain_id, study) = (self.client.chain_id().await?, self.study()?);
        let group_key = self.client.group_key().await?;
        // Two pairings for an entry: thousands of them would keep other work from this thread.
        let work = move || sealed::seal(&ordered, (chain_id, &group_key), (study, list));
        let content = tokio::task::spawn_blocking(work).await;
        let content = content.expect("sealing does not panic and is not aborted")?;
        let root = sealed::root_of(&content).expect("it was just sealed");
        let document = Document {
            hash: root,
            kind: DocumentKind::SealedList,
            salt: B256::ZERO,
            content,
        };
        let follow = Follow {
            documents: vec![document],
            ..Follow::default()
        };
        self.enter(&sealListCall { study, list, root }, &follow)
            .await?;
        self.sync().await
    }

    /// The random value from which a list was drawn.
    pub(super) fn prevrandao(&self, list: u16) -> Result<B256, Error> {
        const DRAWN: u8 = 15;
        let drawn = self.newest(DRAWN, |body| match body {
            Body::ListDrawn(drawn) if drawn.list == list => Some(drawn.prevrandao),
            _ => None,
        })?;
        Ok(drawn.ok_or(Refusal::ListFaulty("it is not drawn"))?)
    }

    async fn keep_list(&self, list: u16, kept: &Kept) -> Result<(), Error> {
        let own = self.client.package_key()?;
        let sealed = self.client.seal_package(&own, &to_bytes(kept)).await?;
        Ok(self.book.keep_list(list, &sealed)?)
    }

    pub(super) async fn kept_list(&self, list: u16) -> Result<Kept, Error> {
        if let Some(published) = self.book.published_list(list)? {
            return Kept::read(&published);
        }
        let sealed = self.book.list(list)?.ok_or(Refusal::ListAbsent(list))?;
        let bytes = match self.client.open_package(&sealed).await {
            Ok(bytes) => bytes,
            Err(theriac_sdk::Error::Package(_)) => return Err(Refusal::Blinded.into()),
            Err(error) => return Err(error.into()),
        };
        Kept::read(&bytes)
    }
}

pub(super) fn to_bytes(kept: &Kept) -> Vec<u8> {
    serde_json::to_vec(kept).expect("a list is text and numbers")
}
