//! The schemes: which key each stands for, and how its digits are arranged.

/// What kind of thing a code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// A serialised trade item.
    Sgtin,
    /// A lot of a trade item.
    Lgtin,
    /// A trade item with a third-party serial, as tobacco has it.
    Upui,
    /// A piece of a trade item.
    Itip,
    /// A logistic unit.
    Sscc,
    /// A place.
    Sgln,
    /// A party.
    Pgln,
    /// A returnable asset.
    Grai,
    /// An individual asset.
    Giai,
    /// A recipient of a service.
    Gsrn,
    /// A provider of a service.
    Gsrnp,
    /// A document.
    Gdti,
    /// A component or part.
    Cpi,
    /// A coupon.
    Sgcn,
    /// A consignment.
    Ginc,
    /// A shipment.
    Gsin,
}

/// How company prefix and reference make the key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// This many digits and a check digit; the first digit stands after the company prefix in the URN.
    LeadingDigit(usize),
    /// This many digits and a check digit, as they are.
    Digits(usize),
    /// Text without a check digit.
    Text,
}

/// What comes after company prefix and reference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// Nothing.
    None,
    /// A serial number inside the key's data.
    Inside,
    /// Another element.
    Element(&'static str),
    /// Another element, of which `0` stands for none.
    Extension(&'static str),
    /// Piece and number of pieces inside the key's data, then another element.
    Pieces(&'static str),
}

/// How a scheme is written.
pub(super) struct Layout {
    pub(super) name: &'static str,
    pub(super) ai: &'static str,
    /// Digits before the company prefix in the key's data that no URN shows.
    pub(super) before: &'static str,
    pub(super) body: Body,
    pub(super) tail: Tail,
}

impl Scheme {
    /// Every scheme, the finer before the coarser.
    pub const ALL: [Self; 16] = [
        Self::Sgtin,
        Self::Upui,
        Self::Lgtin,
        Self::Itip,
        Self::Sscc,
        Self::Sgln,
        Self::Pgln,
        Self::Grai,
        Self::Giai,
        Self::Gsrn,
        Self::Gsrnp,
        Self::Gdti,
        Self::Cpi,
        Self::Sgcn,
        Self::Ginc,
        Self::Gsin,
    ];

    pub(super) const fn layout(self) -> Layout {
        let (name, ai, body, tail) = match self {
            Self::Sgtin => ("sgtin", "01", Body::LeadingDigit(13), Tail::Element("21")),
            Self::Lgtin => ("lgtin", "01", Body::LeadingDigit(13), Tail::Element("10")),
            Self::Upui => ("upui", "01", Body::LeadingDigit(13), Tail::Element("235")),
            Self::Itip => ("itip", "8006", Body::LeadingDigit(13), Tail::Pieces("21")),
            Self::Sscc => ("sscc", "00", Body::LeadingDigit(17), Tail::None),
            Self::Sgln => ("sgln", "414", Body::Digits(12), Tail::Extension("254")),
            Self::Pgln => ("pgln", "417", Body::Digits(12), Tail::None),
            Self::Grai => ("grai", "8003", Body::Digits(12), Tail::Inside),
            Self::Giai => ("giai", "8004", Body::Text, Tail::None),
            Self::Gsrn => ("gsrn", "8018", Body::Digits(17), Tail::None),
            Self::Gsrnp => ("gsrnp", "8017", Body::Digits(17), Tail::None),
            Self::Gdti => ("gdti", "253", Body::Digits(12), Tail::Inside),
            Self::Cpi => ("cpi", "8010", Body::Text, Tail::Element("8011")),
            Self::Sgcn => ("sgcn", "255", Body::Digits(12), Tail::Inside),
            Self::Ginc => ("ginc", "401", Body::Text, Tail::None),
            Self::Gsin => ("gsin", "402", Body::Digits(16), Tail::None),
        };
        let before = if matches!(self, Self::Grai) { "0" } else { "" };
        Layout {
            name,
            ai,
            before,
            body,
            tail,
        }
    }

    /// The scheme's name in a URN.
    pub fn name(self) -> &'static str {
        self.layout().name
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.name() == name)
    }

    /// Whether a pattern of the scheme names a class of things.
    pub(super) fn has_classes(self) -> bool {
        match self.layout().tail {
            Tail::Inside | Tail::Pieces(_) => true,
            Tail::Element(_) => self != Self::Lgtin,
            Tail::None | Tail::Extension(_) => false,
        }
    }
}
