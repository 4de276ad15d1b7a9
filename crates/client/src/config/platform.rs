//! What a device counts as.

use std::fmt;
use std::str::FromStr;

/// The kind of device that a login counts as: one login per platform and user at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Anything else.
    Other,
    /// Windows.
    Windows,
    /// Android.
    Android,
    /// An iPhone.
    Ios,
    /// An iPad.
    Ipad,
    /// macOS.
    Mac,
    /// Linux.
    Linux,
    /// A browser.
    Web,
}

impl Platform {
    /// Every platform.
    pub const ALL: [Self; 8] = [
        Self::Other,
        Self::Windows,
        Self::Android,
        Self::Ios,
        Self::Ipad,
        Self::Mac,
        Self::Linux,
        Self::Web,
    ];

    /// The platform this library was built for.
    pub fn current() -> Self {
        match std::env::consts::OS {
            "windows" => Self::Windows,
            "android" => Self::Android,
            "ios" => Self::Ios,
            "macos" => Self::Mac,
            "linux" => Self::Linux,
            _ => Self::Other,
        }
    }

    /// The platform with a number of the service; an unknown one is any other.
    pub(crate) fn of(number: u8) -> Self {
        Self::ALL.get(usize::from(number)).copied().unwrap_or(Self::Other)
    }

    /// The name, as the service and the settings spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Other => "Other",
            Self::Windows => "Windows",
            Self::Android => "Android",
            Self::Ios => "iOS",
            Self::Ipad => "iPad",
            Self::Mac => "Mac",
            Self::Linux => "Linux",
            Self::Web => "Web",
        }
    }

    /// The number that a message carries for it (`TIMPlatform`, which knows neither Linux nor browsers).
    pub fn number(self) -> u32 {
        match self {
            Self::Other | Self::Linux | Self::Web => 0,
            Self::Windows => 1,
            Self::Android => 2,
            Self::Ios | Self::Ipad => 3,
            Self::Mac => 4,
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Platform {
    type Err = String;

    /// By name, in any letter case; the error says which names there are.
    fn from_str(text: &str) -> Result<Self, String> {
        let known = |p: &&Self| p.name().eq_ignore_ascii_case(text);
        Self::ALL.iter().find(known).copied().ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("unknown platform `{text}`, expected one of {names}")
        })
    }
}
