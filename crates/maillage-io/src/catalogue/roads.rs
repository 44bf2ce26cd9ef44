//! Problems of roads and travel profiles.

entries! {
    ROADS:

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
}
