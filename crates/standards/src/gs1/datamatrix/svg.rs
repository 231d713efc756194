//! A symbol as SVG.

use std::fmt::Write;

use super::{QUIET_ZONE, Symbol};

impl Symbol {
    /// An SVG document with the quiet zone, one user unit a module, dark modules black on white.
    pub fn to_svg(&self) -> String {
        let side = |modules: usize| modules + 2 * QUIET_ZONE;
        let (width, height) = (side(self.width()), side(self.height()));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/><path d=\""
        );
        for row in 0..self.height() {
            for column in 0..self.width() {
                if self.is_dark(column, row) {
                    let (x, y) = (column + QUIET_ZONE, row + QUIET_ZONE);
                    write!(svg, "M{x} {y}h1v1h-1z").expect("a string takes any text");
                }
            }
        }
        svg.push_str("\" fill=\"#000\"/></svg>");
        svg
    }
}
