//! Problems of geometries.

entries! {
    GEOMETRY:

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
}
