use crate::annex_tables::sources_table;
use crate::sheet::Sheet;
use crate::table_description::texts;
use crate::{AnswerInput, Language, Role, TableCell};

/// Returns the files that were read, each with where its data come from.
pub(crate) fn sources_sheet(inputs: &[AnswerInput], language: Language) -> Sheet {
    let row = |input: &AnswerInput| {
        let role = match input.role {
            Role::Communes => texts("communes", "communes"),
            Role::Candidates => texts("candidates", "candidats"),
            Role::Existing => texts("existing sites", "sites existants"),
            Role::Join => texts("joined table", "table jointe"),
            Role::Times => texts("travel times", "temps de trajet"),
            Role::TimesOrigins => texts("origins of the travel times", "origines des temps de trajet"),
            Role::TimesDestinations => texts("destinations of the travel times", "destinations des temps de trajet"),
            Role::Grid => texts("population grid", "carroyage de population"),
            Role::Acts => texts("observed acts", "actes observés"),
            Role::Reach => texts("kept travel times", "temps de trajet conservés"),
            Role::Roads => texts("roads", "routes"),
            Role::Profile => texts("travel profile", "profil de déplacement"),
        };
        vec![
            TableCell::text(role.in_language(language)),
            TableCell::text(&input.file),
            TableCell::text(input.source.as_deref().unwrap_or_default()),
            year(input.year),
            TableCell::Truth(input.illustrative),
            TableCell::Whole(input.features),
            TableCell::text(&input.sha256),
        ]
    };
    let access = |input: &AnswerInput| {
        let origin = input.access.as_ref()?;
        Some(vec![
            TableCell::text(texts("access figure", "accessibilité").in_language(language)),
            TableCell::text(&input.file),
            TableCell::text(origin.source.as_deref().unwrap_or_default()),
            year(origin.year),
            TableCell::Truth(origin.is_illustrative()),
            TableCell::Nothing,
            TableCell::Nothing,
        ])
    };
    let rows = inputs.iter().flat_map(|input| std::iter::once(row(input)).chain(access(input)));
    Sheet { table: sources_table(), rows: rows.collect() }
}

/// A year is no quantity: it has no mark between its thousands.
fn year(year: Option<i32>) -> TableCell {
    TableCell::text(&year.map(|year| year.to_string()).unwrap_or_default())
}
