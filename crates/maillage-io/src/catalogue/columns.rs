//! Problems of columns, identifiers and values.

entries! {
    COLUMNS:

    COLUMN_MISSING "E201" 3
        "there is no column \"{column}\"; the closest are: {closest}" "il n’y a pas de colonne « {column} » ; les plus proches sont : {closest}"
        "a column \"{column}\"" "une colonne « {column} »"
        "name the right column: {flag}" "nommer la bonne colonne : {flag}";
    ID_MISSING "E202" 3
        "the identifier is missing" "l’identifiant manque"
        "an identifier for each" "un identifiant pour chacun"
        "complete it, or remove the line" "le compléter, ou retirer la ligne";
    CODE_LOST_ZERO "E203" 3
        "{value} looks like an INSEE code that lost its leading zero" "{value} semble un code INSEE sans son zéro initial"
        "five characters, such as 01001" "cinq caractères, par exemple 01001"
        "keep the column as text when exporting" "garder la colonne en texte à l’export";
    ID_TWICE "E204" 3
        "{value} is already the identifier of {other}" "{value} est déjà l’identifiant de {other}"
        "each identifier once" "chaque identifiant une seule fois"
        "remove one, or correct its identifier" "retirer l’un des deux, ou corriger son identifiant";
    CODE_OLD_CORSICAN "E205" 3
        "{value} is an old Corsican code or a postal code" "{value} est un ancien code corse ou un code postal"
        "2A or 2B, then three digits" "2A ou 2B, puis trois chiffres"
        "use the INSEE codes since 1976" "employer les codes INSEE depuis 1976";
    ID_BLANKS "E206" 3
        "the identifier {value} holds {found}" "l’identifiant {value} contient {found}"
        "the bare identifier" "l’identifiant seul"
        "clean the column: keep it as text when exporting" "nettoyer la colonne : la garder en texte à l’export";
    ID_MIXED "E207" 3
        "{count} identifiers are numbers and {others} are texts" "{count} identifiants sont des nombres et {others} des textes"
        "one type for the whole column" "un seul type pour toute la colonne"
        "write all identifiers as texts" "écrire tous les identifiants comme des textes";
    ARRONDISSEMENTS "E208" 3
        "{value} ({city}) is given together with {count} of its arrondissements: people would count twice" "{value} ({city}) est donné avec {count} de ses arrondissements : les habitants compteraient deux fois"
        "either the city or its arrondissements" "la ville ou ses arrondissements"
        "remove one or the others" "retirer l’une ou les autres";
    CODE_LOWER_CASE "W209" 0
        "{count} Corsican codes are in lower case, such as {examples}; they are read as 2A and 2B" "{count} codes corses sont en minuscules, par exemple {examples} ; ils sont lus 2A et 2B"
        "2A and 2B" "2A et 2B"
        "nothing to do" "rien à faire";
    CODE_UNKNOWN "E210" 3
        "{value} is not an INSEE code, though the others are" "{value} n’est pas un code INSEE, alors que les autres en sont"
        "five characters, such as 57463 or 2A004" "cinq caractères, par exemple 57463 ou 2A004"
        "correct the code, or remove the line" "corriger le code, ou retirer la ligne";
    NOT_A_NUMBER "E211" 3
        "{value} is not a number" "{value} n’est pas un nombre"
        "{expected}" "{expected}"
        "write bare digits, such as {example}" "écrire les chiffres seuls, par exemple {example}";
    NUMBER_NEGATIVE "E212" 3
        "{value} is negative" "{value} est négatif"
        "{expected}" "{expected}"
        "correct the number" "corriger le nombre";
    NUMBER_MISSING "E213" 3
        "the number is missing" "le nombre manque"
        "{expected}" "{expected}"
        "complete it; write 0 only where it is known to be 0" "le compléter ; n’écrire 0 que là où c’est vraiment 0";
    NUMBER_FRACTIONAL "E214" 3
        "{value} is not whole" "{value} n’est pas entier"
        "{expected}" "{expected}"
        "use the published whole figures, or round them yourself" "prendre les chiffres entiers publiés, ou les arrondir soi-même";
    NUMBER_TOO_LARGE "E215" 3
        "{value} is larger than {limit}" "{value} dépasse {limit}"
        "{expected}" "{expected}"
        "correct the number" "corriger le nombre";
    NUMBER_TOTAL_TOO_LARGE "E216" 3
        "the total is larger than {limit}" "le total dépasse {limit}"
        "a total under {limit}" "un total sous {limit}"
        "check the column" "vérifier la colonne";
    ACCESS_OVER_20 "W217" 0
        "values over 20: {count}, such as {value}" "valeurs au-dessus de 20 : {count}, par exemple {value}"
        "consultations a year and inhabitant (APL), mostly from 0 to 10" "des consultations par an et habitant (APL), le plus souvent de 0 à 10"
        "check the unit of the column" "vérifier l’unité de la colonne";
    ACCESS_MARKS "W218" 0
        "{count} values are marks such as {examples}: they are read as missing" "{count} valeurs sont des marques comme {examples} : elles sont lues comme manquantes"
        "a number" "un nombre"
        "say with --missing-access what becomes of them" "dire avec --missing-access ce qu’elles deviennent";
    DENSITY_CLASS "E219" 3
        "{value} is not a density class" "{value} n’est pas une classe de densité"
        "a whole number from 1 to 7" "un nombre entier de 1 à 7"
        "use the INSEE density grid in seven classes" "employer la grille de densité de l’INSEE en sept classes";
    COST_ZERO "W220" 0
        "{count} candidates cost 0, such as {examples}" "{count} candidats coûtent 0, par exemple {examples}"
        "the euros it takes to open one" "les euros qu’il faut pour en ouvrir un"
        "check the column" "vérifier la colonne";
    COST_ABSENT "W221" 0
        "there is no column \"{column}\": every candidate costs 0" "il n’y a pas de colonne « {column} » : chaque candidat coûte 0"
        "a column of whole euros where money matters" "une colonne d’euros entiers quand l’argent compte"
        "name it with --cost-field" "la nommer avec --cost-field";
    COLUMN_TWICE "E222" 3
        "the column \"{column}\" comes twice" "la colonne « {column} » vient deux fois"
        "each column once" "chaque colonne une fois"
        "rename or remove one" "renommer ou retirer l’une d’elles";
    TEXT_KIND "E223" 3
        "the value is {found}" "la valeur est {found}"
        "a text or a number" "un texte ou un nombre"
        "correct the value" "corriger la valeur";
}
