"""Words: parts, tags, lemmas, readings, stems, stop words."""

import khabar
import pytest

WORDS = """أعلنت وزارة الخارجية في بيانها أن الوزير سيلتقي نظيره المصري غدا لبحث التعاون بين البلدين وسبل تعزيزه ولقاء المسؤولين
والمستثمرين بالقاهرة للمرة الثانية منذ توليهما المنصب فيستقبلونه ومرافقيه ويستعرضون أأسباب تأجيل الاستثمارات""".split()


@pytest.mark.parametrize("word", WORDS)
def test_stems_are_those_of_pystemmer(word: str) -> None:
    stemmer = pytest.importorskip("Stemmer").Stemmer("arabic")
    assert khabar.stem(word) == stemmer.stemWord(word)


def test_stems_see_through_marks_and_forms() -> None:
    assert khabar.stem("الْمُسْلِمُونَ") == khabar.stem("المســلمون") == khabar.stem("ﺍﻟﻤﺴﻠﻤﻮﻥ") == "مسلم"


@pytest.mark.parametrize("word", ["", "BBC", "3.5", "؟", "من أجل", "ليبيا24"])
def test_what_is_no_arabic_word_has_itself_as_stem(word: str) -> None:
    assert khabar.stem(word) == word


def test_stop_words() -> None:
    text = "قال الوزير إن بلاده لن تكون طرفا في هذا النزاع ولكنها تدعو إلى حله عبر الحوار الذي بدأ أمس بينهم"
    kept = [word for word in text.split() if not khabar.is_stop(word)]
    assert kept == ["قال", "الوزير", "بلاده", "طرفا", "النزاع", "تدعو", "حله", "الحوار", "بدأ", "أمس"]


@pytest.mark.parametrize("function", [khabar.stem, khabar.is_stop])
def test_bad_words(function) -> None:
    with pytest.raises(TypeError):
        function(None)
    with pytest.raises(TypeError, match="decode"):
        function("خبر".encode())
    with pytest.raises(khabar.TextError):
        function("خبر\ud800")
