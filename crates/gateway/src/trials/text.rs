//! Free text about subjects: reasons, queries, signed consents.
//!
//! It is encrypted under the subject's key. A book that was never given that key, as of a data manager who asks without holding values,
//! encrypts what it asks under its own, and gives it to the site and the sponsor, whose books encrypt it under the subject's.

use alloy_primitives::B256;
use theriac_envelope::HeldKey;
use theriac_evidence::trial::Body;
use zeroize::Zeroizing;

use super::{Error, Party, Refusal, register::TEXT};
use crate::salted::Opening;

/// For what the book's key is used here.
const PURPOSE: &[u8] = b"theriac/trial/texts/v1";

/// A text with its salt, opened on its way to another book.
pub(super) struct OpenedText {
    pub(super) slot: u32,
    pub(super) hash: B256,
    /// Salt and text.
    pub(super) content: Zeroizing<Vec<u8>>,
}

fn context((study, slot): (B256, u32), hash: B256) -> Vec<u8> {
    let domain: &[u8] = b"theriac/trial/sealed-text/v1";
    let slot = slot.to_be_bytes();
    [domain, study.as_slice(), &slot, hash.as_slice()].concat()
}

/// Commits to a text about a subject, and encrypts it with its salt.
pub(super) fn seal_text(key: &HeldKey, place: (B256, u32), text: &[u8]) -> (B256, Vec<u8>) {
    let opening = Opening::fresh(TEXT, text);
    let sealed = seal_opening(key, place, (&opening, text));
    (opening.commitment, sealed)
}

/// Encrypts a text about a subject with the salt of its commitment.
pub(super) fn seal_opening(
    key: &HeldKey,
    place: (B256, u32),
    (opening, text): (&Opening, &[u8]),
) -> Vec<u8> {
    let content = Zeroizing::new([opening.salt.as_slice(), text].concat());
    let context = context(place, opening.commitment);
    key.encrypt(&content, &context, &mut rand::rng())
}

/// Salt and text of a commitment.
fn open(
    key: &HeldKey,
    place: (B256, u32),
    (hash, sealed): (B256, &[u8]),
) -> Option<Zeroizing<Vec<u8>>> {
    let content = key.decrypt(sealed, &context(place, hash)).ok()?;
    is_opened(hash, &content).then_some(content)
}

fn is_opened(hash: B256, content: &[u8]) -> bool {
    let split = content.split_first_chunk::<32>();
    split
        .is_some_and(|(salt, text)| crate::salted::commitment(TEXT, B256::new(*salt), text) == hash)
}

impl Party {
    /// The key for texts about a subject: its own, or the book's where the book never had the subject.
    ///
    /// # Errors
    /// `KeyAbsent` once it was destroyed; those of the book.
    pub(super) fn text_key(&self, slot: u32) -> Result<HeldKey, Error> {
        match self.book.subject(slot)? {
            Some(_) => self.subject_key(slot),
            None => Ok(self.key.held(PURPOSE)),
        }
    }

    /// Texts about a subject by what the ledger has of them: reasons, queries, the signed consent.
    ///
    /// # Errors
    /// `KeyAbsent`; those of the book.
    pub fn texts(&self, slot: u32) -> Result<Vec<(B256, Vec<u8>)>, Error> {
        let place = (self.study()?, slot);
        let keys = [self.text_key(slot)?, self.key.held(PURPOSE)];
        let texts = self.book.texts(slot)?.into_iter();
        let read = |(hash, sealed): (B256, Vec<u8>)| {
            let mut keys = keys.iter();
            let content = keys.find_map(|key| open(key, place, (hash, &sealed)))?;
            Some((hash, content.get(32..)?.to_vec()))
        };
        Ok(texts.filter_map(read).collect())
    }

    /// What this book asked of subjects whose data it never had, for an organisation: the sponsor's own, or that of the subject's site.
    pub(super) fn opened_texts(&self, organisation: u32) -> Result<Vec<OpenedText>, Error> {
        let (study, key) = (self.study()?, self.key.held(PURPOSE));
        let is_own = organisation == self.book.owner().organisation;
        let mut opened = Vec::new();
        for (slot, hash, sealed) in self.book.texts_of_others()? {
            if !is_own && self.organisation_of(slot)? != Some(organisation) {
                continue;
            }
            if let Some(content) = open(&key, (study, slot), (hash, &sealed)) {
                opened.push(OpenedText {
                    slot,
                    hash,
                    content,
                });
            }
        }
        Ok(opened)
    }

    /// The organisation of a subject's site.
    fn organisation_of(&self, slot: u32) -> Result<Option<u32>, Error> {
        const SITE: u8 = 3;
        let log = self.book.log_of(slot)?;
        let site = log.first().map(|logged| logged.entry.site);
        Ok(self.newest(SITE, |body| match body {
            Body::Site(body) if Some(body.site) == site => Some(body.organisation),
            _ => None,
        })?)
    }

    /// Keeps what another book asked about a subject.
    ///
    /// # Errors
    /// `PackageFaulty` where the text is not that of the commitment; those of the book.
    pub(super) fn take_text(&self, text: &OpenedText) -> Result<(), Error> {
        let OpenedText {
            slot,
            hash,
            content,
        } = text;
        if !is_opened(*hash, content) {
            return Err(Refusal::PackageFaulty("a text is not what it is named").into());
        }
        let key = self.text_key(*slot)?;
        let context = context((self.study()?, *slot), *hash);
        let sealed = key.encrypt(content, &context, &mut rand::rng());
        Ok(self.book.keep_text(*slot, (*hash, &sealed))?)
    }
}
