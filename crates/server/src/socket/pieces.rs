//! A text on its way to the other side, piece by piece.
//!
//! A WebSocket copies what it is given into a buffer that never becomes smaller, and moves what is left in it with each bit that the system
//! takes. So a long text goes as a message of several frames (RFC 6455, 5.4), each once the one before is nearly gone. And it is seen whether
//! the other side takes something: who is slow gets all of it.

use std::time::Duration;

use futures_util::SinkExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::{Bytes, Message, Utf8Bytes};

use super::End;

/// Bytes of a piece: as many as TLS takes at once.
pub(super) const PIECE: usize = 16 << 10;

/// Writes a text; what the system does not take yet of its last piece goes with the next flush. Each piece may take `stall`, and between
/// two of them `goes_on` is asked: nothing else can be said there.
pub(super) async fn write<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut WebSocketStream<S>,
    text: Utf8Bytes,
    stall: Duration,
    mut goes_on: impl FnMut() -> bool,
) -> Result<(), End> {
    for (nth, piece) in pieces(text).enumerate() {
        if nth > 0 && !goes_on() {
            return Err(End::Gone);
        }
        match timeout(stall, stream.feed(piece)).await {
            Ok(written) => written?,
            Err(_) => return Err(End::Gone),
        }
    }
    Ok(())
}

/// What a text is written as.
fn pieces(text: Utf8Bytes) -> impl Iterator<Item = Message> {
    let mut rest = Bytes::from(text);
    let mut opcode = Data::Text;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let piece = rest.split_to(rest.len().min(PIECE));
        done = rest.is_empty();
        let frame = Frame::message(piece, OpCode::Data(opcode), done);
        opcode = Data::Continue;
        Some(Message::Frame(frame))
    })
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt;
    use tokio::io::{AsyncReadExt, DuplexStream, duplex};
    use tokio_tungstenite::tungstenite::protocol::Role;

    use super::*;

    const STALL: Duration = Duration::from_secs(30);

    async fn server(stream: DuplexStream) -> WebSocketStream<DuplexStream> {
        let settings = crate::socket::settings(&crate::config::Limits::default());
        WebSocketStream::from_raw_socket(stream, Role::Server, Some(settings)).await
    }

    /// So that characters of several bytes are cut.
    fn long() -> String {
        "x".to_owned() + &"ä€".repeat(50_000)
    }

    #[tokio::test(start_paused = true)]
    async fn a_message_is_the_same_whatever_its_length() {
        let (near, far) = duplex(1 << 10);
        let mut server = server(near).await;
        let mut client = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
        let whole = "y".repeat(PIECE);
        let texts = [String::new(), "short".to_owned(), whole.clone(), whole + "y", long()];
        let said = texts.clone();
        let writes = tokio::spawn(async move {
            for text in said {
                assert!(write(&mut server, text.into(), STALL, || true).await.is_ok());
                server.flush().await.unwrap();
            }
        });
        for text in texts {
            let heard = client.next().await.unwrap().unwrap();
            assert_eq!(heard, Message::text(text));
        }
        writes.await.unwrap();
    }

    /// Writes a long text to somebody who takes a piece of it in so much time. Whether all of it was written.
    async fn written(pace: Duration, goes_on: impl FnMut() -> bool) -> bool {
        let (near, mut far) = duplex(1 << 10);
        let mut server = server(near).await;
        let reads = tokio::spawn(async move {
            let mut piece = vec![0; PIECE];
            loop {
                tokio::time::sleep(pace).await;
                if far.read_exact(&mut piece).await.is_err() {
                    return;
                }
            }
        });
        let written = write(&mut server, long().into(), STALL, goes_on).await.is_ok();
        reads.abort();
        written
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_something_is_waited_for_and_who_takes_nothing_is_not() {
        assert!(written(STALL * 2 / 3, || true).await, "ten times as long as one may take nothing");
        assert!(!written(STALL * 2, || true).await);
        let mut pieces = 0;
        let ended = || {
            pieces += 1;
            pieces < 3
        };
        assert!(!written(Duration::ZERO, ended).await);
        assert_eq!(pieces, 3, "nothing was written after that");
    }
}
