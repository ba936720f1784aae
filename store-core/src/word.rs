//! Words of a list that other words may join.

use std::fmt;

/// A word that the contract does not know, as [`SubscriptionStatus::Other`](crate::SubscriptionStatus::Other) and
/// [`PlanInterval::Other`](crate::PlanInterval::Other) hold it.
///
/// It can only be made by their constructors, which turn a known word into its variant.
///
/// ```
/// use store_core::SubscriptionStatus;
///
/// let SubscriptionStatus::Other(word) = SubscriptionStatus::new("incomplete") else { unreachable!() };
/// assert_eq!(word.as_str(), "incomplete");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OtherWord(String);

impl OtherWord {
    pub(crate) fn new(word: String) -> Self {
        Self(word)
    }

    /// The word itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OtherWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An open list of words as an enum: text of any kind goes in and comes out unchanged.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:path,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$word_doc])* $variant,)*
            /// Any other word, kept as it is.
            Other($crate::word::OtherWord),
        }

        impl $name {
            /// The value that a word stands for: one of the contract's, or `Other`.
            #[must_use]
            pub fn new(word: impl Into<String> + AsRef<str>) -> Self {
                match word.as_ref() {
                    $($word => Self::$variant,)*
                    _ => Self::Other($crate::word::OtherWord::new(word.into())),
                }
            }

            /// The word, as stores keep it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word.as_str(),
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                Self::new(word)
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                Self::new(word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::new)
            }
        }
    };
}
pub(crate) use words;
