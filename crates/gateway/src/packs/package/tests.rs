//! Packages say what was put into them, and hostile ones are refused.

use super::*;

fn content(serial: &str) -> Content {
    Content {
        label: Label::new("04012345123456", serial, "L7", "271100").unwrap(),
        root: B256::repeat_byte(1),
        key: Address::repeat_byte(2),
        membership: vec![B256::repeat_byte(3), B256::repeat_byte(4)],
        steps: vec![Step {
            key: Address::repeat_byte(5),
            salt: B256::repeat_byte(6),
            next: Address::repeat_byte(2),
            siblings: vec![B256::repeat_byte(3)],
        }],
    }
}

fn package() -> Package {
    let sender = Sender {
        account: Address::repeat_byte(9),
        organisation: 3,
        gln: "4012345000009".to_owned(),
    };
    let lot = LotLine {
        root: B256::repeat_byte(1),
        gtin: "04012345123456".to_owned(),
        lot: "L7".to_owned(),
        expiry: "271100".to_owned(),
    };
    let announced = Announced {
        next: Address::repeat_byte(2),
        point: [2; 33],
    };
    let key = KeyLine::new(&announced, Some("340123450000000017".to_owned()));
    Package::new(
        (8_421, 12, B256::repeat_byte(7), sender),
        ("{}".to_owned(), vec![B256::repeat_byte(8)]),
        (vec![lot], vec![key]),
        &[content("A1"), content("A2")],
    )
}

#[test]
fn a_package_is_read_back_with_its_proofs() {
    let read = Package::read(package().to_json().as_bytes()).unwrap();
    assert_eq!(read, package());
    assert_eq!(read.contents().unwrap(), [content("A1"), content("A2")]);
}

#[test]
fn hashes_that_proofs_share_stand_once() {
    assert_eq!(package().hashes.len(), 2);
    assert_eq!(package().closings.len(), 1);
}

#[test]
fn each_fault_of_a_package_has_its_name() {
    let read = |package: &Package| Package::read(package.to_json().as_bytes());
    let mut format = package();
    format.format = "theriac-package/2".to_owned();
    assert_eq!(read(&format), Err(PackageFault::Format));
    let mut point = package();
    point.keys[0].point = Bytes::from_static(&[2; 32]);
    assert_eq!(read(&point), Err(PackageFault::Point(0)));
    assert_eq!(
        Package::read(b"{"),
        Err(PackageFault::Malformed { line: 1, column: 1 })
    );
    let places: [(&str, fn(&mut PackLine)); 4] = [
        ("lot", |line| line.lot = 1),
        ("key", |line| line.key = 1),
        ("closing", |line| line.steps[0].closing = 1),
        ("hash", |line| line.membership[0] = 2),
    ];
    for (what, change) in places {
        let mut package = package();
        change(&mut package.packs[1]);
        let fault = package.contents().unwrap_err();
        let expected =
            matches!(fault, PackageFault::NoSuchPlace { pack: 1, what: got, .. } if got == what);
        assert!(expected, "{what}: {fault:?}");
    }
}

#[test]
fn proofs_beyond_their_bounds_are_refused() {
    let mut deep = package();
    deep.packs[0].membership = vec![0; 65];
    let what = "siblings in one proof";
    let fault = PackageFault::TooMany {
        what,
        got: 65,
        most: 64,
    };
    assert_eq!(deep.contents(), Err(fault));
    let mut long = package();
    long.packs[0].steps = vec![long.packs[0].steps[0].clone(); 17];
    let fault = PackageFault::TooMany {
        what: "steps",
        got: 17,
        most: 16,
    };
    assert_eq!(long.contents(), Err(fault));
}
