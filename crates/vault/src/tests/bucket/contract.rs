//! What every kind of storage promises, asked of a folder and of a bucket.

use super::server::Server;
use crate::{Folder, Objects};
use std::path::Path;
use tempfile::TempDir;

/// Larger than a part, and no multiple of one.
const LARGE: usize = (17 << 20) + 3;

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index % 253) as u8).collect()
}

fn publish(objects: &dyn Objects, scratch: &Path, name: &str, bytes: &[u8]) {
    let staged = scratch.join("staged");
    std::fs::write(&staged, bytes).expect("written");
    objects.publish(&staged, name).expect("published");
    assert!(!staged.exists(), "the file is gone");
}

fn with_both(check: impl Fn(&dyn Objects, &Path)) {
    let (folder, scratch) = (TempDir::new().expect("a"), TempDir::new().expect("b"));
    check(&Folder::new(folder.path()), scratch.path());
    let server = Server::start();
    check(&server.bucket(""), scratch.path());
    check(&server.bucket("hospitals/node-1"), scratch.path());
}

#[test]
fn what_is_published_is_read_in_ranges() {
    with_both(|objects, scratch| {
        for length in [0, 1, 5_000, 8 << 20, LARGE] {
            let name = "blobs/ab/cd/abcd";
            let whole = bytes(length);
            publish(objects, scratch, name, &whole);
            let (end, size) = (length as u64, length);
            assert_eq!(objects.length(name).expect("looks"), Some(end));
            let ranges = [
                (0, size),
                (0, size + 10),
                (0, 0),
                (end / 2, 100),
                (end.saturating_sub(3), 3),
                (end.saturating_sub(3), 100),
                (end, 1),
                (end + 7, 9),
            ];
            for (offset, count) in ranges {
                let from = size.min(offset as usize);
                let expected = &whole[from..size.min(from + count)];
                let read = objects.read(name, offset, count).expect("reads");
                assert!(
                    read.as_deref() == Some(expected),
                    "{length} {offset} {count}"
                );
            }
        }
    });
}

#[test]
fn a_file_that_had_the_name_is_replaced_as_a_whole() {
    with_both(|objects, scratch| {
        let name = "shards/ab/cd/abcd.4.2.0";
        publish(objects, scratch, name, &bytes(LARGE));
        publish(objects, scratch, name, b"short");
        assert_eq!(objects.length(name).expect("looks"), Some(5));
        let read = objects.read(name, 0, 100).expect("reads");
        assert_eq!(read.as_deref(), Some(&b"short"[..]));
    });
}

#[test]
fn what_is_not_there_is_absent_and_not_a_failure() {
    with_both(|objects, _| {
        let name = "blobs/ab/cd/abcd";
        assert_eq!(objects.length(name).expect("looks"), None);
        assert_eq!(objects.read(name, 0, 1).expect("looks"), None);
        assert_eq!(objects.read(name, 0, 0).expect("looks"), None);
        assert!(!objects.remove(name).expect("nothing to remove"));
        assert_eq!(objects.list("blobs").expect("lists"), []);
    });
}

#[test]
fn a_list_has_the_files_below_its_folder_in_order() {
    with_both(|objects, scratch| {
        let names = [
            "blobs/ab/cd/abcd01",
            "blobs/ab/cd/abcd00",
            "blobs/00/ff/00ff",
            "blobs2/00/ff/00ff",
            "shards/ab/cd/abcd.4.2.0",
        ];
        for (length, name) in names.iter().enumerate() {
            publish(objects, scratch, name, &bytes(length));
        }
        let listed = |folder| objects.list(folder).expect("lists");
        let file = |name: &str, length| (name.to_owned(), length);
        let blobs = [
            file("blobs/00/ff/00ff", 2),
            file("blobs/ab/cd/abcd00", 1),
            file("blobs/ab/cd/abcd01", 0),
        ];
        assert_eq!(listed("blobs"), blobs);
        assert_eq!(listed("blobs/ab/cd"), blobs[1..]);
        assert_eq!(listed("shards"), [file("shards/ab/cd/abcd.4.2.0", 4)]);
        assert!(objects.remove("blobs/ab/cd/abcd00").expect("removed"));
        assert!(!objects.remove("blobs/ab/cd/abcd00").expect("gone"));
        assert_eq!(listed("blobs"), [blobs[0].clone(), blobs[2].clone()]);
    });
}

#[test]
fn a_list_of_more_than_a_page_is_whole() {
    let server = Server::start();
    let bucket = server.bucket("node-1");
    let scratch = TempDir::new().expect("a directory");
    publish(&bucket, scratch.path(), "blobs/00/00/0000", b"x");
    let known = server.files();
    let first = known.iter().find(|file| file.ends_with("0000"));
    let folder = first.and_then(|file| file.parent()).expect("put there");
    for number in 1..2_500 {
        std::fs::write(folder.join(format!("{number:04}")), b"x").expect("written");
    }
    let listed = bucket.list("blobs").expect("lists");
    let names = (0..2_500).map(|number| (format!("blobs/00/00/{number:04}"), 1));
    assert!(listed.into_iter().eq(names));
}
