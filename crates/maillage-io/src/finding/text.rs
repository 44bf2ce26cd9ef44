use crate::{Detail, Finding, Language, Severity, Texts};

impl Finding {
    /// Writes what is wrong.
    #[must_use]
    pub fn problem(&self, language: Language) -> String {
        self.fill(&self.entry.problem, language)
    }

    /// Writes what is expected.
    #[must_use]
    pub fn expected(&self, language: Language) -> String {
        self.fill(&self.entry.expected, language)
    }

    /// Writes how to mend it.
    #[must_use]
    pub fn fix(&self, language: Language) -> String {
        let fix = self.fill(&self.entry.fix, language);
        match (&self.stated, language) {
            (None, _) => fix,
            (Some((place, file)), Language::English) => format!("{fix} (key \"{}\", {file}:{})", place.key, place.line),
            (Some((place, file)), Language::French) => {
                format!("{fix} (clé {}, {file}:{})", quote(&place.key, language), place.line)
            }
        }
    }

    /// Writes it as people read it on the terminal: two lines, each with its end.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let place = self.place(language);
        let (problem, expected, fix) = (self.problem(language), self.expected(language), self.fix(language));
        match language {
            Language::English => {
                let kind = if self.severity() == Severity::Error { "error" } else { "warning" };
                format!("{kind}[{}] {place}{problem}\n  expected: {expected}; fix: {fix}\n", self.code)
            }
            Language::French => {
                let kind = if self.severity() == Severity::Error { "erreur" } else { "avertissement" };
                format!(
                    "{kind}[{}] {place}{problem}\n  attendu\u{a0}: {expected}\u{a0}; remède\u{a0}: {fix}\n",
                    self.code
                )
            }
        }
    }

    /// Writes where it is, up to and including the colon before the problem.
    fn place(&self, language: Language) -> String {
        use std::fmt::Write as _;
        let mut place = String::new();
        let (colon, feature, layer, row) = match language {
            Language::English => (": ", "feature #", "layer", "row"),
            Language::French => ("\u{a0}: ", "objet n°\u{a0}", "couche", "ligne"),
        };
        if let Some(file) = &self.file {
            place.push_str(file);
            if let (Some(line), Some(column)) = (self.line, self.column) {
                let _ = write!(place, ":{line}:{column}");
            }
            place.push_str(colon);
        }
        let before = place.len();
        if let Some(name) = &self.layer {
            let _ = write!(place, "{layer} {}", quote(name, language));
        }
        if let Some(number) = self.row {
            let comma = if place.len() > before { ", " } else { "" };
            let _ = write!(place, "{comma}{row} {number}");
        } else if let Some(index) = self.feature {
            let _ = write!(place, "{feature}{index}");
        }
        let name = match language {
            Language::English => "name",
            Language::French => "nom",
        };
        let known: Vec<String> = [("id", &self.id), (name, &self.name)]
            .into_iter()
            .filter_map(|(label, text)| text.as_ref().map(|text| format!("{label} {}", quote(text, language))))
            .collect();
        if !known.is_empty() {
            let blank = if place.len() > before { " " } else { "" };
            let _ = write!(place, "{blank}({})", known.join(", "));
        }
        if let Some(field) = &self.field {
            let comma = if place.len() > before { ", " } else { "" };
            let label = match language {
                Language::English => "field",
                Language::French => "champ",
            };
            let _ = write!(place, "{comma}{label} {}", quote(field, language));
        }
        if place.len() > before {
            place.push_str(colon);
        }
        place
    }

    fn fill(&self, texts: &Texts, language: Language) -> String {
        let template = match language {
            Language::English => texts.english.to_owned(),
            Language::French => no_break(texts.french),
        };
        let mut text = String::with_capacity(template.len() + 64);
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((placeholder, behind)) = after.split_once('}') else {
                text.push('{');
                rest = after;
                continue;
            };
            if placeholder == "value" {
                text.push_str(&quote(self.value.as_deref().unwrap_or_default(), language));
            }
            // A detail may itself be a sentence with places to fill (what a column must hold); one level is enough.
            for (_, detail) in self.details.iter().filter(|(name, _)| *name == placeholder) {
                match (detail, language) {
                    (Detail::Text(same), _) => text.push_str(same),
                    (Detail::Texts(english, _), Language::English) => text.push_str(english),
                    (Detail::Texts(_, french), Language::French) => text.push_str(&no_break(french)),
                    (Detail::Count(count), _) => text.push_str(&language.grouped(*count)),
                }
            }
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

/// Puts a text between the quotation marks of the language.
fn quote(text: &str, language: Language) -> String {
    match language {
        Language::English => format!("\"{text}\""),
        Language::French => format!("«\u{a0}{text}\u{a0}»"),
    }
}

/// Sets the no-break spaces of French typography.
fn no_break(text: &str) -> String {
    text.replace(" :", "\u{a0}:")
        .replace(" ;", "\u{a0};")
        .replace(" ?", "\u{a0}?")
        .replace(" !", "\u{a0}!")
        .replace("« ", "«\u{a0}")
        .replace(" »", "\u{a0}»")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::NOT_A_NUMBER;

    fn example() -> Finding {
        Finding::new(&NOT_A_NUMBER)
            .in_file("communes.geojson")
            .at(1, 48213)
            .in_feature(1042)
            .named("57463", "Metz")
            .in_field("population")
            .with_value("12 430")
            .with("expected", ("a non-negative whole number", "un nombre entier positif ou nul"))
            .with("example", "12430")
    }

    #[test]
    fn a_finding_says_where_what_and_how_to_mend_it() {
        assert_eq!(
            example().to_text(Language::English),
            "error[E211] communes.geojson:1:48213: feature #1042 (id \"57463\", name \"Metz\"), field \"population\": \
             \"12 430\" is not a number\n  expected: a non-negative whole number; fix: write bare digits, such as 12430\n"
        );
    }

    #[test]
    fn french_has_its_own_words_and_spaces() {
        let text = example().to_text(Language::French).replace('\u{a0}', "_");
        assert_eq!(
            text,
            "erreur[E211] communes.geojson:1:48213_: objet n°_1042 (id «_57463_», nom «_Metz_»), champ «_population_»_: \
             «_12 430_» n’est pas un nombre\n  attendu_: un nombre entier positif ou nul_; remède_: écrire les chiffres \
             seuls, par exemple 12430\n"
        );
    }
}
