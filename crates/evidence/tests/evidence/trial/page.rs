//! The page in a bundle: the manifest has its digest, and no claim hangs on it.

use super::{
    parts::Parts,
    world::{World, judge},
};
use theriac_evidence::trial::{
    bundle::{Selection, zip::ZipWriter},
    verify::Failure,
};

const PAGE: &[u8] = b"<!DOCTYPE html>\n<title>Verify a trial</title>\n";

fn with_page(world: &World) -> Vec<u8> {
    world.bundle_with(&Selection::Public, Some(PAGE.to_vec()))
}

#[test]
fn page_in_a_bundle_changes_no_claim() {
    let world = World::honest(4);
    let bytes = with_page(&world);
    assert_eq!(bytes, with_page(&World::honest(4)));
    let without = judge(&world.bundle(&Selection::Public)).expect("a bundle");
    assert_eq!(judge(&bytes).expect("a bundle"), without);
    let parts = Parts::of(&bytes);
    assert_eq!(parts.files["verify.html"], PAGE);
    let report = String::from_utf8_lossy(&parts.files["report.txt"]);
    assert!(report.contains("verify.html"), "{report}");
}

#[test]
fn page_that_was_exchanged_afterwards_is_not_the_one_of_the_manifest() {
    let parts = Parts::of(&with_page(&World::honest(4)));
    let manifest = serde_json::to_vec(&parts.manifest).expect("plain");
    let mut zip = ZipWriter::new(Vec::new());
    for (name, content) in parts.files {
        let content = match name.as_str() {
            "verify.html" => b"<!DOCTYPE html>\n<title>Nothing is bad</title>\n".to_vec(),
            _ => content,
        };
        zip.file(&name, |out| out.write_all(&content))
            .expect("memory");
    }
    zip.file("manifest.json", |out| out.write_all(&manifest))
        .expect("memory");
    let failure = judge(&zip.finish().expect("memory")).expect_err("another page");
    assert!(
        matches!(&failure, Failure::Digest { name } if name == "verify.html"),
        "{failure}"
    );
}
