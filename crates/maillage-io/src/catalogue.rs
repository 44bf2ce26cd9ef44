//! Every problem that reading can state, with its stable code, its exit code and its texts.
//!
//! Between braces stand the details of a case: `{value}` is what was found, in quotes and escaped.

use crate::Language;

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// In English.
    pub english: &'static str,
    /// In French.
    pub french: &'static str,
}

impl Texts {
    /// Returns the text in one language.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::French => self.french,
        }
    }
}

/// Whether a finding stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The work stops.
    Error,
    /// A remark that is kept with the result.
    Warning,
}

/// One kind of problem: its code and its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Its stable code: E and a number for an error, W and a number for a warning.
    pub code: &'static str,
    /// The exit code of a run that stops at it: 3 bad data, 7 reading failed, 8 too large; 0 for a warning.
    pub exit_code: u8,
    /// What is wrong.
    pub problem: Texts,
    /// What is expected.
    pub expected: Texts,
    /// How to mend it.
    pub fix: Texts,
}

impl CatalogueEntry {
    /// Returns whether it stops the work: its code starts with E.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.code.starts_with('E') { Severity::Error } else { Severity::Warning }
    }
}

/// Returns all kinds of problems that reading can state, by subject.
#[must_use]
pub fn catalogue() -> &'static [&'static CatalogueEntry] {
    CATALOGUE
}

macro_rules! entries {
    ($($name:ident $code:literal $exit:literal
        $problem:literal $problem_french:literal
        $expected:literal $expected_french:literal
        $fix:literal $fix_french:literal;)*) => {
        $(pub(crate) static $name: CatalogueEntry = CatalogueEntry {
            code: $code,
            exit_code: $exit,
            problem: Texts { english: $problem, french: $problem_french },
            expected: Texts { english: $expected, french: $expected_french },
            fix: Texts { english: $fix, french: $fix_french },
        };)*
        static CATALOGUE: &[&CatalogueEntry] = &[$(&$name),*];
    };
}

