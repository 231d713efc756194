//! Sensor data: when and by what something was measured, and the values.

use super::Extension;
use std::collections::BTreeMap;

/// What one or more sensors reported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SensorElement {
    /// What holds for all reports.
    pub metadata: Option<SensorMetadata>,
    /// The reports in order.
    pub reports: Vec<SensorReport>,
    /// What users added.
    pub extensions: Vec<Extension>,
}

/// When, by which device and by which rules the reports were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SensorMetadata {
    /// The standard fields, as written.
    pub fields: BTreeMap<MetadataField, String>,
    /// What users added.
    pub extensions: Vec<Extension>,
}

/// One measured or observed property.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SensorReport {
    /// The standard fields, as written.
    pub fields: BTreeMap<ReportField, String>,
    /// What users added.
    pub extensions: Vec<Extension>,
}

/// How a field's text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// A URI.
    Uri,
    /// A term of a vocabulary.
    Term,
    /// A date and time with its zone.
    Time,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Pairs of hexadecimal digits.
    Hexadecimal,
}

macro_rules! sensor_fields {
    ($(#[$outer:meta])* $kind:ident { $($(#[$inner:meta])* $variant:ident = $name:literal, $shape:ident;)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $kind { $($(#[$inner])* $variant,)* }

        impl $kind {
            /// All fields, in the order of the event hash.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in JSON and XML.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How the text is to be read.
            pub fn shape(self) -> Shape {
                match self { $(Self::$variant => Shape::$shape,)* }
            }

            /// The field of this name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

sensor_fields! {
    /// The fields of `sensorMetadata`.
    MetadataField {
        /// When all reports were made.
        Time = "time", Time;
        /// When the period of the reports began.
        StartTime = "startTime", Time;
        /// When the period of the reports ended.
        EndTime = "endTime", Time;
        /// The device that reported.
        DeviceId = "deviceID", Uri;
        /// What the device is.
        DeviceMetadata = "deviceMetadata", Uri;
        /// Where the raw data lies.
        RawData = "rawData", Uri;
        /// How the raw data was worked on.
        DataProcessingMethod = "dataProcessingMethod", Uri;
        /// Why the data was captured.
        BizRules = "bizRules", Uri;
    }
}

sensor_fields! {
    /// The fields of `sensorReport`.
    ReportField {
        /// What was measured.
        Type = "type", Term;
        /// An alarm or an error.
        Exception = "exception", Term;
        /// The device that reported.
        DeviceId = "deviceID", Uri;
        /// What the device is.
        DeviceMetadata = "deviceMetadata", Uri;
        /// Where the raw data lies.
        RawData = "rawData", Uri;
        /// How the raw data was worked on.
        DataProcessingMethod = "dataProcessingMethod", Uri;
        /// When the report was made.
        Time = "time", Time;
        /// The organism that was found.
        Microorganism = "microorganism", Uri;
        /// The substance that was found.
        ChemicalSubstance = "chemicalSubstance", Uri;
        /// The value in `uom`.
        Value = "value", Number;
        /// Which component of a vector the value is.
        Component = "component", Term;
        /// A value that is a text.
        StringValue = "stringValue", Text;
        /// A value that is true or false.
        BooleanValue = "booleanValue", Boolean;
        /// A value in hexadecimal.
        HexBinaryValue = "hexBinaryValue", Hexadecimal;
        /// A value that is a URI.
        UriValue = "uriValue", Uri;
        /// The least value of the period.
        MinValue = "minValue", Number;
        /// The greatest value of the period.
        MaxValue = "maxValue", Number;
        /// The mean of the period.
        MeanValue = "meanValue", Number;
        /// The standard deviation of the period.
        SDev = "sDev", Number;
        /// Which percentile `percValue` is.
        PercRank = "percRank", Number;
        /// The value at that percentile.
        PercValue = "percValue", Number;
        /// The unit, of UN/CEFACT Recommendation 20.
        Uom = "uom", Text;
        /// The coordinate reference system of a component.
        CoordinateReferenceSystem = "coordinateReferenceSystem", Uri;
        /// Why the data was captured. Not in the order of the event hash: it stands behind all else there.
        BizRules = "bizRules", Uri;
    }
}
