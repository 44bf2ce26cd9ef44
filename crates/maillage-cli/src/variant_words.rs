//! What makes no sense in phases, types, specialties, hubs, residents and upgrades, in French.

use maillage_core::VariantError;

use crate::words::grouped;
use maillage_io::Language::French;

pub(crate) fn french(error: &VariantError) -> String {
    match error {
        VariantError::NotCumulative { later, found, what, before, earlier } => {
            let what = if *what == "sites" { "sites" } else { "euros" };
            format!(
                "la phase {later} permet {} {what} en tout, moins que les {} de la phase {earlier} : les limites \
                 comptent tous les sites ouverts jusqu’à la fin de la phase",
                grouped(*found, French),
                grouped(*before, French)
            )
        }
        VariantError::SameName { phase } => {
            format!("deux phases portent le nom « {phase} » : donner à chacune le sien")
        }
        VariantError::WithinCapacity => {
            "les phases et within-capacity s’excluent : retirer les unes ou l’autre".to_owned()
        }
        VariantError::Goal => {
            "les phases et un autre objectif que « reach » s’excluent : retirer les unes ou l’autre".to_owned()
        }
        VariantError::Years { phase, years } => {
            format!("la phase {phase} dure {years} ans : écrire un nombre entier de 1 à 100")
        }
        VariantError::OverBeforeItsTime { phase, before } => {
            format!("la phase {phase} dit ce qui y a ouvert (opened), mais pas la phase qui la précède, {before}")
        }
        VariantError::OpenedTwice { id, one, other } => {
            format!("« {id} » a ouvert dans deux phases, {one} et {other}")
        }
        VariantError::AllOver => {
            "chaque phase dit ce qui y a ouvert (opened) : il ne reste rien à planifier".to_owned()
        }
        VariantError::Together { one, other } => {
            format!("{one} et {other} ne vont pas ensemble : retirer l’un ou l’autre")
        }
        VariantError::Name { list, number, name } => {
            format!("{list} {number} : il lui faut un nom à lui (« {name} » est vide ou déjà pris)")
        }
        VariantError::Range { key, found, least, most } => {
            format!("{} vaut {found} : écrire un nombre entier de {least} à {}", spaced(key), grouped(*most, French))
        }
        VariantError::Needs { key, needs } => format!("{} demande aussi {}", spaced(key), missing(needs)),
        VariantError::LeastAboveMost { name, least, most } => {
            format!("le type {name} demande au moins {least} sites et au plus {most}")
        }
        VariantError::NoType { count, id } => format!(
            "{} candidats ne peuvent être d’aucun type, dont « {id} » : élargir une condition « where », ajouter un \
             type, ou les interdire (forbid)",
            grouped(*count, French)
        ),
        VariantError::UnknownSpecialty { place, name, nearest } => {
            format!("{place} propose « {name} », qui n’est pas une spécialité ([[specialty]]){}", nearest_ones(nearest))
        }
        VariantError::NoColumn { of, column, key } => {
            let of = match *of {
                "commune" => "aucune commune",
                "candidate" => "aucun candidat",
                _ => "aucun site",
            };
            format!("{of} n’a de valeur dans la colonne « {column} » que nomme {key}")
        }
        VariantError::NotANumber { of, column, value, expected } => {
            let expected = match *expected {
                "a number" => "un nombre",
                "a number of people from 0" => "un nombre de personnes, de 0 ou plus",
                _ => "un nombre entier de personnes",
            };
            format!("« {of} » porte « {value} » dans la colonne « {column} », où il faut {expected}")
        }
        VariantError::UnknownUpgrade { id, existing, nearest } => format!(
            "le candidat « {id} » renforce « {existing} », qui n’est pas un site existant{}",
            nearest_ones(nearest)
        ),
        VariantError::FarFromUpgraded { id, existing, metres } => format!(
            "le candidat « {id} » est à {} m de « {existing} », qu’il renforce : 100 m au plus sont permis",
            grouped(*metres, French)
        ),
        VariantError::UnknownHub { name, is_kind: true, nearest } => {
            format!("aucun site existant n’est du genre « {name} » (hub.kind){}", nearest_ones(nearest))
        }
        VariantError::UnknownHub { name, is_kind: false, nearest } => {
            format!("le centre « {name} » n’est pas un site existant (hub.sites){}", nearest_ones(nearest))
        }
        VariantError::RequiredWithoutHub { id } => {
            format!("le candidat « {id} » doit ouvrir, mais n’a aucun centre assez proche (hub.within)")
        }
        VariantError::ListedWithoutHub { id } => format!(
            "le candidat « {id} » de la liste n’a aucun centre assez proche (hub.within) et ne peut pas ouvrir : le \
             retirer de la liste"
        ),
        VariantError::NoneHasHub => {
            "aucun candidat n’a de centre assez proche : permettre un plus long trajet (hub.within)".to_owned()
        }
        other => other.to_string(),
    }
}

/// Sets the blank before the colon of a key such as `type van: yearly-cost`.
fn spaced(key: &str) -> String {
    key.replace(": ", " : ")
}

fn nearest_ones(nearest: &[String]) -> String {
    if nearest.is_empty() {
        return String::new();
    }
    let names: Vec<String> = nearest.iter().map(|name| format!("« {name} »")).collect();
    format!(" ; les plus proches : {}", names.join(", "))
}

/// Says in French what a key needs.
fn missing(needs: &str) -> &str {
    match needs.split([',', ':']).next().unwrap_or_default() {
        "kind or sites" => "kind ou sites : quels sites existants sont des centres",
        "horizon" => "horizon, le nombre d’années que comptent les coûts annuels, par exemple horizon = 5",
        "upgrades-field" => "upgrades-field, la colonne du site existant que renforce chaque candidat",
        "under" => "under, le chiffre d’accès au-dessous duquel on est sous-doté pour elle",
        "access-field" => "access-field, la colonne de son chiffre d’accès",
        "offers-field" => "offers-field, la colonne des sites qui dit ce que chacun propose, ou offers dans un type",
        "[[specialty]]" => "[[specialty]], avec les noms qui y figurent",
        _ => needs,
    }
}
