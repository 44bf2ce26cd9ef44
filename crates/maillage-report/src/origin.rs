use serde_json::Value;

use crate::picture_words::PictureWords;

/// Where a file or figure of an answer comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Who made it, else its file.
    pub(crate) name: String,
    pub(crate) year: Option<i64>,
    /// Whether it is marked as no basis for a decision.
    pub(crate) illustrative: bool,
}

/// Returns the origins that an answer states, in the order of its files; that of the access figure follows the communes.
pub(crate) fn origins(answer: &Value) -> Vec<Origin> {
    let inputs = answer.get("inputs").and_then(Value::as_array);
    let origin = |stated: &Value, file: &Value| Origin {
        name: stated.get("source").unwrap_or(file).as_str().or(file.as_str()).unwrap_or_default().to_owned(),
        year: stated.get("year").and_then(Value::as_i64),
        illustrative: stated.get("illustrative").and_then(Value::as_bool).unwrap_or(false),
    };
    let mut origins = Vec::new();
    for input in inputs.into_iter().flatten() {
        let file = input.get("file").unwrap_or(&Value::Null);
        origins.push(origin(input, file));
        origins.extend(input.get("access").map(|access| origin(access, file)));
    }
    origins
}

/// Says where the data of an answer come from, each origin once, and what made it.
pub(crate) fn source_line(answer: &Value, origins: &[Origin], words: &PictureWords) -> String {
    let mut told: Vec<String> = Vec::new();
    for origin in origins {
        let year = origin.year.map(|year| format!(" ({year})")).unwrap_or_default();
        let mark = if origin.illustrative { format!(" [{}]", words.illustrative) } else { String::new() };
        let text = format!("{}{year}{mark}", origin.name);
        if !told.contains(&text) {
            told.push(text);
        }
    }
    let program = answer.get("program").and_then(Value::as_str).unwrap_or("maillage");
    format!("{}{}. {program}.", words.sources, told.join(words.between))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_mark_on_the_access_figure_counts_too() {
        let answer = json!({ "inputs": [
            { "file": "communes.geojson", "source": "An office", "year": 2024,
                "access": { "source": "Another", "year": 2018, "illustrative": true } },
            { "file": "existing.geojson", "source": null, "year": null },
        ] });
        let told = |name: &str, year, illustrative| Origin { name: name.to_owned(), year, illustrative };
        let expected = [
            told("An office", Some(2024), false),
            told("Another", Some(2018), true),
            told("existing.geojson", None, false),
        ];
        assert_eq!(origins(&answer), expected);
        assert!(origins(&json!({})).is_empty());
    }
}
