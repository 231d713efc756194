//! Writes a shard piece by piece, in any order: a temporary file, completed by leaf hashes that have the id, then named.

use super::count::Kind;
use super::failure::{StoreError, disk};
use super::layout;
use super::open::{Shared, Store};
use super::trailer::{Placement, Places};
use crate::coding::{Outline, Piece};
use crate::wire::ShardName;
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use theriac_envelope::{ContentId, MAX_CHUNKS};

/// So much is handed to the disk at once, so that completing a large shard does not wait for all of it.
const SYNC_BYTES: u64 = 32 << 20;

/// A shard being written. Dropping it before [`ShardUpload::complete`] leaves nothing behind.
pub(crate) struct ShardUpload {
    shared: Arc<Shared>,
    id: ContentId,
    name: ShardName,
    file: File,
    path: PathBuf,
    /// Bytes of the piece of each stripe; 0 where it has not come.
    pieces: Vec<u32>,
    leaves: Vec<u8>,
    reserved: u64,
    unsynced: u64,
}

impl Store {
    /// Begins a shard.
    ///
    /// # Errors
    /// [`StoreError::Erased`], [`StoreError::Disk`].
    pub(crate) fn begin_shard(
        &self,
        id: &ContentId,
        name: ShardName,
    ) -> Result<ShardUpload, StoreError> {
        let shared = self.shared.clone();
        if shared.is_marked(id)? {
            return Err(StoreError::Erased);
        }
        let number = shared.next_partial.fetch_add(1, Ordering::Relaxed);
        let path = shared.layout.partial.join(number.to_string());
        let file = File::create_new(&path);
        Ok(ShardUpload {
            file: file.map_err(disk("creating a temporary file in the vault"))?,
            shared,
            id: *id,
            name,
            path,
            pieces: Vec::new(),
            leaves: Vec::new(),
            reserved: 0,
            unsynced: 0,
        })
    }
}

impl ShardUpload {
    /// Writes the piece of a stripe; once more is harmless.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`] where the piece is not this shard's or not what its table says, [`StoreError::TooLarge`],
    /// [`StoreError::Full`], [`StoreError::Disk`].
    pub(crate) fn write(&mut self, stripe: u32, piece: &Piece) -> Result<(), StoreError> {
        let place = stripe as usize;
        let max = self.shared.limits.blob_bytes;
        if u64::from(stripe) >= MAX_CHUNKS.min(max.div_ceil(1 << 20)) {
            let got = (u64::from(stripe) + 1) << 20;
            return Err(StoreError::TooLarge { max, got });
        }
        let coding = self.name.coding;
        if piece.index != self.name.index
            || piece.bytes.is_empty()
            || !piece.is_consistent(&self.id, coding, stripe)
        {
            return Err(StoreError::Mismatch);
        }
        if self.pieces.len() <= place {
            self.pieces.resize(place + 1, 0);
        }
        if self.pieces[place] == piece.bytes.len() as u32 {
            return Ok(());
        }
        let bytes = (piece.bytes.len() + piece.table.len()) as u64;
        self.shared.reserve(bytes)?;
        self.reserved += bytes;
        let at = Places::record_at(self.name, stripe);
        let action = "writing a shard";
        self.file
            .write_all_at(&piece.bytes, at)
            .map_err(disk(action))?;
        let sum = Places::record_checksum(&self.id, stripe, &piece.table);
        let rest = [&piece.table[..], &sum].concat();
        self.file
            .write_all_at(&rest, at + piece.bytes.len() as u64)
            .map_err(disk(action))?;
        self.pieces[place] = piece.bytes.len() as u32;
        self.sync_now_and_then(bytes)
    }

    fn sync_now_and_then(&mut self, bytes: u64) -> Result<(), StoreError> {
        self.unsynced += bytes;
        if self.unsynced < SYNC_BYTES {
            return Ok(());
        }
        self.unsynced = 0;
        self.file
            .sync_data()
            .map_err(disk("making a shard durable"))
    }

    /// Takes leaf hashes that begin with leaf `from`; once more is harmless.
    ///
    /// # Errors
    /// [`StoreError::OutOfOrder`] where there is a gap, [`StoreError::TooLarge`] where there are more than a blob can have.
    pub(crate) fn outline(&mut self, from: u32, leaves: &[u8]) -> Result<(), StoreError> {
        let (have, from) = (self.leaves.len() / 32, from as usize);
        if from > have {
            return Err(StoreError::OutOfOrder {
                expected: have as u32,
                got: from as u32,
            });
        }
        let max = MAX_CHUNKS as usize * 32;
        if from * 32 + leaves.len() > max {
            let max = self.shared.limits.blob_bytes;
            return Err(StoreError::TooLarge { max, got: u64::MAX });
        }
        self.leaves.truncate(from * 32);
        self.leaves.extend_from_slice(leaves);
        Ok(())
    }

    /// Checks that everything came, makes the file durable and gives it its name. On return the shard survives a loss of power.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`] where leaves, length and id do not belong together or a piece is missing,
    /// [`StoreError::TooLarge`], [`StoreError::Erased`], [`StoreError::Disk`].
    pub(crate) fn complete(
        self,
        length: u64,
        placement: &Placement,
    ) -> Result<Arc<Outline>, StoreError> {
        let max = self.shared.limits.blob_bytes;
        if length > max {
            return Err(StoreError::TooLarge { max, got: length });
        }
        let places = Places {
            name: self.name,
            length,
        };
        let outline = Outline::of(self.id, length, &self.leaves).ok_or(StoreError::Mismatch)?;
        if placement.members.len() != Places::table_bytes(self.name) || !self.has_all(places) {
            return Err(StoreError::Mismatch);
        }
        let trailer = places.trailer(&outline, placement);
        let action = "making a shard durable";
        self.file
            .write_all_at(&trailer, places.trailer_at())
            .and_then(|()| self.file.set_len(places.file_bytes()))
            .and_then(|()| self.file.sync_all())
            .map_err(disk(action))?;
        self.publish(places.file_bytes())?;
        Ok(Arc::new(outline))
    }

    fn has_all(&self, places: Places) -> bool {
        self.pieces.len() == places.stripes() as usize
            && (0..places.stripes())
                .zip(&self.pieces)
                .all(|(stripe, bytes)| places.piece_bytes(stripe) == Some(*bytes as usize))
    }

    fn publish(&self, bytes: u64) -> Result<(), StoreError> {
        let name = layout::shard(&self.id, self.name);
        let _naming = self.shared.naming(&self.id);
        if self.shared.is_marked(&self.id)? {
            return Err(StoreError::Erased);
        }
        let replaced = self.shared.length(&name)?;
        self.shared
            .objects
            .publish(&self.path, &name)
            .map_err(disk("naming a shard"))?;
        self.shared.shards().pop(&(self.id, self.name));
        self.shared.count(Kind::Shard, Some(bytes), replaced);
        Ok(())
    }
}

impl Drop for ShardUpload {
    fn drop(&mut self) {
        self.shared.usage().reserved_bytes -= self.reserved;
        // Gone already when it was given its name; otherwise opening the store removes what stays here.
        let _ = fs::remove_file(&self.path);
    }
}
