use std::fs;
use std::path::{Path, PathBuf};

use maillage_io::{Language, Output, ScenarioFile};

use crate::arguments::{DemoArguments, Global};
use crate::command::plan;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::words::shown;

/// Writes the made-up region into a folder, then plans it.
///
/// A file that somebody changed is left as it is, and said; `--force` writes it anew.
pub(crate) fn run(demo: &DemoArguments, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let folder = &demo.folder;
    fs::create_dir_all(folder).map_err(|source| Failure::Reading { file: folder.clone(), source })?;
    let mut paths = Vec::new();
    let mut contents = Vec::new();
    let mut changed = Vec::new();
    for (name, bytes) in maillage_fixtures::demo() {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(there) if there == *bytes => {}
            Ok(_) if !global.force => changed.push(path),
            _ => {
                paths.push(path);
                contents.push(bytes.to_vec());
            }
        }
    }
    if !paths.is_empty() {
        Output::check(paths, &[], global.force)?.write(&contents)?;
    }
    console.aside(&introduction(folder, &changed, console.language));
    let scenario = ScenarioFile::read(&folder.join("maillage.toml"))?;
    let flags = ScenarioFile { out: Some(vec![folder.join("plan.geojson")]), ..ScenarioFile::default() };
    plan::plan(&flags.over(scenario), global, true, (None, None), console)
}

fn introduction(folder: &Path, changed: &[PathBuf], language: Language) -> String {
    let shown_folder = shown(&folder.display().to_string());
    let mut lines = vec![match language {
        Language::English => {
            format!("A made-up region is in {shown_folder}: read maillage.toml there, then change it.")
        }
        Language::French => {
            format!("Une région inventée est dans {shown_folder} : y lire maillage.toml, puis le modifier.")
        }
    }];
    lines.extend(changed.iter().map(|path| {
        let path = shown(&path.display().to_string());
        match language {
            Language::English => format!("{path} was changed and is left as it is (--force writes it anew)."),
            Language::French => format!("{path} a été modifié et reste tel quel (--force le réécrit)."),
        }
    }));
    lines.join("\n") + "\n\n"
}
