/// What is wrong with a value of a scenario, in words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueProblem {
    /// In English.
    pub english: String,
    /// In French.
    pub french: String,
    /// The nearest right word, where one is near.
    pub nearest: Option<String>,
}

/// Kinds of values as the reader of TOML calls them, in English and French.
const KINDS: [(&str, &str, &str); 14] = [
    ("u8", "a whole number", "un nombre entier"),
    ("u16", "a whole number", "un nombre entier"),
    ("u32", "a whole number from 0", "un nombre entier, de 0 ou plus"),
    ("u64", "a whole number from 0", "un nombre entier, de 0 ou plus"),
    ("usize", "a whole number from 0", "un nombre entier, de 0 ou plus"),
    ("i32", "a whole number", "un nombre entier"),
    ("i64", "a whole number", "un nombre entier"),
    ("f64", "a number", "un nombre"),
    ("a boolean", "true or false, without quotes", "true ou false, sans guillemets"),
    ("a string", "a text between quotes", "un texte entre guillemets"),
    ("path string", "the name of a file between quotes", "un nom de fichier entre guillemets"),
    ("a sequence", "a list, such as [\"…\", \"…\"]", "une liste, par exemple [\"…\", \"…\"]"),
    (
        "a map",
        "keys and values, such as { column = \"value\" }",
        "des clés et valeurs, par exemple { colonne = \"valeur\" }",
    ),
    ("string or table", "a text between quotes", "un texte entre guillemets"),
];

/// What stands between the quotes of some keys.
const EXAMPLES: [(&[&str], &str); 6] = [
    (&["within"], "20min"),
    (&["speed"], "50km/h"),
    (&["time-limit"], "60s"),
    (&["gap", "enough-weight"], "0.1%"),
    (&["least-share", "most-share"], "41%"),
    (&["between", "from-existing"], "10km"),
];

impl ValueProblem {
    /// Puts what the reader of TOML says of the value of a key into words; `nearest` finds the likest of some.
    pub(crate) fn of(message: &str, key: &str, nearest: impl Fn(&str, &[String]) -> Option<String>) -> Self {
        let message = message.trim_end();
        Self::unknown_word(message, nearest)
            .or_else(|| Self::wrong_kind(message, key))
            .or_else(|| Self::without_key(message))
            .unwrap_or_else(|| Self { english: message.to_owned(), french: french(message), nearest: None })
    }

    fn unknown_word(message: &str, nearest: impl Fn(&str, &[String]) -> Option<String>) -> Option<Self> {
        let (wrong, known) = message.strip_prefix("unknown variant `")?.split_once('`')?;
        let words = between_ticks(known);
        let nearest = nearest(wrong, &words);
        let hint = |before: &str, quotes: [&str; 2], after: &str| {
            let words = nearest.as_ref().map(|word| format!("{before}{}{word}{}{after}", quotes[0], quotes[1]));
            words.unwrap_or_default()
        };
        Some(Self {
            english: format!(
                "\"{wrong}\" is none of {}{}",
                words.join(", "),
                hint("; did you mean ", ["\"", "\""], "?")
            ),
            french: format!(
                "« {wrong} » n’est aucun de {}{}",
                words.join(", "),
                hint(" ; vouliez-vous dire ", ["« ", " »"], " ?")
            ),
            nearest,
        })
    }

    fn wrong_kind(message: &str, key: &str) -> Option<Self> {
        let found = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
        let (found, expected) = found.split_once(", expected ")?;
        let (_, value) = found.split_once([' ', '`']).unwrap_or((found, ""));
        let shown = if value.is_empty() { found } else { value.trim_start_matches("point ").trim_matches(['`', ' ']) };
        let expected = expected.lines().next().unwrap_or(expected);
        let known = KINDS.iter().find(|(name, ..)| *name == expected);
        let (english, french) = known.map_or((expected, expected), |(_, english, french)| (*english, *french));
        let key = key.rsplit('.').next().unwrap_or(key);
        let example = EXAMPLES.iter().find(|(keys, _)| expected == "a string" && keys.contains(&key));
        let (english, french) = match example {
            Some((_, example)) => {
                (format!("{english}, such as \"{example}\""), format!("{french}, par exemple \"{example}\""))
            }
            None => (english.to_owned(), french.to_owned()),
        };
        Some(Self {
            english: format!("{shown} will not do: it takes {english}"),
            french: format!("{shown} ne convient pas : il faut {french}"),
            nearest: None,
        })
    }

