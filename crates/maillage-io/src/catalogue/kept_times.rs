//! Problems of kept travel times.

entries! {
    KEPT_TIMES:

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
}
