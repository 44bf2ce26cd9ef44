//! Problems of files and their bytes.

entries! {
    FILES:

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
}
