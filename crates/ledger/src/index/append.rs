//! Adding finalised blocks.

use alloy_primitives::{B256, Bytes};
use redb::{ReadableTable, WriteTransaction};

use super::{
    ExecutedBlock, Index, IndexError, encode,
    open::Writer,
    span::{SpanKeys, last_of, span_of},
    tables::{self, ByHeight},
};

/// A block with what consensus says of it. Both byte strings are opaque to the index.
#[derive(Clone, Copy, Debug)]
pub struct FinalisedBlock<'a> {
    /// The block.
    pub block: &'a ExecutedBlock,
    /// The finalization certificate; empty where only a descendant's is known.
    pub certificate: &'a Bytes,
    /// The consensus section.
    pub section: &'a Bytes,
}

/// What an append did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// At least one block is new, and durable.
    New,
    /// Every block was there already.
    Known,
}

impl Index {
    /// Appends one finalised block; when it returns, the block is durable. The same block again
    /// changes nothing. An empty index takes a block of any height: its floor.
    ///
    /// # Errors
    ///
    /// [`IndexError::Gap`], [`IndexError::Conflict`], [`IndexError::WrongParent`],
    /// [`IndexError::BelowFloor`] or [`IndexError::ReceiptCount`] if the block does not belong
    /// here, [`IndexError::Database`] if the commit fails. The index is then as it was.
    pub fn append(
        &self,
        block: &ExecutedBlock,
        certificate: &Bytes,
        section: &Bytes,
    ) -> Result<Appended, IndexError> {
        self.append_all(&[FinalisedBlock {
            block,
            certificate,
            section,
        }])
    }

    /// Appends consecutive blocks in one durable commit: all of them or none.
    ///
    /// # Errors
    ///
    /// As [`Index::append`].
    pub fn append_all(&self, blocks: &[FinalisedBlock<'_>]) -> Result<Appended, IndexError> {
        let mut writer = self.writer.lock();
        let mut transaction = self.database.begin_write()?;
        // Else opening after a crash reads the whole file.
        transaction.set_quick_repair(true);
        let mut batch = Batch {
            head: writer.head,
            keys: SpanKeys::default(),
            crossed: false,
            appended: Appended::Known,
        };
        for finalised in blocks {
            if admit(&transaction, batch.head, finalised.block)? == Appended::New {
                batch.write(&transaction, &writer, finalised)?;
            }
        }
        let appended = batch.appended;
        if appended == Appended::New {
            transaction.commit()?;
            batch.settle(&mut writer);
        }
        Ok(appended)
    }
}

/// What a transaction in progress adds to the writer's memory once it is durable.
struct Batch {
    head: Option<(u64, B256)>,
    /// Log keys of the batch that belong to the head's span.
    keys: SpanKeys,
    /// Whether the batch completed a span.
    crossed: bool,
    appended: Appended,
}

impl Batch {
    fn write(
        &mut self,
        transaction: &WriteTransaction,
        writer: &Writer,
        finalised: &FinalisedBlock<'_>,
    ) -> Result<(), IndexError> {
        let block = finalised.block;
        write_block(transaction, finalised)?;
        write_places(transaction, block)?;
        for receipt in &block.receipts {
            receipt.logs.iter().for_each(|log| self.keys.add(log));
        }
        let span = span_of(block.height());
        if block.height() == last_of(span) {
            let mut keys = std::mem::take(&mut self.keys);
            if !self.crossed {
                keys.absorb(&writer.keys);
            }
            let mut spans = transaction.open_table(tables::SPANS)?;
            spans.insert(span, keys.filter().as_slice())?;
            self.crossed = true;
        }
        self.head = Some((block.height(), block.hash));
        self.appended = Appended::New;
        Ok(())
    }

    fn settle(self, writer: &mut Writer) {
        writer.head = self.head;
        if self.crossed {
            writer.keys = self.keys;
        } else {
            writer.keys.absorb(&self.keys);
        }
    }
}

/// Whether the block is new and follows the head.
fn admit(
    transaction: &WriteTransaction,
    head: Option<(u64, B256)>,
    block: &ExecutedBlock,
) -> Result<Appended, IndexError> {
    let height = block.height();
    if block.transactions.len() != block.receipts.len() {
        return Err(IndexError::ReceiptCount {
            height,
            transactions: block.transactions.len(),
            receipts: block.receipts.len(),
        });
    }
    let Some((head_height, head_hash)) = head else {
        return Ok(Appended::New);
    };
    if height <= head_height {
        return known(transaction, block);
    }
    if height != head_height + 1 {
        return Err(IndexError::Gap {
            expected: head_height + 1,
            got: height,
        });
    }
    if block.header.parent_hash != head_hash {
        return Err(IndexError::WrongParent {
            height,
            head: head_hash,
            got: block.header.parent_hash,
        });
    }
    Ok(Appended::New)
}

fn known(transaction: &WriteTransaction, block: &ExecutedBlock) -> Result<Appended, IndexError> {
    let height = block.height();
    let headers = transaction.open_table(tables::HEADERS.table())?;
    let Some(stored) = headers.get(height)? else {
        let floor = headers.first()?.map_or(0, |(floor, _)| floor.value());
        return Err(IndexError::BelowFloor { floor, got: height });
    };
    let (known, _) = encode::read_header(stored.value()).map_err(|_| IndexError::Damaged {
        table: "headers",
        height,
    })?;
    if known != block.hash {
        return Err(IndexError::Conflict {
            height,
            known,
            got: block.hash,
        });
    }
    Ok(Appended::Known)
}

fn write_block(
    transaction: &WriteTransaction,
    finalised: &FinalisedBlock<'_>,
) -> Result<(), IndexError> {
    let block = finalised.block;
    let height = block.height();
    let put = |table: ByHeight, bytes: Vec<u8>| {
        transaction
            .open_table(table.table())?
            .insert(height, bytes.as_slice())?;
        Ok::<(), IndexError>(())
    };
    put(tables::HEADERS, encode::header(block))?;
    put(tables::BODIES, encode::body(&block.transactions))?;
    put(tables::RECEIPTS, encode::receipts(&block.receipts))?;
    put(
        tables::CONSENSUS,
        encode::consensus(finalised.certificate, finalised.section),
    )?;
    transaction
        .open_table(tables::HEIGHTS)?
        .insert(block.hash.0, height)?;
    Ok(())
}

fn write_places(transaction: &WriteTransaction, block: &ExecutedBlock) -> Result<(), IndexError> {
    let mut places = transaction.open_table(tables::PLACES)?;
    for (index, indexed) in (0u32..).zip(&block.transactions) {
        places.insert((prefix(&indexed.hash), block.height(), index), ())?;
    }
    Ok(())
}

/// The first 8 bytes of a transaction hash.
pub(super) fn prefix(hash: &B256) -> u64 {
    let (prefix, _) = hash.split_first_chunk::<8>().expect("a hash has 32 bytes");
    u64::from_be_bytes(*prefix)
}
