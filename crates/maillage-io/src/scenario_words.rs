//! The words of the scenario that are not quantities, read from flags as serde reads them from files.

use maillage_core::{Effort, MissingAccess, Weight};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

fn word<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, String> {
    let text: StrDeserializer<'de, Error> = text.into_deserializer();
    T::deserialize(text).map_err(|error| error.to_string())
}

pub(crate) fn weight(text: &str) -> Result<Weight, String> {
    word(text)
}

pub(crate) fn missing_access(text: &str) -> Result<MissingAccess, String> {
    word(text)
}

pub(crate) fn effort(text: &str) -> Result<Effort, String> {
    word(text)
}

pub(crate) fn sites(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| "a number of sites is a whole number from 0 to 4294967295".to_owned())
}
