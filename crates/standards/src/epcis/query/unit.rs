//! Units of UN/CEFACT Recommendation 20, so that 293.15 KEL is found where 20 CEL is asked.

/// What a unit measures, its size in the base unit of that kind, and what is added after scaling (temperatures alone).
struct Unit {
    code: &'static str,
    kind: Kind,
    factor: f64,
    offset: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Temperature,
    Mass,
    Length,
    Area,
    Volume,
    Time,
    Speed,
    Acceleration,
    Pressure,
    Energy,
    Power,
    Force,
    Frequency,
    Current,
    Voltage,
    Angle,
    Density,
    Share,
    DoseRate,
}

const fn unit(code: &'static str, kind: Kind, factor: f64) -> Unit {
    Unit {
        code,
        kind,
        factor,
        offset: 0.0,
    }
}

const UNITS: &[Unit] = &[
    unit("KEL", Kind::Temperature, 1.0),
    Unit {
        code: "CEL",
        kind: Kind::Temperature,
        factor: 1.0,
        offset: 273.15,
    },
    Unit {
        code: "FAH",
        kind: Kind::Temperature,
        factor: 5.0 / 9.0,
        offset: 459.67 * 5.0 / 9.0,
    },
    unit("KGM", Kind::Mass, 1.0),
    unit("GRM", Kind::Mass, 1e-3),
    unit("MGM", Kind::Mass, 1e-6),
    unit("MC", Kind::Mass, 1e-9),
    unit("TNE", Kind::Mass, 1e3),
    unit("LBR", Kind::Mass, 0.453_592_37),
    unit("ONZ", Kind::Mass, 0.028_349_523_125),
    unit("GRN", Kind::Mass, 64.798_91e-6),
    unit("MTR", Kind::Length, 1.0),
    unit("KMT", Kind::Length, 1e3),
    unit("DMT", Kind::Length, 0.1),
    unit("CMT", Kind::Length, 0.01),
    unit("MMT", Kind::Length, 1e-3),
    unit("4H", Kind::Length, 1e-6),
    unit("C45", Kind::Length, 1e-9),
    unit("INH", Kind::Length, 0.0254),
    unit("FOT", Kind::Length, 0.3048),
    unit("YRD", Kind::Length, 0.9144),
    unit("SMI", Kind::Length, 1609.344),
    unit("MTK", Kind::Area, 1.0),
    unit("CMK", Kind::Area, 1e-4),
    unit("MMK", Kind::Area, 1e-6),
    unit("KMK", Kind::Area, 1e6),
    unit("HAR", Kind::Area, 1e4),
    unit("MTQ", Kind::Volume, 1.0),
    unit("LTR", Kind::Volume, 1e-3),
    unit("DLT", Kind::Volume, 1e-4),
    unit("CLT", Kind::Volume, 1e-5),
    unit("MLT", Kind::Volume, 1e-6),
    unit("CMQ", Kind::Volume, 1e-6),
    unit("4G", Kind::Volume, 1e-9),
    unit("GLL", Kind::Volume, 3.785_411_784e-3),
    unit("SEC", Kind::Time, 1.0),
    unit("C26", Kind::Time, 1e-3),
    unit("MIN", Kind::Time, 60.0),
    unit("HUR", Kind::Time, 3600.0),
    unit("DAY", Kind::Time, 86_400.0),
    unit("WEE", Kind::Time, 604_800.0),
    unit("MTS", Kind::Speed, 1.0),
    unit("KMH", Kind::Speed, 1.0 / 3.6),
    unit("HM", Kind::Speed, 0.447_04),
    unit("KNT", Kind::Speed, 1852.0 / 3600.0),
    unit("MSK", Kind::Acceleration, 1.0),
    unit("K40", Kind::Acceleration, 9.806_65),
    unit("PAL", Kind::Pressure, 1.0),
    unit("A97", Kind::Pressure, 100.0),
    unit("KPA", Kind::Pressure, 1e3),
    unit("MPA", Kind::Pressure, 1e6),
    unit("BAR", Kind::Pressure, 1e5),
    unit("MBR", Kind::Pressure, 100.0),
    unit("ATM", Kind::Pressure, 101_325.0),
    unit("JOU", Kind::Energy, 1.0),
    unit("KJO", Kind::Energy, 1e3),
    unit("WHR", Kind::Energy, 3600.0),
    unit("KWH", Kind::Energy, 3.6e6),
    unit("WTT", Kind::Power, 1.0),
    unit("KWT", Kind::Power, 1e3),
    unit("MAW", Kind::Power, 1e6),
    unit("NEW", Kind::Force, 1.0),
    unit("B47", Kind::Force, 1e3),
    unit("HTZ", Kind::Frequency, 1.0),
    unit("KHZ", Kind::Frequency, 1e3),
    unit("MHZ", Kind::Frequency, 1e6),
    unit("AMP", Kind::Current, 1.0),
    unit("4K", Kind::Current, 1e-3),
    unit("VLT", Kind::Voltage, 1.0),
    unit("2Z", Kind::Voltage, 1e-3),
    unit("KVT", Kind::Voltage, 1e3),
    unit("C81", Kind::Angle, 1.0),
    unit("DD", Kind::Angle, std::f64::consts::PI / 180.0),
    unit("KMQ", Kind::Density, 1.0),
    unit("A93", Kind::Density, 1e-3),
    unit("GL", Kind::Density, 1.0),
    unit("C62", Kind::Share, 1.0),
    unit("P1", Kind::Share, 0.01),
    unit("59", Kind::Share, 1e-6),
    unit("D91", Kind::DoseRate, 1.0),
    unit("P71", Kind::DoseRate, 1e-3 / 3600.0),
];

fn find(code: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.code == code)
}

/// `value` in the unit `from` as a value in the unit `to`; `None` where a code is not known here or they measure different
/// things. A code converts to itself, known or not.
pub fn convert(value: f64, from: &str, to: &str) -> Option<f64> {
    if from == to {
        return Some(value);
    }
    let (from, to) = (find(from)?, find(to)?);
    let base = value * from.factor + from.offset;
    (from.kind == to.kind).then(|| (base - to.offset) / to.factor)
}

/// Whether two values are equal within what conversion loses.
pub(super) fn near(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1.0)
}
