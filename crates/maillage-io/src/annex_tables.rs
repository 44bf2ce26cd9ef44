//! The tables of a workbook that a map has no use for: columns, what they are called, what they mean.

use crate::table_description::{Table, columns, texts};

/// The headline figures.
pub(crate) fn answer_table() -> Table {
    Table::plain(
        "answer",
        texts("Answer", "Réponse"),
        columns! {
            "figure" "TEXT" "Figure" "Grandeur" "what is counted" "ce qui est compté";
            "value" "TEXT" "Value" "Valeur" "how much it is" "sa valeur";
        },
    )
}

/// Counts by class of the density grid.
pub(crate) fn density_table() -> Table {
    Table::plain(
        "densities",
        texts("Density classes", "Classes de densité"),
        columns! {
            "density" "INTEGER" "Density class" "Classe de densité" "from 1 (densest) to 7; empty where unknown" "de 1 (la plus dense) à 7 ; vide si elle est inconnue";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "under-served people" "habitants sous-dotés";
            "reached_before" "INTEGER" "In reach before" "À portée avant" "of them, in reach of existing sites" "dont : à portée des sites existants";
            "newly_reached" "INTEGER" "Newly in reach" "Nouvellement à portée" "of them, in reach thanks to new sites only" "dont : à portée grâce aux seuls nouveaux sites";
            "reached_after" "INTEGER" "In reach after" "À portée après" "of them, in reach with the plan" "dont : à portée avec le plan";
            "sites_new" "INTEGER" "New sites" "Nouveaux sites" "new sites that stand there" "nouveaux sites qui s’y trouvent";
        },
    )
}

/// The plan counted at other thresholds of access.
pub(crate) fn threshold_table() -> Table {
    Table::plain(
        "thresholds",
        texts("Thresholds", "Seuils"),
        columns! {
            "under" "REAL" "Access below" "Accessibilité sous" "who has less counts as under-served" "qui a moins compte comme sous-doté";
            "under_served" "INTEGER" "Under-served people" "Habitants sous-dotés" "under-served people" "habitants sous-dotés";
            "reached_before" "INTEGER" "In reach before" "À portée avant" "of them, in reach of existing sites" "dont : à portée des sites existants";
            "newly_reached" "INTEGER" "Newly in reach" "Nouvellement à portée" "of them, in reach thanks to new sites only" "dont : à portée grâce aux seuls nouveaux sites";
            "reached_after" "INTEGER" "In reach after" "À portée après" "of them, in reach with the plan" "dont : à portée avec le plan";
        },
    )
}

/// The rules and how the plan keeps them.
pub(crate) fn rules_table() -> Table {
    Table::plain(
        "rules",
        texts("Rules", "Règles"),
        columns! {
            "rule" "TEXT" "Rule" "Règle" "the rule in words" "la règle en mots";
            "unit" "TEXT" "Unit" "Unité" "what its numbers count" "ce que comptent ses nombres";
            "value" "REAL" "Value" "Valeur" "what the plan makes of it" "ce que le plan en fait";
            "least" "REAL" "At least" "Au moins" "the least it may be" "le moins qu’elle puisse valoir";
            "most" "REAL" "At most" "Au plus" "the most it may be" "le plus qu’elle puisse valoir";
            "slack" "REAL" "Slack" "Marge" "by how much the value may still move" "de combien la valeur peut encore bouger";
            "binds" "BOOLEAN" "Binds" "Contraint" "whether it binds; empty where unknown" "si elle contraint ; vide si on l’ignore";
            "price" "REAL" "Price" "Prix" "what one more unit is worth in the relaxation" "ce que vaut une unité de plus dans la relaxation";
        },
    )
}

/// The phases.
pub(crate) fn phases_table() -> Table {
    Table::plain(
        "phases",
        texts("Phases", "Phases"),
        columns! {
            "phase" "TEXT" "Phase" "Phase" "its name, else its number" "son nom, sinon son numéro";
            "years" "INTEGER" "Years" "Années" "what people in reach at its end weigh" "ce que pèsent les habitants à portée à sa fin";
            "sites_opened" "INTEGER" "Sites opened" "Sites ouverts" "new sites opened in it" "nouveaux sites ouverts dans la phase";
            "sites_new" "INTEGER" "New sites so far" "Nouveaux sites à ce jour" "new sites opened until its end" "nouveaux sites ouverts jusqu’à sa fin";
            "cost" "INTEGER" "Cost so far (€)" "Coût à ce jour (€)" "whole euros for them" "euros entiers pour ces sites";
            "newly_reached" "INTEGER" "Newly in reach" "Nouvellement à portée" "under-served people in reach thanks to them only" "habitants sous-dotés à portée grâce à ces seuls sites";
            "reached_after" "INTEGER" "In reach at its end" "À portée à sa fin" "under-served people in reach at its end" "habitants sous-dotés à portée à sa fin";
        },
    )
}

/// Where the data come from.
pub(crate) fn sources_table() -> Table {
    Table::plain(
        "sources",
        texts("Sources", "Sources"),
        columns! {
            "role" "TEXT" "Read for" "Rôle" "what the file was read for" "ce pour quoi le fichier a été lu";
            "file" "TEXT" "File" "Fichier" "its name" "son nom";
            "source" "TEXT" "Source" "Source" "who made it, as the scenario says" "qui l’a produit, selon le scénario";
            "year" "INTEGER" "Year" "Année" "the year it speaks of, as the scenario says" "l’année dont il parle, selon le scénario";
            "illustrative" "BOOLEAN" "Illustrative" "Illustratif" "whether the scenario marks it as illustrative: no basis for a decision" "si le scénario le dit illustratif : il ne peut fonder une décision";
            "features" "INTEGER" "Features or rows" "Objets ou lignes" "how many were read" "combien ont été lus";
            "sha256" "TEXT" "SHA-256" "SHA-256" "fingerprint of the file read" "empreinte du fichier lu";
        },
    )
}