    fn without_key(message: &str) -> Option<Self> {
        let key = message.strip_prefix("missing field `")?.split('`').next()?;
        Some(Self {
            english: format!("it needs the key \"{key}\""),
            french: format!("il y manque la clé « {key} »"),
            nearest: None,
        })
    }

    /// Returns the unknown key that a message speaks of, and those there are.
    pub(crate) fn unknown_key(message: &str) -> Option<(String, Vec<String>)> {
        let (wrong, known) = message.strip_prefix("unknown field `")?.split_once('`')?;
        Some((wrong.to_owned(), between_ticks(known)))
    }
}

/// Returns the words of a list such as "`one`, `two` or `three`".
fn between_ticks(list: &str) -> Vec<String> {
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What the readers of values say in English, and French for it.
const FRENCH: [(&str, &str); 13] = [
    (", or ", " ou "),
    (" or ", " ou "),
    ("it like ", ""),
    (
        "a time and a share with at most one decimal, such as ",
        "un temps et une part d’une décimale au plus, par exemple ",
    ),
    ("(whole minutes, at most 240)", "(minutes entières, 240 au plus)"),
    ("COLUMN", "COLONNE"),
    ("NAME", "NOM"),
    ("NUMBER", "NOMBRE"),
    ("expected a column", "il faut une colonne"),
    ("a list of columns", "une liste de colonnes"),
    ("expected a value", "il faut une valeur"),
    ("a list of values", "une liste de valeurs"),
    ("such as", "par exemple"),
];

/// Says in French what the readers of values say in English.
fn french(message: &str) -> String {
    let words = |english: &str| FRENCH.iter().fold(english.to_owned(), |text, (from, to)| text.replace(from, to));
    let quoted = message.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    let Some((value, rest)) = quoted else { return words(message) };
    if let Some(way) = rest.strip_prefix(" has no unit: write ") {
        return format!("« {value} » n’a pas d’unité : écrire {}", words(way));
    }
    match rest.split_once(": write ") {
        Some((_, way)) => format!("« {value} » ne convient pas : écrire {}", words(way)),
        None => words(message),
    }
}

#[cfg(test)]
mod tests {
    use super::ValueProblem;

    #[test]
    fn what_the_reader_says_is_put_into_words() {
        let problem = |message: &str| ValueProblem::of(message, "gap", |_, words| words.first().cloned());
        let word = problem("unknown variant `quik`, expected one of `quick`, `normal`, `proof`");
        assert_eq!(word.english, "\"quik\" is none of quick, normal, proof; did you mean \"quick\"?");
        assert_eq!(word.nearest.as_deref(), Some("quick"));
        let kind = problem("invalid type: string \"4\", expected f64");
        assert_eq!(kind.english, "\"4\" will not do: it takes a number");
        assert_eq!(kind.french, "\"4\" ne convient pas : il faut un nombre");
        let number = problem("invalid value: integer `-1`, expected u32");
        assert_eq!(number.english, "-1 will not do: it takes a whole number from 0");
        let unit = problem("\"50\" has no unit: write 50km/h");
        assert_eq!(unit.french, "« 50 » n’a pas d’unité : écrire 50km/h");
        let key = problem("missing field `name`");
        assert_eq!(
            (key.english.as_str(), key.french.as_str()),
            ("it needs the key \"name\"", "il y manque la clé « name »")
        );
    }
}
