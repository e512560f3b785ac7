"""French, Spanish, Italian and Portuguese: number, gender and the verb endings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.paradigm import ParadigmInflection, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FRENCH = (
    Rule(r"[^sxz]$", 0, "- s e es x"),
    Rule(r"[sxz]$", 0, "- e es"),
    Rule(r"e$", 1, "e es"),
    Rule(r"al$", 1, "ux"),
    Rule(r"ail$", 2, "ux"),
    Rule(r"(el|en|on|et|eil|ul)$", 0, "le les ne nes te tes"),
    Rule(r"er$", 2, "ère ères"),
    Rule(r"eur$", 3, "euse euses rice rices"),
    Rule(r"teur$", 4, "trice trices"),
    Rule(r"eux$", 1, "se ses"),
    Rule(r"if$", 1, "ve ves"),
    Rule(r"f$", 1, "ves"),
    Rule(r"c$", 1, "que ques che ches"),
    Rule(r"er$", 2, "{er}"),
    Rule(r"ger$", 2, "eons eais eait eaient eant ea eas eâmes"),
    Rule(r"cer$", 3, "çons çais çait çaient çant ça ças"),
    Rule(r"ir$", 2, "is it issons issez issent issais issait issaient issant i ie ies irai iras ira irons irez"
                    " iront irais irait"),
    Rule(r"eau$", 3, "el elle elles eaux"),
    Rule(r"[vf]rir$", 2, "{er}"),
    Rule(r"[vf]rir$", 3, "ert erts erte ertes"),
    Rule(r"[^aeéiou]ir$", 2, "s t ons ez ent ais ait aient ant e es i is ie ies it irent"),
    Rule(r"[^aeiou](tir|mir|vir)$", 3, "s t"),
    Rule(r"[tv]enir$", 4, "iens ient iennent ienne iennes iendrai iendra iendras iendrez iendrons iendront iendrait"
                          " iendraient enons enez enais enait enaient enant enu enue enus enues int inrent"),
    Rule(r"cevoir$", 6, "çois çoit çoivent çoive çoives çu çue çus çues çut çurent cevons cevez cevais cevait cevaient"
                        " cevant cevra cevras cevrai cevrez cevrons cevront cevrait cevraient"),
    Rule(r"[aeou]yer$", 3, "ie ies ient iera ieras ierai ierez ierons ieront ierait ieraient"),
    Rule(r"uire$", 2, "s t sons sez sent sais sait saient sant se te ts tes ra rez rons ront rait sit"),
    Rule(r"crire$", 2, "s t vons vez vent vais vait vaient vant ve te ts tes vit"),
    Rule(r"[aeo]indre$", 4, "ns nt"),
    Rule(r"[aeo]indre$", 5, "ins int inte ints intes ignons ignez ignent ignais ignait ignaient ignant igne"),
    Rule(r"aître$", 4, "ais aît aissons aissez aissent aissait aissaient aissant aisse u ue us ues ut"),
    Rule(r"mettre$", 4, "ts t"),
    Rule(r"mettre$", 5, "is ise ises it irent"),
    Rule(r"prendre$", 3, "s d ons ez ent ais ait aient ant"),
    Rule(r"prendre$", 5, "is ise ises it irent ends end enons enez ennent enne enait enaient enant"),
    Rule(r"re$", 2, "s - ons ez ent ais ait aient ant u ue us ues rai ras ra rons rez ront rais rait it irent"),
)  # fmt: skip
_FRENCH_GROUPS = {
    "er": (
        "er e es ons ez ent ais ait aient ions iez é ée és ées ant ante ants antes erai eras era erons erez"
        " eront erais erait"
        " eraient erions eriez a as ai âmes âtes èrent"
    )
}
_SPANISH = (
    Rule(r"[aeiouáéó]$", 0, "- s"),
    Rule(r"[oa]$", 1, "o a os as"),
    Rule(r"(nt|r)e$", 1, "a as"),
    Rule(r"[^aeiouáéíóús]$", 0, "- es"),
    Rule(r"(or|ón|án|és|ín|ol)$", 0, "a as"),
    Rule(r"[^aeiouáéíóúslndz]$", 0, "s"),  # Loans: bots, links, servers.
    Rule(r"s$", 0, "- es"),
    Rule(r"z$", 1, "ces"),
    Rule(r"ar$", 2, "{ar} 'o 'as 'a 'an 'e 'es 'en"),
    Rule(r"[cz]ar$", 3, "'ce 'ces 'cen 'que 'ques 'quen"),
    Rule(r"gar$", 3, "'gue 'gues 'guen"),
    Rule(r"er$", 2, "{er} 'o 'es 'e 'en 'a 'as 'an"),
    Rule(r"[aeou]cer$", 3, "zco zca zcas zcan zcamos"),
    Rule(r"[aeou]cir$", 3, "zco zca zcas zcan zcamos jo je jeron"),
    Rule(r"g[ei]r$", 3, "jo ja jas jan jamos"),
    Rule(r"egir$", 4, "ijo ija ijas ijan ijamos"),
    Rule(r"guir$", 4, "go ga gas gan gamos"),
    Rule(r"eguir$", 5, "igo iga igas igan igamos"),
    Rule(r"[aeou]er$", 2, "yendo yó yeron"),
    Rule(r"uir$", 2, "yo yes ye yen ya yas yan yamos yendo yó yeron"),
    Rule(r"(ten|pon|ven)[ei]r$", 2, "go ga gas gan gamos dré drá drán dría drían"),
    Rule(r"tener$", 4, "iene ienes ienen uvo uvieron uve"),
    Rule(r"poner$", 4, "use uso usieron uesto uesta uestos uestas"),
    Rule(r"ir$", 2, "{er} 'o 'es 'e 'en 'a 'as 'an imos ís ir irá irán iré irás iremos iría irían id irse irlo irla"),
    Rule(r"ir$", 2, '"o "es "e "en "a "as "an "iendo "ió "ieron "iera "ieran'),
    Rule(r"[cz]ar$", 3, "que ques quen qué quemos ce ces cen cé cemos"),
    Rule(r"gar$", 3, "gue gues guen gué guemos"),
    Rule(r"í$", 0, "- s es"),
)  # fmt: skip
_SPANISH_GROUPS = {
    "ar": (
        "ar o as a amos áis an é aste ó asteis aron aba abas ábamos aban aré arás ará aremos arán aría arías"
        " aríamos arían e es"
        " emos en ara aras aran ase ases asen ado ada ados adas ando arse arlo arla arlos arlas arle"
        " arles ad ándose ándolo"
    ),
    "er": (
        "er o es e emos éis en í iste ió ieron ía ías íamos ían eré erás erá eremos erán ería erían a as amos"
        " an iera ieras ieran iese ieses iesen ido"
        " ida idos idas iendo erse erlo erla erlos erlas erle ed"
    ),
}
_ITALIAN = (
    Rule(r"[oaei]$", 1, "o a e i"),
    Rule(r"[^aeiouàèìòù]$", 0, "- s"),
    Rule(r"io$", 2, "i ie ia io"),
    Rule(r"[cg]o$", 1, "hi he o a i"),
    Rule(r"[cg]a$", 1, "he hi a"),
    Rule(r"[cg]ia$", 2, "e ie ia"),
    Rule(r"tore$", 4, "trice trici tore tori"),
    Rule(r"ista$", 1, "a i e"),
    Rule(r"are$", 3, "{are} hi hiamo"),
    Rule(r"[cg]are$", 3, "hi hiamo herà herò heranno herebbe hiate hino"),
    Rule(r"ere$", 3, "{ere}"),
    Rule(r"ire$", 3, "{ere} ire isco isci isce iscono isca iscano ito ita iti ite irà irò iranno irebbe iva"
                     " ivano irsi irlo irla"),
)  # fmt: skip
_ITALIAN_GROUPS = {
    "are": (
        "are o i a iamo ate ano avo avi ava avamo avate avano ai ò arono erò erai erà eremo erete eranno erei"
        " erebbe erebbero"
        " ino assi asse ato ata ati ate ando ante anti arsi arlo arla arli arle arvi arci armi arti andolo andosi"
    ),
    "ere": (
        "ere o i e iamo ete ono evo evi eva evamo evate evano ei é erono erò erai erà eremo erete eranno erei"
        " erebbe erebbero"
        " a ano essi esse uto uta uti ute endo ente enti ersi erlo erla erli erle endolo endosi"
    ),
}
_PORTUGUESE = (
    Rule(r"[aeiouáéó]$", 0, "- s"),
    Rule(r"[oae]$", 1, "o a os as e es"),
    Rule(r"[rsz]$", 0, "- es a as"),
    Rule(r"m$", 1, "m ns"),
    Rule(r"[aeou]l$", 1, "is l"),
    Rule(r"il$", 2, "il is eis"),
    Rule(r"ão$", 2, "ão ões ães ãos"),
    Rule(r"ar$", 2, "{ar}"),
    Rule(r"er$", 2, "{er}"),
    Rule(r"ir$", 2, "{er} ir imos irá irão iria iriam"),
    Rule(r"çar$", 3, "ce ces cem cei cemos"),
    Rule(r"car$", 3, "que ques quem quei quemos"),
    Rule(r"gar$", 3, "gue gues guem guei guemos"),
    Rule(r"[^aeiouáéíóúãõs]$", 0, "- s"),
)
_PORTUGUESE_GROUPS = {
    "ar": (
        "ar o as a amos ais am ei aste ou aram ava avas ávamos avam arei arás ará aremos arão aria ariam e es"
        " emos em asse assem"
        " ado ada ados adas ando arem armos"
    ),
    "er": (
        "er o es e emos em i este eu eram ia ias íamos iam erei erá eremos erão eria eriam a as amos am esse"
        " essem ido ida idos"
        " idas endo erem ermos iu iram"
    ),
}
_ACCENTS = str.maketrans("áéíóúàèìòùâêîôûãõëïü", "aeiouaeiouaeiouaoeiu")
_STRIP = {
    "fr": (
        "issements issement issons issent issait issant erons eront erais erait eraient aient ions ants ant ons"
        " ait ais ées"
        " ée és é er ez euses euse eurs eur trices trice teurs teur ères ère iers ier aux al ales ale elles"
        " elle els el ives ive"
        " ifs if es s e x"
    ),
    "es": (
        "aciones ación ciones ción amientos amiento imientos imiento ándose ándolo arlos arlas arse arlo arla"
        " aremos arán aría"
        " aron aban aba ados adas ado ada idos idas ido ida ando iendo amos emos imos ieron ores oras or ora ar"
        " er ir an en as"
        " es os a e o s"
    ),
    "it": (
        "azioni azione zioni zione arsi arlo arla ando endo avano avate iamo ate ete ite ati ata ato uti uta"
        " uto ite ita ito iti"
        " ano ono eranno erebbe erà are ere ire tori tore trici trice hi he a e i o"
    ),
    "pt": "ações ação ções ção ados adas ado ada idos idas ido ida ando endo indo amos emos aram ores oras or"
    " ora ar er ir am em as es os a e o s",
}


def _unaccented(stem: str) -> tuple[str, ...]:
    """Spanish drops or adds the written accent where an ending moves it: sesión, sesiones; joven, jóvenes."""
    match = re.fullmatch(r"(.*[^aeiou])?([aeiou])([^aeiouáéíóú]+[aeiou]n)", stem)
    if match:
        accented = match.group(2).translate(str.maketrans("aeiou", "áéíóú"))
        return ((match.group(1) or "") + accented + match.group(3),)
    if len(stem) > 2 and stem[-2] in "áéíóú":
        return (stem[:-2] + stem[-2].translate(_ACCENTS) + stem[-1],)
    return ()


def _diphthong(stem: str) -> tuple[str, ...]:
    """Spanish verbs that stress their stem break its vowel: pensar, piensa; contar, cuenta; jugar, juega."""
    match = re.search(r"[eou](?=[^aeiou]*$)", stem.removesuffix("u") if stem.endswith("gu") else stem)
    if match is None:
        return ()
    broken = {"e": "ie", "o": "ue", "u": "ue"}[match.group()]
    return (stem[: match.start()] + broken + stem[match.end() :],)


def _raised(stem: str) -> tuple[str, ...]:
    """Spanish verbs in -ir that raise e to i and o to u: pedir, pide; dormir, durmió."""
    match = re.search(r"[eo](?=[^aeiou]+u?$)", stem)
    if match is None:
        return ()
    return (stem[: match.start()] + {"e": "i", "o": "u"}[match.group()] + stem[match.end() :],)


def _french_vowels(stem: str) -> tuple[str, ...]:
    """Verbs in e or é before the last consonant write è, or double the consonant: gérer, gère; appeler, appelle."""
    if len(stem) > 2 and stem[-2] in "eé":
        return (stem[:-2] + "è" + stem[-1], stem + stem[-1])
    return ()


def _canonical(stem: str) -> str:
    stem = stem.translate(_ACCENTS)
    return stem[:-2] + stem[-1] if len(stem) > 4 and stem[-1] == "h" and stem[-2] in "cg" else stem


_RULES: Mapping[str, tuple[tuple[Rule, ...], Mapping[str, str], Callable[[str], tuple[str, ...]]]] = {
    "fr": (_FRENCH, _FRENCH_GROUPS, _french_vowels),
    "es": (_SPANISH, _SPANISH_GROUPS, _unaccented),
    "it": (_ITALIAN, _ITALIAN_GROUPS, lambda _stem: ()),
    "pt": (_PORTUGUESE, _PORTUGUESE_GROUPS, _unaccented),
}


@lru_cache(maxsize=4)
def inflection(lang: str) -> ParadigmInflection:
    """The inflection of ``fr``, ``es``, ``it`` or ``pt``."""
    rules, groups, variants = _RULES[lang]
    return ParadigmInflection(
        rules,
        strip=_STRIP[lang],
        groups=groups,
        variants=variants,
        changes={"'": _diphthong, '"': _raised} if lang == "es" else None,
        canonical=_canonical,
    )
