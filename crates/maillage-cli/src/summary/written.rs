use std::path::PathBuf;

use maillage_io::Language;

use crate::words::shown;

/// Names the files that were written; says nothing where there are none.
pub(crate) fn written(files: &[PathBuf], language: Language) -> String {
    let names: Vec<String> = files.iter().map(|file| shown(&file.display().to_string())).collect();
    match (names.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::English) => format!("Written: {}.\n", names.join(", ")),
        (false, Language::French) => format!("Écrit : {}.\n", names.join(", ")),
    }
}
