"""Requests refused by their wording: injections, other people's data, fraud, opinions."""

from bot.answers.emergency import readable
from bot.domain import regex as re
from bot.domain.answer import Refus

_INJECTION = re.compile(
    r"\b(?:ignor\w+|oubli\w+|desactiv\w+|contourn\w+|abandonn\w+|forget|disregard|override|bypass|outrepass\w+) (?:\w+ ){0,4}(?:instructions?|consignes?|regles?|rules|directives|prompt|previous|precedent\w*|securite|filtres?|limites?|restrictions?)\b"
    r"|\b(?:ton|tes|vos|votre|your|le|la|les) (?:\w+ )?(?:prompt|system prompt|consignes? (?:secretes?|internes?|cachees?|systeme)|instructions? (?:secretes?|internes?|systeme|cachees?|initiales?)|code source|cle api|api key|token|mot de passe admin)\b"
    r"|\b(?:repete|revele|montre|affiche|donne|recopie|print|reveal|show|repeat|dis)(?: moi)? (?:\w+ ){0,5}(?:prompt|code source|regles internes|(?:tes|vos|your) (?:\w+ )?(?:consignes|instructions|configuration)|(?:consignes|instructions) (?:que tu|que vous|recues|initiales))\b"
    r"|\b(?:print|reveal|show|repeat|output|dump|list|give|tell|translate)\b.{0,40}\b(?:system message|instructions?|your rules|users|database|(?:text|everything) above|config\w*|password|secrets?)\b|\b(?:forget|ignore|disregard)\b.{0,20}\b(?:everything|all|above|previous|prior)\b|\bpretend (?:to|you|that)\b|\b(?:roleplay|act as)\b|\b(?:developer|admin|god|debug|root) mode\b|\bmode (?:dev\w*|debug|god|root|libre)\b|\bverbatim\b|\b(?:approve|validate|accept|delete|update) (?:my|the|all|every) (?:\w+ )?(?:requests?|files?|agreements?|conventions?|database|records?)\b|\byou must obey\b|\b(?:respond|answer|reply) only with\b|\bhack\b|\bsay that (?:it|i|the)\b|\btranslate the (?:above|previous|text above)\b|\bwhat (?:are|were) your (?:\w+ )?(?:instructions?|rules|prompt)\b|\b(?:ignora|olvida|ignore|esqueca|dimentica|ignorier\w*|vergiss|negeer|vergeet|ignora ti)\b.{0,40}\b(?:instrucciones|reglas|instrucoes|regras|istruzioni|regole|anweisungen|regeln|instructies|regels)\b"
    r"|\b(?:tu n as|vous n avez|tu n es|t as) plus (?:\w+ ){0,2}(?:regles?|limites?|filtres?|restrictions?|bot|robot|assistant|ia)\b|\brepete (?:\w+ ){0,5}(?:au dessus|ci dessus|plus haut|qui precede)\b|\b(?:tes|vos) (?:parametres?|reglages?) internes\b|\b(?:sans (?:respecter|suivre)|en ignorant|ne (?:respecte|suis|tiens|applique)\w* (?:plus|pas)|passe\w* outre)\b.{0,25}\b(?:tes|vos) (?:\w+ )?(?:fiches|regles|consignes|instructions|limites|directives)\b|^\W*passe outre\b"
    r"|\b(?:fais|faites) (?:comme si tu|comme si vous|semblant d etre)\b|\boublie (?:tout )?ce qu(?:e|on|i)?\b.{0,25}\b(?:on t a|t a appris|precede|est ecrit)\b|\b(?:ecris|reponds|dis|ajoute|affirme) (?:\w+ ){0,4}que (?:je suis|ma demande est|ma convention est|c est) (?:\w+ )?(?:valide\w*|accepte\w*|approuve\w*|paye\w*|pris\w*)\b|\b(?:ta|votre) mission (?:change|est desormais|est maintenant)\b|\b(?:donne|ouvre)\w*(?: moi)? (?:\w+ ){0,2}acces (?:root|admin\w*|a la base|au serveur)\b|\bje suis l admin\w*\b.{0,30}\b(?:acces|donne|affiche|valide)\b|\b(?:je suis|autorisation de) (?:ton|votre) (?:admin\w*|developpeur|createur|concepteur)\b|\bsimule\b.{0,15}\b(?:bug|erreur|panne)\b|\b(?:affiche|montre|lis|envoie)\w*(?: moi)? (?:\w+ ){0,3}(?:logs|fichier env|variables? d environnement|etc passwd)\b|\bselect (?:\w+ )?from \w+\b|\bdebloque toi\b"
    r"|\b(?:a partir de maintenant|desormais|from now on)\b.{0,40}\b(?:tu (?:es|reponds|dois|seras|ignores|t appelles)|you are|vous (?:etes|repondez))\b"
    r"|\b(?:tu es|you are|agis comme|act as|fais comme si tu|pretends? (?:to be|que tu)|joue le role|mode) (?:\w+ ){0,3}(?:dan|developpeur|developer|admin\w*|root|jailbreak\w*|sans (?:limite|filtre|regle|restriction)s?|debug|maintenance|un pirate|superviseur)\b"
    r"|\b(?:base64|rot13)\b|\b(?:decode|dechiffre|execute)\w* (?:\w+ ){0,4}(?:base64|code|script|commande|instructions?)\b"
    r"|^\W*(?:system|systeme|assistant|user|admin)\s*[;:]?\s*(?:prompt|export|override|nouvelle|mode|ignore|tu|you)\b|\bnouvelles? (?:consigne|instruction|directive)s? (?:systeme|du developpeur|de l administrateur|prioritaires?)\b|\b(?:imagine|imaginons|suppose|fais comme si|faisons comme si|dans un monde) (?:\w+ ){0,6}(?:sans (?:lois?|regles?|limites?)|l article|la loi|disait|tu n as pas)\b|\bredige\w*(?: moi)? (?:\w+ ){0,3}(?:reponse|attestation|document|decision) officiel\w*|\bsudo\b|\bdrop table\b|\bselect \w+ from\b|\bunion select\b|\brm rf\b|\bjailbreak\b|\bscript alert\b"
)
_DATA = re.compile(
    r"\b(?:donn\w*|montr\w*|list\w*|affich\w*|export\w*|envoi\w*|envoy\w*|communiqu\w*|trouv\w*|cherch\w*|telecharg\w*|dump\w*|extrai\w*|show|give|send|je veux|je peux avoir|avoir|voir|consulter|acceder a|recuperer|connaitre)(?: moi| nous)? (?:\w+ ){0,5}(?:base de donnees|utilisateurs|inscrits|all requests|toutes les demandes|liste des (?:demandes|candidats|personnes|inscrits|utilisateurs|beneficiaires|eleves|conseillers)|noms des (?:personnes|candidats|inscrits|gens|beneficiaires)|donnees (?:des|d une|d un) (?:autres?|personnes?|candidats?|utilisateurs?|beneficiaires?|inscrits?)|demandes? des autres|demande (?:n |numero )?\d+|demande d un\w* (?:autre|tiers|candidat\w*|ami\w*|voisin\w*)|dossiers? des autres|dossier d un\w* (?:autre|tiers|candidat\w*|ami\w*|voisin\w*)|conversations? (?:des|d un)\w*)\b"
    r"|\b(?:demande|dossier|profil|candidature) (?:n |numero |no )\d{1,6}\b|\b(?:la|cette|une|affiche|montre|voir|le|du|ce) (?:demande|dossier|profil|candidature) \d{1,6}\b|\b(?:demande|dossier|profil) im \w+"
    r"|\b(?:numero|num|telephone|tel|portable|mail|e mail|email|adresse|coordonnees|rqth|salaire|handicap|age|nom|nom de famille|date de naissance|dossier|situation|demande|rendez vous|convention) (?:perso\w* |prive\w* |de telephone |de portable |mail |postale |exacte? |complete? )*(?:de|du|d) (?:ma (?:conseillere|voisine|collegue|copine|cousine|soeur|prof|tante|belle soeur|amie|ex)|mon (?:conseiller|voisin|collegue|copain|cousin|pote|ex|prof|ami|frere|beau frere|concurrent)|la (?:personne|candidate|conseillere|fille|dame|beneficiaire|stagiaire)|l autre (?:candidat|stagiaire|personne)|un (?:candidat|autre|beneficiaire|utilisateur|inscrit|tiers)|quelqu un d autre|monsieur|madame|mr|mme|m |les autres|l ancien\w* stagiaire|autre\w* (?:candidat|personne)\w*)"
    r"|\bqui (?:d autre (?!que|doit|signe|peut|va|paie|paye)|a (?:fait|envoye|depose) (?:une |la )?(?:demande|candidature)|sont les (?:autres )?(?:candidats|inscrits|stagiaires|personnes)|s est inscrit|est inscrit\w*|a postule|a demande une immersion)\b"
    r"|\best ce que (?:mon|ma|le|la) (?:voisin\w*|collegue|copain|copine|ex|frere|soeur|cousin\w*|pote|ami\w*|mari|femme) (?:\w+ )?(?:est|a|touche|a fait|fait|s est) (?:\w+ )?(?:rqth|handicap\w*|une rqth|le rsa|inscrit\w*|fait (?:une |sa )?demande|une demande|suivi\w*|en immersion|au chomage)\b"
    r"|\bou (?:habite|vit|loge|travaille) (?:\w+ )?(?:ma conseillere|mon conseiller|le tuteur|la tutrice|mon ex|le patron|la patronne|la candidate|le candidat|mon voisin|monsieur|madame|cette personne)\b"
    r"|\b(?:combien de|quelles?) (?:demandes?|immersions?|stages?|dossiers?) (?:a|ont|avait) (?:fait|faites?|depose\w*|eu|envoye\w*) (?!je\b|on\b)\w+|\b(?:mon|ma|le|la) (?:voisin\w*|collegue|copain|copine|ex|frere|soeur|cousin\w*|pote) (?:est|a|s est)(?: t)? (?:il |elle )(?:inscrit\w*|suivi\w*|fait (?:une|sa) demande)|\b(?:noms?|coordonnees|numeros?|adresses?|mails?) des (?:autres |derniers )?(?:stagiaires?|candidats?|demandeurs?|jeunes|inscrits?|utilisateurs?|beneficiaires?)\b"
    r"|\bmot de passe (?:de|d|du|des)\b(?! passe oublie)"
    r"|\b(?:show|give|send|list|export|tell)(?: me| us)? (?:\w+ ){0,4}(?:names?|emails?|phones?|numbers|addresses|data|candidates|applicants|requests|conversations|files)\b|\btell me who\b|\bwho (?:applied|registered|signed up)\b|\bdame (?:la lista|los datos|los nombres)\b|\bgib mir (?:die|alle) (?:liste|daten|namen)\b"
)
_PROTECTED_DATA = re.compile(r"\b(?:mes donnees|mon dossier|mes informations|ma (?:propre )?demande|mes propres)\b")
_FRAUD_VERB = r"(?:falsifi\w+|antidat\w+|pirat\w+|hack\w+|fraud\w+|trich\w+|truqu\w+|trafiqu\w+|arnaqu\w+|escroqu\w+|usurp\w+|blanchir|blanchiment)"
_FRAUD = re.compile(
    rf"\b(?:comment|je veux|je voudrais|aide\w*(?: moi| nous)?|peux tu|pouvez vous|tu peux|astuce|technique|moyen|facon|methode|conseil\w*|explique\w*|montre\w*|possible de|envie de|apprend\w*|faut il|on peut|je peux|peut on|puis je|how) (?:\w+ ){{0,6}}{_FRAUD_VERB}\b"
    rf"|^\W*{_FRAUD_VERB} (?:un|une|le|la|les|mon|ma|mes|l)\b"
    r"|\b(?:fabriqu\w+|faire|fais|fait|cre\w+|obtenir|achet\w+|avoir|genere\w*|produire|trouve\w*|donne\w*|ecri\w+|invent\w+|imprim\w+|se procurer|rediger?)(?: moi)? (?:\w+ ){0,2}(?:un |une |des |de )?(?:faux|fausses?) (?!contact|depart|frais|note|espoir|pas|entorse)\w+"
    r"|\b(?:imit\w+|contrefa\w+|copi\w+) (?:la |une |sa |ma |cette |leur )?signature|\b(?<!peut )(?<!peuvent )(?<!doit )(?<!droit de )signer a la place\b(?! de (?:france|cap|la mission|l organisme|l etat|la structure))|\bsigne\w* (?:\w+ )?a (?:la|sa|leur|ma) place\b(?=.{0,40}\b(?:sans|discret|secret|cachette)\b)|\binvent\w+ (?:un|le|mon|de) (?:siret|siren|numero|tuteur|employeur)"
    r"|\b(?:bombe|explosif\w*|cocktail molotov|arme a feu|drogue\w*|cocaine|cannabis|shit|weed|mdma|stupefiant\w*|deal(?:er|e)?\b)(?=.*)(?<!the bomb)"
    r"|\b(?:au noir|au black) (?:\w+ ){0,4}(?:sans (?:me |se |nous )?(?:faire|etre|qu|risque)|discret\w*|en cachette|incognito|tranquille|et toucher|tout en|en gardant)\b|\b(?:comment|je veux|astuce pour|moyen de|envie de|on peut) (?:\w+ ){0,3}(?:bosser|travailler|embaucher|employer|payer|faire bosser|faire travailler|prendre \w+) (?:\w+ ){0,3}(?:au noir|au black|sans (?:le |la |les |l )?declar\w+)\b"
    r"|\b(?:touch\w+|gard\w+|cumul\w+|perce\w+) (?:\w+ ){0,5}(?:chomage|rsa|are|allocations?|aides?|indemnites?|arret maladie) (?:\w+ ){0,6}(?:sans (?:le |rien |l |la |les )?(?:dire|declarer|signaler)|en cachette|en douce|illegal\w*)\b"
    r"|\bsans (?:me |se )?(?:faire (?:prendre|attraper|choper|griller|pincer|reperer)|qu on (?:me|le) (?:voie|sache|grille))\b"
    r"|\bment\w* (?:\w+ ){0,2}(?:sur|a) (?:\w+ )?(?:age|ma date|la convention|france travail|pole emploi|la caf|mon conseiller|ma conseillere|l assurance|diplome|mon identite)\b|\bcomment (?:\w+ )?mentir\b"
    r"|\b(?:comment|moyen (?:de|d)|astuce\w*|je veux|technique\w*) (?:\w+ ){0,3}(?:contourner|detourner|eviter de declarer|ne pas declarer|echapper (?:a|aux)|duper|berner|embobiner)\b|\b(?:exploit\w+|faire bosser|faire travailler) (?:\w+ ){0,5}gratuit\w*(?=.{0,30}\b(?:sans|comment|astuce|remplacer|pour economiser)\b)|\b(?:tuer|empoisonner|voler|cambrioler|agresser|harceler|se venger de|pourrir la vie) (?:mon|ma|un|une|mes|des|le|la)\b"
)
_REPORTED = re.compile(
    r"\b(?:veut que|veulent que|me demande|m a demande|me propose|m oblige|me force|mon patron|l entreprise|l employeur|il veut|on me demande|a le droit|est ce (?:legal|normal|autorise|permis)|c est (?:legal|normal|autorise|grave)|risque|signaler|denoncer|victime|je refuse|j ai peur)\b"
)
_OPINION = re.compile(
    r"\b(?:a|selon|d apres) (?:ton|votre|vot) avis\b|\b(?:ton|votre) (?:avis|opinion|sentiment)\b|\b(?:que|qu en|t en|tu en|vous en|qu est ce que (?:tu|vous)) (?:penses?|pensez)(?: tu| vous)?\b|\b(?:tu|vous) (?:penses?|pensez) (?:quoi|que|qu)\b|\bpenses? tu\b|\bpensez vous\b"
    r"|\b(?:tu|vous) (?:crois|croyez|trouves?|trouvez|preferes?|preferez|me conseilles?|me conseillez|aimes|aimez|ferais|feriez|choisirais|choisiriez|me vois|me verrais|recommandes?|recommandez)\b(?! (?:la convention|une entreprise|l organisme|mon conseiller))|\b(?:crois|trouves|preferes|conseilles|ferais|choisirais|recommandes|aimes) tu\b|\b(?:croyez|trouvez|preferez|conseillez|feriez|choisiriez|recommandez) vous\b|\b(?:ferais|feriez|choisirais|choisiriez|prendrais|accepterais|irais|iriez|partirais|resterais) (?:\w+ ){0,3}a ma place\b|^a ma place\b"
    r"|\b(?:dois je|devrais je|je dois|je devrais|faut il que je|est ce que je (?:dois|devrais|fais bien)|j ai (?:raison|tort)|ai je (?:raison|tort)|je fais bien|vaut il mieux que je|il vaut mieux que je|vaut mieux que je) (?:\w+ ){0,3}(?:quitter|demissionner|accepter (?:ce|cette|l|un|leur|le) (?:poste|offre|contrat|cdd|cdi|job|emploi)|refuser (?:ce|cette|l) (?:poste|offre|cdd|cdi|job)|changer de (?:metier|voie|vie)|plaquer|lacher mon|choisir|devenir|me lancer|divorcer|voter|arreter mes etudes|reprendre mes etudes|demenager|me reconvertir|laisser tomber mon)\b"
    r"|\bd apres toi\b|\b(?:qui|pour qui) (?:faut il|faudrait il|il faut|tu|vous|dois je|on doit) (?:elire|votes?|votez|voter|voterais)\b|\b(?:tu|vous) (?:votes?|votez|voteriez)\b"
    r"|\b(?:de gauche|de droite|pour qui (?:je )?(?:dois |faut )?(?:il )?voter|president de la republique|macron|le pen|melenchon|bardella|du gouvernement|elections?|parti politique|religion|dieu existe)\b"
    r"|\b(?:c est|est ce|est|sont|serait|etes|franchement|honnetement|vraiment) (?:\w+ ){0,4}(?:nuls?(?! en\b)|nulles|de la merde|de l esclavage|esclavage|de l exploitation|exploitation|une arnaque|de l arnaque|bidon|incompetent\w*|des (?:voleurs|fascistes|incapables|feignants|faineants|profiteurs|assistes)|scandaleux|injuste|debile)\b"
    r"|\b(?:quel|quelle|lequel|laquelle|c est quoi) (?:\w+ ){0,3}(?:le |la )?(?:mieux|meilleur|meilleure|plus beau|plus belle|plus interessant\w*|pire)\b(?= (?:metier|entre|domaine|secteur|choix|option|voie|job|boulot|formation|entreprise|agence|boite|conseiller))|\b(?:lequel|laquelle|quoi) choisir\b|\bquel metier (?:\w+ ){0,3}(?:me correspond|est fait pour moi|choisir|me conviendrait|m irait|je dois faire)\b|\bquel (?:metier|travail|secteur|domaine) (?:\w+ )?(?:est )?fait pour moi\b|\bvaut il mieux\b|\b\w+ ou \w+ (?:c est|lequel est|qu est ce qui est) (?:mieux|le mieux)\b"
)
_ASKS_WHO = re.compile(
    r"\b(?:conseillez|conseilles|recommandez|recommandes|pensez) (?:vous |tu )?(?:quel\w* (?:organisme|structure|service|association|interlocuteur|demarche|document)|qui (?:contacter|appeler|joindre)|faire si|de (?:m adresser|contacter))|\b(?:vers|a|chez|aupres de) qui\b|\bqui (?:dois je|doit on|faut il|je dois|on doit|peut on|puis je) (?:contacter|appeler|joindre|prevenir|voir|solliciter)\b"
)
"""Asking where to turn is asking for a fact, whatever the verb."""
_CONFIRMED = re.compile(
    r"\b(?:c est (?:bien )?ca|c est vrai|exact|n est ce pas|correct|j ai bien compris|vous confirmez|obligatoire\w*)$"
)
"""« Je dois démissionner avant l'immersion, c'est ça ? » asks a rule, not an opinion."""
_FOR_THE_STAY = re.compile(
    r"\b(?:demission\w*|quitter)\b(?=.{0,160}\b(?:pour|avant|afin de)\b.{0,25}\b(?:immersion|pmsmp|stage)\b)"
)
"""« Je dois démissionner pour faire une immersion ? » asks what the stay requires."""
_OF_THE_BASE = re.compile(
    r"\b(?:structure|formulaire|liste|case|durees?|combien de jours|horaires|signer|convention signee|prevenir)\b"
)


