use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// Pixels of the raster for one of the SVG: 2,000 across, which is 240 to the inch on a page of A4.
const SCALE: f32 = 2.0;

/// Why a picture cannot be made into pixels.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RasterError {
    /// The drawing is not read.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// The picture has no size, or is too large.
    #[error("a picture of {width} × {height} pixels cannot be made")]
    Size {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// The pixels cannot be written as PNG.
    #[error("the pixels cannot be written: {0}")]
    Encoding(String),
}

/// Makes a picture of this crate into a PNG.
///
/// Letters come from a font that the program carries with it: the fonts of a machine change nothing.
///
/// # Errors
/// When the picture is no SVG or is too large.
pub fn rasterize(svg: &[u8]) -> Result<Vec<u8>, RasterError> {
    let mut fonts = fontdb::Database::new();
    for font in [dejavu::sans::regular(), dejavu::sans::bold()] {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(font)));
    }
    let options = Options { font_family: "DejaVu Sans".to_owned(), fontdb: Arc::new(fonts), ..Options::default() };
    let tree = Tree::from_data(svg, &options)?;
    let size = tree.size().to_int_size().scale_by(SCALE).unwrap_or_else(|| tree.size().to_int_size());
    let (width, height) = (size.width(), size.height());
    let mut pixels = Pixmap::new(width, height).ok_or(RasterError::Size { width, height })?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| RasterError::Encoding(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_drawn_on_any_machine_and_twice_the_same() {
        let svg = |text: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"20\"><text x=\"2\" y=\"15\" \
                 font-family=\"'DejaVu Sans'\">{text}</text></svg>"
            )
        };
        let [empty, once, twice] =
            ["", "à 3\u{202f}000 €", "à 3\u{202f}000 €"].map(|text| rasterize(svg(text).as_bytes()).unwrap());
        assert_eq!(once, twice);
        assert_ne!(once, empty);
        assert_eq!(once.get(..8), Some(b"\x89PNG\r\n\x1a\n".as_slice()));
        assert_eq!(once.get(16..24), Some([0, 0, 0, 180, 0, 0, 0, 40].as_slice()), "twice as large");
        assert!(rasterize(b"no drawing").is_err());
    }
}
