//! What went wrong, in French.

use maillage_io::Language::French;

use crate::failure::{Failure, UnknownId};
use crate::failure_words::{names_output, nearest};
use crate::words::{plural, shown};
use crate::{french_files, french_question};

pub(crate) fn french(failure: &Failure) -> String {
    let words = match failure {
        Failure::Impossible(impossible) => return impossible.words(French),
        Failure::ScenarioText(error) => french_question::scenario_text(error),
        Failure::Question(error) => french_question::question(error),
        Failure::Output(error) => french_files::output(error),
        Failure::In { file, failure } => format!("{file} : {}", french(failure)),
        Failure::Stated { file, place, failure } => {
            format!("{file}:{} : clé « {} » : {}", place.line, place.key, french(failure))
        }
        Failure::Territory(error) => french_question::territory(error),
        Failure::Scenario(error) => french_question::scenario(error),
        Failure::Column { error, closest } => {
            format!("{} ; les colonnes les plus proches : {closest}", french_question::scenario(error))
        }
        Failure::NotWithinCapacity { what } => format!(
            "--within-capacity ne va pas avec {what} : un plan dans la limite des capacités n’existe que pour « plan », \
             et n’a pas de certificat"
        ),
        Failure::UnknownSuffix { .. }
        | Failure::StyleWithoutSplit
        | Failure::OutsideCrs { .. }
        | Failure::GeoPackage(_)
        | Failure::Picture(_)
        | Failure::Answer(_)
        | Failure::Workbook(_)
        | Failure::TimesRows(_)
        | Failure::ModelSuffix { .. }
        | Failure::NotTable { .. }
        | Failure::NotWritten { .. }
        | Failure::Isochrones { .. }
        | Failure::NotPage { .. }
        | Failure::NotCurve { .. }
        | Failure::NoCommunes { .. }
        | Failure::PlanLayers { .. } => french_files::written(failure),
        Failure::UnknownListed { unknown } => {
            format!("dans la liste, {} entrées ne sont aucun site : {}", unknown.len(), french_nearest(unknown))
        }
        Failure::UnknownAsked { unknown } => format!(
            "--why-not cite {} entrées qui ne sont ni candidat ni commune : {}",
            unknown.len(),
            french_nearest(unknown)
        ),
        Failure::Comparison(error) => other_communes(error),
        Failure::SpentAboveBudget { spent, budget } => spent_above(*spent, *budget),
        Failure::TooFewChanges { below, most } => too_few_changes(*below, *most),
        Failure::EmptyList => "la liste ne cite aucun site".to_owned(),
        Failure::PointsWithoutTimes => {
            "un point qui n’est pas un candidat n’a pas de temps dans la table : l’ajouter aux candidats, ou prendre \
             --speed"
                .to_owned()
        }
        Failure::TwoRanges => {
            "deux plages ne font pas une courbe : donner un seul nombre à --sites ou à --budget".to_owned()
        }
        Failure::RangeOfEquity => {
            "la courbe de « worst-off » monte avec le plancher : donner un seul nombre à --sites et à --budget, sans \
             plage"
                .to_owned()
        }
        Failure::NoRange => {
            "une courbe demande une plage, par exemple --sites 0..200 ou --budget 0..6000000:100000".to_owned()
        }
        Failure::NotWithGoal { flag, goal } => format!("--{flag} ne va pas avec l’objectif « {goal} »"),
        Failure::NotHere { flag, command } => not_here(flag, command),
        Failure::NoPhases { command } => {
            format!("les phases sont sans objet pour « {command} » : prendre « maillage plan »")
        }
        Failure::StandardOutput(error) => format!("l’écriture sur la sortie standard a échoué : {error}"),
        Failure::Reading { file, source } => format!("{} : {source}", file.display()),
        Failure::Solve(maillage_solver::SolveError::Infeasible { .. }) => {
            "aucun choix de sites ne respecte toutes les règles à la fois".to_owned()
        }
        Failure::SelfCheck { what, counted, said } => format!(
            "contrôle interne échoué : {what} vaut {counted} recompté depuis les données, {said} selon le calcul ; \
             rien n’a été écrit, merci de le signaler"
        ),
        Failure::Certificate(error) => format!(
            "contrôle interne échoué : le certificat ne prouve pas la borne : {error} ; rien n’a été écrit, merci de le \
             signaler"
        ),
        Failure::PlanFile(error) => french_files::plan_file(error),
        Failure::NoSites { file } => format!(
            "{} ne nomme pas ses sites : donner plan.geojson ou plan.gpkg, ou le certificat avec --certificate",
            file.display()
        ),
        Failure::NotCertificate { file } => format!(
            "{} n’est pas un certificat : sa première ligne doit être « maillage-certificate 1 »",
            file.display()
        ),
        Failure::Refused(disagreement) => disagreement.french(),
        Failure::Interrupted => "arrêté avant d’avoir un plan ; rien n’a été écrit".to_owned(),
        Failure::NoPlan => {
            "aucun plan respectant toutes les règles n’a été trouvé ; rien n’a été écrit. --effort proof cherche plus \
             longtemps"
                .to_owned()
        }
        other => other.to_string(),
    };
    shown(&words)
}

fn french_nearest(unknown: &[UnknownId]) -> String {
    nearest(unknown, |id| format!("« {id} »"), |nearest| format!(" (vouliez-vous dire {nearest} ?)"))
}

fn not_here(flag: &str, command: &str) -> String {
    let why = if names_output(flag) {
        "qui n’écrit pas de tel fichier"
    } else {
        "qui n’en tient pas compte : la retirer"
    };
    format!("--{flag} est sans objet pour « {command} », {why}")
}

fn other_communes(error: &maillage_io::ComparisonError) -> String {
    let maillage_io::ComparisonError { file, code } = error;
    format!("{file} parle d’autres communes que le premier plan : {code} ne figure que dans l’un d’eux")
}

fn spent_above(spent: u64, budget: u64) -> String {
    format!(
        "les nouveaux sites du plan ont coûté {spent} euros, plus que le budget de {budget} : avec --spent il ne reste rien ; \
         augmenter --budget"
    )
}

fn too_few_changes(below: u64, most: u64) -> String {
    format!(
        "{below} {} en dessous d’un usage régulier, et {most} au plus {} : augmenter --changes",
        plural(below, "nouveau site est", "nouveaux sites sont", French),
        plural(most, "peut être abandonné", "peuvent être abandonnés", French)
    )
}
