//! The items of a form, from its capture through its corrections.

use std::collections::BTreeSet;

use alloy_primitives::B256;
use theriac_envelope::HeldKey;
use theriac_evidence::trial::{Cell, MAX_TEXT, Opening, PlainItem, form_context};

use super::{
    Error, Refusal,
    book::{BookError, FormRow, NewFormRow},
};

/// Where a form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The study.
    pub study: B256,
    /// The subject.
    pub slot: u32,
    /// The cell.
    pub cell: u32,
}

impl Place {
    /// The form before anything was captured.
    pub(super) fn empty(self) -> Cell {
        Cell::new(form_context(&self.study, self.slot, self.cell))
    }
}

/// The form as after a tree that the book keeps.
///
/// # Errors
/// `Damaged`: what the book keeps followed what it kept before.
pub(super) fn follow(
    standing: &mut Cell,
    (secret, items): (&B256, &[PlainItem]),
) -> Result<(), BookError> {
    let damaged = |_| BookError::Damaged("an item of a form does not follow the version before it");
    standing.apply(secret, items).map_err(damaged)?;
    Ok(())
}

/// Checks items of one form: 1 to 255 bytes of OID, once each, no text above the limit.
pub(super) fn check(place: Place, items: &[PlainItem]) -> Result<(), Refusal> {
    let Place { slot, cell, .. } = place;
    if items.is_empty() {
        return Err(Refusal::Nothing);
    }
    let mut seen = BTreeSet::new();
    let is_fine =
        |item: &PlainItem| (1..=255).contains(&item.oid.len()) && item.value.len() <= MAX_TEXT;
    match items
        .iter()
        .all(|item| is_fine(item) && seen.insert(&item.oid))
    {
        true => Ok(()),
        false => Err(Refusal::ItemFaulty { slot, cell }),
    }
}

/// Encrypts a form under the subject's key.
pub(super) fn seal(
    (place, key): (Place, &HeldKey),
    root: B256,
    secret: B256,
    items: Vec<PlainItem>,
) -> NewFormRow {
    let opening = zeroize::Zeroizing::new(Opening::Whole { secret, items }.encode());
    NewFormRow {
        slot: place.slot,
        cell: place.cell,
        root,
        sealed: key.encrypt(&opening, &associated(place, root), &mut rand::rng()),
    }
}

/// Decrypts a form.
pub(super) fn open(
    (study, key): (B256, &HeldKey),
    row: &FormRow,
) -> Result<(B256, Vec<PlainItem>), Error> {
    let place = Place {
        study,
        slot: row.slot,
        cell: row.cell,
    };
    let damaged = |_| BookError::Damaged("a form does not decrypt");
    let bytes = key
        .decrypt(&row.sealed, &associated(place, row.root))
        .map_err(damaged)?;
    match Opening::decode(&bytes)? {
        Opening::Whole { secret, items } => Ok((secret, items)),
        Opening::Chosen(_) => Err(BookError::Damaged("a form is not whole").into()),
    }
}

fn associated(place: Place, root: B256) -> Vec<u8> {
    let (slot, cell) = (place.slot.to_be_bytes(), place.cell.to_be_bytes());
    let domain: &[u8] = b"theriac/trial/sealed-form/v1";
    [
        domain,
        place.study.as_slice(),
        &slot,
        &cell,
        root.as_slice(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use theriac_evidence::trial::ItemKind;

    fn value(oid: &str, value: &str) -> PlainItem {
        PlainItem {
            kind: ItemKind::Value,
            oid: oid.to_owned(),
            value: value.to_owned(),
            reason: None,
        }
    }

    const PLACE: Place = Place {
        study: B256::repeat_byte(7),
        slot: 3,
        cell: 4,
    };

    #[test]
    fn a_form_opens_with_its_key_and_in_its_place_alone() {
        let key = crate::trials::keys::fresh();
        let root = B256::repeat_byte(9);
        let secret = B256::repeat_byte(1);
        let sealed = seal((PLACE, &key), root, secret, vec![value("SYSBP", "118")]);
        let row = FormRow {
            slot: 3,
            cell: 4,
            number: 0,
            root,
            sealed: sealed.sealed,
            entry: None,
        };
        let (got, items) = open((PLACE.study, &key), &row).unwrap();
        assert_eq!((got, items), (secret, vec![value("SYSBP", "118")]));
        let elsewhere = FormRow {
            slot: 4,
            ..row.clone()
        };
        assert!(open((PLACE.study, &key), &elsewhere).is_err());
        assert!(open((PLACE.study, &crate::trials::keys::fresh()), &row).is_err());
    }

    #[test]
    fn an_item_twice_and_one_without_a_name_are_refused() {
        let faulty = Refusal::ItemFaulty { slot: 3, cell: 4 };
        assert_eq!(check(PLACE, &[]), Err(Refusal::Nothing));
        assert_eq!(check(PLACE, &[value("", "1")]), Err(faulty.clone()));
        let twice = [value("A", "1"), value("A", "2")];
        assert_eq!(check(PLACE, &twice), Err(faulty));
        assert_eq!(check(PLACE, &[value("A", "1"), value("B", "1")]), Ok(()));
    }
}
