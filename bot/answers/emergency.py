"""Somebody may be in danger: explicit words first, idioms and suppositions taken out before (ADR 0022).

Every pattern reads `folded` text: lower case, no accents, apostrophes as spaces, SMS spellings written out.
"""

from bot.answers.distress import WIDER
from bot.answers.normalise import fold
from bot.domain import regex as re

_BLANKS = re.compile(r"[^a-z0-9!?.,;]+")
_MARK = re.compile(r"(?:(?<!\s)\s+)?([!?.,;])\s*")
_SMS = {
    "jveux": "je veux", "jve": "je veux", "jveu": "je veux", "veu": "veux", "jvai": "je vais", "jvais": "je vais",
    "chui": "je suis", "jsuis": "je suis", "jsui": "je suis", "jai": "j ai", "g": "j ai",
    "jen": "j en", "jme": "je me", "jtm": "je t aime", "ma": "ma", "jpeu": "je peux", "jpeux": "je peux", "peu": "peu",
    "pu": "plus", "plu": "plus", "envi": "envie", "mor": "mort", "kelkun": "quelqu un", "qqn": "quelqu un",
    "qlq1": "quelqu un", "kk1": "quelqu un", "tt": "tout", "ya": "il y a", "yas": "il y a", "mes": "mes",
    "mourrir": "mourir", "suicidé": "suicider", "vivr": "vivre", "alaide": "a l aide", "pls": "plus", "dla": "de la",
    "jmsuis": "je me suis", "cest": "c est", "svp": "", "stp": "", "mtn": "maintenant", "ki": "qui", "ke": "que",
    "koi": "quoi", "pa": "pas", "ms": "mais", "dpuis": "depuis", "mdr": "mdr", "lol": "lol",
}  # fmt: skip
_FOLDED_SMS = {fold(key): value for key, value in _SMS.items()}

_LAUGH = re.compile(r"\b(?:mdr+|lol|ptdr|xd|haha\w*|hihi\w*|jpp|lmao)\b|[😂🤣😅😆😁😄😜😝😹😉]")

_ME = r"(?:me|m|se|s)"
_HARM = r"(?:tuer|tue|suicider|suicide|flinguer|buter|pendre|noyer|ouvrir les veines|foutre en l air|supprimer)"

_IDIOMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:mort|morte|morts|mourir|meurs|meure|creve|crever|crevee?|tuer|tue)s? (?:de|d) (?:rire|faim|soif|fatigue|honte|ennui|chaud|froid|peur|trouille|envie|sommeil|curiosite|impatience|stress|jalousie)\b",
        r"\b(?:chiant|ennuyeux|beau|long|nul|drole|belle?|s ennuyer|m ennuie|m ennuyer|rire) a (?:en )?mourir\b",
        r"\b(?:envie|veux|vais|failli) (?:de )?mourir tellement\b",
        r"\bplutot mourir que\b|\bmourir (?:moins|un peu moins) (?:bete|idiot|con)\w*\b",
        r"\bbattu\w* (?:au|a l|aux|a un|de peu|sur le fil)\b|\barme\w* de (?:service|dotation|chasse declaree)\b",
        r"\b(?:ca|ce|cette|cet|le|la|les|ces|mon|ma|mes|ton|l|il fait une \w+ qui|c est)(?: (?!je\b|j\b)\w+){0,4} (?:me|m|nous|te) (?:tuent|tue|achevent|acheve|creve|crevent|fatigue)\b(?! pas)(?!.{0,12}couteau)",
        r"\b(?:me|se|te|nous) (?:tue|tuer|tues|creve) (?:a|au|pour|d|de) (?:la|le|tache|travail|travailler|boulot|bosser|expliquer|dire|repeter|essayer|chercher|comprendre|faire|remplir|envoyer)\w*",
        r"\bme tue le dos\b|\btuer le temps\b|\btuer le game\b|\bca tue\b|\bun tueur\b|\bune tuerie\b|\bqui tue\b|\btue l amour\b",
        r"\b(?:va|vont|allait|vas|allez|pourrait) (?:me|m|nous|te) (?:tuer|defoncer|trucider|etrangler|massacrer|assassiner|engueuler)(?: (?:si|quand|s il|s ils|parce|car|quoi|pour ca|vu|en voyant|a cause|d avoir|de))",
        r"\bsuicid\w* (?:professionnel\w*|commercial\w*|social\w*|de carriere|economique|financier)|\b(?:c est|ca serait|ce serait|serait|est) (?:du |un |le )?suicid\w+ (?:de|d|que)\b|\bc est (?:du |un )?suicide\b",
        r"\b(?:immersion|stage|pmsmp|travail\w*|bosser|poste|metier|benevol\w+|accueil|educat\w+|foyer|creche|association|formation)(?: \w+){0,6} (?:enfants?|jeunes|mineurs|femmes|personnes|gens) (?:maltraite\w*|battu\w*|en danger|victimes?(?: de violences?)?|en difficulte|abuse\w*)\b",
        r"\b(?:me|m|nous|te) (?:a |ont )?(?:bat|battent|touche|touchent|frappe|frappent|harcele|harcelent) (?:froid|un mot|deux mots|par (?:sa|son|ses|la|le)|de questions?)\b",
        r"\bpoignarde\w*(?: \w+){0,2} dans le dos\b|\bcoups? de poignard dans le dos\b|\bcoups? bas\b",
        r"\bje me (?:suis )?(?:re)?cogne\w*\b|\bbat\w* (?:toujours |souvent |encore )?(?:aux?|a la) (?:echecs|tennis|foot\w*|ping|cartes|course|jeux?|fifa|belote|petanque)\b|\bequipe\b.{0,12}\bfait battre\b|\bca (?:me )?saigne de\b|\bles suicides? (?:dans|en|chez|au)\b|\bun arret cardiaque\b(?=\W*$)(?!.*\b(?:fait|en|vient))",
        r"\bprevention (?:du|des) (?:suicide|risque)\w*|\b(?:formation|metier|travailler|travail|poste|stage|benevolat|benevole|immersion)(?: \w+){0,5} (?:suicide|3114|119|violences?|maltraitance|enfance en danger|protection de l enfance)\b",
        r"\ben finir avec (?:ce|cet|cette|le|la|les|ces|mes|mon|ma|tous ces|toutes ces|l) (?!vie\b|existence\b|souffrance)\w+",
        r"\b(?:finir|terminer) (?:mes|sa|ses|vos|tes) (?:jours de|journees|heures|conges|semaines)",
        r"\bplus envie de (?:mon|ce|cet|cette|ma|la|le|les|travailler|bosser|chercher|faire|y aller|continuer (?:ce|cette|mon|ma|dans|la|le))",
        r"\b(?:me|se|te) jeter (?:a|dans) (?:l eau|le bain|le vide professionnel)",
        r"\bje ne (?:veux|vais) pas (?:mourir|me tuer|me suicider)\b|\bpas suicidaire\b|\bsans (?:vouloir )?mourir\b|\bpeur de mourir\b",
        r"\bdisparaitre (?:de|des|du) (?:la|votre|vos|vos|ton|tes|fichiers?|base|donnees|listes?|site)",
        r"\b(?:tap\w+|pete\w*|cour\w+|mont\w+)(?: \w+)? sur (?:les nerfs|le systeme|le haricot)|\bje me (?:suis )?tapee? (?:tout|toute|le sale|la honte|l affiche|la route|le trajet|une|des|un)\b|\btape(?:r)? dans l oeil|\btape a l oeil",
        r"\b(?:frappe|touche|marque|choque|bouleverse)e? (?:par|de voir|au coeur|le fond)\b|\b(?:ca|cela|cette \w+|ce \w+|son histoire) m a (?:beaucoup |vraiment |tres )?(?:touche|frappe|choque)e?\b",
        r"(?<!\bme )(?<!\bm )(?<!\bm a )\btouche(?:r|s|nt)? (?:le|la|les|l|du|des|mon|mes|une|un|combien|rien|a rien|a tout|au but)(?! (?:fesses?|seins?|cuisses?|poitrine|sexe|corps|cul|parties|jambes?|entrejambe|main\b))\b ?\w*",
        r"\b(?:(?:je|tu) (?:me|te) bats?|nous battons|(?:me|se|nous) battre) (?:pour|contre|avec|depuis|afin)\b|\bse bat (?:pour|contre|afin)\b",
        r"\bviol(?:er|e|ent|ation)s? (?:la|le|les|l|ma|mes|du|des|de) (?:loi|regle\w*|reglement|contrat|convention|secret|vie privee|droits?|code)",
        r"\bharcel\w+ (?:de|d|par|avec) (?:mails?|messages?|appels?|sms|courriers?|pubs?|la pub|les? pubs?|notifications?|relances?|papiers?|france travail|pole emploi|le bot|questions?)",
        r"\bmenac\w+ (?:de|d) (?:me |m |nous |la |l )?(?:virer|licencier|licenciement|inaptitude|annuler|radier|radiation|fermer|fermeture|faillite|couper|supprimer|arreter|desinsertion|perdre|expulsion)\w*",
        r"\bcoups? (?:de|d) (?:main|pouce|fil|tel|telephone|coeur|oeil|stress|mou|chance|blues)\b|\bcouteaux? (?:de cuisine|suisse|professionnels?|de boucher)|\b(?:mes|ses|leurs) couteaux\b",
        r"\bfeu(?:x)? (?:vert|rouge|tricolore|d artifice|orange)\b|\bpas le feu\b|\bprendre feu vite\b|\bau coin du feu\b",
        r"\b(?:coupe|coupee|couper|coupent)s? (?:la parole|le rsa|les vivres|l electricite|les aides|mes droits|mes allocations|les cheveux|l envie|le souffle|court|du monde|le pain|de la viande)\b|\bm(?:e|)(?: a)? coup\w+ (?:le|mon|ma|mes|l) (?:rsa|allocation\w*|chomage|eau|gaz|aide\w*|elan|envie|parole|electricite)",
        r"\bbrul\w* (?:d envie|de|les etapes|la politesse|out)\b|\bburn ?out\b",
        r"\b(?:galere|peine|dur|fatigue|froid|soif|chaud|rire) a crever\b|\bcreve(?:e|s)? (?:apres|ce soir|de|a force)\b|\bpneu creve\b",
        r"\b(?:perdu|rien|comprends|galere|panique|dossier|convention|papiers?|formulaire|siret|site|bouton|page|lien|mail|code|bug\w*|application|appli|ordi\w*|internet)\b.{0,40}(?:au secours|a l aide|help)\b|\bau secours\b(?=.{0,40}(?:dossier|formulaire|convention|comprends|papier|site|perdu|perdue|conseiller|siret|date))|\ba l aide\b(?=.{0,40}(?:dossier|formulaire|convention|comprends|papier|site|conseiller|remplir|siret|date|d un|de la|d une|du))",
    )
)

