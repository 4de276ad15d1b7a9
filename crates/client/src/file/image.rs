//! The three sizes of a picture.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::thumbnail;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use imsdk_types::{Code, Error};

/// The shorter side of the large size, in pixels.
const LARGE: u32 = 720;

/// The shorter side of the thumbnail, in pixels.
const THUMB: u32 = 198;

/// Memory that a picture may take once it is decoded: a small file can claim any size.
const DECODED: u64 = 256 << 20;

/// Quality of the pictures that are made, of 100.
const QUALITY: u8 = 80;

/// A picture that was looked at.
pub struct Picture {
    /// As `image_elem_format` has it.
    pub format: i32,
    /// Pixels, as it is shown.
    pub width: u32,
    pub height: u32,
    /// The smaller sizes; `None` where the original is no larger.
    pub large: Option<Scaled>,
    pub thumb: Option<Scaled>,
}

/// A picture that was made.
pub struct Scaled {
    pub width: u32,
    pub height: u32,
    pub content: Vec<u8>,
}

fn no_image() -> Error {
    Error::from(Code::ImageUploadFailedNotimage)
}

/// Width and height of a picture, from its first bytes.
pub fn size(content: &[u8]) -> Option<(u32, u32)> {
    ImageReader::new(Cursor::new(content)).with_guessed_format().ok()?.into_dimensions().ok()
}

/// Looks at a picture and makes its smaller sizes.
///
/// # Errors
/// 6031 for what is no picture, or none of a common format; 8003 for one that is too large to be decoded.
pub fn look(content: &[u8]) -> Result<Picture, Error> {
    let mut reader =
        ImageReader::new(Cursor::new(content)).with_guessed_format().map_err(|_| no_image())?;
    let kind = reader.format().ok_or_else(no_image)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    if decoder.total_bytes() > DECODED {
        return Err(too_large());
    }
    // A camera that was held upright says so here.
    let orientation = decoder.orientation().map_err(refused)?;
    let mut original = DynamicImage::from_decoder(decoder).map_err(refused)?;
    original.apply_orientation(orientation);
    let large = scaled(&original, LARGE)?;
    let thumb = match &large {
        Some((image, _)) => scaled(image, THUMB)?,
        None => scaled(&original, THUMB)?,
    };
    Ok(Picture {
        format: match kind {
            ImageFormat::Jpeg => 1,
            ImageFormat::Gif => 2,
            ImageFormat::Png => 3,
            ImageFormat::Bmp => 4,
            _ => 255,
        },
        width: original.width(),
        height: original.height(),
        large: large.map(|(_, made)| made),
        thumb: thumb.map(|(_, made)| made),
    })
}

fn refused(error: image::ImageError) -> Error {
    match error {
        image::ImageError::Limits(_) => too_large(),
        _ => no_image(),
    }
}

fn too_large() -> Error {
    Error::new(Code::SdkImageConvertError, "the picture has too many pixels")
}

/// The picture with its shorter side scaled down to `side`; `None` if it is not longer.
fn scaled(image: &DynamicImage, side: u32) -> Result<Option<(DynamicImage, Scaled)>, Error> {
    let shorter = image.width().min(image.height());
    if shorter <= side {
        return Ok(None);
    }
    let scale = |length: u32| {
        u32::try_from(u64::from(length) * u64::from(side) / u64::from(shorter)).unwrap_or(u32::MAX)
    };
    let (width, height) = (scale(image.width()), scale(image.height()));
    let small = shrunk(image, width, height);
    let mut content = Vec::new();
    let written = match small.color().has_alpha() {
        true => small.to_rgba8().write_with_encoder(PngEncoder::new(&mut content)),
        false => {
            small.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut content, QUALITY))
        }
    };
    written.map_err(|error| Error::new(Code::SdkImageConvertError, error.to_string()))?;
    Ok(Some((small, Scaled { width, height, content })))
}

