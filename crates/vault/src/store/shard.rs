//! Reads shards, and never gives out a piece that is not what its table says.

use super::count::Kind;
use super::failure::{StoreError, disk};
use super::layout;
use super::open::Store;
use super::trailer::{END_BYTES, Placement, Places};
use crate::coding::{HASH_BYTES, Outline, Piece};
use crate::wire::{Held, ShardName};
use bytes::Bytes;
use std::sync::Arc;
use theriac_envelope::ContentId;

/// The end of a shard's file, read and checked.
#[derive(Debug)]
pub(crate) struct Shard {
    places: Places,
    pub(crate) outline: Arc<Outline>,
    pub(crate) placement: Placement,
}

impl Shard {
    /// The shard as others are told of it.
    pub(crate) fn held(&self) -> Held {
        Held {
            name: self.places.name,
            length: self.places.length,
            epoch: self.placement.epoch,
        }
    }
}

impl Store {
    /// A shard that is held, or `None`. Its pieces are not read.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where its file cannot be one; [`StoreError::Disk`].
    pub(crate) fn shard(
        &self,
        id: &ContentId,
        name: ShardName,
    ) -> Result<Option<Arc<Shard>>, StoreError> {
        if let Some(shard) = self.shared.shards().get(&(*id, name)) {
            return Ok(Some(shard.clone()));
        }
        let file = layout::shard(id, name);
        let Some(length) = self.shared.length(&file)? else {
            return Ok(None);
        };
        let Some(shard) = self.read_shard(id, name, length)? else {
            self.quarantine_shard(id, name)?;
            return Err(StoreError::Damaged);
        };
        let shard = Arc::new(shard);
        self.shared.shards().put((*id, name), shard.clone());
        Ok(Some(shard))
    }

    /// The piece of a stripe with the hashes of its stripe, or `None` where there is no such shard or stripe.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Disk`].
    pub(crate) fn piece(
        &self,
        id: &ContentId,
        name: ShardName,
        stripe: u32,
    ) -> Result<Option<Piece>, StoreError> {
        let Some(shard) = self.shard(id, name)? else {
            return Ok(None);
        };
        let Some(bytes) = shard.places.piece_bytes(stripe) else {
            return Ok(None);
        };
        let table = Places::table_bytes(name);
        let record = bytes + table + HASH_BYTES;
        let offset = Places::record_at(name, stripe);
        let Some(mut piece) = self.read_file(id, name, offset, record)? else {
            return Ok(None);
        };
        if piece.len() != record {
            return Err(StoreError::Damaged);
        }
        let mut table_and_sum = piece.split_off(bytes);
        let sum = table_and_sum.split_off(table);
        let table = table_and_sum;
        if sum != Places::record_checksum(id, stripe, &table)[..] {
            return Err(StoreError::Damaged);
        }
        let piece = Piece {
            index: name.index,
            table,
            bytes: piece,
        };
        match piece.is_consistent(id, name.coding, stripe) {
            true => Ok(Some(piece)),
            false => Err(StoreError::Damaged),
        }
    }

    /// The end of the shard, read anew from the disk: what was kept of it in memory says nothing about the file.
    ///
    /// # Errors
    /// As [`Store::shard`].
    pub(crate) fn examine_shard(
        &self,
        id: &ContentId,
        name: ShardName,
    ) -> Result<Option<Arc<Shard>>, StoreError> {
        self.shared.shards().pop(&(*id, name));
        self.shard(id, name)
    }

    /// Removes a shard that is not needed here any more; whether it was there.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub(crate) fn remove_shard(&self, id: &ContentId, name: ShardName) -> Result<bool, StoreError> {
        let _naming = self.shared.naming(id);
        let length = self.remove_object(&layout::shard(id, name))?;
        self.shared.shards().pop(&(*id, name));
        self.shared.count(Kind::Shard, None, length);
        Ok(length.is_some())
    }

    fn read_shard(
        &self,
        id: &ContentId,
        name: ShardName,
        length: u64,
    ) -> Result<Option<Shard>, StoreError> {
        let at = length.saturating_sub(END_BYTES as u64);
        let end = self.read_file(id, name, at, END_BYTES)?;
        let Some(places) = end.and_then(|end| Places::of_end(name, &end, length)) else {
            return Ok(None);
        };
        let trailer = self.read_file(id, name, places.trailer_at(), places.trailer_bytes())?;
        let read = trailer.and_then(|trailer| places.read_trailer(id, &trailer));
        Ok(read.map(|(outline, placement)| Shard {
            places,
            outline: Arc::new(outline),
            placement,
        }))
    }

    fn read_file(
        &self,
        id: &ContentId,
        name: ShardName,
        offset: u64,
        bytes: usize,
    ) -> Result<Option<Bytes>, StoreError> {
        let file = layout::shard(id, name);
        let read = self.shared.objects.read(&file, offset, bytes);
        Ok(read.map_err(disk("reading a shard"))?.map(Bytes::from))
    }
}