_SUPPOSED = re.compile(
    r"\b(?:si|s il|s ils|s il y a|en cas|au cas|imagin\w+|suppos\w+|quand on|lorsqu\w*|que faire si|cas ou|risque\w*|peut on|pourrait|exemple|c est quoi|definition|que dit la loi|quoi faire si)\b"
)

_DIRECT: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "suicide",
        (
            r"\bsuicid(?!e d entreprise)\w*",
            rf"\b(?:veux|voudrais|vais|envie (?:de|d)|pense a|pensais a|pens\w+ (?:souvent )?a|essay\w+ (?:de|d)|tent\w+ (?:de|d)|failli|parle (?:de|d)|(?:veut|voulait|menace (?:de|d))(?= (?:se|s) )|decide (?:de|d)|prefere|idee (?:de|d)|pret a|prete a|jure (?:de|d)|besoin (?:de|d)) (?:\w+ )?{_ME} {_HARM}\b",
            r"\b(?:veux|voudrais|veut|envie (?:de|d)|aimerais|souhaite|prefere(?:rais)?|pense a|parle (?:de|d)|besoin de|hate de|pret a) (?:\w+ )?(?:mourir|creve|crever|etre mort|etre morte|disparaitre|en finir|partir pour toujours|plus etre la|m endormir pour toujours)\b",
            r"\b(?:veux|veut|voudrais|voulais|envie de?|as|a) plus (?:envie )?(?:de )?(?:vivre|exister|etre la|me reveiller|etre de ce monde)\b|\bplus envie de (?:vivre|rien du tout de vivre|continuer a vivre|me reveiller|me lever le matin ni de vivre)\b|\b(?:je |ne )?(?:veux|voudrais|veut) (?:plus|pas) (?:me reveiller|vivre|continuer a vivre|exister)\b",
            r"\b(?:mettre|mettra|mets|met|mettrait) (?:fin|un terme) a (?:mes|ses|tes) jours\b|\b(?:mettre|mettra|mets|met) (?:fin|un terme) a (?:ma|sa|ta|cette) (?:vie|existence)\b|\ben finir (?:avec (?:la|ma|sa|cette) vie|pour de bon|pour toujours|une bonne fois|definitivement)\b|\b(?:veux|vais|envie d) en finir\b",
            r"\b(?:marre|ras le bol|fatigue\w*|j en peux plus|n en peux plus|degout\w*|lasse?) (?:de|d) (?:la vie|ma vie|vivre|cette vie|exister)\b",
            r"\b(?:idees?|pensees?|envies?) (?:tres )?(?:noires?|suicidaires?|de mort|de suicide|morbides?)\b",
            r"\b(?:ma|la|cette) vie (?:ne vaut|vaut|n a|a) (?:plus |pas |rien )?(?:la peine|plus de sens|aucun sens|le coup|plus rien|d interet)\b|\ba quoi bon (?:vivre|continuer a vivre|exister|rester en vie)\b|\b(?:aucune|plus de|pas de|plus aucune) raison de vivre\b|\bplus (?:la )?(?:force|gout|courage|envie)(?: de| a la| a)? (?:vivre|la vie|vie)\b|\bplus gout a (?:la vie|rien)\b",
            r"\b(?:mieux|bien mieux|tranquilles?|soulage\w*) (?:sans moi|si je n existais|si je n etais plus|si je disparai\w+|si j etais mort\w*)\b|\bmonde sans moi\b|\bne plus me reveiller\b|\bme reveiller (?:plus )?jamais\b",
            r"\b(?:avaler|avale|pris|prendre|prends) (?:tous|toute|toutes|une boite|plein|la boite)(?: de| mes| d| ses| les)* (?:medicaments?|medocs?|cachets?|comprimes?|somniferes?|pilules?)\b",
            r"\bjve plus vivre\b|\b(?:m endormir|dormir) (?:et|pour) ne (?:plus )?jamais (?:me |se )?(?:reveiller|relever)\b|\b(?:ne )?(?:plus|jamais) (?:me|m) (?:etre )?reveill\w+\b(?! (?:a|en retard|avant|tot|tard|le matin pour))|\bne plus (?:exister|etre de ce monde|etre la pour personne)\b",
            r"\bje (?:vais|veux) sauter\b(?! (?:le pas|sur l occasion|une etape|des etapes|le repas|la pause|a la|une ligne|de joie))|\bavale (?:\w+ ){0,4}(?:medicaments?|medocs?|cachets?|comprimes?|somniferes?|pilules?)\b",
            r"\b(?:me|m|se|s) (?:jeter|jette|balancer|balance) (?:sous|par|du|d un|d une|dans la seine|dans le vide|de la) ?(?:un |le |la |une )?\w*|\bsauter (?:par la fenetre|d un pont|du pont|du toit|dans le vide|sous (?:un|le) (?:train|metro|rer))\b",
            r"\b(?:me|se) scarifi\w+|\b(?:me|se) faire (?:vraiment )?du mal\b|\bm ouvrir les veines\b|\bs ouvrir les veines\b|\bme taillader\w*|\bme mutile\w*",
            r"\b(?:lettre|mot) d adieu (?:a ma famille|aux miens|pour mes)|\bdire adieu a (?:tout le monde|la vie|ma famille)|\badieu (?:la vie|le monde)\b|\bje vais (?:me )?partir pour toujours\b|\bje serai(?:s)? (?:bientot )?(?:mort|morte|plus la) (?:demain|bientot|ce soir)\b",
            r"\bje (?:vais|va) (?:me|m) (?:tuer|suicider|pendre|flinguer|foutre en l air|noyer|buter|supprimer)\b|\bje me (?:tue|bute|pends|flingue|suicide)(?: (?:ce soir|demain|maintenant|apres|si)\b| ?$| ?[.!,])|\bautant (?:crever|mourir|en finir|me tuer|me pendre)\b|\bje (?:vais|va) mourir (?:ce soir|demain|bientot|seule?)\b",
        ),
    ),
    (
        "enfance",
        (
            r"\b(?:pere|mere|papa|maman|parents?|beau pere|belle mere|beaupere|bellemere|tonton|oncle|grand pere|daron|daronne|darons|frere|tuteur legal|famille d accueil|beau frere|compagnon de ma mere|copain de ma mere|mec de ma mere|padre)s?(?: \w+){0,4} (?:me|m|le|la|l|nous) (?:a |ont )?(?:encore |souvent |toujours )?(?:tape|tapent|frappe|frappent|bat|battent|battu|battue|cogne|cognent|touche|touchent|viole|violee|maltraite|maltraitent|enferme|enferment|sequestre|attache|brule|brulent|force a coucher|met des coups|mettent des coups|fait du mal|font du mal)\b",
            r"\b(?:on|ils|il|elle) (?:me|m|le|la|nous) (?:a |ont )?(?:tape|frappe|bat|battu\w*|touche|maltraite|cogne|fait du mal)\w*(?: \w+){0,4} (?:a la maison|chez moi|chez nous|au foyer|en foyer|dans ma famille|chez mes parents|chez lui|chez elle)\b",
            r"\b(?:enfants?|bebes?|gamins?|gamines?|petits?|petites?|gosses?|fillettes?|ados?|fils|fille|eleves?|mineurs?|mineure|niece|neveu|petit frere|petite soeur|petit voisin)(?: \w+){0,5} (?:est|sont|etait|se fait|se font|a ete|ont ete|soit) (?:\w+ )?(?:battu|battue|battus|maltraite\w*|frappe\w*|tape\w*|taper|frapper|battre|viole\w*|violer|abuse\w*|en danger|sequestre\w*|enferme\w*|touche\w*|prive\w* de|laisse\w* seul\w*)\b",
            r"\b(?:frappe|frappent|bat|battent|tape|tapent|maltraite|maltraitent|secoue|secouent|cogne|enferme|insulte et frappe|viole) (?:\w+ )?(?:son|sa|ses|leur|leurs|un|une|des|mon|ma|le|la) (?:petit |petite |propre )?(?:enfants?|fils|fille|bebe|gamin|gamine|gosses?|frere|soeur|petit|petite|neveu|niece)\b",
            r"\b(?:a la maison|chez moi|chez nous|au foyer)(?: \w+){0,3} (?:on|ils|il|elle) (?:me|m|nous) (?:a |ont )?(?:tape|frappe|bat|battent|touche|maltraite|cogne)\w*\b|\b(?:a|ont) abuse (?:de|d) (?:moi|elle|lui|mon|ma|sa|son|une? (?:enfant|mineure?))\b|\b(?:pere|mere|parents?|oncle|frere|cousin|grand pere)(?: \w+){0,4} (?:vient|venait|rentre) dans mon lit\b|\b(?:pere|mere|papa|maman|parents?|beau pere|belle mere)(?: \w+){0,3} (?:me|m|nous) (?:laisse\w*|prive\w*|enferme\w*)(?: \w+){0,3} (?:enferme\w*|sans manger|sans nourriture|manger|dehors la nuit|a la cave|dans la cave|dans ma chambre des)\b",
            r"\b(?:enfants?|mineurs?|ado) (?:battus?|maltraites?|maltraite|en danger|abuses?|martyrs?)\b|\bmaltraitance\b|\binceste\b|\bpedophil\w+|\battouchements? sur (?:un |une |mon |ma )?(?:mineur|enfant|fils|fille|soeur|frere)",
            r"\b(?:j ai peur (?:de|d)|peur de|veux plus|ose plus|peux plus) (?:\w+ )?(?:rentrer|retourner|aller)(?: \w+)? (?:chez moi|a la maison|chez mes parents|chez mon pere|chez ma mere)\b|\bj ai peur (?:chez moi|a la maison|de mon pere|de ma mere|de mes parents|de mon beau pere|de rentrer)\b|\bj ai fugue\b|\b(?:me|m) (?:ont |a )?(?:mis|vire|mise|jete|jetee|foutu|foutue) (?:dehors|a la rue)(?: \w+){0,5} (?:1[0-7]|mineure?)\b|\b(?:1[0-7] ans|mineure?)(?: \w+){0,8} (?:mis|mise|vire|viree|jete|jetee|foutu|foutue) (?:dehors|a la rue)\b",
        ),
    ),
    (
        "accident",
        (
            r"\b(?:viens?|vient|venons|viennent) (?:juste )?de (?:se |me |s |m |nous )?(?:\w+ )?(?:couper|blesser|bruler|tomber|faire mal|casser|electrocuter|evanouir|ouvrir|ecraser|sectionner|planter|percuter|renverser|chuter|avoir un accident|faire un malaise|perdre connaissance|prendre feu|arracher|coincer|faire renverser|faire percuter|faire ecraser|faire electrocuter|avaler|s effondrer|effondrer)\w*",
            r"\b(?:saigne|saigner|saignent)\b(?! (?:du nez de temps|souvent|parfois|regulierement|un peu des gencives))|\bperd (?:bcp|bp|tt) (?:de |son )?sang\b|\bperd(?:s|u)? (?:beaucoup de |tout son |trop de |plein de )?sang\b|\bdu sang partout\b|\bhemorragie\b|\bpisse le sang\b|\bsang (?:partout|ne s arrete)\b",
            r"\b(?:ne |n )?(?:respire|respirait) (?:plus|pas)\b|\b(?:il|elle|on|collegue|stagiaire|tuteur|tutrice|patron|patronne|monsieur|madame|homme|femme|client|cliente|salarie|quelqu un|personne|gars|enfant|bebe|ami|amie)(?: \w+){0,6} (?:ne |n )?(?:bouge|reagit|repond) (?:plus|pas)\b(?! (?:a mes|a mon|au telephone|aux|a ma|a la|sur|par|mail|depuis|assez|vite|a nos|a notre|au|quand))(?=.{0,40}\b(?:tomb\w+|sol|par terre|inconscient\w*|sang|chute|choc|malaise|machine|respire|aide\w*|vite|bouge)\b)|\b(?:tomb\w+|chut\w+|par terre|au sol|malaise|sang)\b.{0,50}\b(?:bouge|reagit|repond) (?:plus|pas)\b|^\W*(?:il|elle) (?:ne |n )?(?:bouge|reagit|repond) plus\W*(?:du tout)?\W*$",
            r"\b(?:inconscient|inconsciente|evanoui|evanouie|s est evanoui\w*|arret cardiaque|crise cardiaque|infarctus|fait un avc|convulsions?|convulse|(?:s|m) etouffe|(?:il|elle|enfant|bebe) etouffe|malaise en ce moment|fait un malaise|a fait un malaise|perdu connaissance|electrocut\w+|intoxiqu\w+|noyade|se noie)\b",
            r"\b(?:est|suis|reste|restee?) (?:coince|coincee|bloque|bloquee|ecrase|ecrasee)s? (?:dans|sous|par) (?:la|le|une|un|l) (?:machine|presse|chariot|palette|scie|broyeur|rouleau|engin|monte charge|elevateur|ascenseur|tracteur|petrin|hachoir)\b|\b(?:doigt|main|bras|pied|jambe)s? (?:arrache|sectionne|ecrase|coince|broye|coupe)\w*\b(?! (?:en|il y a|hier))",
            r"\b(?:y a|il y a|ya) (?:un |une |des |deux |plusieurs |le )?(?:blesse|blessee|blesses|incendie|explosion|fuite de gaz|accident grave|feu)\b(?! \w* ?(?:il y a|hier))|\bau feu\b|\b(?:ca )?sent (?:fort |tres fort )?le gaz\b|\b(?:il|elle|je|s|on) (?:me |s |se )?(?:est |suis |sest )?coup\w* (?:avec|dans|sur) (?:la|une|le|un) (?:machine|scie|trancheuse|couteau|lame|disqueuse|meuleuse|presse|massicot|cutter|tronconneuse|hachoir)\b|\b(?:le feu|un feu) (?:a pris|se propage|s est declare|dans l)|\b(?:a|vient de) pri\w* feu\b|\b(?:l atelier|la cuisine|le batiment|l entreprise|la boutique|l entrepot|la machine|ma maison|mon immeuble) (?:brule|est en feu|a explose)\b",
            r"\b(?:appel\w+|besoin|envoy\w+|vite|urgent|urgence) (?:\w+ ){0,3}(?:secours|pompiers|samu|ambulance|les urgences)\b|\b(?:au secours|(?<!droit )(?<!acces )(?<!grace )(?<!recours )(?<!demande )a l aide|aidez moi vite|vite aidez)\b",
            r"\b(?:je me suis|il s est|elle s est|s est|on s est|m est|mon \w+ s est|ma \w+ s est) (?:\w+ )?(?:brule\w*|coup\w+|ouvert|ouverte|blesse\w*|casse\w*|tranche\w*|entaille\w*|tordu\w*|electrocute\w*|plante\w*|fracture\w*|ecrase\w*)(?=.{0,70}\b(?:peux plus bouger|bouge plus|peux pas bouger|peux plus marcher|la maintenant|maintenant|la tout de suite|tout de suite|vite|profond|profondement|ca coule|je fais quoi la|j ai tres mal|grave|gravement|l os|a l instant|en ce moment|hurle|crie)\b)",
            r"\b(?:est|suis) tombee? (?:d une?|du|de la|de l|d) (?:echelle|toit|echafaudage|escabeau|nacelle|mezzanine|hauteur|camion|etage|plateforme)\b(?!.{0,60}\b(?:hier|semaine derniere|mois dernier|la semaine|declare|declarer|delai|assur\w+|couvert\w*|pris en charge)\b)",
            r"^\W*(?:je suis|il est|elle est|on est) (?:gravement |grave )?blesse\w*\W*(?:aide\w*|vite|que faire|je fais quoi|help)?\W*$|\bgravement blesse\w*\b|\b(?:avale|inhale|bu|recu|respire) (?:\w+ ){0,3}(?:javel|acide|produit\w* (?:toxique|chimique|menager)\w*|soude|deboucheur|gaz)\b",
        ),
    ),
    (
        "violence",
        (
            r"\b(?:m a|m ont|nous a|l a|me|m|s est fait|me suis fait|se fait|me fais|me fait|s est faite|me suis faite|ete|etre|a ete|j ai ete) (?:\w+ )?(?:viole|violee|violer|agresse|agressee|agresser|frappe|frappee|frapper|tabasse|tabassee|tabasser|gifle|giflee|gifler|etrangle|etranglee|etrangler|sequestre|sequestree|poignarde|poignardee|poignarder|molest\w+|harcele|harcelee|harceler|harcelent|cogne|cognee|tripote|tripotee|tripoter|pelote|pelotee|battu|battue|battre|bouscule et frappe|racket\w+|braque|braquee)\b",
            r"\b(?:mari|copain|copine|compagnon|compagne|conjoint|conjointe|femme|ex|mec|petit ami|petite amie)(?: \w+){0,4} (?:me|m|la|le|l) (?:a )?(?:bat|battu\w*|frappe\w*|tape\w*|cogne\w*|menace\w*|etrangle\w*|viole\w*|force\w*|sequestre\w*|enferme\w*|gifle\w*|fait peur)\b",
            r"\b(?:chef|cheffe|boss|maitre de stage|maitre d apprentissage|patron|patronne|tuteur|tutrice|collegue|collegues|responsable|gerant|gerante|formateur|employeur|directeur|directrice|client|salarie|il|elle|ils|on|quelqu un|un homme|un mec|un gars|des gens|moniteur|boss)(?: \w+){0,4} (?:me|m|la|l|nous) (?:a |ont )?(?:bat|battent|battu\w*|frappe\w*|tape|tapent|tapee?|touche|touchent|force\w* a (?:coucher|le toucher|l embrasser|me deshabiller)|envoie des (?:photos?|videos?|messages?) (?:de lui|d elle|sexuel\w*|porno\w*|intimes?|nu\w*|obscenes?)\w*|demande des photos? (?:nue?s?|intimes?)|cogne\w*|agresse\w*|harcele\w*|tripote\w*|pelote\w*|caresse\w*|embrasse\w*|coince\w*|suivi\w* (?:dans|jusqu)|gifle\w*|etrangle\w*|pousse\w* (?:contre|par terre|dans)|crache\w* dessus|menace\w*(?! (?:de|d) (?!mort|me|m|la|frapper|tuer|violence)))\b",
            r"\b(?:m a|m ont|me|m|l a|il m a|se) (?:encore )?touche\w*\b(?= (?:les|le|la|aux|au|sans|entre|partout|pendant|dans|sous|$)|$|[!.,?;])|\b(?:il|chef|patron|tuteur|collegue) (?:m a|me|m) touche\w*\b|\bmains? (?:aux|sur (?:les|mes|ma|la)) (?:fesses|seins|cuisses?|poitrine|culotte)\b|\battouchements?\b|\bgestes? (?:deplaces?|sexuels?)\b|\bpropositions? sexuelles?\b|\b(?:chantage|avances?|remarques|propos|photos?) (?:sexuel\w*|deplace\w*|obscene\w*)\b",
            r"\b(?:harcelement|agression|violences?) (?:sexuel\w*|moral\w*|conjugal\w*|physique\w*)\b(?=.{0,60}\b(?:je|j|mon|ma|moi|me|subi\w*|victime)\b)|\b(?:victime|temoin|subis?|subir|vis|vivre|signaler) (?:\w+ ){0,3}(?:harcelement|violences?|agression|viol|maltraitance)\b|\bje (?:subis|vis) (?:du|un|des) (?:harcelement|violences?)\b",
            r"\bmenac\w* (?:de mort|de me (?:tuer|frapper|violer|taper|casser|faire du mal|suivre)|avec (?:un|une|son|sa) \w+|physiquement)\b|\bmenaces? de mort\b|\bj ai peur (?:de lui|d elle|de mon (?:chef|patron|tuteur|mari|ex|copain|compagnon|conjoint|collegue)|de ma (?:cheffe|patronne|femme)|pour ma vie|qu il me (?:tue|frappe|tape))\b|\bil (?:veut|va|a dit qu il allait) me tuer\b|\b(?:force|forcee|oblige|obligee) a (?:coucher|avoir des rapports|le toucher|l embrasser|me deshabiller)\b",
        ),
    ),
    (
        "danger",
        (
            r"\b(?:vais|envie (?:de|d)|veux|veut|va|voudrais) (?:\w+ )?(?:le|la|les|lui|l|tous|quelqu un|mon|ma|tout le monde|mes|ce|cet|cette|un|une|des) ?(?:\w+ )?(?:\w+ )?(?:tuer|buter|planter|poignarder|descendre|crever|egorger|faire la peau|faire du mal|tirer dessus|faire exploser|cramer)\b",
            r"\b(?:vais|envie (?:de|d)|veux|veut|va|voudrais|capable (?:de|d)|peur (?:de|d)|menace (?:de|d)) (?:(?!m |me )\w+ )?(?:tuer|buter|planter|poignarder|egorger|faire du mal a|tirer sur|faire la peau a|faire la peau|faire exploser|cramer|massacrer|frapper|faire peter|faire sauter|mettre le feu (?:a|au|dans|chez)) (?:quelqu un|mon|ma|mes|tout|tous|un|une|des|les|le|la|ce|cet|cette|\w+)",
            r"\b(?:vais|va|veux|veut|allait|allais|envie de) tout (?:faire )?(?:peter|sauter|exploser|cramer|bruler)\b(?!.{0,20}\b(?:examen|plafond|score|ventes)\b)|\b(?:vais|va|veux|veut|allait|menace de) (?:y )?(?:mettre|foutre) le feu\b|\b(?:vais|va|veux|veut) (?:leur|lui) (?:tirer dessus|faire la peau|faire du mal|regler son compte avec)\b",
            r"\b(?:a|as|avec|sort|sorti|tient|brandit|porte|braque) (?:une |un |son |sa |des )(?:arme|couteau|fusil|pistolet|flingue|machette|hache|kalach\w*|grenade|bombe|marteau a la main)\b",
            r"\b(?:y a|il y a) (?:un |une |des )?(?:homme|mec|type|gars|individu|personne|quelqu un)?(?: \w+){0,3} ?(?:arme|armee|avec une arme|avec un couteau|tireur|bombe|prise d otage|attentat|fusillade)\b|\bprise d otages?\b|\battentat\b|\bfusillade\b|\bil tire sur\b|\bcoups de feu\b",
        ),
    ),
)  # fmt: skip

