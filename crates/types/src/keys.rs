//! The keys of one object: in order for writing, hashed for reading.

/// A spelling of a key as it stands in JSON, with a comma before and a colon after it, and the field it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    pub json: &'static str,
    pub field: u8,
}

impl Entry {
    /// The spelling. It is not kept beside its JSON: there are hundreds of them, and a shared library has 24 bytes more for each pointer.
    pub const fn key(&self) -> &'static str {
        self.json.split_at(2).1.split_at(self.json.len() - 4).0
    }

    /// The same, without a look at where characters begin and end.
    const fn bytes(&self) -> &'static [u8] {
        self.json.as_bytes().split_at(2).1.split_at(self.json.len() - 4).0
    }
}

/// An [`Entry`] from a literal.
macro_rules! entry {
    ($key:literal, $field:expr) => {
        $crate::keys::Entry { json: concat!(",\"", $key, "\":"), field: $field }
    };
}
pub(crate) use entry;

/// All spellings of an object's keys.
pub struct Keys {
    /// Sorted by byte.
    pub sorted: &'static [Entry],
    /// See [`buckets`].
    pub buckets: &'static [u8],
}

impl Keys {
    /// The field that `key` belongs to.
    pub fn find(&self, key: &str) -> Option<u8> {
        let mut at = hash(key.as_bytes());
        loop {
            let place = self.buckets[at & (self.buckets.len() - 1)].checked_sub(1)?;
            let entry = &self.sorted[usize::from(place)];
            if entry.bytes() == key.as_bytes() {
                return Some(entry.field);
            }
            at += 1;
        }
    }
}

/// How many buckets so many keys have: a power of two, at least half of them empty.
pub const fn bucket_count(keys: usize) -> usize {
    assert!(keys < 128, "too many keys for the table");
    (2 * keys).next_power_of_two()
}

/// For each hash the place in `sorted` plus one; 0 ends a chain.
pub const fn buckets<const N: usize>(sorted: &[Entry]) -> [u8; N] {
    let mut buckets = [0; N];
    let mut i = 0;
    while i < sorted.len() {
        let mut at = hash(sorted[i].bytes()) % N;
        while buckets[at] != 0 {
            at = (at + 1) % N;
        }
        buckets[at] = i as u8 + 1;
        i += 1;
    }
    buckets
}

/// The places of all spellings of a field, a bit each.
pub const fn places(sorted: &[Entry], field: u8) -> u128 {
    let mut places = 0;
    let mut i = 0;
    while i < sorted.len() {
        if sorted[i].field == field {
            places |= 1 << i;
        }
        i += 1;
    }
    places
}

/// Keys of one object share their beginning, so the last bytes and the length tell them apart.
const fn hash(key: &[u8]) -> usize {
    let end = match key.last_chunk() {
        Some(end) => u64::from_le_bytes(*end),
        None => {
            let mut end = 0;
            let mut i = 0;
            while i < key.len() {
                end = end << 8 | key[i] as u64;
                i += 1;
            }
            end
        }
    };
    // Multiplying by a large odd number spreads all bits into the top byte.
    ((end ^ key.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize
}

/// `entries` sorted by byte. A key that stands there twice stops the build.
pub const fn sort<const N: usize>(entries: &[Entry]) -> [Entry; N] {
    let mut sorted = [entry!("", 0); N];
    let mut i = 0;
    while i < N {
        let mut at = i;
        while at > 0 && !less(sorted[at - 1].bytes(), entries[i].bytes()) {
            assert!(less(entries[i].bytes(), sorted[at - 1].bytes()), "a key stands twice");
            sorted[at] = sorted[at - 1];
            at -= 1;
        }
        sorted[at] = entries[i];
        i += 1;
    }
    sorted
}

const fn less(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] < b[i];
        }
        i += 1;
    }
    a.len() < b.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SORTED: [Entry; 4] =
        sort(&[entry!("b", 0), entry!("ab", 1), entry!("a", 2), entry!("", 3)]);
    static BUCKETS: [u8; bucket_count(SORTED.len())] = buckets(&SORTED);
    static KEYS: Keys = Keys { sorted: &SORTED, buckets: &BUCKETS };

    #[test]
    fn sorts_and_finds() {
        assert_eq!(
            SORTED.map(|entry| (entry.key(), entry.field)),
            [("", 3), ("a", 2), ("ab", 1), ("b", 0)]
        );
        for entry in SORTED {
            assert_eq!(KEYS.find(entry.key()), Some(entry.field));
        }
        assert_eq!(KEYS.find("c"), None);
        assert_eq!(KEYS.find("abc"), None);
    }

    #[test]
    fn a_field_has_the_places_of_all_its_spellings() {
        const TWICE: [Entry; 3] = sort(&[entry!("b", 0), entry!("c", 1), entry!("a", 0)]);
        assert_eq!([0, 1, 2].map(|field| places(&TWICE, field)), [0b011, 0b100, 0]);
    }
}
