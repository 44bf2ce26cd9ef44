//! Problems of joined tables.

entries! {
    JOINS:

    JOIN_MATCHES_LITTLE "E231" 3
        "only {count} of {total} communes find their code in \"{column}\" (not found: {examples}); are these postal codes, or codes of another year?" "seules {count} communes sur {total} trouvent leur code dans « {column} » (introuvables : {examples}) ; sont-ce des codes postaux, ou d’une autre année ?"
        "the same INSEE codes on both sides" "les mêmes codes INSEE des deux côtés"
        "name the column of the code: --join FILE.csv:KEY" "nommer la colonne du code : --join FICHIER.csv:CLÉ";
    JOIN_COMMUNES_UNMATCHED "W232" 0
        "{count} communes have no line in the table: {examples}" "{count} communes n’ont pas de ligne dans la table : {examples}"
        "a line for each commune" "une ligne par commune"
        "check the year of the commune list" "vérifier l’année de la liste des communes";
    JOIN_ROWS_UNMATCHED "W233" 0
        "{count} lines of the table match no commune: {examples}" "{count} lignes de la table ne correspondent à aucune commune : {examples}"
        "lines of the communes read" "les lignes des communes lues"
        "nothing to do if the table covers more than the map" "rien à faire si la table couvre plus que la carte";
    JOIN_DISAGREES "E234" 3
        "the map says {value} and the joined table says {other}" "la carte dit {value} et la table jointe dit {other}"
        "one value, or twice the same" "une seule valeur, ou deux fois la même"
        "rename the column in one of the files" "renommer la colonne dans l’un des fichiers";
}
