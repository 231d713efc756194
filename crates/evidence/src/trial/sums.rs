//! The sum tree over the subjects: the shape of RFC 9162, with sums in every node and in the root.

use super::{Cursor, Malformed, Subject, log::LogFailure};
use crate::digest::sha256;
use alloy_primitives::B256;

/// Bytes of the sums.
pub const SUMS_BYTES: usize = 48;

/// What the subjects add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sums {
    /// Subjects.
    pub subjects: u32,
    /// Entries that concern one.
    pub entries: u64,
    /// Items captured.
    pub items: u64,
    /// Nulls among them.
    pub nulls: u64,
    /// Forms that are due and neither captured nor declared missed.
    pub missing: u64,
    /// Open queries.
    pub open_queries: u64,
    /// Subjects for whom an investigator's signature is due.
    pub unsigned: u32,
}

impl Sums {
    /// The bytes in a node.
    pub fn encode(&self) -> [u8; SUMS_BYTES] {
        let parts: [&[u8]; 7] = [
            &self.subjects.to_be_bytes(),
            &self.entries.to_be_bytes(),
            &self.items.to_be_bytes(),
            &self.nulls.to_be_bytes(),
            &self.missing.to_be_bytes(),
            &self.open_queries.to_be_bytes(),
            &self.unsigned.to_be_bytes(),
        ];
        parts
            .concat()
            .try_into()
            .expect("the fields have 48 bytes together")
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// Another length.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut fields = Cursor::new("sums", bytes);
        let sums = Self {
            subjects: fields.u32()?,
            entries: fields.u64()?,
            items: fields.u64()?,
            nulls: fields.u64()?,
            missing: fields.u64()?,
            open_queries: fields.u64()?,
            unsigned: fields.u32()?,
        };
        fields.close()?;
        Ok(sums)
    }

    /// Both together; `None` where a sum has no room in its field.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        Some(Self {
            subjects: self.subjects.checked_add(other.subjects)?,
            entries: self.entries.checked_add(other.entries)?,
            items: self.items.checked_add(other.items)?,
            nulls: self.nulls.checked_add(other.nulls)?,
            missing: self.missing.checked_add(other.missing)?,
            open_queries: self.open_queries.checked_add(other.open_queries)?,
            unsigned: self.unsigned.checked_add(other.unsigned)?,
        })
    }
}

/// A node: its hash and its sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SumNode {
    /// The hash.
    pub hash: B256,
    /// The sums of all leaves below.
    pub sums: Sums,
}

impl SumNode {
    /// The leaf of a record.
    pub fn of(subject: &Subject) -> Self {
        let hash = sha256(&[&[0], &subject.encode()]);
        Self {
            hash,
            sums: subject.sums(),
        }
    }

    /// The node over two others; `None` where a sum overflows.
    pub fn over(left: &Self, right: &Self) -> Option<Self> {
        let sums = left.sums.plus(&right.sums)?;
        let parts: [&[u8]; 5] = [
            &[1],
            left.hash.as_slice(),
            &left.sums.encode(),
            right.hash.as_slice(),
            &right.sums.encode(),
        ];
        Some(Self {
            hash: sha256(&parts),
            sums,
        })
    }

    /// The root of a tree whose topmost node this is.
    pub fn root(&self) -> B256 {
        sha256(&[&[2], &self.sums.encode(), self.hash.as_slice()])
    }
}

/// The root of the tree without subjects.
pub fn empty_sums_root() -> B256 {
    sha256(&[&[2], &[0; SUMS_BYTES]])
}

/// The tree over records that come in the order of their slots.
#[derive(Debug, Clone, Default)]
pub struct SumTree {
    size: u64,
    nodes: Vec<SumNode>,
}

impl SumTree {
    /// Appends the next record; `None` where a sum overflows.
    pub fn append(&mut self, subject: &Subject) -> Option<()> {
        let mut carried = SumNode::of(subject);
        for _ in 0..self.size.trailing_ones() {
            let left = self
                .nodes
                .pop()
                .expect("one node for each set bit of the size");
            carried = SumNode::over(&left, &carried)?;
        }
        self.nodes.push(carried);
        self.size += 1;
        Some(())
    }

    /// The topmost node; `None` without subjects, or where a sum overflows.
    pub fn top(&self) -> Option<SumNode> {
        let mut nodes = self.nodes.iter().rev();
        let last = *nodes.next()?;
        nodes.try_fold(last, |right, left| SumNode::over(left, &right))
    }

    /// The root.
    pub fn root(&self) -> Option<B256> {
        match self.size {
            0 => Some(empty_sums_root()),
            _ => self.top().map(|top| top.root()),
        }
    }
}

/// The way from record number `index` (from 0) to the top, over all records.
pub fn prove_subject(records: &[Subject], index: usize) -> Option<Vec<SumNode>> {
    let (mut start, mut end, mut path) = (0, records.len(), Vec::new());
    if index >= end {
        return None;
    }
    while end - start > 1 {
        let width = end - start;
        let middle = start + (1 << (usize::BITS - 1 - (width - 1).leading_zeros()));
        let (own, other) = if index < middle {
            ((start, middle), middle..end)
        } else {
            ((middle, end), start..middle)
        };
        path.push(top_of(&records[other])?);
        (start, end) = own;
    }
    path.reverse();
    Some(path)
}

fn top_of(records: &[Subject]) -> Option<SumNode> {
    let mut tree = SumTree::default();
    records.iter().try_for_each(|record| tree.append(record))?;
    tree.top()
}

/// Checks a record number `index` of `size` under the root; returns the sums of all.
///
/// # Errors
/// See [`LogFailure`]; a sum that overflows leads nowhere.
pub fn verify_subject(
    (index, size): (u64, u64),
    subject: &Subject,
    proof: &[SumNode],
    root: &B256,
) -> Result<Sums, LogFailure> {
    if index >= size {
        return Err(LogFailure::OutOfRange { index, size });
    }
    let length = LogFailure::Length { got: proof.len() };
    let (mut place, mut last, mut own) = (index, size - 1, SumNode::of(subject));
    for sibling in proof {
        if last == 0 {
            return Err(length);
        }
        let is_right = place & 1 == 1 || place == last;
        let (left, right) = if is_right {
            (sibling, &own)
        } else {
            (&own, sibling)
        };
        own = SumNode::over(left, right).ok_or(length)?;
        while is_right && place & 1 == 0 && place != 0 {
            place >>= 1;
            last >>= 1;
        }
        place >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(length);
    }
    let got = own.root();
    if got != *root {
        return Err(LogFailure::Root {
            got,
            expected: *root,
        });
    }
    Ok(own.sums)
}
