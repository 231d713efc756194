//! The opening of a form: its items whole with the form's secret, or some of them with their way to the root.

use super::{
    Cursor, Malformed,
    cursor::write_text,
    item::{ItemKind, MAX_TEXT},
    log::MAX_PATH,
};
use alloy_primitives::B256;

/// Most items of one form.
pub const MAX_ITEMS: u32 = 4_096;
/// Longest opening of a form, in bytes.
pub(super) const MAX_OPENING: usize = 8 << 20;

/// An item without what follows from its place: context, version, salt and the leaf that it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainItem {
    /// What it says.
    pub kind: ItemKind,
    /// The item's OID.
    pub oid: String,
    /// The value.
    pub value: String,
    /// Reason code and words of a later version.
    pub reason: Option<(u8, String)>,
}

/// An item with its way to the root of its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvedItem {
    /// Place in the form's tree.
    pub index: u32,
    /// The bytes of the leaf.
    pub leaf: Vec<u8>,
    /// Siblings from the leaf up.
    pub proof: Vec<B256>,
}

/// What an audience sees of the values of one capture or correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// All items.
    Whole {
        /// The form's secret.
        secret: B256,
        /// The items in the order of the tree.
        items: Vec<PlainItem>,
    },
    /// Some items.
    Chosen(Vec<ProvedItem>),
}

impl Opening {
    /// The bytes in a bundle.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self {
            Self::Whole { secret, items } => {
                out.push(0);
                out.extend_from_slice(secret.as_slice());
                out.extend_from_slice(&(items.len() as u32).to_be_bytes());
                items.iter().for_each(|item| write_plain(item, &mut out));
            }
            Self::Chosen(items) => {
                out.push(1);
                out.extend_from_slice(&(items.len() as u32).to_be_bytes());
                for item in items {
                    out.extend_from_slice(&item.index.to_be_bytes());
                    out.extend_from_slice(&(item.leaf.len() as u32).to_be_bytes());
                    out.extend_from_slice(&item.leaf);
                    write_path(&item.proof, &mut out);
                }
            }
        }
        out
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// The bytes are not exactly that, or beyond a limit.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut fields = Cursor::new("form", bytes);
        let mode = fields.u8()?;
        let opening = match mode {
            0 => {
                let secret = fields.hash()?;
                let count = count(&mut fields)?;
                let items = (0..count)
                    .map(|_| read_plain(&mut fields))
                    .collect::<Result<_, _>>()?;
                Self::Whole { secret, items }
            }
            1 => {
                let count = count(&mut fields)?;
                let items = (0..count)
                    .map(|_| read_proved(&mut fields))
                    .collect::<Result<_, _>>()?;
                Self::Chosen(items)
            }
            _ => {
                return Err(Malformed::new(
                    "form.mode",
                    format!("got {mode}, expected 0 or 1"),
                ));
            }
        };
        fields.close()?;
        Ok(opening)
    }
}

fn count(fields: &mut Cursor<'_>) -> Result<u32, Malformed> {
    let count = fields.u32()?;
    if count > MAX_ITEMS {
        return Err(Malformed::new(
            "form.items",
            format!("got {count}, expected at most {MAX_ITEMS}"),
        ));
    }
    Ok(count)
}

fn write_plain(item: &PlainItem, out: &mut Vec<u8>) {
    let later = if item.reason.is_some() { 0x80 } else { 0 };
    out.extend_from_slice(&[item.kind as u8 | later, item.oid.len() as u8]);
    out.extend_from_slice(item.oid.as_bytes());
    write_text(&item.value, out);
    if let Some((code, reason)) = &item.reason {
        out.push(*code);
        write_text(reason, out);
    }
}

fn read_plain(fields: &mut Cursor<'_>) -> Result<PlainItem, Malformed> {
    let kind = fields.u8()?;
    let length = fields.u8()?;
    let oid = fields.str(usize::from(length))?.to_owned();
    let value = fields.text(MAX_TEXT)?.to_owned();
    let reason = match kind & 0x80 {
        0 => None,
        _ => Some((fields.u8()?, fields.text(MAX_TEXT)?.to_owned())),
    };
    Ok(PlainItem {
        kind: ItemKind::of(kind & 0x7f)?,
        oid,
        value,
        reason,
    })
}

fn read_proved(fields: &mut Cursor<'_>) -> Result<ProvedItem, Malformed> {
    let index = fields.u32()?;
    let length = fields.u32()? as usize;
    if length > 3 * MAX_TEXT {
        return Err(Malformed::length("item", length, 3 * MAX_TEXT));
    }
    let leaf = fields.bytes(length)?.to_vec();
    Ok(ProvedItem {
        index,
        leaf,
        proof: read_path(fields)?,
    })
}

/// Appends a way to a root: the count of hashes (1), then the hashes.
pub(crate) fn write_path(path: &[B256], out: &mut Vec<u8>) {
    out.push(path.len() as u8);
    path.iter()
        .for_each(|hash| out.extend_from_slice(hash.as_slice()));
}

/// Reads what [`write_path`] wrote.
pub(crate) fn read_path(fields: &mut Cursor<'_>) -> Result<Vec<B256>, Malformed> {
    let count = usize::from(fields.u8()?);
    if count > MAX_PATH {
        return Err(Malformed::new(
            "proof",
            format!("got {count} hashes, expected at most {MAX_PATH}"),
        ));
    }
    (0..count).map(|_| fields.hash()).collect()
}
