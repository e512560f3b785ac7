"""How often a text denies something."""

from __future__ import annotations

import pytest

from termcheck.meaning.explanation import Account, explain
from termcheck.meaning.negation import negations

DENIED = {
    "ar": "لا تحذف الملف",
    "cs": "Soubor nebyl smazán",
    "de": "Löschen Sie die Datei nicht",
    "en": "Do not delete the file",
    "es": "No borre el archivo",
    "fi": "Tiedostoa ei poistettu",
    "fr": "Ne supprimez pas le fichier",
    "hu": "Ne törölje a fájlt",
    "id": "Jangan hapus berkas itu",
    "it": "Non eliminare il file",
    "ja": "ファイルを削除しないでください",
    "ko": "파일을 삭제하지 마세요. 삭제되지 않습니다",
    "nl": "Verwijder het bestand niet",
    "pl": "Nie usuwaj pliku",
    "pt": "Não apague o ficheiro",
    "ru": "Не удаляйте файл",
    "sv": "Ta inte bort filen",
    "tr": "Dosya silinmedi",
    "uk": "Не видаляйте файл",
    "vi": "Không xóa tệp",
    "zh": "不要删除文件",
}
PLAIN = {
    "cs": "Soubor nejprve uložte a nechte otevřený",
    "de": "Sie sehen die Nichte und den nächsten Schritt",
    "en": "Keep a note of another knot",
    "fi": "Eilen enemmän einettä",
    "id": "Hapus berkas itu",
    "ja": "なるべく早く保存する",
    "ko": "파일을 저장하세요",
    "pl": "Niebo i niedziela",
    "tr": "Dosya silindi ve madde eklendi",
    "zh": "不同的文件不仅多",
}


@pytest.mark.parametrize("lang", DENIED)
def test_a_denial_is_counted(lang: str) -> None:
    assert (negations(DENIED[lang], lang) or 0) >= 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [("pl", "Faktury pozostaną bez zmian"), ("en", "It works without a password"), ("ko", "비밀번호 없이 작동합니다")],
)
def test_going_without_something_denies_nothing(lang: str, text: str) -> None:
    assert negations(text, lang) == 0


@pytest.mark.parametrize(
    "turkish",
    [
        "yanıt vermediği sorunlar",
        "lütfen issue açmayın",
        "değişikliğe ihtiyaç duymazdı",
        "başka ülkelere bel bağlamamamız gerek",
        "beklememelerini bildirin",
        "bunu gösteremeyiz",
    ],
)
def test_turkish_denies_within_the_verb(turkish: str) -> None:
    assert negations(turkish, "tr") == 1


@pytest.mark.parametrize("turkish", ["Ramazan ayı", "tamamen doğru", "mayın tarlası", "hayatın vazgeçilmezleri"])
def test_turkish_words_that_only_look_so(turkish: str) -> None:
    assert negations(turkish, "tr") == 0


@pytest.mark.parametrize("lang", PLAIN)
def test_what_only_looks_like_one_is_not(lang: str) -> None:
    assert negations(PLAIN[lang], lang) == 0


def test_two_words_that_deny_together_count_once() -> None:
    assert negations("Nikt nie przyszedł", "pl") == 1
    assert negations("Ne fermez pas la page", "fr") == 1
    far = "Nie otwieraj pliku, zanim cały serwer skończy pracę; nie zamykaj okna"
    assert negations(far, "pl") == 2


def test_regions_follow_their_language_and_others_are_not_counted() -> None:
    assert negations("Não apague", "pt-BR") == 1
    assert negations("Ikke slett filen", "no") == 1
    assert negations("Mä ei", "sw") is None


@pytest.mark.parametrize(
    ("polish", "english", "said"),
    [
        ("Pliki usunięto", "The files were not deleted", "Polish has no negation; English has one."),
        ("Plików nie usunięto", "The files were deleted", "Polish has a negation; English has none."),
        ("Plików nie usunięto", "The files were not deleted", None),
    ],
)
def test_a_finding_says_where_one_version_denies(polish: str, english: str, said: str | None) -> None:
    account = Account("pl", {"pl": polish, "en": english}, ("en",), (), "en", {}, ())
    assert explain(account)[1:] == ((said,) if said else ())
