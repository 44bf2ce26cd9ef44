//! Problems of population grids.

entries! {
    GRIDS:

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
}
