//! Problems of observed acts.

entries! {
    ACTS:

    ACTS_UNKNOWN "E381" 3
        "{count} identifiers are no open site of the plan, such as {examples}" "{count} identifiants ne sont aucun site ouvert du plan, par exemple {examples}"
        "identifiers of new and existing sites of the plan" "les identifiants des sites nouveaux et existants du plan"
        "correct them, or take these lines out" "les corriger, ou retirer ces lignes";
    ACTS_ABSENT "W382" 0
        "nothing is known of {count} open sites, such as {examples}" "rien n’est connu de {count} sites ouverts, par exemple {examples}"
        "a line for each open site" "une ligne par site ouvert"
        "nothing to do if they have not begun; else add their lines, 0 where nothing was done" "rien à faire s’ils n’ont pas commencé ; sinon ajouter leurs lignes, 0 s’il n’y a eu aucun acte";
}
