//! Hostile texts: bombs, mutations, endless files.

use crate::{
    random::Random,
    support::{examples, pieces, published, written},
};
use std::io::{BufReader, Read};
use theriac_standards::odm::{
    Limits, OdmErrorKind, Reader, Record,
    convert::{Target, convert},
    validate::check,
    xml::Scanner,
};

fn with(inner: &str) -> String {
    format!(
        r#"<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:v="urn:v" FileOID="F">{inner}</ODM>"#
    )
}

fn refused(text: &str, limits: Limits) -> OdmErrorKind {
    check(text.as_bytes(), limits).expect_err("refused").kind
}

#[test]
fn bombs_are_refused() {
    let limits = Limits::default();
    check(with("<AdminData/>").as_bytes(), limits).expect("the frame is read");
    let deep = "<v:a>".repeat(100_000);
    assert!(matches!(
        refused(&with(&deep), limits),
        OdmErrorKind::TooDeep(64)
    ));
    let small = Limits {
        token_bytes: 10_000,
        unit_bytes: 50_000,
        unit_nodes: 500,
        ..limits
    };
    let long = format!("<v:a b='{}'/>", "x".repeat(20_000));
    assert!(matches!(
        refused(&with(&long), small),
        OdmErrorKind::TokenTooLarge(10_000)
    ));
    let long = format!("<v:a>{}</v:a>", "x".repeat(20_000));
    assert!(matches!(
        refused(&with(&long), small),
        OdmErrorKind::TokenTooLarge(10_000)
    ));
    let many = format!("<v:a>{}</v:a>", "<v:b/>".repeat(600));
    assert!(matches!(
        refused(&with(&many), small),
        OdmErrorKind::TooManyNodes(500)
    ));
    let large = format!(
        "<v:a>{}</v:a>",
        format!("<v:b>{}</v:b>", "x".repeat(9_000)).repeat(10)
    );
    assert!(matches!(
        refused(&with(&large), small),
        OdmErrorKind::UnitTooLarge(50_000)
    ));
    let wide: String = (0..300).map(|at| format!(" a{at}='1'")).collect();
    assert!(matches!(
        refused(&with(&format!("<v:a{wide}/>")), limits),
        OdmErrorKind::TooManyAttributes(256)
    ));
    let spaces = |from: usize| {
        (from..from + 200)
            .map(|at| format!(" xmlns:p{at}='urn:p'"))
            .collect::<String>()
    };
    let nested = format!("<v:a{}><v:b{}/></v:a>", spaces(0), spaces(200));
    assert!(matches!(
        refused(&with(&nested), limits),
        OdmErrorKind::TooManyNamespaces(256)
    ));
    let few = Limits {
        definitions: 3,
        ..limits
    };
    let items: String = (0..9)
        .map(|at| format!("<ItemDef OID='I{at}' Name='n' DataType='text'/>"))
        .collect();
    let study = format!(
        "<Study OID='S'><MetaDataVersion OID='V' Name='v'>{items}</MetaDataVersion></Study>"
    );
    assert!(matches!(
        refused(&with(&study), few),
        OdmErrorKind::TooManyDefinitions(3)
    ));
}

#[test]
fn declarations_that_could_define_entities_are_refused_and_a_bare_document_type_is_passed_over() {
    let limits = Limits::default();
    let bomb = format!("<!DOCTYPE ODM [<!ENTITY a \"b\">]>{}", with("&a;"));
    assert!(matches!(refused(&bomb, limits), OdmErrorKind::DocumentType));
    let bare = format!("<!DOCTYPE ODM SYSTEM \"file:///etc/passwd\">{}", with(""));
    check(bare.as_bytes(), limits).expect("it is not fetched");
    assert!(matches!(
        refused(&with("&a;"), limits),
        OdmErrorKind::Entity(_)
    ));
    assert!(matches!(
        refused(&with("<v:a b='&a;'/>"), limits),
        OdmErrorKind::Entity(_)
    ));
}

#[test]
fn what_is_not_well_formed_is_refused_with_its_place() {
    let limits = Limits::default();
    for (text, kind) in [
        ("", "End"),
        ("<ODM", "Syntax"),
        ("<ODM xmlns='http://www.cdisc.org/ns/odm/v1.3'>", "End"),
        ("<Html/>", "Root"),
        ("<ODM xmlns='urn:other'/>", "Root"),
        ("<ODM/><ODM/>", "Outside"),
        ("<ODM/>text", "Outside"),
        ("<ODM a='1' a='2'/>", "DuplicateAttribute"),
        (
            "<ODM xmlns:a='urn:x' xmlns:b='urn:x' a:c='1' b:c='2'/>",
            "DuplicateAttribute",
        ),
        ("<ODM b:c='2'/>", "UndeclaredPrefix"),
        ("<ODM><a></b></ODM>", "Syntax"),
        ("<ODM>\u{1}</ODM>", "Character"),
        ("<ODM 1a='2'/>", "Name"),
        ("<?xml version='1.1'?><ODM/>", "Encoding"),
        ("<?xml version='1.0' encoding='UTF-16'?><ODM/>", "Encoding"),
        ("<ODM xmlns:xml='urn:x'/>", "Name"),
        ("<ODM><!-- a -- b --></ODM>", "Syntax"),
    ] {
        let error = check(text.as_bytes(), limits).expect_err(text);
        assert!(
            format!("{:?}", error.kind).starts_with(kind),
            "{text}: {error:?}"
        );
        assert!(error.place.line == 1, "{text}: {error}");
    }
    let error = check(&b"<ODM>\n  \xff</ODM>"[..], limits).expect_err("no UTF-8");
    assert!(matches!(error.kind, OdmErrorKind::Character));
}

