use std::path::{Path, PathBuf};

use maillage_io::{FileColumns, IdList, Language, Output, ScenarioFile, column_names, propose_scenario};

use crate::arguments::Global;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::words::shown;
use crate::{ask, interrupt};

/// Writes a commented scenario for the named files: `maillage.toml`, or the file that `--scenario` names.
pub(crate) fn run(flags: &ScenarioFile, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let target = global.scenario.clone().unwrap_or_else(|| PathBuf::from("maillage.toml"));
    let communes = ask::communes(flags)?;
    let output = Output::check(vec![target.clone()], &flags.input_paths(), global.force)?;
    let columns = FileColumns {
        communes: columns(&communes, flags.layer.as_deref())?,
        candidates: flags
            .candidates
            .as_deref()
            .map(|file| columns(file, flags.candidates_layer.as_deref()))
            .transpose()?
            .unwrap_or_default(),
    };
    let text = propose_scenario(&from_folder_of(&target, flags), &columns, console.language);
    interrupt::whole(|| output.write(&[text.into_bytes()]))?;
    let target = shown(&target.display().to_string());
    console.aside(&match console.language {
        Language::English => {
            format!(
                "{target} is written: read it, decide, then run maillage plan --scenario {target} --out plan.geojson\n"
            )
        }
        Language::French => format!(
            "{target} est écrit : le lire, décider, puis lancer maillage plan --scenario {target} --out plan.geojson\n"
        ),
    });
    Ok(Exit::Answered)
}

fn columns(file: &Path, layer: Option<&str>) -> Result<Vec<String>, Failure> {
    column_names(file, layer).map_err(|source| Failure::Reading { file: file.to_owned(), source })
}

/// Makes paths whole when the scenario is to stand in another folder, since they are read from there.
fn from_folder_of(target: &Path, flags: &ScenarioFile) -> ScenarioFile {
    let mut flags = flags.clone();
    if target.parent().is_some_and(|folder| !folder.as_os_str().is_empty()) {
        let whole = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
        let files = [
            &mut flags.communes,
            &mut flags.candidates,
            &mut flags.existing,
            &mut flags.times,
            &mut flags.reach,
            &mut flags.roads,
        ];
        for path in files {
            *path = path.take().map(whole);
        }
        let table = flags.times_table();
        let whole_list = |list: IdList| IdList { file: whole(list.file), ..list }.written();
        flags.times_origins = table.origins.map(whole_list);
        flags.times_destinations = table.destinations.map(whole_list);
        if flags.profile_file().is_some() {
            flags.profile = flags.profile.take().map(whole);
        }
    }
    flags
}
