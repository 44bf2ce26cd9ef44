//! Problems of index files.

entries! {
    INDEX_FILES:

    INDEX_HEADER "E341" 3
        "the first line is {value}" "la première ligne est {value}"
        "\"maillage-index 1\"" "« maillage-index 1 »"
        "check that this is an index file" "vérifier que c’est un fichier d’indices";
    INDEX_NUMBER "E342" 3
        "{value} is not {what} (word {word})" "{value} n’est pas {what} (mot {word})"
        "whole numbers between blanks" "des nombres entiers entre des blancs"
        "write the file again" "écrire le fichier à nouveau";
    INDEX_TRUNCATED "E343" 3
        "the file ends where {what} was expected (word {word})" "le fichier s’arrête là où l’on attendait {what} (mot {word})"
        "a whole file" "un fichier entier"
        "download or write the file again" "télécharger ou écrire le fichier à nouveau";
    INDEX_OUT_OF_RANGE "E344" 3
        "{value} is not below {limit}: {what} (word {word})" "{value} n’est pas sous {limit} : {what} (mot {word})"
        "indices from 0" "des indices à partir de 0"
        "write the file again" "écrire le fichier à nouveau";
    INDEX_TWICE "E345" 3
        "{value} comes twice in one row (word {word})" "{value} vient deux fois dans une même ligne (mot {word})"
        "each index once in a row" "chaque indice une fois par ligne"
        "write the file again" "écrire le fichier à nouveau";
    INDEX_TOO_LARGE "E346" 8
        "{value} is over the limit of {limit}: {what} (word {word})" "{value} dépasse la limite de {limit} : {what} (mot {word})"
        "at most {limit}" "au plus {limit}"
        "split the instance" "découper l’instance";
    INDEX_TRAILING "E347" 3
        "{value} follows the end (word {word})" "{value} suit la fin (mot {word})"
        "nothing after the open sites" "rien après les sites ouverts"
        "write the file again" "écrire le fichier à nouveau";
}