_PATTERNS = tuple((name, tuple(re.compile(one) for one in patterns)) for name, patterns in _DIRECT)

_QUESTION_OF_RIGHTS = re.compile(
    r"\b(?:declar\w+|delai|assur\w+|couvert\w*|couverture|rembours\w+|indemni\w+|pris en charge|qui paie|qui paye|arret de travail|certificat|prevenir (?:qui|quand|dans)|avertir|24 ?h|48 ?h|formulaire|responsable|convention|reprendre|cpam|prime|qui assume)\b"
)
_PAST = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|une fois|l annee|hier|avant hier|semaine derniere|mois dernier|l an dernier|l annee derniere|il y a (?:\w+ )?(?:jours?|semaines?|mois|ans?)|lundi dernier|ce matin|la veille|samedi dernier|autrefois|quand j etais)\b"
)


_FORMER = re.compile(
    r"\bancien\w* (?:boulot|boite|poste|travail|emploi|patron\w*|employeur|entreprise|job|chef\w*|metier|vie)\b"
)
"""Words that put what was suffered at work in the past."""


def readable(text: str) -> str:
    """The text as the patterns read it."""
    spaced = _BLANKS.sub(" ", fold(text))
    spaced = _MARK.sub(r" \1 ", spaced)
    return " ".join(_FOLDED_SMS.get(word, word) for word in spaced.split()).replace(" .", ".").replace(" ,", ",")