_OF_OTHERS = re.compile(
    r"\b(?:on|ils?|elles?|quelqu un|l entreprise|l employeur|le patron|la patronne|le tuteur|la boite|l annonce|le site|le bot) (?:\w+ ){0,2}(?:m a|m ont|me|veut|veulent|demande\w*|dit|propose\w*|oblige\w*|force\w*|a (?:mis|ecrit|signe|copie|imite|change|falsifie|utilise|pris|donne)|ont (?:mis|ecrit|signe|copie|imite|change|pris|donne))\b"
    r"|\b(?:j ai (?:recu|peur|perdu|oublie|donne|vu|lu)|j espere|par erreur|(?:me|m) (?:suis|etre) trompee?|mauvaise date|comment (?:on )?corrig\w+|en regle|je crains|a mon insu|sans mon accord|c est (?:une arnaque|un piege|suspect)|est ce (?:une arnaque|un piege|normal|legal)|a qui (?:le |m |je )?(?:dire|signaler|plaindre|adresser)|que faire|comment (?:signaler|me plaindre|porter plainte|me proteger|verifier|savoir|reconnaitre|eviter (?:les|une) arnaques?))\b"
)


def told_of_others(text: str) -> bool:
    """Whether the words tell what somebody else does, or what happened to the person: no asking for help to do it."""
    return _OF_OTHERS.search(" ".join(re.findall(r"[a-z0-9]+", readable(text)))) is not None


def refused(text: str) -> Refus | None:
    """The reason for which these words are refused, None where they are not."""
    read = " ".join(re.findall(r"[a-z0-9]+", readable(text)))
    injected = _INJECTION.search(read) is not None
    if _DATA.search(read) and not _PROTECTED_DATA.search(read):
        return Refus.PERSONAL_DATA
    if injected:
        return Refus.UNSAFE
    if _FRAUD.search(read) and not _REPORTED.search(read) and not _OF_OTHERS.search(read):
        return Refus.UNSAFE
    if (
        _OPINION.search(read)
        and not (_CONFIRMED.search(read) and "immersion" in read)
        and not _ASKS_WHO.search(read)
        and not _FOR_THE_STAY.search(read)
        and not _OF_THE_BASE.search(read)
    ):
        return Refus.OPINION
    return None
