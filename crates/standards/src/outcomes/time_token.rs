//! The words, numbers and signs of a text about time.

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number in thousandths, and whether a word follows it without a space, as in `24h`.
    Number {
        thousandths: i64,
        text: String,
        is_glued: bool,
    },
    /// A word in small letters.
    Word(String),
    /// Anything else but white space.
    Sign(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Number { .. } | Self::Sign(_) => None,
        }
    }
}

const NUMBERS: [(&str, i64); 20] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fourteen", 14),
    ("fifteen", 15),
    ("eighteen", 18),
    ("twenty", 20),
    ("thirty", 30),
    ("sixty", 60),
    ("ninety", 90),
    ("hundred", 100),
];

/// Cuts a text into pieces.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        let next = match letter {
            _ if letter.is_ascii_digit() => number(&letters, at, &mut tokens),
            _ if letter.is_alphabetic() => word(&letters, at, &mut tokens),
            _ => {
                if !letter.is_whitespace() {
                    tokens.push(Token::Sign(letter));
                }
                at + 1
            }
        };
        at = next;
    }
    tokens
}

fn number(letters: &[char], start: usize, tokens: &mut Vec<Token>) -> usize {
    let digits = |from: usize| {
        let rest = letters[from..].iter();
        from + rest.take_while(|letter| letter.is_ascii_digit()).count()
    };
    let mut end = digits(start);
    let has_fraction =
        letters.get(end) == Some(&'.') && letters.get(end + 1).is_some_and(char::is_ascii_digit);
    if has_fraction {
        end = digits(end + 1);
    }
    let text: String = letters[start..end].iter().collect();
    tokens.push(Token::Number {
        thousandths: thousandths(&text),
        is_glued: letters
            .get(end)
            .is_some_and(|letter| letter.is_alphabetic()),
        text,
    });
    end
}

/// Numbers of more than six digits are no times.
fn thousandths(text: &str) -> i64 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    match whole.len() {
        0..=6 => format!("{whole}{fraction}").parse().unwrap_or(0),
        _ => 0,
    }
}

fn word(letters: &[char], start: usize, tokens: &mut Vec<Token>) -> usize {
    let rest = letters[start..].iter();
    let end = start
        + rest
            .take_while(|letter| letter.is_alphabetic() || **letter == '’' || **letter == '\'')
            .count();
    let word: String = letters[start..end].iter().collect();
    let word = word.to_lowercase();
    match NUMBERS.iter().find(|(name, _)| *name == word) {
        Some((_, value)) => tokens.push(Token::Number {
            thousandths: value * 1_000,
            text: value.to_string(),
            is_glued: false,
        }),
        None => tokens.push(Token::Word(word)),
    }
    end
}