_AT_AN_END = frozenset(idiom for idiom in _IDIOMS if re.search(r"\(\?<?!|[$^]", idiom.pattern))
"""Idioms that also look at what does not follow: a part of a text may hold them where the whole does not."""


def _without_idioms(text: str, idioms: tuple[re.Pattern[str], ...] = _IDIOMS) -> str:
    for idiom in idioms:
        text = idiom.sub(" * ", text)
    return text


def emergency(text: str) -> str:
    """The category of the emergency that the text tells, or an empty string."""
    read = readable(text)
    bare = _without_idioms(read)
    laughing = _LAUGH.search(text.lower()) is not None
    for category, patterns in (*_PATTERNS, *WIDER):
        for pattern in patterns:
            found = pattern.search(bare)
            if found and _serious(category, bare, found, laughing=laughing):
                return category
    return ""


_STILL_AT_RISK = re.compile(
    r"\badieu\b|\b(?:repond|repondent) plus\b|\bje (?:suis|me) cach\w+|\benfermee?\b|\bparl\w+ de mourir\b|\bme tuerait\b"
    r"|\ba l instant\b|\bil y a (?:\d{1,2}|une|deux|trois|cinq|dix) minutes?\b"
)
"""Words after which a past or a supposition calms nobody."""


def bare(text: str, idioms: tuple[re.Pattern[str], ...] = _IDIOMS) -> str:
    """The text as patterns read it, these idioms taken out."""
    return _without_idioms(readable(text), idioms)


