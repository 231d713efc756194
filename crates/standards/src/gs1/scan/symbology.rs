//! Symbology identifiers of ISO/IEC 15424: `]`, a letter for the symbology, a character for its mode.

/// What kind of barcode was read, as far as GS1 uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbology {
    /// `]C1`: GS1-128.
    Gs1Code128,
    /// `]d2`: GS1 DataMatrix.
    Gs1DataMatrix,
    /// `]Q3`: GS1 QR Code.
    Gs1QrCode,
    /// `]J1`: GS1 DotCode.
    Gs1DotCode,
    /// `]e0`: GS1 DataBar, and the composite of a linear barcode.
    Gs1DataBar,
    /// `]E0`: EAN-13, UPC-A or UPC-E, in 13 digits.
    Ean13,
    /// `]E4`: EAN-8.
    Ean8,
    /// `]d1`: Data Matrix without GS1 data.
    DataMatrix,
    /// `]Q1`: QR Code without GS1 data.
    QrCode,
    /// `]J0`: DotCode without GS1 data.
    DotCode,
}

/// What the data of a symbology is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carries {
    Elements,
    Gtin13,
    Gtin8,
    Text,
}

impl Symbology {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Gs1Code128,
        Self::Gs1DataMatrix,
        Self::Gs1QrCode,
        Self::Gs1DotCode,
        Self::Gs1DataBar,
        Self::Ean13,
        Self::Ean8,
        Self::DataMatrix,
        Self::QrCode,
        Self::DotCode,
    ];

    /// The three characters that a scanner puts before the data.
    pub const fn identifier(self) -> &'static str {
        match self {
            Self::Gs1Code128 => "]C1",
            Self::Gs1DataMatrix => "]d2",
            Self::Gs1QrCode => "]Q3",
            Self::Gs1DotCode => "]J1",
            Self::Gs1DataBar => "]e0",
            Self::Ean13 => "]E0",
            Self::Ean8 => "]E4",
            Self::DataMatrix => "]d1",
            Self::QrCode => "]Q1",
            Self::DotCode => "]J0",
        }
    }

    /// The symbology that `scanned` names, with the data after its identifier.
    pub fn strip(scanned: &str) -> Option<(Self, &str)> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|one| Some((one, scanned.strip_prefix(one.identifier())?)))
    }

    pub(super) fn carries_elements(self) -> bool {
        self.carries() == Carries::Elements
    }

    pub(super) const fn carries(self) -> Carries {
        match self {
            Self::Gs1Code128
            | Self::Gs1DataMatrix
            | Self::Gs1QrCode
            | Self::Gs1DotCode
            | Self::Gs1DataBar => Carries::Elements,
            Self::Ean13 => Carries::Gtin13,
            Self::Ean8 => Carries::Gtin8,
            Self::DataMatrix | Self::QrCode | Self::DotCode => Carries::Text,
        }
    }
}
