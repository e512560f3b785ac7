"""How often a text says no: the words and endings with which a language denies, counted.

A negation is one short word among many, and a model of meaning hardly sees it. Counting needs a list per language, but
says it plainly. Words close together count once: many languages deny twice in one clause (``nikt nie``, ``ne ...
pas``). "Without" is not counted: it denies no clause, and where one language has it (``bez zmian``) the next says
"unchanged" or "as it is".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Whole words that deny, as alternatives of a regular expression, by language.
_WORDS: Final = {
    "ar": "لا|ولا|لم|ولم|لن|ليس|ليست|وليس|ليسوا",
    "bg": "не|няма|никога|нищо|никой|нито",
    "cs": r"(?-i:ne)(?!\w*(?:ost|osti|ostí|ý|é|ého|ém|ých|ým|ě|tel\w*|ství\w*|čí)\b)"
    r"(?!j(?!s)|bo\b|boť|ch\b|cht|hod|hty|děl|dáv|dale|hled|m\b|mocn|p[rř]á|ut|uro|ust|ět)\w{2,}"
    r"|není|nikdy|nikdo|nikoho|nic|ničeho|žádn\w+|ani|nikoli\w*",
    "da": "ikke|aldrig|ingen|intet|hverken",
    "de": r"nicht|kein\w*|nie|niemals|nichts|niemand\w*|weder|nirgend\w*",
    "el": r"δεν|μη|μην|ποτέ|κανέν\w*|όχι",
    "en": r"not|\w+n[’']t|no|never|none|nothing|nobody|nowhere|neither|nor|cannot",
    "es": r"no|nunca|jamás|nada|nadie|ning[uú]n\w*|ni|tampoco",
    "et": r"ei|pole|ära|ärge|mitte|polnud",
    "fi": r"ei|en|et|emme|ette|eivät|eikä|eivätkä|äl[äk]\w*",
    "fr": r"ne|n|pas|jamais|rien|aucun\w*|ni|non",
    "he": "לא|אין|אל",
    "hi": "नहीं|मत|न",
    "hr": r"ne|nije|nisu|nisam|nema\w*|nikad\w*|ništa|nitko|ni|niti",
    "hu": r"nem|ne|sem|se|nincs\w*|sincs\w*|soha|senki\w*|semmi\w*",
    "id": r"tidak|bukan\w*|belum|jangan|tak|tiada",
    "it": r"non|mai|niente|nulla|nessun\w*|né|neppure|nemmeno",
    "ms": r"tidak|bukan\w*|belum|jangan|tak|tiada",
    "nb": r"ikke|aldri|ingen|ingenting|verken",
    "nl": r"niet|geen|nooit|niets|niemand|noch|nergens",
    "pl": r"nie|nigdy|nikt|nikogo|nic|niczego|żad\w+|ani|niebędąc\w*|nieman\w*",
    "pt": r"não|nunca|jamais|nada|ninguém|nenhum\w*|nem",
    "ro": r"nu|n|niciodată|nimic|nimeni|niciun\w*|nici",
    "ru": r"не|нет|нельзя|никогда|ничего|никто|никого|никак\w*|ни",
    "sk": r"nie|nikdy|nikto|nič|žiad\w+|ani|ne(?!j|bo\b|ch\b|m\b)\w{3,}",
    "sr": r"ne|nije|nisu|nisam|nema\w*|nikad\w*|ništa|niko|ni|niti|не|није|нису|нема\w*|никад\w*|ни",
    "sv": r"inte|ej|aldrig|ingen|inget|inga|varken|ingenting",
    "tr": r"değil\w*|yok|yoktu\w*|yoksa|hiç\w*|asla|hayır"
    r"|\w{2,}(?:m[ae]d[ıi](?:k\w*|ğ\w*|[mn]|l[ae]r)?|m[ıiuü]yor\w*|m[ae]y[ae]c\w+|m[ae]y[ae]n\w*|m[ae]m[ıi]ş\w*"
    r"|m[ae]z(?:d[ıi]\w*|s[ae]\w*|s[ıi]n\w*|l[ae]r|k[ea]n)?|m[ae]y[ıi](?:z|p|n(?:[ıi]z)?)|m[ae]y[ae](?:r[ae]k|y[ıi]m)"
    r"|m[ae]m[ae](?:k\w*|m\w*|s[ıi]\w*|l[ıiae]\w*|y[aeıi])?)",
    "uk": r"не|немає|нема|ні|ніколи|нічого|ніхто|нікого|жод\w+|неможливо",
    "vi": "không|chưa|chẳng|đừng|chớ",
}
#: What denies inside words, in scripts in which words are not told apart by white space or run on.
_PIECES: Final = {
    "ja": r"な(?:い|かった|く|けれ)(?!る)|ません|ず(?=[、にと])",
    "ko": r"않|없(?!이)|아니|못|\b안 |지 ?말",
    "th": "ไม่",
    "zh": r"不(?![同过過仅僅断斷少久])|没|沒|未(?!来|來)|无|無|别(?=[让说做再])",
}
_ALIASES: Final = {"no": "nb", "nn": "nb"}
#: Characters between two denials that make one.
_REACH: Final = {"ja": 6, "ko": 6, "th": 6, "zh": 4}
_REACH_BETWEEN_WORDS: Final = 22

_COMPILED: Final = {
    **{lang: re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE) for lang, words in _WORDS.items()},
    **{lang: re.compile(pieces) for lang, pieces in _PIECES.items()},
}


@lru_cache(maxsize=1024)
def negations(text: str, lang: str) -> int | None:
    """How many places of the text deny something; None where the language has no list."""
    key = lang.partition("-")[0]
    key = _ALIASES.get(key, key)
    pattern = _COMPILED.get(key)
    if pattern is None:
        return None
    reach = _REACH.get(key, _REACH_BETWEEN_WORDS)
    count, end = 0, -reach - 1
    for match in pattern.finditer(text):
        count += match.start() - end > reach
        end = match.end()
    return count
