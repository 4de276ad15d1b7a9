//! Numbers and texts as PostgreSQL keeps them.

use imsdk_types::wire::ConvKind;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use imsdk_service::store::{Part, Place};

/// A value that goes with a statement.
pub(crate) type Param = Box<dyn ToSql + Sync + Send>;

/// The values that go with a statement.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        vec![$(Box::new($value) as $crate::row::Param),*]
    };
}
pub(crate) use params;

/// PostgreSQL's integers are signed; the bits are ours.
pub(crate) fn number(row: &Row, column: usize) -> u64 {
    row.get::<_, i64>(column) as u64
}

/// Numbers of 32 bits have a place of 64.
pub(crate) fn small(row: &Row, column: usize) -> u32 {
    row.get::<_, i64>(column) as u32
}

/// A number to compare with.
pub(crate) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Many numbers.
pub(crate) fn numbers(list: impl IntoIterator<Item = u64>) -> Vec<i64> {
    list.into_iter().map(|number| number as i64).collect()
}

pub(crate) fn place(row: &Row, column: usize) -> Place {
    let kind = match row.get::<_, i16>(column) {
        1 => ConvKind::C2c,
        3 => ConvKind::System,
        _ => ConvKind::Group,
    };
    Place { kind, a: number(row, column + 1), b: number(row, column + 2) }
}

/// Many places: kinds, and both numbers.
pub(crate) fn places(list: &[Place]) -> Vec<Param> {
    params![
        list.iter().map(|place| place.kind as i16).collect::<Vec<_>>(),
        numbers(list.iter().map(|place| place.a)),
        numbers(list.iter().map(|place| place.b)),
    ]
}

/// What a statement gave that counts in its first column, beside each row, how many there are.
pub(crate) fn part<T>(rows: &[Row], read: impl FnMut(&Row) -> T) -> Part<T> {
    let found = rows.first().map_or(0, |row| number(row, 0));
    Part { rows: rows.iter().map(read).collect(), more: found > rows.len() as u64 }
}

/// Text cannot hold U+0000 there. It is written as this character, which Unicode promises never to use, and a digit.
const ESCAPE: char = '\u{10ffff}';

/// A text as it is stored.
pub(crate) fn text(text: &str) -> String {
    if !text.contains(['\0', ESCAPE]) {
        return text.to_owned();
    }
    let mut stored = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '\0' => stored.extend([ESCAPE, '0']),
            ESCAPE => stored.extend([ESCAPE, '1']),
            char => stored.push(char),
        }
    }
    stored
}

/// A text as it was before it was stored.
pub(crate) fn read_text(row: &Row, column: usize) -> String {
    plain(row.get(column))
}

/// The same, of a text that was read.
pub(crate) fn plain(stored: &str) -> String {
    if !stored.contains(ESCAPE) {
        return stored.to_owned();
    }
    stored.replace("\u{10ffff}0", "\0").replace("\u{10ffff}1", "\u{10ffff}")
}
