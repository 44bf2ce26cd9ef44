//! Problems of a GeoPackage and its layers.

entries! {
    GEOPACKAGE:

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
}
