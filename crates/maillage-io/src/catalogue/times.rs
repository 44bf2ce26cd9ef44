//! Problems of tables of travel times.

entries! {
    TIMES:

    TIME_NEGATIVE "E321" 3
        "the time {value} is negative" "le temps {value} est négatif"
        "{unit}, 0 or more" "des {unit}, 0 ou plus"
        "correct the time, or remove the line" "corriger le temps, ou retirer la ligne";
    TIME_SENTINEL "E322" 3
        "{value} looks like a mark for \"no route\"" "{value} semble une marque de « pas d’itinéraire »"
        "{unit}; a pair that is out of reach has no line" "des {unit} ; une paire hors de portée n’a pas de ligne"
        "remove such lines from the table" "retirer ces lignes de la table";
    TIME_MISSING "E323" 3
        "the time {value} is not a number" "le temps {value} n’est pas un nombre"
        "{unit}; a pair that is out of reach has no line" "des {unit} ; une paire hors de portée n’a pas de ligne"
        "remove the line, complete it, or say that blank is out of reach: --times-missing out-of-reach" "retirer la ligne, la compléter, ou dire que rien vaut hors de portée : --times-missing out-of-reach";
    TIME_ZERO "W324" 0
        "{count} times are 0 between distinct places, such as {examples}" "{count} temps valent 0 entre des lieux distincts, par exemple {examples}"
        "more than 0 minutes" "plus de 0 minute"
        "check how places were snapped to roads" "vérifier le rattachement des lieux aux routes";
    TIME_TWICE "E325" 3
        "the pair {value} comes twice; it stands already in {where}" "la paire {value} vient deux fois ; elle est déjà à {where}"
        "each pair once" "chaque paire une fois"
        "remove one of the lines" "retirer l’une des lignes";
    TIME_UNKNOWN_SITE "E326" 3
        "{count} identifiers of sites are not among the sites: {examples}" "{count} identifiants de sites ne sont pas parmi les sites : {examples}"
        "identifiers of the files of candidates and existing sites" "les identifiants des fichiers de candidats et de sites existants"
        "make the table again from the same files" "refaire la table à partir des mêmes fichiers";
    TIME_UNKNOWN_PLACE "E327" 3
        "{count} codes of places are not among the communes: {examples}" "{count} codes de lieux ne sont pas parmi les communes : {examples}"
        "codes of the file of communes" "les codes du fichier des communes"
        "make the table again from the same files" "refaire la table à partir des mêmes fichiers";
    TIME_UNIT "E328" 3
        "half of the times imply less or more than {value} km/h in a straight line: are they really in {unit}, not in seconds, minutes or hours?" "la moitié des temps supposent moins ou plus de {value} km/h à vol d’oiseau : sont-ils vraiment en {unit}, et non en secondes, minutes ou heures ?"
        "times in the unit that is stated" "des temps dans l’unité annoncée"
        "state the unit: --times-unit minutes, seconds or hh:mm" "indiquer l’unité : --times-unit minutes, seconds ou hh:mm";
    TIME_MISSING_PAIRS "W329" 0
        "{count} of {total} pairs have no line: they count as out of reach" "{count} paires sur {total} n’ont pas de ligne : elles comptent comme hors de portée"
        "a line for each pair in reach" "une ligne par paire à portée"
        "nothing to do if the table stops at a limit" "rien à faire si la table s’arrête à une limite";
    TIME_UNREACHED "W330" 0
        "{count} communes with {people} people have no line at all, such as {examples}: no site reaches them" "{count} communes de {people} habitants n’ont aucune ligne, par exemple {examples} : aucun site ne les atteint"
        "lines for the communes that a site can reach" "des lignes pour les communes qu’un site peut atteindre"
        "nothing to do if they are islands or far away" "rien à faire si ce sont des îles ou des lieux éloignés";
    TIME_PERCENTILES "E331" 3
        "several columns hold percentiles of the travel time: {examples}" "plusieurs colonnes contiennent des centiles du temps de trajet : {examples}"
        "the one to plan with" "celle qui doit servir"
        "name it: {flag}" "la nommer : {flag}";
    TIME_MATRIX "E332" 3
        "this JSON holds no travel times, but {value}" "ce JSON ne contient pas de temps de trajet, mais {value}"
        "the answer of OSRM’s table (durations) or of Valhalla’s matrix (sources_to_targets)" "la réponse du service table d’OSRM (durations) ou de la matrice de Valhalla (sources_to_targets)"
        "ask the router for durations, and keep its whole answer" "demander les durées au calculateur, et garder toute sa réponse";
    TIME_SHAPE "E333" 3
        "there are {count} {what} of times here, but {total} identifiers" "il y a ici {count} {what} de temps, mais {total} identifiants"
        "a row for each origin, with a time or null for each destination" "une ligne par origine, avec un temps ou null par destination"
        "give the lists that the router was asked with: --times-origins and --times-destinations" "donner les listes transmises au calculateur : --times-origins et --times-destinations";
    TIME_IDS "E334" 3
        "a matrix has no identifiers" "une matrice n’a pas d’identifiants"
        "those of its {what}, in their order" "ceux de ses {what}, dans leur ordre"
        "name the file they stand in: {flag} FILE, or FILE:COLUMN" "nommer leur fichier : {flag} FICHIER, ou FICHIER:COLONNE";
    TIME_ORDER "E335" 3
        "{count} of {total} {what} stand more than 5 km from the place of their identifier, such as {examples}" "{count} {what} sur {total} sont à plus de 5 km du lieu de leur identifiant, par exemple {examples}"
        "identifiers in the order of the matrix" "des identifiants dans l’ordre de la matrice"
        "check the order of the list, and --times-direction" "vérifier l’ordre de la liste, et --times-direction";
    TIME_INDEX "E336" 3
        "{value} stands where {total} comes in turn" "{value} se trouve là où vient {total}"
        "cells in the order of origins and destinations" "des cellules dans l’ordre des origines et des destinations"
        "keep the answer of the router as it is" "garder la réponse du calculateur telle quelle";
    TIME_KEY "E337" 3
        "{flag} says nothing of {what}" "{flag} ne dit rien d’{what}"
        "keys that the table has a use for" "des clés utiles à la table"
        "leave {flag} out" "retirer {flag}";
    PARQUET_DAMAGED "E338" 3
        "this Parquet file cannot be read: {reason}" "ce fichier Parquet n’est pas lisible : {reason}"
        "a whole Parquet file, compressed with snappy, zstd, gzip, LZ4 or not at all" "un fichier Parquet entier, compressé par snappy, zstd, gzip, LZ4 ou pas du tout"
        "copy or write the file again, or give the table as CSV" "copier ou écrire le fichier à nouveau, ou donner la table en CSV";
    PARQUET_COLUMN "E339" 3
        "the column holds values of the kind {value}" "la colonne contient des valeurs du genre {value}"
        "a plain column of texts or numbers" "une colonne simple de textes ou de nombres"
        "convert the column to text or to a number before writing the file" "convertir la colonne en texte ou en nombre avant d’écrire le fichier";
}