def idioms_in(text: str) -> tuple[re.Pattern[str], ...]:
    """The idioms that a part of this text may hold: those of the whole, and those that look at where a text ends."""
    read = readable(text)
    return tuple(idiom for idiom in _IDIOMS if idiom in _AT_AN_END or idiom.search(read))


def laughs(text: str) -> bool:
    """Whether the text laughs."""
    return _LAUGH.search(text.lower()) is not None


_ALL_WELL = re.compile(
    r"\b(?:va|vais|allait|vont) (?:deja |beaucoup |tres |plutot |bien )?(?:bien|mieux)\b"
    r"|\b(?:rien de (?:grave|mechant|serieux|casse)|plus de peur que de mal|(?:ete|est|suis|etais) (?:bien |deja )?(?:soigne\w*|gueri\w*|remis\w*|opere\w*|recousu\w*|platree?s?)"
    r"|sorti\w* de l hopital|pansement|points? de suture|attelle|platre|trois fois rien|petit bobo|sans gravite)\b"
)


_WOUND = re.compile(
    r"\b(?:brul\w+|coup\w+|bless\w+|tomb\w+|gliss\w+|chut\w+|foul\w+|tord\w+|cogn\w+|accident\w*|malaise|entaill\w+)\b"
)


_BURNS = re.compile(r"^(?:y a|il y a|ya) (?:le |un |du |des )?(?:feu|incendie|flammes?)\b")

