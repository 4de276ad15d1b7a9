//! What the headers are made from: every object, key, enum and code with its C names.
//!
//! All of it is constant data beside the type that it describes, so it cannot drift from the code.

use crate::json::JsonError;

/// One JSON object of the C interface.
#[derive(Debug)]
pub struct ObjectMeta {
    /// Name of the object in the C interface.
    pub name: &'static str,
    /// The public header that describes it; empty for objects that no header has.
    pub header: &'static str,
    /// What it is: lines that each begin with a space and end with a line feed, see [`doc_lines`].
    pub doc: &'static str,
    /// The keys, in the order of the source.
    pub fields: &'static [FieldMeta],
    /// Reads a text as this object and writes it again, complete and in order; for tests over all objects.
    pub rewrite: fn(&[u8]) -> Result<String, JsonError>,
}

impl ObjectMeta {
    /// A field by its name in the struct. For constants, so that a name that is none does not compile.
    ///
    /// # Panics
    /// Without such a field.
    pub const fn field(&self, name: &str) -> &'static FieldMeta {
        let mut rest = self.fields;
        while let [field, more @ ..] = rest {
            if is_same(field.name.as_bytes(), name.as_bytes()) {
                return field;
            }
            rest = more;
        }
        panic!("no such field")
    }
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([a, one_more @ ..], [b, other_more @ ..]) = (one, other) {
        if *a != *b {
            return false;
        }
        (one, other) = (one_more, other_more);
    }
    one.is_empty() && other.is_empty()
}

/// What the bits of a modify flag name: a bit, and the field that counts where it is set.
pub type Changes = [(u32, &'static FieldMeta)];

/// All bits that name something.
pub const fn all_bits(changes: &Changes) -> u32 {
    let (mut bits, mut rest) = (0, changes);
    while let [(bit, _), more @ ..] = rest {
        bits |= *bit;
        rest = more;
    }
    bits
}

/// One key of an object.
#[derive(Debug)]
pub struct FieldMeta {
    /// The field's name in the struct.
    pub name: &'static str,
    /// The key as the newest headers spell it.
    pub key: &'static str,
    /// C constants of that key: the current name first, then older ones. Empty where no header names it.
    pub c_names: &'static [&'static str],
    /// Older spellings of the key, each with the C constants that stand for it alone.
    pub old: &'static [(&'static str, &'static [&'static str])],
    /// Type of the value: `bool`, `int32`, `uint32`, `int64`, `uint64`, `double`, `string`, `any`, `object X`, or `[X]`
    /// for an array.
    pub ty: &'static str,
    /// What it means, as in [`ObjectMeta::doc`].
    pub doc: &'static str,
}

/// One C enum.
#[derive(Debug)]
pub struct EnumMeta {
    /// Name of the C type.
    pub name: &'static str,
    /// The public header that declares it.
    pub header: &'static str,
    /// What it is, as in [`ObjectMeta::doc`].
    pub doc: &'static str,
    /// The members, in the order of the source.
    pub members: &'static [MemberMeta],
}

impl FieldMeta {
    /// Whether a key is a spelling of this one.
    pub fn is_spelt(&self, key: &str) -> bool {
        self.key == key || self.old.iter().any(|(old, _)| *old == key)
    }
}

/// One member of a C enum.
#[derive(Debug)]
pub struct MemberMeta {
    /// The current C name.
    pub c_name: &'static str,
    /// The number.
    pub value: i64,
    /// What it means, as in [`ObjectMeta::doc`].
    pub doc: &'static str,
    /// Older C names of the same member.
    pub aliases: &'static [&'static str],
}

/// One error code.
#[derive(Debug)]
pub struct CodeMeta {
    /// The current C name.
    pub c_name: &'static str,
    /// The number.
    pub value: i32,
    /// What it means: one line, which is also the text of [`Code::desc`](crate::Code::desc).
    pub doc: &'static str,
    /// The part of the product it belongs to.
    pub area: &'static str,
    /// Older C names of the same number.
    pub aliases: &'static [&'static str],
}

/// A string that is a value, not a key.
#[derive(Debug)]
pub struct ConstantMeta {
    /// C constants that stand for it: the current name first.
    pub c_names: &'static [&'static str],
    /// The string.
    pub value: &'static str,
    /// The public header that declares it.
    pub header: &'static str,
    /// What it means: one line.
    pub doc: &'static str,
}

/// The lines of a `doc` text without the space in front.
pub fn doc_lines(doc: &str) -> impl Iterator<Item = &str> {
    doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line))
}
