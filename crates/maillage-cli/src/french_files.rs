//! What is wrong with files of answers, in French.

use maillage_io::Language::French;
use maillage_io::{GeoPackageError, OutputError, PlanFileError, PlanLayersError};

use crate::failure::Failure;

/// Says what is wrong with the files that are to be written, or that a report is asked of.
pub(crate) fn written(failure: &Failure) -> String {
    match failure {
        Failure::UnknownSuffix { file } => format!(
            "--out {} : l’extension dit ce qui est écrit ; prendre .geojson, .gpkg, .xlsx, .csv, .svg, .png, ou .json pour la réponse seule",
            file.display()
        ),
        Failure::StyleWithoutSplit => {
            "--qml va avec --split : des points et des polygones dans un même fichier n’ont pas de style commun"
                .to_owned()
        }
        Failure::OutsideCrs { crs, id } => format!(
            "--out-crs {crs} : « {id} » se trouve hors de la France métropolitaine, où ce système s’emploie ; prendre \
             EPSG:4326"
        ),
        Failure::GeoPackage(GeoPackageError::Projection { crs, source }) => {
            format!("un lieu ne peut pas être écrit en {crs} : {source} ; prendre EPSG:4326")
        }
        Failure::GeoPackage(error) => format!("le GeoPackage ne peut pas être composé : {error}"),
        Failure::Picture(error) => format!("l’image ne peut pas être composée : {error}"),
        Failure::Answer(error) => format!("la réponse ne peut pas être mise en mots : {error}"),
        Failure::Workbook(error) => format!("le classeur ne peut pas être composé : {error}"),
        Failure::TimesRows(error) => format!("les temps de trajet ne peuvent pas être écrits : {error}"),
        Failure::ModelSuffix { file } => {
            format!("--write-model {} : l’extension dit ce qui est écrit ; prendre .mps ou .lp", file.display())
        }
        Failure::NotTable { file } => {
            format!("--out {} : une courbe s’écrit en .csv, .json, .svg ou .png", file.display())
        }
        Failure::Isochrones { reason } => format!("--isochrones : {}", reason[1]),
        Failure::NotWritten { flag, file, forms } => format!("--{flag} {} : {}", file.display(), forms[1]),
        Failure::NotPage { file } => {
            format!("--out {} : un rapport s’écrit en .html, sa carte seule en .svg ou .png", file.display())
        }
        Failure::NotCurve { file } => {
            format!("{} n’est pas une courbe : donner le JSON écrit par « maillage frontier »", file.display())
        }
        Failure::PlanLayers { file, source } => format!("{} : {}", file.display(), layers(source)),
        Failure::NoCommunes { file } => format!(
            "{} ne contient pas de communes : donner le plan.geojson ou le plan.gpkg écrit par « maillage plan »",
            file.display()
        ),
        other => other.to_string(),
    }
}

/// Says why a file is no plan.
pub(crate) fn plan_file(error: &PlanFileError) -> String {
    match error {
        PlanFileError::Unreadable { file, source } => format!("{} : {source}", file.display()),
        PlanFileError::NotJson { file, source } => format!(
            "{} n’est pas un plan : donner le plan.geojson, le plan.gpkg ou le plan.json que « maillage plan » a écrit \
             ({source})",
            file.display()
        ),
        PlanFileError::NotPackage { file, source } => {
            format!("{} n’est pas le GeoPackage complet d’un plan : {source}", file.display())
        }
        PlanFileError::NoAnswer { file } => format!(
            "{} n’est pas un plan : donner le plan.geojson, le plan.gpkg ou le plan.json que « maillage plan » a écrit",
            file.display()
        ),
        PlanFileError::OtherPlan { file, beside } => format!(
            "{} et {} contiennent des plans différents : donner les deux fichiers d’un même « maillage plan --split »",
            file.display(),
            beside.display()
        ),
        PlanFileError::BadAnswer { file, source } => {
            format!("{} : la réponse qui s’y trouve est incomplète : {source}", file.display())
        }
        other => other.to_string(),
    }
}

/// Says why the sites and communes of a plan cannot be read.
fn layers(error: &PlanLayersError) -> String {
    match error {
        PlanLayersError::Feature { feature, source } => {
            format!("l’objet {feature} n’est pas tel que « maillage plan » l’écrit : {source}")
        }
        PlanLayersError::Package(source) => format!("les couches du GeoPackage ne se lisent pas : {source}"),
        PlanLayersError::Geometry { layer, id, problem } => {
            let problem = problem.problem(French);
            format!("couche {layer}, « {id} » : {problem}")
        }
        PlanLayersError::Projection(source) => {
            format!("le système de coordonnées du GeoPackage ne se lit pas : {source}")
        }
        other => other.to_string(),
    }
}

/// Says why files are not written.
pub(crate) fn output(error: &OutputError) -> String {
    match error {
        OutputError::Exists(file) => {
            format!("{} existe déjà : choisir un autre nom, ou ajouter --force pour le remplacer", file.display())
        }
        OutputError::IsInput(file) => format!("{} est un des fichiers lus : choisir un autre nom", file.display()),
        OutputError::Twice(file) => format!("{} serait écrit deux fois : ne le citer qu’une fois", file.display()),
        OutputError::IsFolder(file) => format!("{} est un dossier : nommer un fichier dedans", file.display()),
        OutputError::NoFolder(folder) => format!("le dossier {} n’existe pas : le créer d’abord", folder.display()),
        OutputError::NotWritable { folder, source } => {
            format!("rien ne peut être écrit dans le dossier {} : {source}", folder.display())
        }
        OutputError::Write { file, source } => format!("l’écriture de {} a échoué : {source}", file.display()),
        other => other.to_string(),
    }
}
