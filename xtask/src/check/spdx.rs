//! Licence expressions (SPDX 2.3, annex D): whether a choice of allowed licences satisfies one.

/// Returns whether `expression` can be satisfied with licences for which `is_allowed` holds.
/// `/` counts as `OR`, as older manifests write it. Text that cannot be read is not satisfied.
pub(crate) fn satisfies(expression: &str, is_allowed: impl Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader {
        words: &words,
        is_allowed,
    };
    reader
        .any()
        .is_some_and(|satisfied| satisfied && reader.words.is_empty())
}

struct Reader<'a, F> {
    words: &'a [&'a str],
    is_allowed: F,
}

impl<F: Fn(&str) -> bool> Reader<'_, F> {
    /// `all (OR all)*`
    fn any(&mut self) -> Option<bool> {
        let mut satisfied = self.all()?;
        while self.takes("OR") {
            satisfied |= self.all()?;
        }
        Some(satisfied)
    }

    /// `one (AND one)*`
    fn all(&mut self) -> Option<bool> {
        let mut satisfied = self.one()?;
        while self.takes("AND") {
            satisfied &= self.one()?;
        }
        Some(satisfied)
    }

    /// `( any )`, or a licence with or without an exception.
    fn one(&mut self) -> Option<bool> {
        if self.takes("(") {
            let satisfied = self.any()?;
            return self.takes(")").then_some(satisfied);
        }
        let (licence, rest) = self.words.split_first()?;
        if ["OR", "AND", "WITH", ")"].contains(licence) {
            return None;
        }
        self.words = rest;
        if !self.takes("WITH") {
            return Some((self.is_allowed)(licence));
        }
        let (exception, rest) = self.words.split_first()?;
        self.words = rest;
        Some((self.is_allowed)(&format!("{licence} WITH {exception}")))
    }

    fn takes(&mut self, word: &str) -> bool {
        let taken = self.words.first() == Some(&word);
        if taken {
            self.words = &self.words[1..];
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(expression: &str) -> bool {
        satisfies(expression, |licence| {
            ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"].contains(&licence)
        })
    }

    #[test]
    fn one_allowed_choice_satisfies_an_or() {
        for expression in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/Unlicense",
            "(GPL-3.0 OR MIT) AND Apache-2.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(holds(expression), "{expression}");
        }
    }

    #[test]
    fn each_part_of_an_and_must_be_allowed() {
        for expression in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR Apache-2.0) AND OpenSSL",
            "MIT WITH LLVM-exception",
        ] {
            assert!(!holds(expression), "{expression}");
        }
    }

    #[test]
    fn and_binds_closer_than_or() {
        assert!(holds("MIT OR GPL-3.0 AND OpenSSL"));
        assert!(!holds("(MIT OR GPL-3.0) AND OpenSSL"));
    }

    #[test]
    fn what_cannot_be_read_is_not_satisfied() {
        for expression in [
            "",
            "MIT OR",
            "OR MIT",
            "(MIT",
            "MIT)",
            "MIT Apache-2.0",
            "MIT WITH",
        ] {
            assert!(!holds(expression), "{expression}");
        }
    }
}