#[test]
fn latin_letters_are_read_where_the_declaration_names_them() {
    let text = b"<?xml version='1.0' encoding='ISO-8859-1'?><ODM FileOID='caf\xe9'>\xfc</ODM>";
    let reader = Reader::open(&text[..], Limits::default()).expect("ODM");
    assert_eq!(reader.header().file.as_deref(), Some("café"));
    assert!(written(&pieces(text)).contains("café"));
}

/// A file without end, as long as anyone asks.
struct Endless {
    head: Vec<u8>,
    item: Vec<u8>,
    at: usize,
    taken: usize,
}

impl Read for Endless {
    fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
        let source = if self.head.is_empty() {
            &self.item
        } else {
            &self.head
        };
        let length = (source.len() - self.at).min(target.len());
        target[..length].copy_from_slice(&source[self.at..self.at + length]);
        self.at += length;
        if self.at == source.len() {
            self.at = 0;
            self.head.clear();
        }
        self.taken += length;
        Ok(length)
    }
}

#[test]
fn items_come_before_the_file_was_read() {
    let head = with(
        "<ClinicalData StudyOID='S' MetaDataVersionOID='V'><SubjectData SubjectKey='1'><StudyEventData StudyEventOID='E'><FormData FormOID='F'><ItemGroupData ItemGroupOID='G'>",
    );
    let mut source = Endless {
        head: head.replace("</ODM>", "").into_bytes(),
        item: b"<ItemData ItemOID='I' Value='1'/>".to_vec(),
        at: 0,
        taken: 0,
    };
    let mut reader = Reader::open(BufReader::new(&mut source), Limits::default()).expect("ODM");
    let mut items = 0;
    while items < 1_000 {
        if let Some(Record::Item(_)) = reader.next_record().expect("well-formed") {
            items += 1;
        }
    }
    drop(reader);
    assert!(source.taken < 60_000, "{}", source.taken);
}

const PIECES: [&[u8]; 14] = [
    b"<",
    b">",
    b"/>",
    b"\"",
    b"&",
    b"&#0;",
    b"xmlns:a=\"\"",
    b"<!--",
    b"-->",
    b"]]>",
    b"<![CDATA[",
    b"\xff",
    b"OID",
    b"<?",
];

fn mutate(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut mutated = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(mutated.len());
        match random.below(4) {
            0 => mutated[at] = u8::try_from(random.below(256)).expect("a byte"),
            1 => {
                mutated.remove(at);
            }
            2 => {
                let piece = PIECES[random.below(PIECES.len())];
                mutated.splice(at..at, piece.iter().copied());
            }
            _ => {
                let end = (at + random.below(60)).min(mutated.len());
                let copy = mutated[at..end].to_vec();
                let target = random.below(mutated.len());
                mutated.splice(target..target, copy);
            }
        }
    }
    mutated
}

/// Whatever is well-formed is written, and written the same again after it was read again.
fn try_file(bytes: &[u8]) -> bool {
    let limits = Limits::default();
    let _ = check(bytes, limits);
    let two = Target::Two {
        form_prefix: String::new(),
    };
    for target in [Target::One, two] {
        let _ = convert(bytes, std::io::sink(), &target, limits);
    }
    let mut scanner = Scanner::new(bytes, &limits);
    let mut found = Vec::new();
    loop {
        match scanner.next_piece() {
            Ok(Some(piece)) => found.push(piece),
            Ok(None) => break,
            Err(_) => return false,
        }
    }
    let text = written(&found);
    assert_eq!(written(&pieces(text.as_bytes())), text);
    true
}

#[test]
fn mutated_files_never_panic_and_are_written_to_a_fixed_point() {
    let Some(root) = published("mutated files") else {
        return;
    };
    let is_long = std::env::var_os("THERIAC_LONG").is_some();
    let most = if is_long { 20_000 } else { 1_500 };
    let mut random = Random(0x6d75_7461_7465_2121);
    let sources: Vec<_> = examples(&root)
        .into_iter()
        .filter(|(_, bytes)| bytes.len() < 20_000)
        .collect();
    let (mut tried, mut read) = (0, 0);
    while tried < most {
        for (_, bytes) in &sources {
            read += u32::from(try_file(&mutate(bytes, &mut random)));
            tried += 1;
        }
    }
    println!("{tried} mutated files, {read} of them still well-formed");
    assert!(read > 100, "{read}");
}
