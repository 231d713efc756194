//! GS1 DataMatrix: written, drawn, spoilt, turned and read.

use theriac_standards::gs1::datamatrix::{DataMatrixError, LARGEST_PICTURE, Luma, Symbol, read};
use theriac_standards::gs1::element_string::{Element, ElementString};
use theriac_standards::gs1::pack_label::PackLabel;

use crate::random::Random;

const PACK: &str = "(01)04012345678901(17)281200(10)D/V(21)yCH*4'h1Ab";

fn symbol(bracketed: &str) -> Symbol {
    Symbol::new(&ElementString::parse_bracketed(bracketed).unwrap()).unwrap()
}

/// The picture on a white ground of `side` pixels, turned by `degrees` about the middle.
fn turned(picture: &Luma, side: usize, degrees: f64) -> Luma {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let middle = side as f64 / 2.0;
    let (half_width, half_height) = (picture.width() as f64 / 2.0, picture.height() as f64 / 2.0);
    let pixel = |place: usize| {
        let (x, y) = (
            (place % side) as f64 + 0.5 - middle,
            (place / side) as f64 + 0.5 - middle,
        );
        let column = cosine * x + sine * y + half_width;
        let row = cosine * y - sine * x + half_height;
        let inside = |at: f64, end: usize| at >= 0.0 && at < end as f64;
        match inside(column, picture.width()) && inside(row, picture.height()) {
            true => picture.pixels()[row as usize * picture.width() + column as usize],
            false => 255,
        }
    };
    Luma::new(side, side, (0..side * side).map(pixel).collect()).unwrap()
}

/// One pixel in `one_in` takes any value, and all lose contrast.
fn spoilt(picture: &Luma, one_in: usize, random: &mut Random) -> Luma {
    let pixels = picture
        .pixels()
        .iter()
        .map(|pixel| match random.below(one_in) {
            0 => random.next() as u8,
            _ => pixel / 2 + 50 + random.below(20) as u8,
        });
    let pixels = pixels.collect();
    Luma::new(picture.width(), picture.height(), pixels).unwrap()
}

#[test]
fn a_pack_is_read_from_its_picture_however_it_is_turned() {
    let label = PackLabel::parse(PACK).unwrap();
    let picture = symbol(PACK).to_luma(6).unwrap();
    let mut random = Random::new(17);
    for degrees in [0.0, 7.0, 33.0, 90.0, 120.0, 180.0, 200.0, 270.0, 301.0] {
        let turned = turned(&picture, 300, degrees);
        let spoilt = spoilt(&turned, 100, &mut random);
        for (kind, picture) in [("clean", turned), ("spoilt", spoilt)] {
            let scanned =
                read(&picture).unwrap_or_else(|error| panic!("{kind} {degrees}: {error}"));
            assert!(scanned.starts_with("]d2"), "{degrees}");
            assert_eq!(PackLabel::parse(&scanned), Ok(label), "{degrees}");
        }
    }
}

#[test]
fn light_symbols_on_dark_ground_are_read() {
    let picture = symbol(PACK).to_luma(5).unwrap().inverted();
    let scanned = read(&picture).unwrap();
    assert_eq!(PackLabel::parse(&scanned), PackLabel::parse(PACK));
}

#[test]
fn every_character_of_set_82_survives() {
    let mut random = Random::new(19);
    for _ in 0..40 {
        let (lot, serial) = (random.cset82(20), random.cset82(20));
        let elements = [
            ("01", "04012345678901"),
            ("10", &lot),
            ("17", "281200"),
            ("21", &serial),
        ];
        let elements =
            elements.map(|(ai, value)| Element::new(ai.parse().unwrap(), value).unwrap());
        let elements = ElementString::new(elements.to_vec()).unwrap();
        let picture = Symbol::new(&elements).unwrap().to_luma(4).unwrap();
        assert_eq!(read(&picture), Ok(format!("]d2{}", elements.to_raw())));
    }
}

#[test]
fn a_symbol_is_drawn_as_svg_and_png() {
    let symbol = symbol(PACK);
    assert_eq!((symbol.width(), symbol.height()), (22, 22));
    // The left and the lower edge are dark, the upper and the right one alternate.
    for place in 0..22 {
        assert!(symbol.is_dark(0, place) && symbol.is_dark(place, 21));
        assert_eq!(symbol.is_dark(place, 0), place.is_multiple_of(2));
    }
    assert!(!symbol.is_dark(22, 0) && !symbol.is_dark(0, 22));
    let svg = symbol.to_svg();
    assert!(svg.contains("viewBox=\"0 0 26 26\"") && svg.ends_with("</svg>"));
    let modules = (0..22 * 22).filter(|place| symbol.is_dark(place % 22, place / 22));
    assert_eq!(svg.matches("h1v1h-1z").count(), modules.count());
    let file = symbol.to_png(3).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&file))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    assert_eq!(pixels, symbol.to_luma(3).unwrap().pixels());
}

#[test]
fn what_does_not_fit_is_refused() {
    let values = vec!["x".repeat(90); 40];
    let elements = values.iter().enumerate().map(|(index, value)| {
        let ai = format!("{}", 91 + index % 9).parse().unwrap();
        Element::new(ai, value.as_str()).unwrap()
    });
    let elements = ElementString::new(elements.collect()).unwrap();
    assert!(matches!(
        Symbol::new(&elements),
        Err(DataMatrixError::TooLong { .. })
    ));
    let symbol = symbol(PACK);
    assert!(matches!(
        symbol.to_luma(0),
        Err(DataMatrixError::Picture { .. })
    ));
    assert!(matches!(
        symbol.to_png(1_000_000),
        Err(DataMatrixError::Picture { .. })
    ));
    assert!(Luma::new(2, 2, vec![0; 5]).is_err());
    assert!(Luma::new(usize::MAX, 2, vec![0; 5]).is_err());
    assert!(Luma::new(0, 0, Vec::new()).is_err());
    assert!(Luma::new(1, LARGEST_PICTURE + 1, vec![0; LARGEST_PICTURE + 1]).is_err());
}

#[test]
fn pictures_without_a_symbol_are_refused_without_a_panic() {
    let mut random = Random::new(23);
    for round in 0..300 {
        let (width, height) = (1 + random.below(90), 1 + random.below(90));
        let pixels = (0..width * height).map(|_| match round % 3 {
            0 => random.next() as u8,
            1 => [0, 255][random.below(2)],
            _ => [0, 255][usize::from(random.below(20) == 0)],
        });
        let picture = Luma::new(width, height, pixels.collect()).unwrap();
        assert_eq!(read(&picture), Err(DataMatrixError::NotFound));
    }
    let blank = Luma::new(100, 100, vec![255; 10_000]).unwrap();
    assert_eq!(read(&blank), Err(DataMatrixError::NotFound));
    let picture = symbol(PACK).to_luma(4).unwrap();
    for _ in 0..200 {
        let mut pixels = picture.pixels().to_vec();
        for _ in 0..random.below(3_000) {
            let place = random.below(pixels.len());
            pixels[place] = random.next() as u8;
        }
        let spoilt = Luma::new(picture.width(), picture.height(), pixels).unwrap();
        let _ = read(&spoilt);
    }
}
