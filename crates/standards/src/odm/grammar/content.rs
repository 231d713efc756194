//! A content model as an automaton over the names of children: Glushkov's, one state for each place in the expression.

use std::collections::BTreeSet;

/// The children that an element may have.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// The name at each place; place 0 stands before the first child.
    names: Vec<String>,
    /// The places that may follow each.
    follow: Vec<BTreeSet<usize>>,
    /// The places at which the element may end.
    last: BTreeSet<usize>,
    /// The order of places, those that may follow each other in turn alike.
    ranks: Vec<usize>,
}

/// What became of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It may stand here; the state after it.
    To(usize),
    /// It may stand in the element, but not here.
    NotHere,
    /// It may stand nowhere in the element.
    Unknown,
}

/// A part of an expression: where it may begin and end, and whether it may be absent.
struct Part {
    first: BTreeSet<usize>,
    last: BTreeSet<usize>,
    is_optional: bool,
}

impl Content {
    /// Reads an expression such as `A? (B | C+)* D`.
    ///
    /// # Errors
    /// The text that was not understood.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let spaced = text
            .replace('(', " ( ")
            .replace(')', " ) ")
            .replace('|', " | ");
        // A mark of repetition belongs to the bracket before it.
        let mut tokens: Vec<String> = Vec::new();
        for token in spaced.split_whitespace() {
            match (token, tokens.last_mut()) {
                ("?" | "*" | "+", Some(before)) if before == ")" => before.push_str(token),
                _ => tokens.push(token.to_owned()),
            }
        }
        let mut content = Self {
            names: vec![String::new()],
            follow: vec![BTreeSet::new()],
            last: BTreeSet::new(),
            ranks: Vec::new(),
        };
        let mut rest = tokens.as_slice();
        let whole = content.choice(&mut rest)?;
        if !rest.is_empty() {
            return Err(text.to_owned());
        }
        content.follow[0] = whole.first;
        content.last = whole.last;
        if whole.is_optional {
            content.last.insert(0);
        }
        content.ranks = content.ranks();
        Ok(content)
    }

    /// Of each place the first that it may follow and be followed by, however far.
    fn ranks(&self) -> Vec<usize> {
        let reach = |from: usize| {
            let mut met = BTreeSet::new();
            let mut open = vec![from];
            while let Some(place) = open.pop() {
                open.extend(self.follow[place].iter().filter(|next| met.insert(**next)));
            }
            met
        };
        let reached: Vec<_> = (0..self.names.len()).map(reach).collect();
        let rank = |place: usize| {
            let mut earlier = 0..place;
            let is_turn =
                |other: &usize| reached[place].contains(other) && reached[*other].contains(&place);
            earlier.find(is_turn).unwrap_or(place)
        };
        (0..self.names.len()).map(rank).collect()
    }

    fn choice(&mut self, rest: &mut &[String]) -> Result<Part, String> {
        let mut whole = self.sequence(rest)?;
        while rest.first().is_some_and(|token| token == "|") {
            *rest = &rest[1..];
            let other = self.sequence(rest)?;
            whole.first.extend(other.first);
            whole.last.extend(other.last);
            whole.is_optional |= other.is_optional;
        }
        Ok(whole)
    }

    fn sequence(&mut self, rest: &mut &[String]) -> Result<Part, String> {
        let mut whole = Part {
            first: BTreeSet::new(),
            last: BTreeSet::new(),
            is_optional: true,
        };
        while let Some(token) = rest.first() {
            if token == "|" || token.starts_with(')') {
                break;
            }
            let next = self.item(rest)?;
            for place in &whole.last {
                self.follow[*place].extend(&next.first);
            }
            if whole.is_optional {
                whole.first.extend(&next.first);
            }
            if !next.is_optional {
                whole.last.clear();
            }
            whole.last.extend(next.last);
            whole.is_optional &= next.is_optional;
        }
        Ok(whole)
    }

    fn item(&mut self, rest: &mut &[String]) -> Result<Part, String> {
        let token = rest[0].clone();
        *rest = &rest[1..];
        let (mut part, mark) = if token == "(" {
            let inner = self.choice(rest)?;
            let end = rest.first().filter(|end| end.starts_with(')'));
            let end = end.ok_or("a bracket is open")?.clone();
            *rest = &rest[1..];
            (inner, end[1..].to_owned())
        } else {
            let name = token.trim_end_matches(['?', '*', '+']);
            let place = self.names.len();
            self.names.push(name.to_owned());
            self.follow.push(BTreeSet::new());
            let part = Part {
                first: BTreeSet::from([place]),
                last: BTreeSet::from([place]),
                is_optional: false,
            };
            (part, token[name.len()..].to_owned())
        };
        if mark == "*" || mark == "+" {
            for place in &part.last {
                self.follow[*place].extend(&part.first);
            }
        }
        match mark.as_str() {
            "" | "+" => {}
            "?" | "*" => part.is_optional = true,
            _ => return Err(token),
        }
        Ok(part)
    }

    /// The names of all children that it may have.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names[1..].iter().map(String::as_str)
    }

    /// Whether nothing may stand there at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.names().next().is_none()
    }

    /// Where a child stands among others; `None` where it may not stand.
    pub(crate) fn rank(&self, name: &str) -> Option<usize> {
        let place = self.names().position(|known| known == name)?;
        Some(self.ranks[place + 1])
    }

    /// What becomes of the child `name` in this state; 0 is the first.
    pub(crate) fn step(&self, state: usize, name: &str) -> Step {
        let found = self.follow[state]
            .iter()
            .find(|place| self.names[**place] == name);
        match found {
            Some(place) => Step::To(*place),
            None if self.names().any(|known| known == name) => Step::NotHere,
            None => Step::Unknown,
        }
    }

    /// Whether the element may end in this state.
    pub(crate) fn may_end(&self, state: usize) -> bool {
        self.last.contains(&state)
    }

    /// The children that may stand next, each once.
    pub(crate) fn expected(&self, state: usize) -> Vec<&str> {
        let mut expected: Vec<&str> = Vec::new();
        for place in &self.follow[state] {
            let name = self.names[*place].as_str();
            if !expected.contains(&name) {
                expected.push(name);
            }
        }
        expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(content: &str, children: &str) -> bool {
        let content = Content::parse(content).expect("an expression");
        let mut state = 0;
        for child in children.split_whitespace() {
            match content.step(state, child) {
                Step::To(next) => state = next,
                Step::NotHere | Step::Unknown => return false,
            }
        }
        content.may_end(state)
    }

    #[test]
    fn an_expression_accepts_what_it_says() {
        for (content, good, bad) in [
            ("A? B", "A B;B", ";A;B A;A A B"),
            ("(A | B+)? C*", ";A;B B;A C C;C", "A B;C A"),
            ("(A? B?)+ D", "D;A D;B A D;A B B A D", "A;D D"),
            ("A A B", "A A B", "A B;A A A B"),
            ("", "", "A"),
            ("(A* | (B* C*)*) D?", "A A D;C B C B;D", "A B;D A"),
        ] {
            for children in good.split(';') {
                assert!(accepts(content, children), "{content}: {children}");
            }
            for children in bad.split(';') {
                assert!(!accepts(content, children), "{content}: {children}");
            }
        }
    }

    #[test]
    fn a_child_is_told_apart_by_whether_it_may_stand_elsewhere() {
        let content = Content::parse("A? B").expect("an expression");
        assert_eq!(content.step(2, "A"), Step::NotHere);
        assert_eq!(content.step(2, "C"), Step::Unknown);
        assert_eq!(content.expected(0), ["A", "B"]);
    }
}
