use maillage_io::Language;

/// Returns the language of the environment: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides.
pub(crate) fn language() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    of_locale(set.into_iter().find(|locale| !locale.is_empty()).as_deref())
}

fn of_locale(locale: Option<&str>) -> Language {
    match locale {
        Some(locale) if locale == "fr" || locale.starts_with("fr_") || locale.starts_with("fr.") => Language::French,
        _ => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use super::of_locale;
    use maillage_io::Language;

    #[test]
    fn french_locales_speak_french_and_all_others_english() {
        for french in ["fr", "fr_FR.UTF-8", "fr_BE", "fr.UTF-8"] {
            assert_eq!(of_locale(Some(french)), Language::French, "{french}");
        }
        for english in [None, Some("C"), Some("en_GB.UTF-8"), Some("fy_NL"), Some("frr_DE")] {
            assert_eq!(of_locale(english), Language::English, "{english:?}");
        }
    }
}