_BLEEDING = re.compile(
    r"saign|\bpisse (?:le|du) sang\b|\bviens (?:juste )?de (?:me|m|se|s) (?:coup|brul|bless|faire)\w+"
)
"""Words after which nothing told of before calms."""


def healed(text: str) -> bool:
    """Whether a wound is told that was looked after: nothing of it goes on."""
    return _looked_after(readable(text))


def _looked_after(read: str) -> bool:
    told = _WOUND.search(read) and _ALL_WELL.search(read) and not _BLEEDING.search(read)
    return bool(told) and not _STILL_AT_RISK.search(read) and " pas bien" not in read


def told_calmly(text: str) -> bool:
    """Whether it is a supposition, a past or a question of rights, and nothing says that the risk goes on."""
    read = readable(text)
    calm = (_SUPPOSED, _PAST, _QUESTION_OF_RIGHTS)
    return not _STILL_AT_RISK.search(read) and any(one.search(read) for one in calm)


def could_be_happening(text: str) -> bool:
    """Whether the text can tell of a danger now: no idiom, no laugh, no supposition, no past, no question of rights."""
    read = readable(text)
    if _STILL_AT_RISK.search(read):
        return True
    calm = (_SUPPOSED, _PAST, _QUESTION_OF_RIGHTS)
    return (
        _without_idioms(read) == read and not _LAUGH.search(text.lower()) and not any(one.search(read) for one in calm)
    )


def _serious(category: str, text: str, found: re.Match[str], *, laughing: bool) -> bool:
    """Whether the words found tell of something that is happening, not of a supposition, a joke or the past."""
    if category == "suicide":
        return True
    start = max(text.rfind(mark, 0, found.start()) for mark in ".!?;") + 1
    if _SUPPOSED.search(text[start : found.start()]):
        return False
    if laughing and (category == "danger" or re.search(r"\b(?:tuer|buter|planter)$", found[0])):
        return False
    if category == "violence" and _FORMER.search(text):
        return False
    if category == "accident":
        # What burns burns now: « y a le feu, est-ce que mes heures de ce matin comptent ».
        before = text[: found.end()] if _BURNS.search(found[0]) else text
        past = _PAST.search(before) is not None or _looked_after(text)
        past = past and _BLEEDING.search(text) is None
        return not (_QUESTION_OF_RIGHTS.search(text) or past) or (_vital(found[0]) and not past)
    return True


def _vital(words: str) -> bool:
    return (
        re.search(
            r"respire|inconscien|cardiaque|hemorragie|saigne|s etouffe|evanoui|connaissance|convuls|sang\b|\bfeu\b|incendie|explos|brule en|secours|samu|pompiers",
            words,
        )
        is not None
    )
