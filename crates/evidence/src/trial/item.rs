//! One item of a form: a leaf of the form's tree.

use super::{Cursor, Malformed, cursor::write_text, log};
use crate::digest::sha256;
use alloy_primitives::B256;

/// Longest value or reason, in bytes.
pub const MAX_TEXT: usize = 1 << 16;

/// What an item says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ItemKind {
    /// A value as the source spelled it.
    Value = 0,
    /// A null: the value is the null flavour, a space and its reason.
    Null = 1,
    /// Removed: the value is empty.
    Removed = 2,
}

impl ItemKind {
    /// The kind of a code.
    ///
    /// # Errors
    /// There is no such kind.
    pub fn of(code: u8) -> Result<Self, Malformed> {
        match code {
            0 => Ok(Self::Value),
            1 => Ok(Self::Null),
            2 => Ok(Self::Removed),
            _ => Err(Malformed::new(
                "item.kind",
                format!("got {code}, expected 0 to 2"),
            )),
        }
    }
}

/// What a later version replaces, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaces {
    /// Hash of the leaf of the version before.
    pub leaf: B256,
    /// Reason code, 1 to 6.
    pub code: u8,
    /// The reason in words, which may be empty.
    pub reason: String,
}

/// One version of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The form's context.
    pub context: B256,
    /// From 1.
    pub version: u32,
    /// What keeps the value from being guessed.
    pub salt: [u8; 16],
    /// What it says.
    pub kind: ItemKind,
    /// The item's OID, 1 to 255 bytes.
    pub oid: String,
    /// The value.
    pub value: String,
    /// Present from version 2 on.
    pub replaces: Option<Replaces>,
}

impl Item {
    /// The bytes of the leaf.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64 + self.oid.len() + self.value.len());
        out.extend_from_slice(self.context.as_slice());
        out.extend_from_slice(&self.version.to_be_bytes());
        out.extend_from_slice(&self.salt);
        out.extend_from_slice(&[self.kind as u8, self.oid.len() as u8]);
        out.extend_from_slice(self.oid.as_bytes());
        write_text(&self.value, &mut out);
        if let Some(replaces) = &self.replaces {
            out.extend_from_slice(replaces.leaf.as_slice());
            out.push(replaces.code);
            write_text(&replaces.reason, &mut out);
        }
        out
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// The bytes are not exactly that, or beyond a limit.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut fields = Cursor::new("item", bytes);
        let (context, version, salt) = (fields.hash()?, fields.u32()?, fields.array()?);
        let kind = ItemKind::of(fields.u8()?)?;
        let length = fields.u8()?;
        if length == 0 || version == 0 {
            return Err(Malformed::new(
                "item",
                "an OID is never empty and versions begin with 1",
            ));
        }
        let oid = fields.str(usize::from(length))?.to_owned();
        let value = fields.text(MAX_TEXT)?.to_owned();
        let replaces = if version > 1 {
            let (leaf, code) = (fields.hash()?, fields.u8()?);
            let reason = fields.text(MAX_TEXT)?.to_owned();
            Some(Replaces { leaf, code, reason })
        } else {
            None
        };
        fields.close()?;
        Ok(Self {
            context,
            version,
            salt,
            kind,
            oid,
            value,
            replaces,
        })
    }

    /// The hash of the leaf.
    pub fn leaf(&self) -> B256 {
        log::leaf(&self.encode())
    }
}

/// The context of a form.
pub fn form_context(study: &B256, slot: u32, cell: u32) -> B256 {
    sha256(&[
        b"theriac/trial/form/v1",
        study.as_slice(),
        &slot.to_be_bytes(),
        &cell.to_be_bytes(),
    ])
}

/// The salt of the item number `index` in the tree of a capture or correction with this secret.
pub fn salt(secret: &B256, version: u32, index: u32) -> [u8; 16] {
    let digest = sha256(&[
        b"theriac/trial/salt/v1",
        secret.as_slice(),
        &version.to_be_bytes(),
        &index.to_be_bytes(),
    ]);
    digest[..16].try_into().expect("16 of 32 bytes")
}
