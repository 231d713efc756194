//! Books are made, opened again, and refused where they are another's.

use std::fs;

use super::*;

fn owner() -> Owner {
    Owner {
        chain_id: 8_421,
        account: Address::repeat_byte(1),
        organisation: 3,
        gln: "4012345000009".to_owned(),
    }
}

#[test]
fn a_book_is_made_once_and_found_again_with_its_secret() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        Book::open(folder.path()),
        Err(BookError::Absent(_))
    ));
    let made = Book::open_or_make(folder.path(), &owner()).unwrap();
    let again = Book::open(folder.path()).unwrap();
    assert_eq!(again.owner(), &owner());
    assert_eq!(made.secret().expose(), again.secret().expose());
}

#[test]
#[cfg(unix)]
fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    Book::open_or_make(folder.path(), &owner()).unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_book_of_another_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    Book::open_or_make(folder.path(), &owner()).unwrap();
    let others = [
        (
            "network",
            Owner {
                chain_id: 1,
                ..owner()
            },
        ),
        (
            "account",
            Owner {
                account: Address::ZERO,
                ..owner()
            },
        ),
        (
            "organisation",
            Owner {
                organisation: 4,
                ..owner()
            },
        ),
        (
            "place",
            Owner {
                gln: "4012345000016".to_owned(),
                ..owner()
            },
        ),
    ];
    for (what, other) in others {
        let refused = Book::open_or_make(folder.path(), &other);
        assert!(matches!(refused, Err(BookError::OtherOwner(got)) if got == what));
    }
    let without_place = Owner {
        gln: String::new(),
        ..owner()
    };
    assert!(Book::open_or_make(folder.path(), &without_place).is_ok());
}

#[test]
fn a_book_of_another_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::open_or_make(folder.path(), &owner()).unwrap();
    book.connection
        .execute("UPDATE partner SET version = 9", [])
        .unwrap();
    let refused = Book::open(folder.path());
    assert!(matches!(
        refused,
        Err(BookError::Version {
            got: 9,
            expected: schema::VERSION
        })
    ));
}
