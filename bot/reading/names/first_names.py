"""First names that tell, where nothing else does, which word of « Fabre Noé » is the family name."""

from bot.domain.texte import folded

_WRITTEN = """
aaron abdel abdelkader abdellah abdou abdoulaye abel achille adam adama adele adil adrien adrienne agathe agnes ahmed aicha aida aime
aimee aissata aissatou alain alan alban albane albert alberte alex alexandra alexandre alexia alexis ali alice alicia alina aline alison
alix alma alphonse amadou amandine amar ambre amelie amina aminata amine amir amira anais anas anastasia andre andrea andree ange angela
angele angelina angelique anissa anita anna annabelle anne annick annie anouk anthony antoine antoinette antonin antonio apolline ariane
arlette armand armelle arnaud arthur assia astrid aubin aude audrey augustin aurelia aurelie aurelien aurore axel axelle aya ayoub aziz
baptiste barbara basile bastien beatrice benedicte benjamin benoit berangere bernadette bertrand bettina bilal blanche blandine
boubacar bouchra boris brahim brandon brice brigitte bruno bryan camelia camille capucine carine carla carlos carmen carole caroline
cassandra catherine cathy cecile cedric celeste celestin celia celine chantal charlene charlie charline charlotte cheikh chloe christelle
christian christiane christine christophe cindy claire clara clarisse claude claudette claudia claudine clea clemence clement clementine clotilde
coline colette constance corentin corinne coralie cyprien cyril cyrille dalila damien daniel daniele danielle daphne david deborah delphine denis denise
diana diane didier dimitri djamila djibril dominique donovan dorian doriane dorothee driss dylan eddy edgar edith edmond edouard edwige
eliane elias elie eliot elisa elisabeth elise eliott ella elodie eloise elsa elvire emeline emeric emile emilie emilien emma emmanuel
emmanuelle enzo eric erika erwan estelle esteban esther etienne eugene eugenie eva evan eve evelyne ewen fabien fabienne fabrice fadila fanny
fanta farah farid farida fatiha fatima fatimata fatou fatoumata felicie felix ferdinand fernand fiona flavie flavien flora florence
florent florian florine fouad franck francine francis francisco franciscka francoise frederic frederique gabin gabriel gabrielle gael gaelle gaetan
gaspard gauthier genevieve georges geraldine gerard germaine ghislaine gilbert gilles ginette giovanni gisele gladys gregoire gregory gregoire
guillaume guillemette guy gwenaelle gwendoline habib hadrien hakim hamed hamid hamza hanae hanane hasna hassan hatice heidi helena helene henri
henriette herve hicham hippolyte honorine houria hugo hugues ibrahim ibrahima idriss ilan ilona ilyes imane imen ines ingrid irene iris
isabelle ismael issa ivan jacky jacqueline jacques jade jamal james janine jasmine jawad jean jeanne jeannine jennifer jenny jeremie jeremy
jerome jessica jessy joachim joana joanna jocelyn jocelyne joel joelle joffrey johan johanna john johnny jonas jonathan jordan jordane jose joseph
josephine josette josiane josselin joyce juan judith jules julia julie julien julienne juliette justin justine kadiatou kamel karen karim karima karine
karl katia kelly kenza kevin khadija khaled kilian killian koffi laetitia laila lamine laura laure laureen laurence laurene laurent laurine
laurie lea leane leila leo leon leonie leopold leslie leticia liam lilas lila lili lilian liliane lilou lina linda line lisa lise loan loane loic lola
lolita loris lorenzo lou louane louis louise louna luc luca lucas lucette lucia lucie lucien lucienne lucile ludivine ludovic luis luka lydia lydie
lyna lynda mae maelle maelys maeva magali magalie mahamadou maimouna malak malek malik malika mamadou manel manon manuel manuela marc marceau marcel
marcelle marco margaux margot marguerite maria mariam mariama marianne marie marielle marina marine mario marion marius marjorie marlene marouane marthe martine
marvin maryam marylene maryline maryse mateo mathias mathieu mathilde mathis mathys matteo matthias matthieu maud maurice maxence maxime
maximilien maya mehdi melanie melina melissa melodie melvin mercedes meryem michael michel michele micheline mickael miguel mila milan mireille mohamed mohammed
moise monique morgan morgane mouna mounir mourad moussa muriel mustapha myriam nabil nabila nada nadege nadia nadine naima najat nancy naomi
natacha natalia nathalie nathan nathanael nawel nelly nermine nicolas nicole nina noa noah noam noe noel noelle noemie nolan nolwenn nora norah nordine
nour nouria noura oceane octave odette odile olga olivia olivier omar ophelie oriane oscar ousmane ouassila pablo pamela paola pascal pascale
patrice patricia patrick paul paula paule paulette pauline pedro penelope perrine philippe pierre pierrette priscilla priscillia prune quentin
rachel rachid rachida rafael ralph ramata ramzi raoul raphael raphaelle rayan raymond raymonde rebecca regine regis reine remi remy renaud rene renee
ricardo rita robin rodolphe rodrigue roger roland rolande romain romane romeo romuald ronan rosa rosalie rose roxane ruben ryan sabine sabrina
sacha said saida salim salima salimata salma sam samantha samia samir samira samuel samy sandra sandrine sandy sara sarah sebastien selena selim selma serge severine
sidonie siham simon simone sixtine sofia sofiane solange solene sonia sophia sophie soraya souad stacy stella stephane stephanie steven steve
suzanne suzie sven sylvain sylvaine sylvette sylvia sylviane sylvie tania tanguy tatiana teddy teo thais thea theo theodore therese thiago thibaud thibault thierry
thomas tiago tidiane tiffany timothe timothee tina titouan tom tony tristan typhaine ugo valentin valentine valerie vanessa vera veronique vicky victoire
victor victoria vincent violette virgile virginie vivian viviane wafa walid warren wassim wendy wilfried william willy xavier yacine yacouba yael yamina
yanis yann yannick yasmina yasmine yassine yohan yohann yolande youcef younes youness youssef youssouf yvan yves yvette yvon yvonne zacharie zahra
zakaria zakia zineb zoe zohra
aboubacar achraf agnieszka alya amara ambrine aminatou andreea andriy anouar assane assya ayden aylan bachir bakary beatriz bintou
briac catarina cheick corentine cristian dieudonne djeneba dmytro dragan elena elouan enora erwann ethan evann exauce florin fouzia
gheorghe ghislain gireg gwendal hafsa hawa hyppolite ikram ilian inaya ioana iryna ivana jelena jihane joao katarzyna kawtar
kenan kilyan kylian lassana latifa loeiza loubna ludmila lyana maelig maelyne magda mamady matheo mehmet mickaela mihai milena
mokhtar monika moriba nael naomie nasser natalya nawal nikola noham nourdine nuno oksana oleksandr olena oumar oumayma pawel petar
philippine piotr priscille rabah rayane reda riad rokia rozenn rui ruth sami sekou shaima sira sixte snezana soan sohan soizic solenne
souleymane svetlana tancrede tarik tesfay tiana tifenn timeo tomasz tuan vesna wael walter wissem yacin yassin yoann yulia
fred seb greg manu nico steph gwen flo domi mick momo jojo isa
"""
FIRST_NAMES = frozenset(_WRITTEN.split())
_COMPOUND = frozenset({"jean", "marie", "anne", "pierre", "charles", "marc"})
"""First names that are often followed by another one without a hyphen."""


def is_first_name(word: str) -> bool:
    """Whether this word, or the first half of « Jean-Baptiste », is a first name people bear."""
    return folded(word).replace("’", "'").partition("-")[0] in FIRST_NAMES


def opens_compound(word: str) -> bool:
    """Whether this first name is often followed by another without a hyphen: « Jean Pierre »."""
    return folded(word) in _COMPOUND