/// The picture in another size. What has more than 8 bits for a colour has 8 then, so that the scaling is there for those alone.
fn shrunk(image: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    match image {
        DynamicImage::ImageLuma8(pixels) => thumbnail(pixels, width, height).into(),
        DynamicImage::ImageLumaA8(pixels) => thumbnail(pixels, width, height).into(),
        DynamicImage::ImageRgb8(pixels) => thumbnail(pixels, width, height).into(),
        DynamicImage::ImageRgba8(pixels) => thumbnail(pixels, width, height).into(),
        deep if deep.color().has_alpha() => thumbnail(&deep.to_rgba8(), width, height).into(),
        deep => thumbnail(&deep.to_rgb8(), width, height).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let image = DynamicImage::from(image::RgbImage::new(width, height));
        let mut content = Vec::new();
        image.write_to(&mut Cursor::new(&mut content), format).unwrap();
        content
    }

    fn sides(made: &Option<Scaled>) -> Option<(u32, u32)> {
        let made = made.as_ref()?;
        assert_eq!(size(&made.content), Some((made.width, made.height)), "what is told is true");
        Some((made.width, made.height))
    }

    #[test]
    fn the_shorter_side_decides() {
        for (width, height, large, thumb) in [
            (1440, 2000, Some((720, 1000)), Some((198, 275))),
            (2000, 1440, Some((1000, 720)), Some((275, 198))),
            (721, 721, Some((720, 720)), Some((198, 198))),
            (720, 900, None, Some((198, 247))),
            (199, 4000, None, Some((198, 3979))),
            (198, 4000, None, None),
            (1, 1, None, None),
        ] {
            let picture = look(&encoded(width, height, ImageFormat::Png)).unwrap();
            assert_eq!((picture.width, picture.height), (width, height));
            assert_eq!(sides(&picture.large), large, "{width}x{height}");
            assert_eq!(sides(&picture.thumb), thumb, "{width}x{height}");
        }
    }

    #[test]
    fn the_common_formats_are_known() {
        for (format, number) in [
            (ImageFormat::Jpeg, 1),
            (ImageFormat::Gif, 2),
            (ImageFormat::Png, 3),
            (ImageFormat::Bmp, 4),
            (ImageFormat::WebP, 255),
        ] {
            let picture = look(&encoded(300, 200, format)).unwrap();
            assert_eq!((picture.format, picture.width), (number, 300), "{format:?}");
            assert_eq!(sides(&picture.thumb), Some((297, 198)));
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let whole = encoded(300, 200, ImageFormat::Png);
        for content in [&b""[..], b"hello", b"\x89PNG\r\n\x1a\n", &whole[..whole.len() / 2]] {
            let error = look(content).err().expect("refused");
            assert!(error.is(Code::ImageUploadFailedNotimage), "{error}");
        }
    }

    /// A head that claims more pixels than any memory has.
    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        let mut bitmap = encoded(16, 16, ImageFormat::Bmp);
        bitmap[18..22].copy_from_slice(&60_000_u32.to_le_bytes());
        bitmap[22..26].copy_from_slice(&60_000_u32.to_le_bytes());
        assert!(look(&bitmap).err().expect("refused").is(Code::SdkImageConvertError));
    }

    #[test]
    fn every_kind_of_pixel_can_be_scaled() {
        use image::{ImageBuffer, Luma, LumaA, Rgb, Rgba};
        let gray = 0x8080_u16;
        let kinds: [DynamicImage; 8] = [
            ImageBuffer::from_pixel(400, 300, Luma([128_u8])).into(),
            ImageBuffer::from_pixel(400, 300, LumaA([128_u8, 0])).into(),
            ImageBuffer::from_pixel(400, 300, Rgb([128_u8; 3])).into(),
            ImageBuffer::from_pixel(400, 300, Rgba([128_u8, 128, 128, 0])).into(),
            ImageBuffer::from_pixel(400, 300, Luma([gray])).into(),
            ImageBuffer::from_pixel(400, 300, LumaA([gray, 0])).into(),
            ImageBuffer::from_pixel(400, 300, Rgb([gray; 3])).into(),
            ImageBuffer::from_pixel(400, 300, Rgba([gray, gray, gray, 0])).into(),
        ];
        for image in kinds {
            let mut content = Vec::new();
            image.write_to(&mut Cursor::new(&mut content), ImageFormat::Png).unwrap();
            let thumb = look(&content).unwrap().thumb;
            assert_eq!(sides(&thumb), Some((264, 198)), "{:?}", image.color());
            let thumb = image::load_from_memory(&thumb.unwrap().content).unwrap();
            assert_eq!(thumb.color().has_alpha(), image.color().has_alpha());
            let [red, _, blue, alpha] = thumb.to_rgba8().get_pixel(100, 100).0;
            assert!((126..=130).contains(&red) && red.abs_diff(blue) < 3, "{:?}", image.color());
            assert_eq!(alpha == 0, image.color().has_alpha(), "{:?}", image.color());
        }
    }

    #[test]
    fn what_is_transparent_stays_so() {
        let image = DynamicImage::from(image::RgbaImage::new(400, 400));
        let mut content = Vec::new();
        image.write_to(&mut Cursor::new(&mut content), ImageFormat::Png).unwrap();
        let thumb = look(&content).unwrap().thumb.unwrap();
        let thumb = image::load_from_memory(&thumb.content).unwrap();
        assert!(thumb.color().has_alpha() && thumb.to_rgba8().pixels().all(|it| it.0[3] == 0));
    }
}
