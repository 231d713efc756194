//! Lists that the unblinding opened: every party gets them, and every bundle has them.

use std::collections::BTreeMap;

use alloy_primitives::B256;
use theriac_evidence::trial::{
    Body,
    list::{BaseEntry, base_root, secret_commitment},
};

use super::{Error, Party, Refusal, list::Kept};

impl Party {
    /// The lists that are open in this book.
    pub(super) fn own_lists(&self) -> Result<BTreeMap<u16, Vec<BaseEntry>>, Error> {
        let lists = self.published()?.into_iter();
        Ok(lists.map(|(list, kept)| (list, kept.base())).collect())
    }

    /// Their secrets.
    pub(super) fn opened_secrets(&self) -> Result<Vec<(u16, B256)>, Error> {
        let lists = self.published()?.into_iter();
        Ok(lists.map(|(list, kept)| (list, kept.secret)).collect())
    }

    fn published(&self) -> Result<Vec<(u16, Kept)>, Error> {
        let read = |(list, bytes): (u16, Vec<u8>)| Ok((list, Kept::read(&bytes)?));
        self.book.published_lists()?.into_iter().map(read).collect()
    }

    /// Keeps a list that another book opened.
    ///
    /// # Errors
    /// `PackageFaulty` where the study is not unblinded, or another list was committed to; those of the book.
    pub(super) fn take_list(&mut self, list: u16, content: &[u8]) -> Result<(), Error> {
        const COMMITTED: u8 = 14;
        const UNBLINDED: u8 = 20;
        if self.book.log_of_kind(UNBLINDED)?.is_empty() {
            return Err(Refusal::PackageFaulty("it opens a list before the unblinding").into());
        }
        let unread = |_| Refusal::PackageFaulty("a list cannot be read");
        let kept = Kept::read(content).map_err(unread)?;
        let told = (base_root(&kept.base()), secret_commitment(&kept.secret));
        let committed = self.newest(COMMITTED, |body| match body {
            Body::ListCommitted(body) if body.list == list => Some((body.base_root, body.secret)),
            _ => None,
        })?;
        match committed == Some(told) {
            true => Ok(self.book.keep_published(list, content)?),
            false => {
                Err(Refusal::PackageFaulty("a list is not that which was committed to").into())
            }
        }
    }
}
