"""Speed of normalization from Python, on one thread, beside that of other packages where these are installed.

    python tests/bench/bench_normalize.py [TEXT]

TEXT is a text file, or one packed by xz, of documents with a blank line between; without it the text is made from sample sentences.
A figure is megabytes of UTF-8 a second, the best of several rounds over the same documents. Each round of "fresh" takes new
`str` objects, as a program that reads files has them; "warm" takes the same objects again, which may hold their UTF-8 already.
"""

import argparse
import lzma
import os
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("RAYON_NUM_THREADS", "1")  # read by packages that use more threads unasked

import khabar

SENTENCES = (
    "أعلنت وزارة الخارجية الأردنية أمس أن الوزير سيزور بغداد يوم الثلاثاء المقبل لبحث ملف المياه.",
    "وقال المتحدث باسم الشرطة إنّ 35 شخصاً أُصيبوا في حادث سير على الطريق الساحلي، بينهم 4 أطفال.",
    "ارتفعت أسعار القمح بنسبة 12% خلال الربع الأول من عام 2024 بحسب بيانات هيئة الإحصاء.",
    "«لن نقبل بأي تأجيل جديد للانتخابات»، هكذا ردّت رئيسة الكتلة على اقتراح الحكومة في جلسة الأحد.",
    "فاز الفريق الضيف بثلاثة أهداف مقابل هدف على ملعب المدينة الرياضية أمام ٢٢٠٠٠ متفرج.",
    "وصلت إلى الميناء شحنة مساعدات تضم أدوية وخياماً ومولدات كهرباء تبرعت بها جمعيات محلية.",
)


def synthetic(size: int) -> list[str]:
    """Documents of some 200 words, `size` bytes of UTF-8 in all. The words come in an order that no branch predictor learns by heart."""
    words = [word for sentence in SENTENCES for word in sentence.split()]
    chance = random.Random(1)
    documents = []
    while size > 0:
        document = "\n".join(" ".join(chance.choices(words, k=40)) for _ in range(5))
        documents.append(document)
        size -= len(document.encode())
    return documents


def read(path: Path, size: int) -> list[str]:
    """The documents of the first `size` bytes of a file."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
        return [d for d in file.read(size).decode("utf-8", "ignore").split("\n\n") if d]


Run = Callable[[list[str]], object]


def each(function: Callable[[str], object]) -> Run:
    """The function on one document after the other."""
    return lambda documents: [function(document) for document in documents]


def runs() -> dict[str, Run]:
    """What is measured, by name."""
    found: dict[str, Run] = {
        "khabar.normalize": each(khabar.normalize),
        "khabar.normalize_many": khabar.normalize_many,
        "khabar.normalize, display": each(lambda text: khabar.normalize(text, "display")),
        "khabar.normalize_aligned": each(khabar.normalize_aligned),
        "khabar.strip_tashkeel": each(khabar.strip_tashkeel),
    }
    try:
        import arabic_norm
    except ImportError:
        pass
    else:
        found["arabic-norm"] = each(lambda text: arabic_norm.normalize(text, ta_marbuta=True))
        found["arabic-norm, batch"] = lambda texts: arabic_norm.normalize_batch(texts, ta_marbuta=True)
    try:
        from camel_tools.utils.dediac import dediac_ar
        from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar, normalize_teh_marbuta_ar
    except ImportError:
        pass
    else:
        found["CAMeL Tools"] = each(
            lambda text: normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(dediac_ar(text))))
        )
    try:
        from pyarabic.araby import normalize_hamza, strip_tashkeel, strip_tatweel
    except ImportError:
        pass
    else:
        found["PyArabic"] = each(lambda text: normalize_hamza(strip_tatweel(strip_tashkeel(text))))
    dropped, alef = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06dc]+"), re.compile("[أإآٱ]")
    found["re and str.replace"] = each(
        lambda text: alef.sub("ا", dropped.sub("", text)).replace("ى", "ي").replace("ة", "ه")
    )
    return found


def best(run: Run, documents: list[str], rounds: int, fresh: bool) -> float:
    """Seconds of the fastest round."""
    encoded = [document.encode() for document in documents]
    seconds = []
    for _ in range(rounds):
        taken = [data.decode() for data in encoded] if fresh else documents
        start = time.perf_counter()
        run(taken)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("text", nargs="?", type=Path)
    parser.add_argument("--megabytes", type=float, default=16)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    size = int(arguments.megabytes * 1e6)
    documents = read(arguments.text, size) if arguments.text else synthetic(size)
    total = sum(len(document.encode()) for document in documents)
    print(f"Python {sys.version.split()[0]}, {len(documents):,} documents, {total / 1e6:.1f} MB of UTF-8; MB/s")
    print(f"{'':28}{'fresh':>8}{'warm':>8}")
    for name, run in runs().items():
        figures = [total / 1e6 / best(run, documents, arguments.rounds, fresh) for fresh in (True, False)]
        print(f"{name:28}" + "".join(f"{figure:8.0f}" for figure in figures))


if __name__ == "__main__":
    main()
