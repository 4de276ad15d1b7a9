//! The macro that makes an enum: the Rust type, its conversions and its metadata from one list of members.

/// Makes enums of the C interface. `Member = number, kTIMConstant | kTIMOlderConstant;`
///
/// In JSON and in calls they are plain integers, because a program may hand over any number: `try_from` tells which of
/// them mean something.
macro_rules! enums {
    ($(
        $(#[doc = $doc:literal])+
        pub enum $name:ident: $c_type:ident in $header:literal {
            $(
                $(#[doc = $member_doc:literal])+
                $member:ident = $value:literal, $c_name:ident $(| $alias:ident)*;
            )+
        }
    )+) => {
        $(
            $(#[doc = $doc])+
            #[doc = concat!("\n\nIn C: `enum ", stringify!($c_type), "`.")]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[repr(i32)]
            pub enum $name {
                $(
                    $(#[doc = $member_doc])+
                    $member = $value,
                )+
            }

            impl $name {
                /// Its names and members.
                pub const META: $crate::meta::EnumMeta = $crate::meta::EnumMeta {
                    name: stringify!($c_type),
                    header: $header,
                    doc: concat!($($doc, "\n"),+),
                    members: &[$(
                        $crate::meta::MemberMeta {
                            c_name: stringify!($c_name),
                            value: $value,
                            doc: concat!($($member_doc, "\n"),+),
                            aliases: &[$(stringify!($alias)),*],
                        },
                    )+],
                };

                /// The number as C has it.
                pub const fn value(self) -> i32 {
                    self as i32
                }

                /// The number as most JSON keys have it.
                pub const fn bits(self) -> u32 {
                    self as i32 as u32
                }
            }

            impl TryFrom<i32> for $name {
                type Error = $crate::enums::NotAMember;

                fn try_from(value: i32) -> Result<Self, $crate::enums::NotAMember> {
                    match value {
                        $($value => Ok(Self::$member),)+
                        _ => Err($crate::enums::NotAMember { value, c_type: stringify!($c_type) }),
                    }
                }
            }

            impl TryFrom<u32> for $name {
                type Error = $crate::enums::NotAMember;

                fn try_from(value: u32) -> Result<Self, $crate::enums::NotAMember> {
                    Self::try_from(value as i32)
                }
            }

            impl From<$name> for i32 {
                fn from(value: $name) -> Self {
                    value.value()
                }
            }

            impl From<$name> for u32 {
                fn from(value: $name) -> Self {
                    value.bits()
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                    output.serialize_i32(self.value())
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                    let value: i32 = serde::Deserialize::deserialize(input)?;
                    Self::try_from(value).map_err(serde::de::Error::custom)
                }
            }
        )+
    };
}
pub(crate) use enums;

/// A number that no member of an enum has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMember {
    /// The number.
    pub value: i32,
    /// The C type that lacks it.
    pub c_type: &'static str,
}

impl std::fmt::Display for NotAMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is not a {}", self.value, self.c_type)
    }
}

impl std::error::Error for NotAMember {}
