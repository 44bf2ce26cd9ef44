//! What makes no sense in phases, in French.

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
        other => other.to_string(),
    }
}