entries! {
    // Files and bytes
    FILE_NOT_FOUND "E101" 7
        "there is no such file" "ce fichier n’existe pas"
        "a file that exists" "un fichier qui existe"
        "check the path and the current folder" "vérifier le chemin et le dossier courant";
    FILE_IS_FOLDER "E102" 7
        "this is a folder" "c’est un dossier"
        "a file" "un fichier"
        "name the file inside the folder" "nommer le fichier qui est dans le dossier";
    FILE_PERMISSION "E103" 7
        "the file may not be read" "la lecture du fichier n’est pas permise"
        "a file that this user may read" "un fichier que cet utilisateur peut lire"
        "change the permissions of the file" "changer les droits du fichier";
    READING_FAILED "E104" 7
        "reading failed: {reason}" "la lecture a échoué : {reason}"
        "a file that can be read to its end" "un fichier lisible jusqu’au bout"
        "copy the file to a local disk and try again" "copier le fichier sur un disque local et recommencer";
    FILE_CHANGED "E105" 7
        "the file changed while it was being read" "le fichier a changé pendant sa lecture"
        "a file that stays as it is" "un fichier qui reste tel quel"
        "wait until it is written, then run again" "attendre la fin de l’écriture, puis relancer";
    FILE_TOO_LARGE "E106" 8
        "the file holds more than the limit of {limit} bytes" "le fichier dépasse la limite de {limit} octets"
        "at most {limit} bytes" "au plus {limit} octets"
        "split the file or simplify its polygons" "découper le fichier ou simplifier ses polygones";
    FILE_EMPTY "E110" 3
        "the file is empty" "le fichier est vide"
        "a file with data" "un fichier avec des données"
        "export or download the file again" "exporter ou télécharger le fichier à nouveau";
    ENCODING_UTF16 "E111" 3
        "the text is in UTF-16" "le texte est en UTF-16"
        "UTF-8" "de l’UTF-8"
        "save as \"CSV UTF-8\", or convert: iconv -f UTF-16 -t UTF-8" "enregistrer en « CSV UTF-8 », ou convertir : iconv -f UTF-16 -t UTF-8";
    ENCODING_NOT_UTF8 "E112" 3
        "byte {offset} (0x{byte}) is not UTF-8; it would be \"{guess}\" in Windows-1252" "l’octet {offset} (0x{byte}) n’est pas de l’UTF-8 ; ce serait « {guess} » en Windows-1252"
        "UTF-8" "de l’UTF-8"
        "save as UTF-8, or convert: iconv -f WINDOWS-1252 -t UTF-8" "enregistrer en UTF-8, ou convertir : iconv -f WINDOWS-1252 -t UTF-8";
    FORMAT_OTHER "E113" 3
        "this is {format}, whatever its name says" "c’est {format}, quoi que dise son nom"
        "GeoJSON or CSV as plain text, or a GeoPackage for communes and sites" "du GeoJSON ou du CSV en texte, ou un GeoPackage pour les communes et les sites"
        "convert it, for example: ogr2ogr -t_srs EPSG:4326 out.geojson FILE" "le convertir, par exemple : ogr2ogr -t_srs EPSG:4326 sortie.geojson FICHIER";
    FORMAT_WEB_PAGE "E114" 3
        "this is a web page, not data: {value}" "c’est une page web, pas des données : {value}"
        "GeoJSON or CSV" "du GeoJSON ou du CSV"
        "download the file itself; the server may have sent an error page" "télécharger le fichier lui-même ; le serveur a peut-être envoyé une page d’erreur";
    FORMAT_SCRIPT "E115" 3
        "this is a script (JSONP), not data: {value}" "c’est un script (JSONP), pas des données : {value}"
        "a JSON document" "un document JSON"
        "ask the server for JSON without a callback" "demander au serveur du JSON sans « callback »";
    NUL_BYTES "E116" 3
        "byte {offset} is NUL: this is not text, or the file is damaged" "l’octet {offset} est NUL : ce n’est pas du texte, ou le fichier est abîmé"
        "text" "du texte"
        "export or download the file again" "exporter ou télécharger le fichier à nouveau";
    COMPRESSED_DAMAGED "E117" 3
        "the compressed data are damaged: {reason}" "les données compressées sont abîmées : {reason}"
        "a whole gzip file" "un fichier gzip entier"
        "download the file again" "télécharger le fichier à nouveau";
    BYTE_ORDER_MARK "W110" 0
        "a UTF-8 byte order mark stands before the data" "une marque d’ordre des octets (BOM) précède les données"
        "data from the first byte" "des données dès le premier octet"
        "nothing to do: it is skipped" "rien à faire : elle est ignorée";
    MOJIBAKE "W111" 0
        "{count} accents look decoded twice, such as {examples}" "{count} accents semblent décodés deux fois, par exemple {examples}"
        "accents such as é, è, ç" "des accents comme é, è, ç"
        "export again from the source as UTF-8; the texts are kept as they are" "exporter à nouveau depuis la source en UTF-8 ; les textes sont gardés tels quels";
    CONTROL_CHARACTERS "W112" 0
        "{count} texts hold control or direction characters; they are shown escaped, such as {examples}" "{count} textes contiennent des caractères de contrôle ou de direction ; ils sont montrés échappés, par exemple {examples}"
        "plain text" "du texte simple"
        "clean the names in the source" "nettoyer les noms à la source";

    // JSON
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

    // Geometry
    POSITION_SHORT "E140" 3
        "a position has {count} numbers ({place})" "une position a {count} nombres ({place})"
        "longitude and latitude" "longitude et latitude"
        "correct the geometry" "corriger la géométrie";
    GEOMETRY_EMPTY "E141" 3
        "the {kind} is empty" "la géométrie {kind} est vide"
        "coordinates" "des coordonnées"
        "remove the feature, or give it coordinates" "retirer l’objet, ou lui donner des coordonnées";
    COORDINATE_KIND "E142" 3
        "a coordinate is {found}, {value} ({place})" "une coordonnée est {found}, {value} ({place})"
        "a number of degrees" "un nombre de degrés"
        "correct the geometry" "corriger la géométrie";
    ALTITUDE_IGNORED "W143" 0
        "{count} features have more than two numbers in a position; the others are ignored" "{count} objets ont plus de deux nombres par position ; les autres sont ignorés"
        "longitude and latitude" "longitude et latitude"
        "nothing to do" "rien à faire";
    RING_UNCLOSED "E144" 3
        "a ring does not end where it starts ({place})" "un anneau ne finit pas où il commence ({place})"
        "first and last position equal" "première et dernière positions égales"
        "close the ring, for example with QGIS \"Fix geometries\"" "fermer l’anneau, par exemple avec « Réparer les géométries » de QGIS";
    RING_SHORT "E145" 3
        "a ring has {count} positions ({place})" "un anneau a {count} positions ({place})"
        "four positions at least, the last equal to the first" "au moins quatre positions, la dernière égale à la première"
        "correct the geometry" "corriger la géométrie";
    RING_CROSSING "E146" 3
        "a ring crosses itself at {position} ({place})" "un anneau se croise lui-même en {position} ({place})"
        "rings that do not cross themselves" "des anneaux qui ne se croisent pas"
        "repair it, for example with QGIS \"Fix geometries\"" "le réparer, par exemple avec « Réparer les géométries » de QGIS";
    GEOMETRY_KIND "E147" 3
        "the geometry is {found}" "la géométrie est {found}"
        "{allowed}" "{allowed}"
        "export points or polygons" "exporter des points ou des polygones";
    GEOMETRY_TWICE "W148" 0
        "{count} pairs have one and the same polygon, such as {examples}" "{count} paires ont un seul et même polygone, par exemple {examples}"
        "a polygon of its own for each" "un polygone propre à chacun"
        "check that no commune is given twice" "vérifier qu’aucune commune n’est donnée deux fois";
    INNER_POINT "W149" 0
        "{count} polygons have no column of origin: people are taken to leave from a point inside each polygon" "{count} polygones sans colonne d’origine : les habitants sont supposés partir d’un point intérieur à chaque polygone"
        "the place people leave from, such as the town hall" "le lieu d’où l’on part, par exemple la mairie"
        "name its columns with --origin lon,lat" "nommer ses colonnes avec --origin lon,lat";
    SAME_PLACE "W152" 0
        "{count} sites stand exactly where another one stands, such as {examples}" "{count} sites se trouvent exactement au même point qu’un autre, par exemple {examples}"
        "places of their own" "des lieux distincts"
        "nothing to do if they share a building" "rien à faire s’ils partagent un bâtiment";
    RING_SEVERAL_TIMES "W153" 0
        "{count} polygons touch or retrace themselves, such as {examples}" "{count} polygones se touchent ou reviennent sur eux-mêmes, par exemple {examples}"
        "simple rings" "des anneaux simples"
        "nothing to do: they are only drawn" "rien à faire : ils servent seulement au dessin";

    // Coordinates
    LAMBERT_93 "E160" 3
        "{count} features have coordinates in metres, such as {value}: this looks like Lambert-93 (EPSG:2154)" "{count} objets ont des coordonnées en mètres, par exemple {value} : cela ressemble au Lambert-93 (EPSG:2154)"
        "degrees, longitude first (WGS 84, EPSG:4326)" "des degrés, longitude d’abord (WGS 84, EPSG:4326)"
        "of columns, state it: --origin-crs or --site-crs EPSG:2154; of a map, convert: ogr2ogr -s_srs EPSG:2154 -t_srs EPSG:4326 out.geojson FILE" "pour des colonnes, l’annoncer : --origin-crs ou --site-crs EPSG:2154 ; pour une carte, convertir : ogr2ogr -s_srs EPSG:2154 -t_srs EPSG:4326 sortie.geojson FICHIER";
    WEB_MERCATOR "E161" 3
        "{count} features have coordinates in metres, such as {value}: this looks like Web Mercator (EPSG:3857)" "{count} objets ont des coordonnées en mètres, par exemple {value} : cela ressemble au Web Mercator (EPSG:3857)"
        "degrees, longitude first (WGS 84, EPSG:4326)" "des degrés, longitude d’abord (WGS 84, EPSG:4326)"
        "convert: ogr2ogr -s_srs EPSG:3857 -t_srs EPSG:4326 out.geojson FILE" "convertir : ogr2ogr -s_srs EPSG:3857 -t_srs EPSG:4326 sortie.geojson FICHIER";
    OTHER_SYSTEM "E162" 3
        "the member \"crs\" names {value}" "le membre « crs » nomme {value}"
        "WGS 84 (CRS84 or EPSG:4326), Lambert-93 (EPSG:2154) or the European grids (EPSG:3035)" "WGS 84 (CRS84 ou EPSG:4326), Lambert-93 (EPSG:2154) ou les grilles européennes (EPSG:3035)"
        "convert: ogr2ogr -t_srs EPSG:4326 out.geojson FILE" "convertir : ogr2ogr -t_srs EPSG:4326 sortie.geojson FICHIER";
    AXES_SWAPPED "E163" 3
        "all {count} places fall near Somalia and the Indian Ocean, such as {value}: latitude and longitude look swapped" "les {count} lieux tombent près de la Somalie et de l’océan Indien, par exemple {value} : latitude et longitude semblent inversées"
        "longitude first, then latitude" "la longitude d’abord, puis la latitude"
        "swap the two numbers" "échanger les deux nombres";
    FAR_AWAY "E164" 3
        "{value} is more than 20 degrees from the middle of the others{hint}" "{value} est à plus de 20 degrés du milieu des autres{hint}"
        "places of one country in one system" "des lieux d’un même pays dans un même système"
        "correct the coordinates" "corriger les coordonnées";
    NULL_ISLAND "E165" 3
        "the place is (0, 0), in the Gulf of Guinea" "le lieu est (0, 0), dans le golfe de Guinée"
        "the place's own coordinates" "les coordonnées du lieu"
        "complete the coordinates: (0, 0) mostly means missing" "compléter les coordonnées : (0, 0) veut souvent dire manquant";
    OUT_OF_RANGE "E166" 3
        "{value} is not on earth" "{value} n’est pas sur la Terre"
        "longitude from -180 to 180, latitude from -90 to 90" "longitude de -180 à 180, latitude de -90 à 90"
        "correct the coordinates" "corriger les coordonnées";
    COARSE_COORDINATES "W167" 0
        "all {count} places are rounded to two decimals: precise to about 1 km" "les {count} lieux sont arrondis à deux décimales : précis à environ 1 km"
        "four decimals or more" "quatre décimales ou plus"
        "export with more decimals" "exporter avec plus de décimales";
    OVERSEAS "W168" 0
        "{count} places overseas are read together with others: there is no land route between them" "{count} lieux d’outre-mer sont lus avec d’autres : aucune route ne les relie"
        "one landmass at a time for road times" "une seule terre à la fois pour les temps de route"
        "nothing to do if that is meant" "rien à faire si c’est voulu";

    // Columns and identity
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

    // GeoPackage
    PACKAGE_DAMAGED "E170" 3
        "the GeoPackage cannot be read: {reason}" "le GeoPackage ne peut pas être lu : {reason}"
        "a whole GeoPackage" "un GeoPackage entier"
        "copy or export it again" "le copier ou l’exporter à nouveau";
    PACKAGE_IN_USE "E171" 3
        "{value} beside it holds changes that are not in it yet" "{value}, à côté, contient des changements qui n’y sont pas encore"
        "a GeoPackage that no program has open" "un GeoPackage qu’aucun logiciel ne tient ouvert"
        "save and close it in the map program, then run again" "l’enregistrer et le fermer dans le logiciel de cartes, puis relancer";
    NOT_A_PACKAGE "E172" 3
        "this is a SQLite database without the tables of a GeoPackage" "c’est une base SQLite sans les tables d’un GeoPackage"
        "a GeoPackage, GeoJSON or CSV" "un GeoPackage, du GeoJSON ou du CSV"
        "export it as GeoPackage, for example: ogr2ogr out.gpkg FILE" "l’exporter en GeoPackage, par exemple : ogr2ogr sortie.gpkg FICHIER";
    LAYER_MISSING "E173" 3
        "the GeoPackage has no layer with geometries" "le GeoPackage n’a aucune couche avec des géométries"
        "a layer of points or polygons, as a table" "une couche de points ou de polygones, en table"
        "export the layer into it; a view becomes a table so" "y exporter la couche ; une vue devient ainsi une table";
    LAYERS_SEVERAL "E174" 3
        "the GeoPackage has {count} layers: {layers}" "le GeoPackage a {count} couches : {layers}"
        "the name of one" "le nom de l’une d’elles"
        "name it: {flag} NAME" "la nommer : {flag} NOM";
    LAYER_UNKNOWN "E175" 3
        "the GeoPackage has no layer {value}; the closest are {closest}" "le GeoPackage n’a pas de couche {value} ; les plus proches sont {closest}"
        "the name of one of its layers" "le nom d’une de ses couches"
        "correct the name: {flag} NAME" "corriger le nom : {flag} NOM";
    LAYER_ELSEWHERE "E176" 3
        "the layer {value} is named, but this is no GeoPackage" "la couche {value} est nommée, mais ce n’est pas un GeoPackage"
        "a GeoPackage, or no name of a layer" "un GeoPackage, ou aucun nom de couche"
        "leave {flag} out, or name another file" "retirer {flag}, ou nommer un autre fichier";
    LAYER_SYSTEM "E177" 3
        "its coordinate system is {value}" "son système de coordonnées est {value}"
        "WGS 84 (EPSG:4326) or Lambert-93 (EPSG:2154)" "WGS 84 (EPSG:4326) ou Lambert-93 (EPSG:2154)"
        "convert: ogr2ogr -t_srs EPSG:4326 out.gpkg FILE" "convertir : ogr2ogr -t_srs EPSG:4326 sortie.gpkg FICHIER";
    NOT_OF_SYSTEM "E169" 3
        "the coordinates {value} cannot be of {crs}{hint}" "les coordonnées {value} ne peuvent pas être en {crs}{hint}"
        "coordinates of the system that is stated, eastwards first" "des coordonnées du système annoncé, l’est d’abord"
        "check the order of the columns and the system: --origin-crs for communes, --site-crs for sites, the member \"crs\" of GeoJSON" "vérifier l’ordre des colonnes et le système : --origin-crs pour les communes, --site-crs pour les sites, le membre « crs » du GeoJSON";
    SYSTEM_TAKEN "W180" 0
        "the coordinates are in {crs}, as the member \"crs\" says: they are taken into degrees" "les coordonnées sont en {crs}, comme le dit le membre « crs » : elles sont converties en degrés"
        "nothing else" "rien d’autre"
        "nothing to do" "rien à faire";
    OUTSIDE_LAMBERT "E178" 3
        "{value} lies outside metropolitan France in Lambert-93, the system of the layer" "{value} est hors de la France métropolitaine en Lambert-93, le système de la couche"
        "metres: first from 0 to 1,400,000, then from 6,000,000 to 7,300,000" "des mètres : d’abord de 0 à 1 400 000, puis de 6 000 000 à 7 300 000"
        "give the layer the system that its coordinates are in" "donner à la couche le système de ses coordonnées";
    GEOMETRY_DAMAGED "E179" 3
        "the geometry is damaged: {reason}" "la géométrie est abîmée : {reason}"
        "a whole geometry of a GeoPackage" "une géométrie entière de GeoPackage"
        "export the layer again, or repair the row" "exporter la couche à nouveau, ou réparer la ligne";

    // Joined tables
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

    // CSV
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

    // Population grids
    GRID_CELL_TWICE "E311" 3
        "the cell {value} comes twice" "la maille {value} vient deux fois"
        "each cell once" "chaque maille une fois"
        "remove one of the lines, or name a column of identifiers with --grid-id-field" "retirer l’une des lignes, ou nommer une colonne d’identifiants avec --grid-id-field";
    GRID_COORDINATES "E312" 3
        "the coordinates {value} cannot be of {crs}" "les coordonnées {value} ne peuvent pas être en {crs}"
        "coordinates of the system that is stated" "des coordonnées du système annoncé"
        "state the system with --grid-crs (EPSG:4326, EPSG:3035 or EPSG:2154), and the columns eastwards first with --grid-origin" "annoncer le système avec --grid-crs (EPSG:4326, EPSG:3035 ou EPSG:2154), et les colonnes, l’est d’abord, avec --grid-origin";
    GRID_OUTSIDE "W313" 0
        "{count} cells with {people} people lie in no commune and are left out" "{count} mailles, {people} personnes, ne sont dans aucune commune et sont laissées de côté"
        "cells of the region" "des mailles de la région"
        "nothing to do if the grid covers more than the communes" "rien à faire si le carroyage couvre plus que les communes";
    GRID_UNMATCHED "W314" 0
        "{count} cells with {people} people are of communes that are not there, such as {examples}, and are left out" "{count} mailles, {people} personnes, sont de communes absentes, par exemple {examples}, et sont laissées de côté"
        "codes of the communes read" "des codes des communes lues"
        "nothing to do if the grid covers more than the communes; else take both of the same year" "rien à faire si le carroyage couvre plus que les communes ; sinon prendre les deux de la même année";
    GRID_EMPTY "E315" 3
        "no cell of the grid lies in a commune" "aucune maille du carroyage n’est dans une commune"
        "cells of the region" "des mailles de la région"
        "check the coordinates, or the column of codes" "vérifier les coordonnées, ou la colonne des codes";

    // Travel times
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

    // Roads
    ROADS_DAMAGED "E361" 3
        "from byte {byte}: {reason}" "à partir de l’octet {byte} : {reason}"
        "a whole OpenStreetMap extract (.osm.pbf)" "un extrait OpenStreetMap entier (.osm.pbf)"
        "{mend}" "{mend}";
    ROADS_NONE "E362" 3
        "there is no road in it that the profile {value} can use" "aucune route n’y est praticable avec le profil {value}"
        "an extract with the roads of the region" "un extrait avec les routes de la région"
        "take the extract of the region, or another profile" "prendre l’extrait de la région, ou un autre profil";
    ROADS_TOO_LARGE "E363" 8
        "there are more than {count} road points in it" "il contient plus de {count} points de route"
        "an extract of a region or a country" "l’extrait d’une région ou d’un pays"
        "cut out the region, with a border of some 30 km: osmium extract" "découper la région, avec une marge de 30 km environ : osmium extract";
    PROFILE_WRONG "E364" 3
        "this is no travel profile: {reason}" "ce n’est pas un profil de déplacement : {reason}"
        "the keys of the built-in profiles (docs/roads.md)" "les clés des profils fournis (docs/roads.md)"
        "start from a built-in profile and change its figures" "partir d’un profil fourni et en changer les chiffres";
    ROADS_FAR "W365" 0
        "{count} communes with {people} people stand more than {metres} m from any road, such as {examples}: no site reaches them" "{count} communes de {people} habitants sont à plus de {metres} m de toute route, par exemple {examples} : aucun site ne les atteint"
        "an extract that holds the whole region, and places people leave from" "un extrait qui contient toute la région, et des lieux d’où l’on part"
        "check the extract and --origin, or raise \"snap\" in a profile of your own" "vérifier l’extrait et --origin, ou augmenter « snap » dans un profil à soi";
    ROADS_ISLAND "W366" 0
        "{count} communes with {people} people are on an island of the roads, such as {examples}: no site reaches them" "{count} communes de {people} habitants sont sur une île du réseau routier, par exemple {examples} : aucun site ne les atteint"
        "roads and ferries that lead there and back" "des routes et des bacs qui y mènent et en reviennent"
        "check the extract: cut too tightly, it makes islands at its border" "vérifier l’extrait : découpé trop juste, il fait des îles à son bord";
    ROADS_UNREACHED "W367" 0
        "{count} communes with {people} people are reached by no site within {limit}, such as {examples}" "{count} communes de {people} habitants ne sont atteintes par aucun site en {limit}, par exemple {examples}"
        "a site within the limit" "un site dans la limite"
        "nothing to do if they are far away; else add candidates" "rien à faire si elles sont éloignées ; sinon ajouter des candidats";
    ROADS_SITE_FAR "W368" 0
        "{count} sites stand too far from a road, or on an island of the roads, such as {examples}: they reach nobody" "{count} sites sont trop loin d’une route, ou sur une île du réseau, par exemple {examples} : ils n’atteignent personne"
        "sites within {metres} m of a road" "des sites à {metres} m au plus d’une route"
        "check their coordinates, and that the extract holds the whole region" "vérifier leurs coordonnées, et que l’extrait contient toute la région";
    ROADS_TURNS "W369" 0
        "{count} turn restrictions are not honoured: some ways are a little longer than the times say" "{count} interdictions de tourner ne sont pas prises en compte : certains trajets sont un peu plus longs que les temps donnés"
        "few of them among the roads" "peu d’interdictions parmi les routes"
        "nothing to do" "rien à faire";

    // Kept travel times
    REACH_DAMAGED "E371" 3
        "these are no travel times that can be read: {reason}" "ce ne sont pas des temps de trajet lisibles : {reason}"
        "a whole file written by maillage reach" "un fichier entier, écrit par maillage reach"
        "copy the file again, or compute it again with maillage reach" "copier le fichier à nouveau, ou le recalculer avec maillage reach";
    REACH_OTHER "E372" 3
        "the times were made of other files: {value} {reason}" "les temps viennent d’autres fichiers : {value} {reason}"
        "the communes, candidates, existing sites and cells that the times were made of" "les communes, candidats, sites existants et carreaux dont viennent les temps"
        "give the same files, or compute the times again with maillage reach" "donner les mêmes fichiers, ou recalculer les temps avec maillage reach";
    REACH_OTHER_PLACES "E373" 3
        "the times were made for other places in these files" "les temps ont été calculés pour d’autres lieux de ces fichiers"
        "the same columns of identifiers, origins and borders as in maillage reach" "les mêmes colonnes d’identifiants, d’origine et de bordure que dans maillage reach"
        "give the same flags (--origin, --id-field, --site-id-field…), or compute the times again" "donner les mêmes options (--origin, --id-field, --site-id-field…), ou recalculer les temps";
    REACH_WHICH "E374" 3
        "there are times for {names} in it" "il contient des temps pour {names}"
        "the name of one of them" "le nom de l’un d’eux"
        "add --profile with that name" "ajouter --profile avec ce nom";
    REACH_SHORT "E375" 3
        "the times in it end at {limit}, and {asked} are asked for" "ses temps s’arrêtent à {limit}, et {asked} sont demandées"
        "a limit of at most {limit}" "une limite de {limit} au plus"
        "compute them again up to there: maillage reach --within {asked}" "les recalculer jusque-là : maillage reach --within {asked}";

    // Observed acts
    ACTS_UNKNOWN "E381" 3
        "{count} identifiers are no open site of the plan, such as {examples}" "{count} identifiants ne sont aucun site ouvert du plan, par exemple {examples}"
        "identifiers of new and existing sites of the plan" "les identifiants des sites nouveaux et existants du plan"
        "correct them, or take these lines out" "les corriger, ou retirer ces lignes";
    ACTS_ABSENT "W382" 0
        "nothing is known of {count} open sites, such as {examples}" "rien n’est connu de {count} sites ouverts, par exemple {examples}"
        "a line for each open site" "une ligne par site ouvert"
        "nothing to do if they have not begun; else add their lines, 0 where nothing was done" "rien à faire s’ils n’ont pas commencé ; sinon ajouter leurs lignes, 0 s’il n’y a eu aucun acte";

    // Index files
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
