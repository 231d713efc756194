//! What is read and written back is equal as canonical XML, by two readers of others.

use crate::support::{examples, has_xmllint, in_utf8, pieces, published, written};
use roxmltree::{Document, Node, ParsingOptions};
use std::{fs, path::Path, process::Command};
use theriac_standards::odm::xml::Piece;

/// All that canonical XML says of a node, in one line each.
fn describe(node: Node<'_, '_>, depth: usize, lines: &mut Vec<String>) {
    let name = node.tag_name();
    if node.is_element() {
        let mut spaces: Vec<_> = node
            .namespaces()
            .map(|space| format!("{:?}={}", space.name(), space.uri()))
            .collect();
        spaces.sort();
        let mut attributes: Vec<_> = node
            .attributes()
            .map(|attribute| {
                format!(
                    "{:?} {}={:?}",
                    attribute.namespace(),
                    attribute.name(),
                    attribute.value()
                )
            })
            .collect();
        attributes.sort();
        lines.push(format!(
            "{depth} {:?} {} {spaces:?} {attributes:?}",
            name.namespace(),
            name.name()
        ));
    } else if node.is_text() {
        lines.push(format!("{depth} text {:?}", node.text()));
    } else if node.is_comment() {
        lines.push(format!("{depth} comment {:?}", node.text()));
    } else if let Some(instruction) = node.pi() {
        lines.push(format!(
            "{depth} instruction {} {:?}",
            instruction.target, instruction.value
        ));
    }
    node.children()
        .for_each(|child| describe(child, depth + 1, lines));
}

fn described(text: &str) -> Vec<String> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).expect("XML");
    let mut lines = Vec::new();
    describe(document.root(), 0, &mut lines);
    lines
}

#[test]
fn every_example_is_written_back_equal() {
    let Some(root) = published("every example written back") else {
        return;
    };
    for (name, bytes) in examples(&root) {
        let text = written(&pieces(&bytes));
        let (expected, got) = (described(&in_utf8(&bytes)), described(&text));
        for (expected, got) in expected.iter().zip(&got) {
            assert_eq!(got, expected, "{name}");
        }
        assert_eq!(got.len(), expected.len(), "{name}");
        assert_eq!(
            written(&pieces(text.as_bytes())),
            text,
            "{name}: a fixed point"
        );
    }
}

fn canonical(file: &Path) -> Vec<u8> {
    let output = Command::new("xmllint")
        .args(["--nonet", "--c14n"])
        .arg(file)
        .output()
        .expect("xmllint runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn every_example_is_written_back_equal_as_xmllint_has_it() {
    let test = "equal by xmllint";
    let Some(root) = published(test).filter(|_| has_xmllint(test)) else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("written.xml");
    for (name, bytes) in examples(&root) {
        fs::write(&file, written(&pieces(&bytes))).expect("a file");
        let is_equal = canonical(&file) == canonical(&root.join(&name));
        assert!(is_equal, "{name}");
    }
}

#[test]
fn what_canonical_xml_keeps_is_kept() {
    let text = "<?xml version='1.0'?><!-- before --><?style a='b'?>\n<a:r xmlns:a='urn:a' xmlns='urn:b' b='1&#10;2&#9;3' a:b='\"&lt;&amp;'><c xmlns=''> t&#13;<![CDATA[<&>]]>\r\nu</c><!-- in --><d/><e></e><?x?></a:r><!-- after -->";
    let again = written(&pieces(text.as_bytes()));
    assert_eq!(described(&again), described(text));
    for kept in [
        "<!-- before -->",
        "<?style a='b'?>",
        "<!-- after -->",
        "&#13;",
        "1&#10;2&#9;3",
    ] {
        assert!(again.contains(kept), "{kept}: {again}");
    }
}

#[test]
fn what_xml_cannot_hold_is_not_written() {
    use theriac_standards::odm::{WriteError, xml::Writer};
    let mut writer = Writer::new(Vec::new());
    let outside = writer.piece(&Piece::Text("x".to_owned()));
    assert!(matches!(outside, Err(WriteError::Outside)));
    let end = writer.piece(&Piece::End);
    assert!(matches!(end, Err(WriteError::Outside)));
    for comment in ["a--b", "a-"] {
        let told = writer.piece(&Piece::Comment(comment.to_owned()));
        assert!(matches!(told, Err(WriteError::Comment(_))), "{comment}");
    }
    let Piece::Start(mut root) = pieces(b"<r/>").remove(0) else {
        panic!("a root");
    };
    root.name = theriac_standards::odm::xml::Name::bare("a b");
    assert!(matches!(
        writer.piece(&Piece::Start(root)),
        Err(WriteError::Name(_))
    ));
}
