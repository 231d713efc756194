//! The index: what is appended is found, what does not follow is refused.

use alloy_consensus::{Header, TxType};
use alloy_primitives::{Address, B256, Bloom, Bytes, Log, keccak256, logs_bloom};
use tempfile::TempDir;

use super::*;

fn index() -> (TempDir, Index) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = Index::open(folder.path().join("index.redb")).expect("a fresh index opens");
    (folder, index)
}

fn log(address: u8, topics: &[u8]) -> Log {
    let topics = topics
        .iter()
        .map(|topic| B256::repeat_byte(*topic))
        .collect();
    Log::new_unchecked(
        Address::repeat_byte(address),
        topics,
        Bytes::from_static(b"data"),
    )
}

fn block(height: u64, parent_hash: B256, transactions: Vec<Vec<Log>>) -> ExecutedBlock {
    let logs_bloom: Bloom = logs_bloom(transactions.iter().flatten());
    let header = Header {
        number: height,
        parent_hash,
        logs_bloom,
        timestamp: 1_700_000_000 + height,
        ..Header::default()
    };
    let receipt = |logs: &Vec<Log>| IndexedReceipt {
        kind: TxType::Eip1559,
        success: true,
        cumulative_gas_used: 21_000,
        gas_used: 21_000,
        contract_address: logs.is_empty().then(|| Address::repeat_byte(0xcc)),
        logs: logs.clone(),
    };
    let transaction = |position: usize| {
        let raw = keccak256([height.to_be_bytes(), (position as u64).to_be_bytes()].concat());
        IndexedTransaction::new(raw.to_vec().into(), Address::repeat_byte(7))
    };
    ExecutedBlock {
        hash: header.hash_slow(),
        header,
        transactions: (0..transactions.len()).map(transaction).collect(),
        receipts: transactions.iter().map(receipt).collect(),
    }
}

fn extend(index: &Index, blocks: u64, logs: impl Fn(u64) -> Vec<Vec<Log>>) -> Vec<ExecutedBlock> {
    let (start, mut parent) = index
        .head()
        .map_or((0, B256::ZERO), |(height, hash)| (height + 1, hash));
    let mut chain = Vec::new();
    for height in start..start + blocks {
        let next = block(height, parent, logs(height));
        parent = next.hash;
        chain.push(next);
    }
    let empty = Bytes::new();
    let finalised: Vec<_> = chain
        .iter()
        .map(|block| FinalisedBlock {
            block,
            certificate: &empty,
            section: &empty,
        })
        .collect();
    index
        .append_all(&finalised)
        .expect("consecutive blocks append");
    chain
}

fn limits() -> LogLimits {
    LogLimits {
        logs: 1_000,
        blocks_read: 1_000_000,
    }
}

#[test]
fn a_block_is_found_by_height_hash_and_transaction_after_reopening() {
    let (folder, index) = index();
    let one = block(
        0,
        B256::ZERO,
        vec![vec![log(1, &[2, 3])], vec![], vec![log(4, &[])]],
    );
    let certificate = Bytes::from_static(b"certificate");
    let section = Bytes::from_static(b"section");
    index.append(&one, &certificate, &section).unwrap();
    drop(index);

    let index = Index::open(folder.path().join("index.redb")).unwrap();
    assert_eq!(index.head(), Some((0, one.hash)));
    assert_eq!(index.block(0).unwrap().as_ref(), Some(&one));
    assert_eq!(index.height_of(&one.hash).unwrap(), Some(0));
    assert_eq!(index.consensus(0).unwrap(), Some((certificate, section)));
    let located = index
        .transaction(&one.transactions[2].hash)
        .unwrap()
        .unwrap();
    assert_eq!(located.index, 2);
    assert_eq!(located.logs_before, 1);
    assert_eq!(located.receipt, one.receipts[2]);
    assert_eq!(located.transaction, one.transactions[2]);
    assert_eq!(located.block.hash, one.hash);
}

#[test]
fn what_is_absent_is_none() {
    let (_folder, index) = index();
    assert_eq!(index.head(), None);
    assert_eq!(index.floor().unwrap(), None);
    assert_eq!(index.block(0).unwrap(), None);
    assert_eq!(index.transaction(&B256::repeat_byte(1)).unwrap(), None);
    assert_eq!(index.height_of(&B256::repeat_byte(1)).unwrap(), None);
    assert_eq!(
        index.logs(&LogFilter::default(), 0..=9, limits()).unwrap(),
        LogPage::default()
    );
}

#[test]
fn the_same_block_again_changes_nothing() {
    let (_folder, index) = index();
    let chain = extend(&index, 3, |_| vec![vec![]]);
    let empty = Bytes::new();
    assert_eq!(
        index.append(&chain[1], &empty, &empty).unwrap(),
        Appended::Known
    );
    assert_eq!(index.head(), Some((2, chain[2].hash)));
}

