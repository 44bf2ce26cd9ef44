//! Problems of coordinates and their systems.

entries! {
    COORDINATES:

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
}
