//! How fast a core reads and checks a published dataset.

use crate::support::published;
use std::io::Read as _;
use theriac_standards::dataset::{Limits, Reader};

const BAR: f64 = 20.0;
const ROUNDS: usize = 4;
/// Clock ticks in a second as the kernel shows them to programs; 100 on every Linux platform (proc(5)).
const TICKS_PER_SECOND: f64 = 100.0;

/// CPU time of this thread in seconds; other work on the machine does not count.
fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/stat").ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}

#[test]
fn a_core_reads_and_checks_twenty_megabytes_a_second() {
    let Some(root) = published("a_core_reads_and_checks_twenty_megabytes_a_second") else {
        return;
    };
    let packed = std::fs::read(root.join("adam/adlbc.dsjc")).expect("readable");
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(&packed[..])
        .read_to_end(&mut plain)
        .expect("gzip");
    let Some(start) = cpu_seconds() else {
        println!("SKIPPED a_core_reads_and_checks_twenty_megabytes_a_second: no procfs");
        return;
    };
    for (name, bytes) in [("plain", &plain), ("compressed", &packed)] {
        let start = match name {
            "plain" => start,
            _ => cpu_seconds().expect("as before"),
        };
        for _ in 0..ROUNDS {
            let mut reader = Reader::open(&bytes[..], Limits::default()).expect("a dataset");
            while reader.next_row().expect("JSON").is_some() {}
            assert_eq!(reader.rows(), 37_132);
            assert!(reader.report().is_clean());
        }
        let spent = cpu_seconds().expect("as before") - start;
        let rate = plain.len() as f64 * ROUNDS as f64 / 1e6 / spent.max(0.01);
        println!("adlbc, {name}: {rate:.0} MB/s a core, of what is decompressed");
        assert!(rate >= BAR, "{name}: {rate:.1} MB/s, expected {BAR}");
    }
}
