"""Wider wordings of danger: who does it, to whom and what, put together from lists rather than phrase by phrase.

Read after the patterns of `emergency`, on the same `readable` text with the idioms taken out.
"""

from bot.domain import regex as re

_KIN = (
    r"(?:pere|mere|papa|maman|daron|daronne|parents|beau pere|belle mere|beau frere|oncle|tonton|tante|grand pere|"
    r"grand mere|papi|papy|frere|soeur|cousin|parrain|famille)"
)
_WORK = (
    r"(?:chef|cheffe|boss|patron|patronne|tuteur|tutrice|collegues?|responsable|gerant|gerante|formateur|formatrice|"
    r"employeur|directeur|directrice|client|manager|moniteur|maitre de stage|prof|educateur|mari|mec|copain|compagnon|"
    r"conjoint|ex|voisin|quelqu un|un (?:homme|gars|mec|type))"
)
_HURTS = (
    r"(?:tape|frappe|bat|battu|cogne|touche|viole|abuse|tripote|pelote|caresse|etrangle|gifle|sequestre|enferme|attache|"
    r"harcele|embrasse|coince|agresse|brutalise|tabasse|maltraite)(?:e|es|r|nt|ent)?"
)
_SELF = r"(?:se|s|me|m|te) (?:tuer|suicider|pendre|flinguer|buter|foutre en l (?:air\b|r\b)|noyer|butter|supprimer|crever|foutre sous)"
_MINOR = r"\b(?:j ai (?:8|9|1[0-7]) ans|la nuit|dans ma chambre|dans mon lit|a la maison|j ai peur de rentrer)\b"

_SOURCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "suicide",
        (
            r"\b(?:somniferes?|cachets?|medocs?|medicaments?|comprimes?|pilules?)\b(?: \w+){0,4}[ ,.;]{1,3}(?:\w+ ){0,5}(?:tout|tous|toute la boite) (?:prendre|avaler|gober)\b|\b(?:prendre|avaler|gober) (?:toute (?:la|ma) boite|tous (?:les|mes) (?:cachets|medocs?|medicaments|comprimes|somniferes))\b",
            rf"\b(?:va|veut|voudrait|voulait) {_SELF.replace('se|s|me|m|te', 'se|s')}\b",
            rf"\b(?:vais|veux|veu|pense|songe|parle|dit|menace|envie?|envi|idee|essaye|essaie|tente|tenter|capable|peur qu (?:il|elle)) (?:a |de |d |qu (?:il|elle) (?:va|veut) )?{_SELF}\b(?! (?:a la tache|au travail|le dos))",
            r"\bne pas (?:me|m|se) reveiller\b|\b(?:d autre|autre|seule|pas d autre|aucune autre) (?:issue|solution|porte de sortie)(?: \w+){0,3} (?:la )?mort\b|\b(?:seule|unique) (?:issue|solution) (?:c est |est |serait )?(?:la mort|mourir|partir pour toujours)\b",
            r"\b(?:pens\w+|song\w+|reve\w*|envi\w*) (?:\w+ ){0,5}(?:a|de) (?:mourir|la mort|ma mort|en finir|me faire du mal|ne plus etre la)\b",
            r"\b(?:message|lettre|mot|sms) d adieu\b|\bprepare (?:une |la |ma )corde\b|\badieu (?:a )?tous\b",
            r"\b(?:je|j) (?:ne )?(?:\w+ ){0,3}(?:plus|pas) (?:la )?(?:force|envie|gout|courage) de vivre\b|\bla vie (?:c est|est) (?:trop dure|plus possible|insupportable) (?:\w+ ){0,3}(?:finir|partir|arreter)\b",
            r"\b(?:personne|nul) (?:ne )?(?:me )?(?:regretter\w*|manquerai\w*)\b|\b(?:je|j) (?:ne )?(?:manquerai\w*) a personne\b|\brejoindre (?:ma|mon|mes) \w+ (?:au ciel|la haut|dans l au dela|au paradis)\b",
            r"\b(?:quitter|quitte) (?:ce|le) (?:bas )?monde\b(?! (?:du|de la|de l|des|professionnel))|\b(?:jamais|pas) (?:etre )?nee?\b(?=\W*$|.{0,3}[.!,])|\benvie? de me (?:lever|reveiller) (?:jamais|du tout)\b|\bpartir (?:pr|pour) (?:de bon|toujours)\b(?!.{0,15}(?:retraite|etranger))|\bcomment je vais m y prendre\b.{0,30}\b(?:fini|la fin|derniere?)\b|\bce soir (?:c est|tout est) (?:fini|la fin)\b(?=.{0,15}(?:pour moi|\W*$))",
            r"\b(?:tentative|ts) de suicide\b|\bfait une ts\b|\bouvert les veines\b|\b(?:unalive|kms|kys)\b",
        ),
    ),
    (
        "enfance",
        (
            rf"\b{_KIN}(?: \w+){{0,5}} (?:me|m|nous|le|la|l)(?: a| ont)?(?: \w+)? {_HURTS}\b(?! (?:beaucoup|pas mal|le coeur|froid|un mot|deux mots|la bise|par sa|par son|de (?:questions?|mails?|messages?|relances?)))(?!.{{0,10}}\b(?:aide|argent)\b)",
            rf"\b{_KIN}(?: \w+){{0,4}} (?:me |m |nous )?(?:force|oblige) (?:\w+ )?a (?:faire (?:des|ces) (?:choses|trucs)|coucher|le toucher|me deshabiller|dormir avec)",
            r"\b(?:enfant|petit|petite|gamin|gamine|eleve|bebe|fillette|garcon)\b.{0,60}\b(?:des bleus|traces de coups|marques de (?:coups|ceinture)|(?:papa|maman|son pere|sa mere) (?:le |la |l )?(?:a )?(?:tape|frappe|touche))\b",
            rf"\b{_KIN}\b.{{0,60}}\b(?:main|doigts?|zizi|sexe)\b(?: \w+){{0,3}} (?:culotte|slip|pyjama|bouche|pantalon|entre les jambes)\b",
            rf"\b(?:il|elle|on)(?: \w+){{0,2}} (?:me|m)(?: a)? (?:touche|viole|tripote|caresse)\w*\b.{{0,40}}{_MINOR}",
            r"\b(?:pere|beau pere|oncle|frere|cousin|grand pere)\b.{0,30}\b(?:vient|rentre|se glisse|dort)(?: \w+){0,3} (?:dans|sous) (?:ma chambre|mon lit|ma couette)\b",
        ),
    ),
    (
        "accident",
        (
            r"\b(?:y a|il y a|ya) (?:le |un |du )?(?:feu|incendie|flammes?)\b(?! (?:vert|rouge))|\b(?:ca|tout) (?:brule|crame|flambe)(?: ici| dans| a la| partout|\W*$)",
            r"\b(?:s est|vient de s|s est fait|viennent de s) ?(?:effondre\w*|ecroule\w*|effondrer|ecrouler|ensevel\w*)\b(?=.{0,60}\b(?:dessous|dessus|sur (?:un|une|des|le|la|moi|nous)|coince\w*|blesse\w*|gens|ouvrier\w*))",
            r"\b(?:bouge|respire|repond|reagit|parle) (?:plus|pas)\b.{0,40}\b(?:par terre|au sol|tombee?|evanouie?|malaise)\b|\b(?:tombee?|evanouie?|malaise)\b.{0,40}\b(?:bouge|respire|reagit) (?:plus|pas)\b",
            # The signs of a stroke, and of a heart attack.
            r"\b(?:bouche|visage|levres?)\b(?: \w+){0,4} (?:tombe|pend|paralysee?|de travers|mou|molle|engourdie?)\b(?!.{0,60}\b(?:hier|an dernier|depuis (?:l|des|mon|ma))\b)",
            r"\b(?:bras|jambe|main|cote) (?:gauche|droite?)? ?(?:est |tout |toute |completement )*(?:mou|molle|paralysee?|engourdie?|fourmille)\b(?=.{0,80}\b(?:bouche|visage|parole|parler|poitrine|levres?)\b)",
            r"\b(?:etau|poids|pression|serre\w*|oppress\w+|douleur) (?:\w+ ){0,4}(?:dans|a|sur|de) la poitrine\b(?=.{0,60}\b(?:bras|machoire|souffle|respir\w+|sueurs?)\b)",
            r"\bfuite de gaz\b(?=.{0,40}\b(?:help|vite|aide\w*|on fait quoi|maintenant|ici|la)\b)|\b(?:tombee?|ecroulee?|effondree?|renversee?) (?:\w+ )?sur (?:la (?:tete|jambe|main)|le (?:pied|dos|bras)|ma collegue|mon collegue|le stagiaire|la stagiaire|un ouvrier|un client|une cliente|moi|quelqu un|lui|elle)\b(?!.{0,60}\b(?:hier|semaine|mois dernier|declar\w+|delai|assur\w+)\b)|\b(?:brulee?|coupee?|blessee?) (?:\w+ ){0,4}on fait quoi (?:vite|la)\b",
            r"\b(?:sa|ca) (?:saigne|pisse le sang|coule) (?:de ouf|grave|beaucoup|a fond|trop|partout)\b|\bperd (?:beaucoup|plein) de sang\b|\b(?:convuls\w+|crise d epilepsie en ce moment)\b",
        ),
    ),
    (
        "violence",
        (
            rf"\b{_WORK}(?: \w+){{0,5}} (?:me|m|nous|la|l)(?: a| ont)?(?: \w+)? {_HURTS}\b(?! (?:beaucoup|pas mal|le coeur|un mot|deux mots))",
            rf"\b{_WORK}\b.{{0,40}}\b(?:photos?|videos?|messages?|snaps?)(?: \w+){{0,3}} (?:sexe|bite|penis|nude?s?|nues?|pornos?|sexuels?|obscenes?)\b|\b(?:envoie|envoye|recu|recois)(?: \w+)? (?:des |ses |une )?(?:nudes?|dick ?pics?)\b",
            rf"\b{_WORK}\b.{{0,40}}\b(?:se (?:frotte|colle|masturbe|touche)|(?:jette|lance|balance) des (?:objets?|trucs?|choses?|outils?)|a l hotel sinon|hotel (?:avec (?:lui|elle))?.{{0,12}}sinon)\b",
            rf"\b{_WORK}\b.{{0,40}}\b(?:couche|coucher|dormir|rapports?) (?:avec (?:lui|elle)|sexuels?)\b|\bsi je (?:ne )?couche pas\b",
            rf"\b(?:{_KIN}|{_WORK}|ils?|elles?)(?: \w+){{0,3}} (?:veut|veulent|va|voulait|menace de|dit qu (?:il|elle) va) (?:me|nous) (?:tuer|planter|buter|egorger|defigurer|poignarder|bruler)\b(?! (?:si j arrive|quand il va voir))",
            r"\b(?:mis|donne|recu|colle) (?:un|une|des) (?:coups? de (?:poing|pied|tete|couteau|boule)|gifles?|claques?|baffes?|droite|patate)\b|\b(?:sans mon consentement|contre mon gre|de force)\b(?=.{0,40}\b(?:touche|embrass|couch|main|sexe))|\b(?:embrass\w+|touche\w*|couche\w*) (?:de force|sans mon consentement|contre mon gre)\b",
        ),
    ),
    (
        "danger",
        (
            r"\b(?:quelqu un|un (?:homme|mec|type|gars)|il|ils) (?:tire|tirent) (?:dans|sur|partout|a)(?! la fin| profit| l arc)\b|\b(?:on|ca) (?:nous )?tire dessus\b",
            r"\b(?:je|j) (?:vais|va) (?:le|la|les|lui) (?:fumer|saigner|planter|buter|crever|egorger)\b",
        ),
    ),
)  # fmt: skip

WIDER = tuple((name, tuple(re.compile(one) for one in patterns)) for name, patterns in _SOURCES)
"""Category and its patterns, in the order in which they are tried."""