#[test]
fn a_gap_is_refused() {
    let (_folder, index) = index();
    let chain = extend(&index, 2, |_| vec![]);
    let far = block(5, chain[1].hash, vec![]);
    let refusal = index
        .append(&far, &Bytes::new(), &Bytes::new())
        .unwrap_err();
    assert!(
        matches!(
            refusal,
            IndexError::Gap {
                expected: 2,
                got: 5
            }
        ),
        "{refusal}"
    );
}

#[test]
fn another_block_at_a_known_height_is_refused() {
    let (_folder, index) = index();
    let chain = extend(&index, 2, |_| vec![]);
    let other = block(1, chain[0].hash, vec![vec![log(1, &[])]]);
    let refusal = index
        .append(&other, &Bytes::new(), &Bytes::new())
        .unwrap_err();
    assert!(
        matches!(refusal, IndexError::Conflict { height: 1, .. }),
        "{refusal}"
    );
    assert_eq!(index.block(1).unwrap().unwrap(), chain[1]);
}

#[test]
fn a_block_with_another_parent_is_refused() {
    let (_folder, index) = index();
    extend(&index, 2, |_| vec![]);
    let orphan = block(2, B256::repeat_byte(9), vec![]);
    let refusal = index
        .append(&orphan, &Bytes::new(), &Bytes::new())
        .unwrap_err();
    assert!(
        matches!(refusal, IndexError::WrongParent { height: 2, .. }),
        "{refusal}"
    );
}

#[test]
fn a_block_without_a_receipt_is_refused() {
    let (_folder, index) = index();
    let mut short = block(0, B256::ZERO, vec![vec![]]);
    short.receipts.clear();
    let refusal = index
        .append(&short, &Bytes::new(), &Bytes::new())
        .unwrap_err();
    assert!(
        matches!(refusal, IndexError::ReceiptCount { .. }),
        "{refusal}"
    );
    assert_eq!(index.head(), None);
}

#[test]
fn a_refused_batch_leaves_nothing_behind() {
    let (_folder, index) = index();
    let first = block(0, B256::ZERO, vec![vec![log(1, &[])]]);
    let orphan = block(1, B256::repeat_byte(9), vec![]);
    let empty = Bytes::new();
    let batch = [&first, &orphan].map(|block| FinalisedBlock {
        block,
        certificate: &empty,
        section: &empty,
    });
    assert!(index.append_all(&batch).is_err());
    assert_eq!(index.head(), None);
    assert_eq!(index.block(0).unwrap(), None);
}

#[test]
fn an_empty_index_starts_at_any_height_and_refuses_what_lies_below() {
    let (_folder, index) = index();
    let synced = block(1_000, B256::repeat_byte(1), vec![vec![log(1, &[])]]);
    let empty = Bytes::new();
    assert_eq!(
        index.append(&synced, &empty, &empty).unwrap(),
        Appended::New
    );
    assert_eq!(index.floor().unwrap(), Some(1_000));
    let below = block(999, B256::ZERO, vec![]);
    let refusal = index.append(&below, &empty, &empty).unwrap_err();
    assert!(
        matches!(
            refusal,
            IndexError::BelowFloor {
                floor: 1_000,
                got: 999
            }
        ),
        "{refusal}"
    );
    let page = index
        .logs(&LogFilter::default(), 0..=2_000, limits())
        .unwrap();
    assert_eq!(page.logs.len(), 1);
}

#[test]
fn forgetting_lets_the_index_start_anew() {
    let (_folder, index) = index();
    extend(&index, 300, |_| vec![vec![log(1, &[])]]);
    index.forget().unwrap();
    assert_eq!(index.head(), None);
    let synced = block(5_000, B256::repeat_byte(1), vec![]);
    index.append(&synced, &Bytes::new(), &Bytes::new()).unwrap();
    assert_eq!(index.floor().unwrap(), Some(5_000));
    assert_eq!(index.block(3).unwrap(), None);
}

