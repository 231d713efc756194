//! Translates a word from one spelling to another.

/// A list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// Business steps.
    BizStep,
    /// Dispositions.
    Disposition,
    /// Types of business transactions.
    BizTransaction,
    /// Types of sources and destinations.
    SourceDestination,
    /// Reasons of errors.
    ErrorReason,
}

const URN: &str = "urn:epcglobal:cbv:";
const WEB: &str = "https://ref.gs1.org/cbv/";
const CURIE: &str = "cbv:";

impl Vocabulary {
    const ALL: [Self; 5] = [
        Self::BizStep,
        Self::Disposition,
        Self::BizTransaction,
        Self::SourceDestination,
        Self::ErrorReason,
    ];

    /// The list's name in a URN and in a web address.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::BizStep => ("bizstep", "BizStep"),
            Self::Disposition => ("disp", "Disp"),
            Self::BizTransaction => ("btt", "BTT"),
            Self::SourceDestination => ("sdt", "SDT"),
            Self::ErrorReason => ("er", "ER"),
        }
    }
}

/// The list and the bare word of a URN, a web address or a CURIE; `None` for any other text.
pub fn from_any(text: &str) -> Option<(Vocabulary, &str)> {
    let mut all = Vocabulary::ALL.into_iter();
    all.find_map(|list| {
        let (urn, web) = list.names();
        let word = match text.strip_prefix(URN) {
            Some(rest) => rest.strip_prefix(urn)?.strip_prefix(':')?,
            None => {
                let rest = text
                    .strip_prefix(WEB)
                    .or_else(|| text.strip_prefix(CURIE))?;
                rest.strip_prefix(web)?.strip_prefix('-')?
            }
        };
        (!word.is_empty()).then_some((list, word))
    })
}

/// The bare word, or the text as it is where it is no word of these lists.
pub fn to_bare(text: &str) -> &str {
    from_any(text).map_or(text, |(_, word)| word)
}

/// The URN of a word of `list`, in whichever spelling it is. Text with a colon that is no word of these lists stays as it is.
pub fn to_urn(list: Vocabulary, text: &str) -> String {
    spell(list, text, |list, word| {
        format!("{URN}{}:{word}", list.names().0)
    })
}

/// The web address of a word of `list`, in whichever spelling it is. Text with a colon that is no word of these lists stays as it is.
pub fn to_web_uri(list: Vocabulary, text: &str) -> String {
    spell(list, text, |list, word| {
        format!("{WEB}{}-{word}", list.names().1)
    })
}

fn spell(list: Vocabulary, text: &str, write: impl Fn(Vocabulary, &str) -> String) -> String {
    match from_any(text) {
        Some((list, word)) => write(list, word),
        None if text.contains(':') || text.trim().is_empty() => text.to_owned(),
        None => write(list, text),
    }
}
