//! The connection under a WebSocket. It knows how long a message is before any of it is taken.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::body::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Bytes of a message before there is a session: a login is far shorter.
const FIRST: u64 = 16 << 10;

/// Fragments that a message comes in: one without end would be followed for as long as it is fast, and counts as no request.
const FRAGMENTS: u32 = 1024;

/// Bytes that are thrown away at a time.
const WASTE: usize = 4 << 10;

/// See the module.
pub(crate) struct Frames<S> {
    stream: S,
    /// What has come together with the HTTP request.
    ahead: Bytes,
    header: Header,
    /// Messages of any length that the WebSocket takes.
    long: bool,
}

/// Where the stream of frames is (RFC 6455, 5.2).
#[derive(Default)]
struct Header {
    /// What has come of a header, without the mask.
    bytes: [u8; 10],
    count: usize,
    /// Bytes until the next one.
    rest: u64,
    /// Bytes of the frames that a message has had so far.
    message: u64,
    /// How many they are.
    fragments: u32,
}

impl Header {
    /// Follows the stream. How long the longest message is that has come, or was said to come; one of too many fragments has no end.
    fn follow(&mut self, mut bytes: &[u8]) -> u64 {
        let mut longest = 0;
        while let Some((first, others)) = bytes.split_first() {
            if self.rest > 0 {
                let skipped = self.rest.min(bytes.len() as u64);
                self.rest -= skipped;
                bytes = &bytes[skipped as usize..];
                continue;
            }
            self.bytes[self.count] = *first;
            self.count += 1;
            bytes = others;
            let [flags, short, extended @ ..] = self.bytes;
            let [a, b, ..] = extended;
            let (needed, length) = match short & 0x7f {
                126 => (4, u16::from_be_bytes([a, b]).into()),
                127 => (10, u64::from_be_bytes(extended)),
                length => (2, length.into()),
            };
            if self.count < 2 || self.count < needed {
                continue;
            }
            let mask = if short & 0x80 == 0 { 0 } else { 4 };
            (self.count, self.rest) = (0, length.saturating_add(mask));
            let (last, control) = (flags & 0x80 != 0, flags & 0x08 != 0);
            if control {
                // It stands between the frames of a message.
                longest = longest.max(length);
                continue;
            }
            self.message = self.message.saturating_add(length);
            self.fragments = self.fragments.saturating_add(1);
            longest = longest.max(if self.fragments > FRAGMENTS { u64::MAX } else { self.message });
            if last {
                (self.message, self.fragments) = (0, 0);
            }
        }
        longest
    }
}

impl<S> Frames<S> {
    /// A connection of which this much has been read.
    pub(crate) fn new(stream: S, ahead: Bytes) -> Self {
        Self { stream, ahead, header: Header::default(), long: false }
    }

    /// Whether long messages are taken from now on.
    pub(super) fn set_long(&mut self, long: bool) {
        self.long = long;
    }
}

impl<S: AsyncRead + Unpin> Frames<S> {
    /// Takes what the other side still says, and forgets it, until it says nothing more: what has not been read would have the system
    /// take back what it has not heard yet.
    pub(super) async fn waste(&mut self) {
        let mut bytes = vec![0; WASTE];
        loop {
            let mut buf = ReadBuf::new(&mut bytes);
            let read = poll_fn(|cx| Pin::new(&mut self.stream).poll_read(cx, &mut buf)).await;
            if read.is_err() || buf.filled().is_empty() {
                return;
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Frames<S> {
    /// A message that is too long now is an error of the kind `FileTooLarge`.
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        if this.ahead.is_empty() {
            ready!(Pin::new(&mut this.stream).poll_read(cx, buf))?;
        } else {
            let count = this.ahead.len().min(buf.remaining());
            buf.put_slice(&this.ahead.split_to(count));
        }
        let longest = this.header.follow(&buf.filled()[before..]);
        if longest > FIRST && !this.long || longest == u64::MAX {
            return Poll::Ready(Err(io::ErrorKind::FileTooLarge.into()));
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Frames<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of a client, its payload of so many bytes.
    fn frame(flags: u8, length: u64) -> Vec<u8> {
        let mut frame = vec![flags];
        match length {
            0..126 => frame.push(0x80 | length as u8),
            126..0x1_0000 => {
                frame.push(0x80 | 126);
                frame.extend((length as u16).to_be_bytes());
            }
            _ => {
                frame.push(0x80 | 127);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend([1, 2, 3, 4]);
        // What looks like headers of long frames.
        frame.extend(std::iter::repeat_n(0xff, length as usize));
        frame
    }

    #[test]
    fn a_message_is_as_long_as_its_frames_wherever_the_stream_is_cut() {
        let [text, ping, more, last] = [0x81, 0x89, 0x00, 0x80];
        for (frames, wanted) in [
            (vec![(text, 0), (text, 125), (text, 126), (text, 5)], 126),
            (vec![(text, 0xffff), (text, 7)], 0xffff),
            (vec![(text, 7), (text, 0x1_0000)], 0x1_0000),
            (vec![(0x01, 300), (ping, 100), (more, 300), (last, 300), (text, 500)], 900),
            (vec![(0x01, 0), (more, 0), (ping, 3), (last, 1)], 3),
        ] {
            let bytes: Vec<u8> =
                frames.iter().flat_map(|(flags, length)| frame(*flags, *length)).collect();
            for cut in [1, 2, 3, 7, 1000, bytes.len()] {
                let mut header = Header::default();
                let longest = bytes.chunks(cut).map(|part| header.follow(part)).max();
                assert_eq!(longest, Some(wanted), "{frames:?} cut at {cut}");
                assert_eq!((header.count, header.rest, header.message), (0, 0, 0));
            }
        }
    }

    #[test]
    fn a_length_is_known_before_anything_of_it_comes() {
        let mut header = Header::default();
        assert_eq!(header.follow(&[0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0]), 0);
        assert_eq!(header.follow(&[0]), 1 << 30);
        let mut header = Header::default();
        let most = [0x01, 0xff, 255, 255, 255, 255, 255, 255, 255, 255];
        assert_eq!(header.follow(&most), u64::MAX, "nothing overflows");
        header.rest = 0;
        assert_eq!(header.follow(&most), u64::MAX);
    }

    #[test]
    fn a_message_has_no_fragments_without_end() {
        let (first, more, last) = (frame(0x01, 1), frame(0x00, 0), frame(0x80, 0));
        let mut header = Header::default();
        for _ in 0..2 {
            assert_eq!(header.follow(&first), 1);
            assert!((2..FRAGMENTS).all(|_| header.follow(&more) == 1));
            assert_eq!(header.follow(&last), 1, "the next one is counted anew");
        }
        assert_eq!(header.follow(&first), 1);
        assert!((1..FRAGMENTS).all(|_| header.follow(&more) == 1));
        assert_eq!(header.follow(&more), u64::MAX);
    }
}
