//! How many tests passed, failed and were skipped, read from the closing lines of the runners.

use std::fmt;

/// A count of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    pub(crate) fn passed(passed: u64) -> Self {
        Self {
            passed,
            ..Self::default()
        }
    }

    pub(crate) fn failed(failed: u64) -> Self {
        Self {
            failed,
            ..Self::default()
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Something ran, and nothing failed.
    pub(crate) fn is_good(self) -> bool {
        self.passed > 0 && self.failed == 0
    }

    /// Counts a line of cargo's test runner: its closing lines, and the `SKIPPED` lines that our own tests print.
    pub(crate) fn count_cargo_line(&mut self, line: &str) {
        if line.starts_with("SKIPPED ") {
            self.skipped += 1;
            self.passed = self.passed.saturating_sub(1);
            return;
        }
        let Some(counts) = line.strip_prefix("test result: ") else {
            return;
        };
        self.passed += number_before(counts, " passed");
        self.failed += number_before(counts, " failed");
        self.skipped += number_before(counts, " ignored");
    }

    /// Counts a closing line of node's test runner, in its `spec` or `tap` form.
    pub(crate) fn count_node_line(&mut self, line: &str) {
        let Some(count) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) else {
            return;
        };
        let Some((name, number)) = count.split_once(' ') else {
            return;
        };
        let Ok(number) = number.parse::<u64>() else {
            return;
        };
        match name {
            "pass" => self.passed += number,
            "fail" | "cancelled" => self.failed += number,
            "skipped" | "todo" => self.skipped += number,
            _ => {}
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            passed,
            failed,
            skipped,
        } = self;
        write!(
            formatter,
            "{passed} passed, {failed} failed, {skipped} skipped"
        )
    }
}

/// The number that stands directly before `word`, or 0.
fn number_before(text: &str, word: &str) -> u64 {
    let Some((before, _)) = text.split_once(word) else {
        return 0;
    };
    let digits = before
        .rsplit(|character: char| !character.is_ascii_digit())
        .next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn cargo_lines_of_several_binaries_are_added() {
        let mut counted = Tally::default();
        for line in [
            "running 12 tests",
            "test a ... ok",
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 4 filtered out; finished in 1.20s",
        ] {
            counted.count_cargo_line(line);
        }
        assert_eq!(counted, tally(15, 2, 1));
    }

    #[test]
    fn a_test_that_says_it_was_skipped_does_not_count_as_passed() {
        let mut counted = Tally::default();
        counted.count_cargo_line(
            "test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
        );
        counted.count_cargo_line("SKIPPED vectors_hold: ../shared/data is absent");
        assert_eq!(counted, tally(4, 0, 1));
    }

    #[test]
    fn node_lines_are_counted_in_both_forms() {
        let mut counted = Tally::default();
        for line in [
            "ℹ tests 9",
            "ℹ pass 5",
            "ℹ fail 1",
            "# pass 2",
            "# cancelled 1",
            "# skipped 3",
            "ℹ duration_ms 4.5",
        ] {
            counted.count_node_line(line);
        }
        assert_eq!(counted, tally(7, 2, 3));
    }

    #[test]
    fn the_closing_line_names_all_three_counts() {
        assert_eq!(tally(7, 0, 3).to_string(), "7 passed, 0 failed, 3 skipped");
    }

    #[test]
    fn a_run_without_tests_is_not_good() {
        assert!(!tally(0, 0, 4).is_good());
        assert!(!tally(9, 1, 0).is_good());
        assert!(tally(9, 0, 2).is_good());
    }
}
