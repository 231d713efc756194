//! Views of products, lots, closings, exits and documents.

use alloy_primitives::{Address, B256};

use super::state::{
    self, CLOSED_IN, CLOSINGS, DOCUMENTS, EXITS, LOTS, PRODUCT_AT, PRODUCT_COUNT, PRODUCTS, UNDOS,
    standing_on_pack,
};
use crate::{
    host::{Halt, Host, Stop},
    interfaces::IPacks::{Closing, Document, Exit, Lot, Product, productsReturn},
    page::page,
    refusals::Refusal,
    storage::State,
};

/// A product that is claimed.
///
/// # Errors
/// `ProductUnknown`.
pub(super) fn product(host: &mut dyn Host, gtin: u64) -> Result<Product, Stop> {
    let found = show_product(&mut state::state(host), gtin)?;
    if found.holder == 0 {
        return Err(Refusal::ProductUnknown.into());
    }
    Ok(found)
}

/// A page of products.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn products(host: &mut dyn Host, from: u64, limit: u32) -> Result<productsReturn, Stop> {
    let state = &mut state::state(host);
    let total = PRODUCT_COUNT.load(state)?;
    let mut products = Vec::new();
    for index in page(from, limit, total)? {
        let gtin = PRODUCT_AT.at(state, index)?.load(state)?;
        products.push(show_product(state, gtin)?);
    }
    Ok(productsReturn {
        page: products,
        total,
    })
}

fn show_product(state: &mut State<'_>, gtin: u64) -> Result<Product, Halt> {
    let place = PRODUCTS.at(state, gtin)?;
    let claim = place.claim.load(state)?;
    Ok(Product {
        gtin,
        holder: claim.holder,
        responder: place.responder.load(state)?,
        changedTimeMs: claim.changed_time_ms,
    })
}

/// A lot.
///
/// # Errors
/// `LotUnknown`.
pub(super) fn lot(host: &mut dyn Host, root: B256) -> Result<Lot, Stop> {
    let state = &mut state::state(host);
    let lot = LOTS.at(state, root)?.load(state)?;
    if lot.organisation == 0 {
        return Err(Refusal::LotUnknown.into());
    }
    Ok(Lot {
        root,
        organisation: lot.organisation,
        account: lot.account,
        key: lot.key,
        document: lot.document,
        height: lot.height,
        timeMs: lot.time_ms,
    })
}

/// What became of all that a key held; zeros while it is not closed.
pub(super) fn closing(host: &mut dyn Host, key: Address) -> Result<Closing, Halt> {
    let state = &mut state::state(host);
    let number = CLOSED_IN.at(state, key)?.load(state)?;
    let closing = CLOSINGS.at(state, number)?.load(state)?;
    Ok(Closing {
        number,
        commitment: closing.commitment,
        document: closing.document,
        organisation: closing.organisation,
        account: closing.account,
        height: closing.height,
        timeMs: closing.time_ms,
    })
}

/// Whether a pack has left.
pub(super) fn exit(host: &mut dyn Host, nullifier: B256) -> Result<Exit, Halt> {
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let exit = EXITS.at(state, nullifier)?.load(state)?;
    let undo = UNDOS.at(state, nullifier)?.load(state)?;
    let standing = standing_on_pack(state, nullifier)?;
    let undoable = exit.kind != 0 && !undo.is_zero() && standing == 0 && !exit.is_settled(time_ms);
    Ok(Exit {
        kind: exit.kind,
        organisation: exit.organisation,
        account: exit.account,
        height: exit.height,
        timeMs: exit.time_ms,
        exits: exit.exits,
        contested: exit.contested,
        reservedFor: exit.reserved_for,
        undoable,
    })
}

/// When a document was committed; zeros when it was not.
pub(super) fn document(host: &mut dyn Host, hash: B256) -> Result<Document, Halt> {
    let state = &mut state::state(host);
    let found = DOCUMENTS.at(state, hash)?.load(state)?;
    Ok(Document {
        height: found.height,
        timeMs: found.time_ms,
    })
}

#[cfg(test)]
mod tests;
