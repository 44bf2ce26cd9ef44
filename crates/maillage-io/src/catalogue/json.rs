//! Problems of JSON documents and their features.

entries! {
    JSON:

    TRUNCATED "E120" 3
        "the file ends {where}" "le fichier s’arrête {where}"
        "a whole document" "un document entier"
        "export or download the file again" "exporter ou télécharger le fichier à nouveau";
    TRAILING_DATA "E121" 3
        "something follows the end of the document: {value}" "quelque chose suit la fin du document : {value}"
        "one document and nothing after it" "un seul document et rien après"
        "remove what follows, or make one FeatureCollection" "retirer la suite, ou faire une seule FeatureCollection";
    JSON_SYNTAX "E122" 3
        "{reason}, found {value}" "{reason}, trouvé {value}"
        "JSON without comments, trailing commas, single quotes, NaN or Infinity" "du JSON sans commentaire, virgule finale, apostrophe, NaN ni Infinity"
        "write the file with a GIS or a JSON library" "écrire le fichier avec un SIG ou une bibliothèque JSON";
    NUMBER_OUT_OF_RANGE "E123" 3
        "the number {value} is too large to be held" "le nombre {value} est trop grand"
        "numbers under 1.8e308" "des nombres sous 1,8e308"
        "correct the number" "corriger le nombre";
    LONE_SURROGATE "E124" 3
        "{value} is half a character (lone surrogate)" "{value} est une moitié de caractère (substitut isolé)"
        "whole characters" "des caractères entiers"
        "correct the text" "corriger le texte";
    REPEATED_PROPERTY "E125" 3
        "the property comes twice: {value} and {other}" "la propriété vient deux fois : {value} et {other}"
        "each property once" "chaque propriété une fois"
        "remove one of them" "retirer l’une des deux";
    REPEATED_MEMBER "E126" 3
        "the member \"{member}\" comes twice" "le membre « {member} » vient deux fois"
        "each member once" "chaque membre une fois"
        "remove one of them" "retirer l’un des deux";
    FEATURES_MISSING "E127" 3
        "there is no array \"features\": found {found}" "il n’y a pas de tableau « features » : trouvé {found}"
        "a FeatureCollection with an array \"features\"" "une FeatureCollection avec un tableau « features »"
        "export as GeoJSON (RFC 7946)" "exporter en GeoJSON (RFC 7946)";
    NO_FEATURES "E128" 3
        "there is no feature in the file" "il n’y a aucun objet dans le fichier"
        "at least one" "au moins un"
        "check the filter of the export" "vérifier le filtre de l’export";
    WRONG_DOCUMENT "E129" 3
        "this is {found}, not a FeatureCollection" "c’est {found}, pas une FeatureCollection"
        "\"type\": \"FeatureCollection\"" "« type » : « FeatureCollection »"
        "export as GeoJSON (RFC 7946)" "exporter en GeoJSON (RFC 7946)";
    LINE_DELIMITED "E130" 3
        "this is line-delimited GeoJSON: one document a line" "c’est du GeoJSON par lignes : un document par ligne"
        "one document, or the suffix .geojsonl" "un seul document, ou le suffixe .geojsonl"
        "rename the file to .geojsonl, or export a FeatureCollection" "renommer le fichier en .geojsonl, ou exporter une FeatureCollection";
    NOT_A_FEATURE "E131" 3
        "this is {found}, not a Feature" "c’est {found}, pas une Feature"
        "\"type\": \"Feature\" with properties and geometry" "« type » : « Feature », avec propriétés et géométrie"
        "remove it or complete it" "le retirer ou le compléter";
    PROPERTIES_MISSING "E133" 3
        "the feature has no properties" "l’objet n’a pas de propriétés"
        "an object \"properties\"" "un objet « properties »"
        "add the properties" "ajouter les propriétés";
    PROPERTIES_KIND "E134" 3
        "\"properties\" is {found}" "« properties » est {found}"
        "an object" "un objet"
        "write the properties as an object" "écrire les propriétés comme un objet";
    ID_KIND "E135" 3
        "the identifier is {found}" "l’identifiant est {found}"
        "a text or a whole number" "un texte ou un nombre entier"
        "write the identifier as a text" "écrire l’identifiant comme un texte";
    ID_LOSES_DIGITS "E136" 3
        "the identifier {value} loses digits as a number" "l’identifiant {value} perd des chiffres en tant que nombre"
        "numbers up to 9,007,199,254,740,991, or a text" "des nombres jusqu’à 9 007 199 254 740 991, ou un texte"
        "write the identifier as a text" "écrire l’identifiant comme un texte";
    GEOMETRY_MISSING "E137" 3
        "the feature has no geometry" "l’objet n’a pas de géométrie"
        "a geometry" "une géométrie"
        "add the geometry, or remove the feature" "ajouter la géométrie, ou retirer l’objet";
    UNKNOWN_MEMBERS "W138" 0
        "members that are not GeoJSON are ignored: {members}" "des membres étrangers au GeoJSON sont ignorés : {members}"
        "type, features, bbox" "type, features, bbox"
        "nothing to do" "rien à faire";
}