#[test]
fn logs_are_those_that_a_plain_scan_finds() {
    let (folder, index) = index();
    let chain = extend(&index, 700, |height| match height % 7 {
        0 => vec![
            vec![log(1, &[1, height as u8]), log(2, &[2])],
            vec![log(1, &[3])],
        ],
        3 => vec![vec![], vec![log(3, &[1, 2, 3, 4])]],
        _ => vec![],
    });
    let filters = [
        LogFilter::default(),
        LogFilter {
            addresses: vec![Address::repeat_byte(1)],
            ..Default::default()
        },
        LogFilter {
            topics: [vec![B256::repeat_byte(1)], vec![], vec![], vec![]],
            ..Default::default()
        },
        LogFilter {
            addresses: vec![Address::repeat_byte(1), Address::repeat_byte(3)],
            topics: [
                vec![],
                vec![B256::repeat_byte(14), B256::repeat_byte(2)],
                vec![],
                vec![],
            ],
        },
        LogFilter {
            addresses: vec![Address::repeat_byte(9)],
            ..Default::default()
        },
    ];
    drop(index);
    let index = Index::open(folder.path().join("index.redb")).unwrap();
    for filter in filters {
        for range in [0..=699, 5..=6, 250..=600, 699..=9_999] {
            let expected: Vec<_> = chain
                .iter()
                .filter(|block| range.contains(&block.height()))
                .flat_map(|block| block.receipts.iter().flat_map(|receipt| &receipt.logs))
                .filter(|log| filter.matches(log))
                .collect();
            let page = index.logs(&filter, range.clone(), limits()).unwrap();
            let found: Vec<_> = page.logs.iter().map(|found| &found.log).collect();
            assert_eq!(found, expected, "{filter:?} in {range:?}");
            assert_eq!(page.next, None);
        }
    }
}

#[test]
fn a_log_knows_its_place() {
    let (_folder, index) = index();
    let chain = extend(&index, 1, |_| {
        vec![vec![log(1, &[1]), log(1, &[2])], vec![], vec![log(1, &[3])]]
    });
    let page = index.logs(&LogFilter::default(), 0..=0, limits()).unwrap();
    let places: Vec<_> = page
        .logs
        .iter()
        .map(|log| (log.transaction_index, log.log_index))
        .collect();
    assert_eq!(places, [(0, 0), (0, 1), (2, 2)]);
    assert_eq!(page.logs[2].transaction_hash, chain[0].transactions[2].hash);
    assert_eq!(page.logs[2].block_hash, chain[0].hash);
    assert_eq!(page.logs[2].time, chain[0].header.timestamp);
}

#[test]
fn pages_of_logs_join_to_the_whole() {
    let (_folder, index) = index();
    extend(&index, 600, |height| vec![vec![log(1, &[height as u8]); 3]]);
    let small = LogLimits {
        logs: 10,
        blocks_read: 1_000,
    };
    let filter = LogFilter::default();
    let (mut from, mut joined) = (0, Vec::new());
    loop {
        let page = index.logs(&filter, from..=599, small).unwrap();
        assert!(
            page.logs.len() <= 12,
            "a page ends with the block that fills it"
        );
        joined.extend(page.logs);
        match page.next {
            Some(next) => from = next,
            None => break,
        }
    }
    let whole = index
        .logs(
            &filter,
            0..=599,
            LogLimits {
                logs: usize::MAX,
                ..limits()
            },
        )
        .unwrap();
    assert_eq!(joined, whole.logs);
    assert_eq!(joined.len(), 1_800);
}

#[test]
fn reading_is_bounded_even_where_nothing_matches() {
    let (_folder, index) = index();
    extend(&index, 20, |_| vec![vec![log(1, &[1]), log(2, &[2])]]);
    let filter = LogFilter {
        addresses: vec![Address::repeat_byte(1)],
        topics: [vec![B256::repeat_byte(2)], vec![], vec![], vec![]],
    };
    let page = index
        .logs(
            &filter,
            0..=19,
            LogLimits {
                logs: 10,
                blocks_read: 5,
            },
        )
        .unwrap();
    assert_eq!(
        page,
        LogPage {
            logs: vec![],
            next: Some(5)
        }
    );
}

#[test]
fn a_file_of_another_format_is_refused() {
    let (folder, index) = index();
    let transaction = index.database.begin_write().unwrap();
    transaction
        .open_table(super::tables::FACTS)
        .unwrap()
        .insert("format", 99)
        .unwrap();
    transaction.commit().unwrap();
    drop(index);
    let refusal = Index::open(folder.path().join("index.redb")).unwrap_err();
    assert!(
        matches!(refusal, IndexError::Format { got: 99, .. }),
        "{refusal}"
    );
}

#[test]
fn block_hashes_come_in_order_and_only_as_far_as_known() {
    let (_folder, index) = index();
    let chain = extend(&index, 4, |_| vec![]);
    let expected: Vec<_> = chain[2..]
        .iter()
        .map(|block| (block.height(), block.hash))
        .collect();
    assert_eq!(index.block_hashes(2..=10).unwrap(), expected);
    let file_bytes = index.size().unwrap().file_bytes;
    assert!((1..file_bytes).contains(&index.stored_bytes().unwrap()));
}
