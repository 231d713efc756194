//! Events that belong to no other entry are committed to.

use alloy_primitives::{Address, B256};

use super::state::{self, DOCUMENTS, Document, LIST_LIMIT};
use crate::{
    host::{Host, Stop},
    interfaces::IPacks::Committed,
    refusals::Refusal,
    trade::partner,
};

/// Commits to documents, each once ever, all or none.
///
/// # Errors
/// In this order: of [`partner`], `DocumentCountOutOfRange`; for each document `CommitmentMissing`, `DocumentTwice`, `DocumentCommitted`.
pub(super) fn commit(host: &mut dyn Host, caller: Address, documents: &[B256]) -> Result<(), Stop> {
    let actor = partner(host, caller)?;
    if !(1..=LIST_LIMIT).contains(&documents.len()) {
        return Err(Refusal::DocumentCountOutOfRange.into());
    }
    let now = Document {
        height: host.height(),
        time_ms: host.time_ms(),
    };
    let state = &mut state::state(host);
    for (index, document) in documents.iter().enumerate() {
        if document.is_zero() {
            return Err(Refusal::CommitmentMissing.into());
        }
        if documents[..index].contains(document) {
            return Err(Refusal::DocumentTwice.into());
        }
        if DOCUMENTS.at(state, *document)?.load(state)?.height != 0 {
            return Err(Refusal::DocumentCommitted.into());
        }
    }
    for document in documents {
        DOCUMENTS.at(state, *document)?.save(state, &now)?;
        state.emit(&Committed {
            document: *document,
            organisation: actor.organisation,
            account: caller,
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
