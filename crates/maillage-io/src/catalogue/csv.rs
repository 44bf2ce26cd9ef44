//! Problems of CSV tables.

entries! {
    CSV:

    CSV_COLUMNS "E301" 3
        "the line has {count} columns, the header has {total}{hint}" "la ligne a {count} colonnes, l’en-tête en a {total}{hint}"
        "the same number in every line" "le même nombre à chaque ligne"
        "put quotes round texts which hold the separator" "mettre entre guillemets les textes qui contiennent le séparateur";
    CSV_QUOTE "E302" 3
        "a quotation mark is never closed" "un guillemet n’est jamais fermé"
        "quotation marks in pairs" "des guillemets par paires"
        "close it, or double it inside a text" "le fermer, ou le doubler à l’intérieur d’un texte";
    CSV_NO_HEADER "E303" 3
        "no header line was found" "aucune ligne d’en-tête n’a été trouvée"
        "a line with the names of the columns: {column}" "une ligne avec les noms des colonnes : {column}"
        "add a header line" "ajouter une ligne d’en-tête";
    CSV_TOTAL_LINE "E306" 3
        "{value} looks like a line of totals" "{value} semble une ligne de totaux"
        "one line for each commune" "une ligne par commune"
        "remove the line" "retirer la ligne";
    CSV_EXCEL "E307" 3
        "{value} was changed by a spreadsheet ({found})" "{value} a été changé par un tableur ({found})"
        "the figure as published" "le chiffre tel que publié"
        "import the column as text, then export again" "importer la colonne en texte, puis exporter à nouveau";
    CSV_TITLE_LINES "W308" 0
        "{count} lines of title stand above the header and are skipped" "{count} lignes de titre précèdent l’en-tête et sont passées"
        "the header in the first line" "l’en-tête à la première ligne"
        "nothing to do" "rien à faire";
    CSV_BLANK_LINES "W309" 0
        "{count} lines hold separators only and are skipped" "{count} lignes ne contiennent que des séparateurs et sont passées"
        "lines with data" "des lignes de données"
        "nothing to do" "rien à faire";
}
